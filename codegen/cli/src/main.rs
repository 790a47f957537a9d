//! The `payspec` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    payspec::main()
}
