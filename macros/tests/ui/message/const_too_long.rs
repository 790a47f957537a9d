use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(const = "TOO_LONG", max_length = 3)]
    text: Option<String>,
}

fn main() {}
