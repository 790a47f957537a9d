use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(currency = "currency", value = "value"))]
struct Example {
    currency: payspec_runtime::Currency,
    value: String,
}

fn main() {}
