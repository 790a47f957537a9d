//! `payspec changelog`: the entry for the changes since a revision, and the next version.

use std::io::Write;
use std::path::Path;

use super::failure::Failure;
use super::generated_doc::text_of;
use super::output::{Output, note, plain};
use super::sides::{at_once, at_revision, in_folder, review};
use super::{Outcome, args};
use payspec_model::source::upwards;
use payspec_review::changelog::{Changelog, insert, version_of};

pub(super) fn run(
    spec: &Path,
    args: &args::Changelog,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let (old, new) = at_once(|| at_revision(spec, &args.since), || in_folder(spec))?;
    // A spec with errors is never built, so it gets no entry.
    if let Some(errors) = new.errors {
        return Err(Failure::Spec(errors));
    }
    let report = review(&old, &new)?;
    let package = args.package.as_deref().unwrap_or(Path::new("."));
    if !package.is_dir() {
        return Err(Failure::Usage(format!(
            "folder `{}` not found\nhelp: name the generated crate with `--package`",
            plain(&package.display().to_string())
        )));
    }
    let manifests = upwards(package, &args.since, "Cargo.toml").map_err(Failure::Git)?;
    let version = version_of(&manifests);
    let changelog = Changelog::new(&report, version.as_ref());
    let entry = changelog.markdown();
    if out.is_json() {
        out.json(&changelog)?;
    } else if args.out.is_none() && !entry.is_empty() {
        write!(out, "## [Unreleased]\n\n{entry}")?;
    }
    if entry.is_empty() {
        note("nothing changed");
        return Ok(Outcome::Fine);
    }
    if let Some(path) = &args.out {
        write_into(path, &entry)?;
    }
    match &changelog.version {
        Some(step) => note(format_args!(
            "next version: {} (after {})",
            step.new, step.old
        )),
        None => note(format_args!(
            "unknown version: {} has no `Cargo.toml` with a version at `{}`; name the crate with `--package`",
            package.display(),
            plain(&args.since)
        )),
    }
    Ok(Outcome::Fine)
}

/// Inserts the entry into a changelog. The file is replaced in one step, and only if it changes.
fn write_into(path: &Path, entry: &str) -> Result<(), Failure> {
    let old = text_of(path)?.unwrap_or_default();
    let new = insert(&old, entry).map_err(|error| Failure::Changelog {
        path: path.to_owned(),
        error,
    })?;
    if new == old {
        note(format_args!("{} is up to date", path.display()));
        return Ok(());
    }
    payspec_codegen::generate::replace(path, &new)?;
    note(format_args!("written {}", path.display()));
    Ok(())
}
