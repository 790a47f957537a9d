use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    #[field(required_when("/other", "A", absent))]
    text: Option<String>,
    #[field(required_when("/list/*", absent))]
    other: Option<String>,
    #[field(forbidden_when("/other", absnt))]
    third: Option<String>,
    #[field(required_when(absent))]
    fourth: Option<String>,
    list: Vec<String>,
}

fn main() {}
