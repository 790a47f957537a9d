use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(currency = "currency", value = "value"))]
#[message(amount(code = "CNY", value = "value"))]
struct Example {
    currency: payspec_runtime::Currency,
    value: i64,
}

fn main() {}
