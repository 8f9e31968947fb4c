using System;

namespace Shop.Payments
{
    [Serializable] // ⟦class Shop.Payments.Cart
    public class Cart<T> : ICart
    {
        public Cart() { } // ⟦function Shop.Payments.Cart.Cart⟧

        ~Cart() { } // ⟦function Shop.Payments.Cart.~Cart⟧

        [Obsolete("€")] // ⟦function Shop.Payments.Cart.Total
        public int Total(int count)
        {
            int Twice(int x) => 2 * x; // ⟦function Shop.Payments.Cart.Total.Twice⟧
            return Twice(count);
        } // ⟧

        public int Count { get; set; }

        public static Cart<T> operator +(Cart<T> a, Cart<T> b) => a; // ⟦function Shop.Payments.Cart.operator +⟧

        public static implicit operator int(Cart<T> cart) => 1; // ⟦function Shop.Payments.Cart.operator int⟧

        struct Line { } // ⟦class Shop.Payments.Cart.Line⟧
    } // ⟧

    public interface ICart // ⟦class Shop.Payments.ICart
    {
        int Total(int count);
    } // ⟧

    public record Receipt(int Amount); // ⟦class Shop.Payments.Receipt⟧

    enum Currency { Euro } // ⟦class Shop.Payments.Currency⟧
}
