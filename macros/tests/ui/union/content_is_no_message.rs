use payspec_runtime::Union;

#[derive(Clone, PartialEq, Union)]
#[union(tag = "type")]
enum Method {
    #[variant("text")]
    Text(String),
}

fn main() {}
