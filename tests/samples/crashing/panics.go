package main

type Cart struct{ items []int }

func (c *Cart) Total(n int) int {
	return c.items[n] // @0.1 main.(*Cart).Total
}

func run(f func() int) int {
	return f() // @0.3 main.run
}

func main() {
	println(run(func() int { // @0.4 main.main
		return (&Cart{}).Total(3) // @0.2 main.main.func1
	}))
}
