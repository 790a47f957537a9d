use payspec_runtime::{Date, Message, Union};

#[derive(Clone, PartialEq, Message)]
struct Card {
    number: String,
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type)]
enum Same {
    Text(String),
    Card(Card),
    Date(Date),
}

fn main() {}
