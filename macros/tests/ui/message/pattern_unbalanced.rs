use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(pattern = "([0-9]+")]
    text: Option<String>,
    #[field(pattern = "[0-9+")]
    other: Option<String>,
}

fn main() {}
