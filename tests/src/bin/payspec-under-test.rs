//! The `payspec` command, built for this crate's tests: they start it as a process, and kill it.

use std::process::ExitCode;

fn main() -> ExitCode {
    payspec::main()
}
