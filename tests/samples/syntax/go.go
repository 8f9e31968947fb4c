package payments

import "fmt"

type Cart struct { // ⟦class Cart
	items []int
} // ⟧

type (
	Payer interface { // ⟦class Payer
		Pay(amount int) error
	} // ⟧
	Handler func(int)
	pair[K comparable] struct { // ⟦class pair
		key K
	} // ⟧
)

type Alias = Cart

func (c *Cart) Total() int { // ⟦function Cart.Total
	type line struct { // ⟦class Cart.Total.line
		price int
	} // ⟧
	add := func(a, b int) int { return a + b }
	return add(len(c.items), 0)
} // ⟧

func (p pair[K]) Key() K { return p.key } // ⟦function pair.Key⟧

func (Cart) Empty() {} // ⟦function Cart.Empty⟧

func Map[T any](values []T) { // ⟦function Map
	fmt.Println("€", values)
} // ⟧
