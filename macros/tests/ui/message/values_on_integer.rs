use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(values("1", "2"))]
    count: Option<i64>,
}

fn main() {}
