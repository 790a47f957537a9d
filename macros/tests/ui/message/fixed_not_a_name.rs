use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(fixed = "not a name")]
    id: String,
}

fn main() {}
