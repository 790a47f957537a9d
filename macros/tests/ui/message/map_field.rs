use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    map: std::collections::BTreeMap<String, String>,
}

fn main() {}
