#include <vector>

namespace shop::payments {

template <typename T> // ⟦class shop.payments.Cart
class Cart : public Base {
 public:
  explicit Cart(int total);
  ~Cart() {} // ⟦function shop.payments.Cart.~Cart⟧
  int total() const { return total_; } // ⟦function shop.payments.Cart.total⟧
  T &operator[](int index) { // ⟦function shop.payments.Cart.operator[]
    return items_[index];
  } // ⟧
  operator bool() const { return true; } // ⟦function shop.payments.Cart.operator bool⟧
  Cart(const Cart &) = default; // ⟦function shop.payments.Cart.Cart⟧

 private:
  struct Line { // ⟦class shop.payments.Cart.Line
    int price;
  }; // ⟧
}; // ⟧

enum class Currency { Euro }; // ⟦class shop.payments.Currency⟧

class Declared;
}  // namespace shop::payments

namespace {
int hidden() { // ⟦function hidden
  auto twice = [](int x) { return 2 * x; };
  struct Local { // ⟦class hidden.Local
    void run() {} // ⟦function hidden.Local.run⟧
  }; // ⟧
  return twice(1);
} // ⟧
}  // namespace

template <typename T> // ⟦function Cart.Cart
Cart<T>::Cart(int total) : total_(total) {
} // ⟧

int shop::payments::Cart<std::vector<int>>::total() const { // ⟦function shop.payments.Cart.total
  return 2;
} // ⟧

bool Money::operator<(const Money &other) const { return true; } // ⟦function Money.operator<⟧

Money &Money::operator=(const Money &other) { // ⟦function Money.operator=
  return *this;
} // ⟧

extern "C" {
[[nodiscard]] char *bridge(void) { return nullptr; } // ⟦function bridge⟧
}

auto trailing() -> int { // ⟦function trailing
  return 1;
} // ⟧
