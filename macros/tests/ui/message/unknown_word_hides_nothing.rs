use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(maxLength(64, severity = "bad"), colour(red, 1), sensitive = "pi", name = "")]
    text: Option<String>,
}

fn main() {}
