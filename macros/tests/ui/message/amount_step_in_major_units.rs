use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]
struct Example {
    currency: payspec_runtime::Currency,
    value: payspec_runtime::Decimal,
}

fn main() {}
