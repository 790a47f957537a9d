use payspec_runtime::{Message, Validate};

#[derive(Message)]
struct Example {
    #[field(max_lenght = 64)]
    id: String,
    text: Option<String>,
}

fn main() {
    let required = ExampleRequired { id: String::new() };
    let example = Example::from(Example::builder(required).text("x"));
    let _ = (example.validate().is_ok(), format!("{example:?}"));
    let _ = payspec_runtime::decode::<Example>(b"{}");
}
