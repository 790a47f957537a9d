use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", next_step = "done", resend = "pointless")]
    Success,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
