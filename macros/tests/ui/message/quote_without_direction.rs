use payspec_runtime::Message;

#[derive(Message)]
#[message(quote(pair = "pair", price = "price"))]
struct Example {
    pair: String,
    price: payspec_runtime::Decimal,
}

fn main() {}
