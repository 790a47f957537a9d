use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(max_length(64, sevrity = "warning"))]
    text: Option<String>,
}

fn main() {}
