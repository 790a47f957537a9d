use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "incoming")]
struct Example {
    #[field(in = "header")]
    id: String,
}

fn main() {}
