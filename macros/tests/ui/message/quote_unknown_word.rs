use payspec_runtime::Message;

#[derive(Message)]
#[message(quote(pair = "pair", price = "price", direction = "counter_per_base", base = "pair"))]
struct Example {
    pair: String,
    price: payspec_runtime::Decimal,
}

fn main() {}
