use payspec_runtime::Message;

#[derive(Message)]
struct Example {
    rate: f64,
    other: Option<f32>,
}

fn main() {}
