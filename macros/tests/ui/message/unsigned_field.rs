use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    count: u64,
    counts: Vec<usize>,
}

fn main() {}
