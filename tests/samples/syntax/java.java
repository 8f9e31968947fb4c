package shop.payments;

/** A cart. */
@Entity // ⟦class Cart
@Table(name = "cart")
public class Cart<T extends Item> implements Payer {
  private int total;

  public Cart() { // ⟦function Cart.Cart
    this.total = 0;
  } // ⟧

  @Override // ⟦function Cart.pay
  public int pay(int amount) {
    class Receipt { // ⟦class Cart.pay.Receipt
      void print() {} // ⟦function Cart.pay.Receipt.print⟧
    } // ⟧
    Runnable later = new Runnable() {
      public void run() { // ⟦function Cart.pay.run
        total++;
      } // ⟧
    };
    return amount;
  } // ⟧

  record Line(int price) { // ⟦class Cart.Line
    Line { // ⟦function Cart.Line.Line
      price = Math.max(0, price);
    } // ⟧
  } // ⟧

  enum Currency { // ⟦class Cart.Currency
    EUR {
      String sign() { return "€"; } // ⟦function Cart.Currency.sign⟧
    };

    abstract String sign();
  } // ⟧
} // ⟧

interface Payer { // ⟦class Payer
  int pay(int amount);

  default void refund() { // ⟦function Payer.refund
    pay(-1);
  } // ⟧
} // ⟧

@interface Audited { // ⟦class Audited
  String by() default "nobody";
} // ⟧
