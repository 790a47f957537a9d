use payspec_runtime::ResultCode;

#[derive(ResultCode)]
enum Example {
    #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
    Success,
}

fn main() {}
