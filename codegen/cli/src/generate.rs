//! `payspec generate`: brings the generated sources up to date.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::failure::{Failure, shell_word, spec_option};
use super::output::{Output, green, is_quiet, note, tell, yellow};
use super::{Outcome, args, read_whole, require_model};
use payspec_codegen::emit::rust::{Options, Root};
use payspec_codegen::generate::{self, Plan};

pub(super) fn run(
    spec: &Path,
    args: &args::Generate,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    // A single API would make the files of the others stale.
    let model = require_model(read_whole(spec)?)?;
    let Some(target) = &args.out else {
        return Err(Failure::Usage("name the folder with `--out`".to_owned()));
    };
    let options = Options::new(spec, Root::Crate);
    let plan = generate::prepare(&model, &options, target)?;
    if !args.check {
        generate::apply(&plan)?;
    }
    if out.is_json() {
        out.json(&json!({
            "out": target.display().to_string(),
            "check": args.check,
            "written": plan.writes.iter().map(|write| &write.path).collect::<Vec<_>>(),
            "removed": plan.stale.iter().map(|stale| &stale.path).collect::<Vec<_>>(),
            "unchanged": plan.unchanged,
        }))?;
    } else if args.check {
        check(&plan, &command(spec, target), out)?;
    } else if !is_quiet() {
        list(&plan, out)?;
        hint(target);
    }
    Ok(Outcome::fine_if(!args.check || plan.is_empty()))
}

/// Tells what the crate around fresh sources still needs.
fn hint(target: &Path) {
    // Sources may lie deeper, such as in `src/api`.
    let folders = target.ancestors().skip(1).take(3);
    let manifests = folders.map(|folder| folder.join("Cargo.toml"));
    let found = manifests
        .filter_map(|manifest| Some((fs::read_to_string(&manifest).ok()?, manifest)))
        .next();
    match found {
        // A text search is enough for a hint: cargo reads the manifest.
        Some((text, _)) if text.contains(RUNTIME) => {}
        Some((_, manifest)) => note(format_args!(
            "help: add `{RUNTIME}` to `[dependencies]` in {}: the generated code needs it",
            manifest.display()
        )),
        None => note(format_args!(
            "help: create a library with `cargo init --lib` and add `{RUNTIME}` to its `[dependencies]`: the \
             generated code needs it"
        )),
    }
}

/// The crate that the generated code uses.
const RUNTIME: &str = "payspec-runtime";

/// Lists the files that were written and removed.
fn list(plan: &Plan, out: &mut Output) -> Result<(), Failure> {
    for write in &plan.writes {
        writeln!(
            out,
            "{} {}",
            green("written"),
            plan.place(&write.path).display()
        )?;
    }
    for stale in &plan.stale {
        writeln!(
            out,
            "{} {}",
            yellow("removed"),
            plan.place(&stale.path).display()
        )?;
    }
    writeln!(
        out,
        "{} written, {} removed, {} unchanged",
        plan.writes.len(),
        plan.stale.len(),
        plan.unchanged
    )?;
    Ok(())
}

/// Shows the files that are out of date.
fn check(plan: &Plan, command: &str, out: &mut Output) -> Result<(), Failure> {
    if plan.is_empty() && is_quiet() {
        return Ok(());
    }
    if plan.is_empty() {
        writeln!(
            out,
            "{} {} up to date",
            plan.unchanged,
            plural(plan.unchanged)
        )?;
        return Ok(());
    }
    out.diff(&plan.diff())?;
    let count = plan.writes.len() + plan.stale.len();
    tell(format_args!("error: {count} {} out of date", plural(count)));
    note(format_args!("help: run `{command}` to update the files"));
    Ok(())
}

/// Returns the command that brings the files up to date.
fn command(spec: &Path, out: &Path) -> String {
    let mut command = format!("payspec generate{}", spec_option(spec));
    if out != Path::new("generated/src") {
        command += &format!(" --out {}", shell_word(out));
    }
    command
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "file is" } else { "files are" }
}
