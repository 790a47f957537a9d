use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(code = "cny", value = "value", decimals("isk", 2)))]
struct Example {
    value: i64,
}

fn main() {}
