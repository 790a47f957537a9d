use payspec_runtime::Message;

#[derive(Message)]
#[message(direction = "outgoing")]
struct Example {
    #[field(name = "X-Ids", in = "header")]
    ids: Vec<String>,
    #[field(in = "query")]
    allowed: Vec<String>,
    #[field(in = "query")]
    deep: Vec<Vec<String>>,
}

fn main() {}
