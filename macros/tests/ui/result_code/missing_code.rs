use payspec_runtime::{ResultCode, UnknownValue};

#[derive(ResultCode)]
enum Example {
    #[code(status = "S", class = "succeeded", next_step = "done", resend = "safe")]
    Success,
    #[unknown]
    Unknown(UnknownValue),
}

fn main() {}
