use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "outgoing")]
struct Example {
    #[field(in = "cookie")]
    id: String,
}

fn main() {}
