use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(purpose = "id")]
    id: i64,
}

fn main() {}
