use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field]
    text: Option<String>,
    #[field = "name"]
    other: Option<String>,
}

fn main() {}
