use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(currency = "currency"))]
struct Example {
    currency: payspec_runtime::Currency,
    value: i64,
}

fn main() {}
