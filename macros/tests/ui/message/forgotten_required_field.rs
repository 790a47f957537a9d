use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    id: String,
    amount: i64,
    text: Option<String>,
}

fn main() {
    let _ = Example::builder(ExampleRequired { id: String::new() });
}
