use payspec_runtime::{DateTime, Message};

#[derive(Message)]
struct Tags {
    #[field(name = "tag", unique_items)]
    tag: Option<String>,
    #[field(name = "times", unique_items)]
    times: Option<Vec<DateTime>>,
    #[field(name = "tags", unique_items = "yes")]
    tags: Option<Vec<String>>,
}

fn main() {}
