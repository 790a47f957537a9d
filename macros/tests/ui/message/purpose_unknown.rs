use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(purpose = "key")]
    id: String,
}

fn main() {}
