use payspec_runtime::{Json, Message};

#[derive(Message)]
#[message(direction = "outgoing")]
struct Order {
    #[field(json_type = "string")]
    name: Option<String>,
    #[field(json_type = "boolean")]
    total: Option<i64>,
    #[field(json_type = "number")]
    sure: Option<bool>,
    #[field(json_type = "number")]
    totals: Option<Vec<i64>>,
    #[field(each(json_type = "number"))]
    data: Option<Vec<Json>>,
    #[field(in = "query", json_type = "number")]
    page: Option<i64>,
    #[field(json_type = "float")]
    rate: Option<i64>,
}

fn main() {}
