use payspec_runtime::{Map, Message, Nullable};

#[derive(Message)]
#[message(direction = "outgoing")]
struct BesideMembers {
    #[field(in = "path")]
    id: String,
    #[field(in = "whole_body")]
    body: Vec<String>,
    note: Option<String>,
}

#[derive(Message)]
#[message(direction = "incoming")]
struct BesideOthers {
    #[field(in = "whole_body")]
    body: Vec<String>,
    code: String,
}

#[derive(Message)]
#[message(direction = "incoming")]
#[message(response("200", "body"), response("4XX", "code"))]
struct NoList {
    #[field(in = "whole_body")]
    body: Option<Map<String>>,
    code: Option<String>,
}

#[derive(Message)]
#[message(direction = "outgoing")]
struct Twice {
    #[field(in = "whole_body")]
    body: Nullable<String>,
    #[field(in = "whole_body")]
    other: String,
}

#[derive(Message)]
#[message(direction = "outgoing", body = "form")]
struct Form {
    #[field(in = "whole_body")]
    body: Vec<String>,
}

fn main() {}
