//! An amount as a float, or as an integer that could be minor units.

use payspec_runtime::{Currency, Message};

#[derive(Clone, PartialEq, Message)]
#[message(amount(currency = "currency", value = "value"))]
struct Amount {
    currency: Currency,
    value: i64,
}

fn main() {
    let _ = Amount::from_major(12.30, Currency::USD);
    let _ = Amount::from_major(12, Currency::USD);
}
