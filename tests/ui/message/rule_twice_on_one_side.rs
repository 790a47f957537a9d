use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length(64, side = "request"), max_length(32, side = "response"))]
    text: Option<String>,
    #[field(max_length = 64, max_length(32, side = "response"))]
    other: Option<String>,
}

fn main() {}
