#include <vector>

namespace {
template <typename T> struct Cart {
    std::vector<T> items;
    T total(unsigned n) const { return items.data()[n]; } // @0.1 total
};
} // namespace

int run(const Cart<int> &cart, void (*)(int))
{
    return cart.total(3); // @0.2 run
}

int main()
{
    Cart<int> cart{{1, 2, 3}};
    return run(cart, nullptr); // @0.3 main
}
