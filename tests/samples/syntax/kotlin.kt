package shop.payments

@Entity // ⟦class Cart
class Cart(val total: Int) : Base() {
    @Deprecated("€") // ⟦function Cart.pay
    fun pay(amount: Int): Int {
        fun twice(x: Int) = 2 * x // ⟦function Cart.pay.twice⟧
        return twice(amount)
    } // ⟧

    constructor() : this(0) { // ⟦function Cart.constructor
        println()
    } // ⟧

    companion object { // ⟦class Cart.Companion
        fun build() = Cart(1) // ⟦function Cart.Companion.build⟧
    } // ⟧
} // ⟧

class OneLine { fun run() {} } // ⟦class OneLine ⟦function OneLine.run⟧ ⟧

data class Line(val price: Int) // ⟦class Line⟧

interface Payer { // ⟦class Payer
    fun pay()
} // ⟧

enum class Currency { // ⟦class Currency
    EUR, USD;

    fun sign() = "€" // ⟦function Currency.sign⟧
} // ⟧

object Registry { // ⟦class Registry
    val known = mutableListOf<Cart>()
} // ⟧

fun String.toCart(): Cart = Cart(length) // ⟦function toCart⟧
