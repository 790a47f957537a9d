use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    pair: (String, String),
    few: [String; 2],
}

fn main() {}
