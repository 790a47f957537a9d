//! `payspec schema`: the JSON Schema of the spec format, of profiles, and of what `payspec page`, `payspec diff`,
//! `payspec drift`, `payspec validate --traffic` and `payspec doctor` print.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::args;
use super::failure::Failure;
use super::output::{Output, note};
use super::{Outcome, unknown};
use payspec_model::format::{FileKind, schema};
use payspec_page::drift::coverage::Coverage;
use payspec_page::drift::{Changes, Drift};
use payspec_review::Report;
use payspec_review::traffic::Survey;

/// A name, and the function that builds its schema.
type Named = (&'static str, fn() -> Value);

/// The schemas for the output of commands. The other schemas are for files of a spec.
const PRINTED: &[Named] = &[
    ("page", payspec_page::schema),
    ("diff", Report::schema),
    ("drift", Drift::schema),
    ("drift-changes", Changes::schema),
    ("drift-coverage", Coverage::schema),
    ("traffic", Survey::schema),
    ("doctor", payspec_doctor::Report::schema),
];

/// The schemas of files that people write, beside those of a spec and its approvals.
const WRITTEN: &[Named] = &[("profile", payspec_page::profile_schema)];

/// The names of all schemas.
fn names() -> impl Iterator<Item = &'static str> + Clone {
    let kinds = FileKind::ALL.iter().map(|kind| kind.as_str());
    let written = WRITTEN.iter().map(|(name, _)| *name);
    kinds
        .chain(written)
        .chain(PRINTED.iter().map(|(name, _)| *name))
}

fn named(name: &str) -> Option<Value> {
    let mut others = WRITTEN.iter().chain(PRINTED);
    let printed = others.find(|(one, _)| *one == name);
    let of_file = || FileKind::parse(name).map(schema);
    printed.map(|(_, schema)| schema()).or_else(of_file)
}

pub(super) fn run(args: &args::Schema, out: &mut Output) -> Result<Outcome, Failure> {
    let asked: Vec<&str> = match &args.kind {
        Some(word) => vec![word],
        None => names().collect(),
    };
    let mut schemas = serde_json::Map::new();
    for name in asked {
        let schema = named(name).ok_or_else(|| unknown("kind of file", name, names()))?;
        schemas.insert(name.to_owned(), schema);
    }
    match (&args.out, &args.kind) {
        (Some(folder), _) => {
            let count = schemas.len();
            write(
                folder,
                schemas.iter().map(|(name, schema)| (name.as_str(), schema)),
            )?;
            note(format_args!("{count} written to {}", folder.display()));
        }
        (None, Some(_)) => schemas.values().try_for_each(|schema| out.json(schema))?,
        (None, None) => out.json(&schemas)?,
    }
    Ok(Outcome::Fine)
}

/// Writes one file per schema.
fn write<'s>(
    folder: &Path,
    schemas: impl IntoIterator<Item = (&'s str, &'s Value)>,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::of(folder))?;
    for (name, schema) in schemas {
        let path = folder.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(schema)? + "\n";
        fs::write(&path, text).map_err(Failure::of(&path))?;
    }
    Ok(())
}

/// Writes one file per kind of file.
pub(super) fn write_kinds(folder: &Path, kinds: &[FileKind]) -> Result<(), Failure> {
    let schemas: Vec<(&str, Value)> = kinds
        .iter()
        .map(|kind| (kind.as_str(), schema(*kind)))
        .collect();
    write(folder, schemas.iter().map(|(name, schema)| (*name, schema)))
}
