use payspec_runtime::Message;

#[derive(Message)]
struct Order {
    #[field(each(max_length = 40))]
    id: String,
    #[field(each(min = "1", required))]
    tags: Option<Vec<String>>,
    #[field(unique_items, each(keys(max_length = 1)))]
    rows: Option<Vec<Vec<String>>>,
}

fn main() {}
