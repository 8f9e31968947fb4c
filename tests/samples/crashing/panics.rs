struct Cart {
    items: Vec<i32>,
}

impl Cart {
    fn total(&self, n: usize) -> i32 {
        self.items[n] // @0.1 panics::Cart::total
    }
}

fn run<F: Fn() -> i32>(f: F) -> i32 {
    f() // @0.3 panics::run
}

fn main() {
    let cart = Cart { items: vec![] };
    println!(
        "{}",
        run(|| cart.total(3)) // @0.2 panics::main::{{closure}}  @0.4 panics::main
    );
}
