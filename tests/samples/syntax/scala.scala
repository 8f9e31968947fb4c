package shop.payments

import scala.util.Try

@entity // ⟦class Cart
class Cart(total: Int) extends Base {
  @inline // ⟦function Cart.pay
  def pay(amount: Int): Int = {
    def twice(x: Int) = 2 * x // ⟦function Cart.pay.twice⟧
    twice(amount)
  } // ⟧

  def declared: Int
} // ⟧

object Cart { // ⟦class Cart
  def apply(): Cart = new Cart(1) // ⟦function Cart.apply⟧
} // ⟧

trait Payer { def pay(): Unit = println("€") } // ⟦class Payer ⟦function Payer.pay⟧ ⟧

case class Line(price: Int) // ⟦class Line⟧

enum Currency { // ⟦class Currency
  case Euro, Dollar
} // ⟧

given intOrder: Ordering[Int] with { // ⟦class intOrder
  def compare(a: Int, b: Int) = a - b // ⟦function intOrder.compare⟧
} // ⟧

extension (text: String) {
  def toCart: Cart = Cart() // ⟦function toCart⟧
}

class Indented(total: Int): // ⟦class Indented
  def one = 1 // ⟦function Indented.one⟧

  def two = // ⟦function Indented.two
    val half = 1
    half + half // ⟧ ⟧


object After: // ⟦class After
  val known = 1 // ⟧
