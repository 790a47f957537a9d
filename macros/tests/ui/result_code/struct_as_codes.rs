use payspec_runtime::ResultCode;

#[derive(ResultCode)]
struct Example {
    a: String,
}

fn main() {}
