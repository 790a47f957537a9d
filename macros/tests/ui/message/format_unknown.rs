use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(format = "jsn")]
    text: Option<String>,
}

fn main() {}
