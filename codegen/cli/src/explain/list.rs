//! The list of everything that `payspec explain` explains.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::subject::{self, Subject};
use crate::Outcome;
use crate::failure::Failure;
use crate::output::{Output, bold, note, tell};
use payspec_model::model::Model;

/// Largest number of names that the human list shows of a kind.
const SHOWN: usize = 8;

/// The names of one kind.
#[derive(Serialize)]
struct Names {
    kind: &'static str,
    names: Vec<String>,
}

pub(super) fn run(spec: &Path, out: &mut Output) -> Result<Outcome, Failure> {
    // The subjects of the tool are listed even if the spec cannot be read.
    let (model, outcome) = match crate::load(spec) {
        Ok(model) => (model, Outcome::Fine),
        Err(failure) => {
            tell(failure);
            (Model::default(), Outcome::Unread)
        }
    };
    let kinds = kinds(&model);
    if out.is_json() {
        out.json(&kinds)?;
        return Ok(outcome);
    }
    for Names { kind, names } in &kinds {
        let shown = names.len().min(SHOWN);
        write!(
            out,
            "{} ({}): {}",
            bold(kind),
            names.len(),
            names[..shown].join(", ")
        )?;
        match names.len() - shown {
            0 => writeln!(out)?,
            more => writeln!(out, " and {more} more")?,
        }
    }
    note(
        "help: explain a name with `payspec explain NAME`; `payspec explain --format json` lists all names",
    );
    Ok(outcome)
}

fn kinds(model: &Model) -> Vec<Names> {
    let mut kinds: Vec<Names> = Vec::new();
    let mut add = |subject: &Subject<'_>| {
        let kind = subject.kind().as_str();
        // The first name is the full one.
        let Some(name) = subject.names().into_iter().next() else {
            return;
        };
        match kinds.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.names.push(name),
            None => kinds.push(Names {
                kind,
                names: vec![name],
            }),
        }
    };
    subject::all(model).iter().for_each(&mut add);
    Subject::all_of_tool().for_each(|subject| add(&subject));
    for kind in &mut kinds {
        kind.names.sort();
        kind.names.dedup();
    }
    kinds
}
