//! `payspec generate`: brings the generated sources up to date.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::failure::{Failure, shell_word, spec_option};
use super::output::{Output, green, is_quiet, note, tell, yellow};
use super::{Outcome, args, export, read_whole, require_model};
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
    let crate_folder = crate_folder(target);
    let options = Options::new(spec, root(target, crate_folder.as_deref()));
    let mut plan = generate::prepare(&model, &options, target)?;
    if let Some(folder) = generate::documents_folder(&options, target)? {
        let documents = export::committed(&model)?;
        generate::add_documents(&mut plan, &options, &folder, documents)?;
    }
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
        hint(target, crate_folder.as_deref(), options.root);
    }
    Ok(Outcome::fine_if(!args.check || plan.is_empty()))
}

/// Returns the folder of the crate that the sources belong to. They may lie deeper, such as in `src/api`.
fn crate_folder(target: &Path) -> Option<PathBuf> {
    let folders = target.ancestors().skip(1).take(3);
    let folders = folders.map(|folder| match folder == Path::new("") {
        true => Path::new("."),
        false => folder,
    });
    let mut folders = folders.filter(|folder| folder.join(MANIFEST).is_file());
    folders.next().map(Path::to_owned)
}

/// Returns the form of the sources: a module of the crate if they lie in a folder of its `src`.
fn root(target: &Path, crate_folder: Option<&Path>) -> Root {
    let modules = crate_folder.map(|folder| folder.join("src"));
    let current = |path: &Path| Path::new(".").join(path);
    match modules {
        Some(src)
            if current(target) != current(&src) && current(target).starts_with(current(&src)) =>
        {
            Root::Include
        }
        Some(_) | None => Root::Crate,
    }
}

/// Tells what the crate around fresh sources still needs.
fn hint(target: &Path, crate_folder: Option<&Path>, root: Root) {
    let version = env!("CARGO_PKG_VERSION");
    let dependency = format!("{RUNTIME} = \"{version}\"");
    let Some(folder) = crate_folder else {
        note(format_args!(
            "help: the sources need a crate: create a library with `cargo init --lib`, and add `{dependency}` to the \
             `[dependencies]` of its Cargo.toml"
        ));
        return;
    };
    let manifest = folder.join(MANIFEST);
    // A text search is enough for a hint: cargo reads the manifest.
    let text = fs::read_to_string(&manifest).unwrap_or_default();
    if !text.contains(RUNTIME) {
        note(format_args!(
            "help: add `{dependency}` to `[dependencies]` in {}: the generated code needs it",
            manifest.display()
        ));
    }
    let module = target
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    if let (Root::Include, Some(module)) = (root, module) {
        let parent = target.parent().unwrap_or(target);
        let files = ["lib.rs", "main.rs", "mod.rs"].map(|name| parent.join(name));
        let declared = files
            .iter()
            .filter_map(|file| fs::read_to_string(file).ok());
        if !{ declared }.any(|text| text.contains(&format!("mod {module};"))) {
            note(format_args!(
                "help: add `#[rustfmt::skip] pub mod {module};` to a source file in {}",
                parent.display()
            ));
        }
    }
}

/// The crate that the generated code uses.
const RUNTIME: &str = "payspec-runtime";
/// The file that makes a folder a crate.
const MANIFEST: &str = "Cargo.toml";

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
