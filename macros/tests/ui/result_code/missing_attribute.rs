use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Success,
    Failure,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
