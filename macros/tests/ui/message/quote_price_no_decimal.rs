use payspec_runtime::Message;

#[derive(Message)]
#[message(quote(pair = "pair", price = "price", direction = "counter_per_base"))]
struct Example {
    pair: String,
    price: String,
}

fn main() {}
