//! `payspec schema`: the JSON Schema of the spec format.

use std::fs;
use std::path::Path;

use super::args;
use super::failure::Failure;
use super::output::{Output, note};
use super::{Outcome, unknown};
use crate::format::{FileKind, schema};

pub(super) fn run(args: &args::Schema, out: &mut Output) -> Result<Outcome, Failure> {
    let kinds = match &args.kind {
        Some(word) => {
            let words = FileKind::ALL.iter().map(|kind| kind.as_str());
            vec![FileKind::parse(word).ok_or_else(|| unknown("kind of file", word, words))?]
        }
        None => FileKind::ALL.to_vec(),
    };
    match (&args.out, kinds.as_slice()) {
        (Some(folder), kinds) => {
            write(folder, kinds)?;
            note(format_args!(
                "{} written to {}",
                kinds.len(),
                folder.display()
            ));
        }
        (None, [kind]) => out.json(&schema(*kind))?,
        (None, kinds) => {
            let all: serde_json::Map<_, _> = kinds
                .iter()
                .map(|kind| (kind.as_str().to_owned(), schema(*kind)))
                .collect();
            out.json(&all)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Writes one file per kind.
pub(super) fn write(folder: &Path, kinds: &[FileKind]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::of(folder))?;
    for kind in kinds {
        let path = folder.join(format!("{}.json", kind.as_str()));
        let text = serde_json::to_string_pretty(&schema(*kind))? + "\n";
        fs::write(&path, text).map_err(Failure::of(&path))?;
    }
    Ok(())
}
