use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", resend = "pointless")]
    Success,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
