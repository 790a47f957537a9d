use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_items = 3)]
    text: Option<String>,
}

fn main() {}
