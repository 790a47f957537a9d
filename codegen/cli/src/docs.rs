//! `payspec docs`: the reference site.

use std::path::Path;

use super::args;
use super::failure::Failure;
use super::output::{Output, detail, note};
use super::sides::at_revision;
use super::{Outcome, load};
use payspec_codegen::generate::crate_name;
use payspec_model::counted;
use payspec_reference::{Options, Since, site, write};

pub(super) fn run(spec: &Path, args: &args::Docs, _: &mut Output) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let since = args.since.as_deref();
    let old = since.map(|revision| at_revision(spec, revision));
    let old = old.transpose()?;
    let crate_name = match &args.package {
        Some(package) => crate_name(package)?,
        None => None,
    };
    let options = Options {
        crate_name: crate_name.as_deref(),
        since: since.zip(old.as_ref()).map(|(name, old)| Since {
            name,
            model: &old.model,
        }),
    };
    let files = site(&model, &options);
    let removed = write(&files, &args.out)?;
    if removed > 0 {
        detail(format_args!("removed {}", counted(removed, "old file")));
    }
    let index = args.out.join("index.html");
    note(format_args!(
        "written {}: {}",
        index.display(),
        counted(files.len(), "file")
    ));
    Ok(Outcome::Fine)
}
