//! A text where a field takes one of a closed set of values.

use payspec_runtime::{Message, OpenEnum};

#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Status {
    #[value("S")]
    Succeeded,
    #[value("F")]
    Failed,
}

#[derive(Clone, PartialEq, Message)]
struct Answer {
    status: Option<Status>,
}

fn main() {
    let _ = Answer::builder().status("X").build();
}
