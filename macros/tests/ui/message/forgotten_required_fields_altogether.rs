use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    id: String,
}

fn main() {
    let _ = Example::builder().build();
}
