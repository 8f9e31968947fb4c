#include <stdlib.h>

struct cart {
    int *items;
};

static int total(struct cart *cart, const char *name)
{
    return cart->items[3]; /* @0.1 total */
}

static int run(int (*f)(struct cart *, const char *), struct cart *cart)
{
    return f(cart, "a (b) at c.c:1"); /* @0.2 run */
}

int main(void)
{
    struct cart *cart = malloc(sizeof *cart);
    free(cart);
    return run(total, cart); /* @0.3 main */
}
