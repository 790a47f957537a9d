//! `payspec completions`: shell completions for the command line.

use std::io::Write;

use super::failure::Failure;
use super::output::Output;
use super::{Outcome, args};

pub(super) fn run(args: &args::Completions, out: &mut Output) -> Result<Outcome, Failure> {
    // Write to memory first: the writer of clap_complete panics when a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(), "payspec", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Fine)
}
