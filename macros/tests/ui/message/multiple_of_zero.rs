use payspec_runtime::{Decimal, Message};

#[derive(Message)]
struct Price {
    #[field(name = "value", multiple_of = "0.00")]
    value: Option<Decimal>,
    #[field(name = "least", multiple_of = "-1")]
    least: Option<i64>,
    #[field(name = "most", multiple_of = "ten")]
    most: Option<i64>,
}

fn main() {}
