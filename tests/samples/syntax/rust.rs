//! Payments.
use std::fmt;

/// A cart.
#[derive(Debug)] // ⟦class Cart
/// More about it.
#[serde(rename = "cart")]
pub struct Cart<T> {
    items: Vec<T>,
} // ⟧

pub enum Currency { // ⟦class Currency
    Euro,
} // ⟧

impl<T> fmt::Display for Cart<T> // ⟦class Cart
where
    T: fmt::Display,
{
    #[inline] // ⟦function Cart.fmt
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn helper() -> u8 { // ⟦function Cart.fmt.helper
            let closure = |x: u8| x + 1;
            closure(1)
        } // ⟧
        write!(f, "€ {}", helper())
    } // ⟧
} // ⟧

impl Payer for &'static mut Cart<Vec<u8>> { // ⟦class Cart
    async fn pay(&self) {} // ⟦function Cart.pay⟧
} // ⟧

trait Payer { // ⟦class Payer
    fn declared_only(&self);
    fn pay(&self) { // ⟦function Payer.pay
        self.declared_only();
    } // ⟧
} // ⟧

union Bits { // ⟦class Bits
    whole: u32,
} // ⟧

#[cfg(unix)]
use std::os::unix;
fn after_import() {} // ⟦function after_import⟧

#[allow(dead_code)]
static LIMIT: u8 = 1;
fn after_static() {} // ⟦function after_static⟧

macro_rules! made {
    () => {
        fn not_yet() {}
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test] // ⟦function tests.it_pays
    #[ignore = "slow"]
    fn it_pays() {
        made!();
    } // ⟧
}

fn main() { // ⟦function main
    if true {
        struct Local; // ⟦class main.Local⟧
    }
} // ⟧
