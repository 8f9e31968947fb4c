import Foundation

@objc // ⟦class Cart
public class Cart: Base {
    var total: Int { return 1 }

    init(total: Int) { // ⟦function Cart.init
        super.init()
    } // ⟧

    deinit { print("€") } // ⟦function Cart.deinit⟧

    @discardableResult // ⟦function Cart.pay
    func pay(_ amount: Int) -> Int {
        func twice(_ x: Int) -> Int { 2 * x } // ⟦function Cart.pay.twice⟧
        return twice(amount)
    } // ⟧

    subscript(index: Int) -> Int { // ⟦function Cart.subscript
        return index
    } // ⟧
} // ⟧

struct Line<T> { // ⟦class Line
    let price: T
} // ⟧

enum Currency { // ⟦class Currency
    case euro

    static func any() -> Currency { .euro } // ⟦function Currency.any⟧
} // ⟧

protocol Payer { // ⟦class Payer
    func pay(_ amount: Int) -> Int
} // ⟧

extension Shop.Cart: Payer where T: Equatable { // ⟦class Shop.Cart
    func refund() {} // ⟦function Shop.Cart.refund⟧
} // ⟧

actor Ledger { func book() {} } // ⟦class Ledger ⟦function Ledger.book⟧ ⟧

func capture() async throws { // ⟦function capture
    try await retry { print("again") }
} // ⟧
