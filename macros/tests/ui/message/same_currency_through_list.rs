use payspec_runtime::{Currency, Message};

#[derive(Clone, PartialEq, Message)]
struct Amount {
    currency: Currency,
}

#[derive(Message)]
#[message(same_currency("/a/currency", "/list/*/currency"))]
struct Example {
    a: Amount,
    list: Vec<Amount>,
}

fn main() {}
