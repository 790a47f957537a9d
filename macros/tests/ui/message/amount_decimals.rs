use payspec_runtime::Message;

#[derive(Message)]
#[message(amount(code = "ISK", value = "value", decimals("ISK", 2), decimals("ISK", 3), decimals("UGX", 19)))]
struct Example {
    value: i64,
}

fn main() {}
