//! `payspec man`: manual pages for the command line.

use super::failure::Failure;
use super::output::note;
use super::{Outcome, args};

pub(super) fn run(args: &args::Man) -> Result<Outcome, Failure> {
    let folder = args.out.as_path();
    std::fs::create_dir_all(folder).map_err(Failure::of(folder))?;
    clap_mangen::generate_to(args::command(), folder).map_err(Failure::of(folder))?;
    note(format_args!("written to {}", folder.display()));
    Ok(Outcome::Fine)
}
