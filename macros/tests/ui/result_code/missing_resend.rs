use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done")]
    Success,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
