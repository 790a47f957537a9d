use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100), multiple_of("IDR", 10)))]
struct Example {
    currency: payspec_runtime::Currency,
    value: i64,
}

fn main() {}
