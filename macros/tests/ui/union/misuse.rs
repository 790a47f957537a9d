use payspec_runtime::{Message, Union, UnknownJson, UnknownValue};

#[derive(Clone, PartialEq, Message)]
struct Card {
    number: String,
}

#[derive(Clone, PartialEq, Union)]
enum NoTag {
    #[variant("card")]
    Card(Card),
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "", tog = "type")]
enum EmptyTag {
    #[variant("card")]
    Card(Card),
    #[variant("card")]
    Again(Card),
    #[variant("")]
    Empty(Card),
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "type")]
enum Forms {
    #[variant("a")]
    Unit,
    #[variant("b")]
    Two(Card, Card),
    #[variant(c)]
    NoText(Card),
    NoVariant(Card),
    #[variant("d")]
    #[variant("e")]
    Twice(Card),
    #[unknown]
    #[variant("f")]
    Unknown(UnknownJson),
    #[unknown]
    Other(UnknownValue),
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "type")]
enum Nothing {}

#[derive(Clone, PartialEq, Union)]
struct NoEnum {
    card: Card,
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type, tag = "type")]
enum Both {
    Card(Card),
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type = "string")]
enum Value {
    Card(Card),
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type)]
enum Tagged {
    #[variant("card")]
    Card(Card),
    Unit,
}

fn main() {}
