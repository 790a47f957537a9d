use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Success,
    #[code("MAYBE", status = "S", class = "pending", next_step = "inquire", resend = "safe")]
    Maybe,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
