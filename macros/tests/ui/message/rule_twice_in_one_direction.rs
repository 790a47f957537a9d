use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length(64, direction = "outgoing"), max_length(32, direction = "incoming"))]
    text: Option<String>,
    #[field(max_length = 64, max_length(32, direction = "incoming"))]
    other: Option<String>,
}

fn main() {}
