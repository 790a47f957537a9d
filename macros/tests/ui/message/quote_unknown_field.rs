use payspec_runtime::Message;

#[derive(Message)]
#[message(quote(pair = "pairs", price = "price", direction = "counter_per_base"))]
struct Example {
    pair: String,
    price: payspec_runtime::Decimal,
}

fn main() {}
