//! The `payspec` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    payspec_codegen::cli::main()
}
