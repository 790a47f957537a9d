use payspec_runtime::{Currency, Message, Nullable};

#[derive(Message)]
struct InList {
    notes: Vec<Nullable<String>>,
}

#[derive(Message)]
#[message(direction = "outgoing")]
struct InHeader {
    #[field(name = "Idempotency-Key", in = "header")]
    key: Nullable<String>,
    #[field(in = "query")]
    page: Option<Nullable<i64>>,
    #[field(in = "query")]
    tags: Option<Vec<Option<String>>>,
}

#[derive(Message)]
#[message(amount(currency = "currency", value = "value"))]
struct InAmount {
    currency: Nullable<Currency>,
    value: Nullable<i64>,
}

#[derive(Message)]
struct Outside {
    note: Nullable<Option<String>>,
}

fn main() {}
