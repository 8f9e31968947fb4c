#include <stdio.h>

typedef struct { // ⟦class Cart
  int total;
} Cart; // ⟧

struct line { // ⟦class line
  int price;
}; // ⟧

typedef struct node { // ⟦class node
  struct node *next;
} *List; // ⟧

enum currency { EUR, USD }; // ⟦class currency⟧

struct line make(struct line from);

static struct line make(struct line from) { // ⟦function make
  struct line copy = from;
  return copy;
} // ⟧

#ifdef REFUNDS
char *refund(const Cart *cart) // ⟦function refund
{
  printf("€ %d\n", cart->total);
  return 0;
} // ⟧
#endif

__attribute__((noinline)) int (*handler(int which))(int) { // ⟦function handler
  return 0;
} // ⟧
