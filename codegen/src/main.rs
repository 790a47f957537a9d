//! The `payspec` command.

fn main() {}
