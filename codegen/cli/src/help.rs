//! `payspec help`: the help of payspec or of a command.

use super::failure::{Failure, unknown};
use super::{Outcome, args};

pub(super) fn run(args: &args::Help) -> Result<Outcome, Failure> {
    let all = args::command();
    let names: Vec<String> = all
        .get_subcommands()
        .map(|one| one.get_name().to_owned())
        .collect();
    let mut line = vec!["payspec"];
    if let Some(name) = &args.command {
        if !names.contains(name) {
            return Err(unknown("command", name, names.iter().map(String::as_str)));
        }
        line.push(name);
    }
    line.push("--help");
    // Clap returns help as an error.
    if let Err(help) = all.try_get_matches_from(line) {
        help.print()?;
    }
    Ok(Outcome::Fine)
}
