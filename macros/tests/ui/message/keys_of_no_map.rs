use payspec_runtime::{Map, Message};

#[derive(Message)]
struct Order {
    #[field(keys(max_length = 40))]
    id: String,
    #[field(keys(min_length = 1))]
    metadata: Option<Map<String>>,
    #[field(keys = 40, max_length = 5)]
    other: Option<Map<String>>,
}

fn main() {}
