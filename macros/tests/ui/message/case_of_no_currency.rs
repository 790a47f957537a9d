use payspec_runtime::{Country, Currency, Message, Nullable};

#[derive(Message)]
struct Example {
    #[field(case = "lower")]
    country: Country,
    #[field(case = "lower")]
    currencies: Vec<Currency>,
    #[field(case = "lower")]
    nullable: Option<Nullable<Currency>>,
    #[field(case = "small")]
    currency: Currency,
}

fn main() {}
