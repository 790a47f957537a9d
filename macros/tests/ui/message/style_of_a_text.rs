use payspec_runtime::{Json, Map, Message};

#[derive(Message)]
#[message(direction = "outgoing", body = "form")]
struct Example {
    #[field(style = "comma")]
    text: String,
    map: Map<String>,
    #[field(style = "brackets")]
    any: Json,
    #[field(in = "header", style = "json")]
    head: Vec<String>,
    #[field(style = "pipes")]
    list: Vec<String>,
    #[field(style = "brackets")]
    fits: Map<Vec<String>>,
}

#[derive(Message)]
#[message(direction = "incoming", body = "form")]
struct Received {
    #[field(style = "json")]
    list: Vec<String>,
}

fn main() {}
