use payspec_runtime::{Json, Message};

#[derive(Message)]
struct Order {
    #[field(max_length = 64)]
    data: Option<Json>,
    #[field(unique_items)]
    steps: Option<Vec<Json>>,
}

fn main() {}
