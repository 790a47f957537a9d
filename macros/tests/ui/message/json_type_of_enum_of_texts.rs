use payspec_runtime::{Message, OpenEnum};

#[derive(Clone, PartialEq, OpenEnum)]
enum Level {
    #[value("1")]
    One,
}

#[derive(Message)]
struct Order {
    #[field(json_type = "number")]
    level: Option<Level>,
}

fn main() {}
