use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Success,
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Again,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
