use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Success,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
