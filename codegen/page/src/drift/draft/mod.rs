//! Drafts spec files in the spec's own format, with everything that a page has and the spec lacks.
//!
//! A draft holds names, types and limits. Texts are for people to write: each one is `TODO`.

mod codes;
mod decisions;
mod field;
mod patch;
mod target;
mod whole;

pub use target::Target;

use std::path::PathBuf;

use serde_yaml::{Mapping, Value};

use super::find::{self, FindError, day};
use super::report::{Comparison, Copy, Hints};
use payspec_model::model::Model;

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// The path to write it to.
    pub path: PathBuf,
    /// The content.
    pub text: String,
}

/// The reason why no draft can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The page cannot be placed.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The spec has several APIs.
    #[error(
        "the spec has several APIs, but the file is not in the folder of any of them\nhelp: name a file below `API/operations/`"
    )]
    WhichApi,
    /// A whole operation would be in a place where nothing reads it.
    #[error("the draft is a whole operation, but the spec does not load operations from this path")]
    NotRead(
        /// A place from which it would be read, as a path from the spec folder.
        String,
    ),
    /// Parts of files would be read as whole files.
    #[error(
        "the operation already exists, so the draft contains only parts of files, which must not be in the spec folder\nhelp: name a file outside the spec folder, then copy the parts from there"
    )]
    Parts,
    /// The operation has no name.
    #[error("the page does not name the operation\nhelp: name it with `--operation OP`")]
    NoName,
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Operation,
    Types,
    Results,
    Api,
}

/// Drafts everything that a page has and the spec lacks: parts of the operation that the page
/// describes, or all of it if the spec has no such operation. Returns no files if nothing is
/// missing.
///
/// The draft is written to `target`. Parts that do not belong in the file of an operation go to
/// their own place in the API's folder if the target is in one, else next to the target.
///
/// # Errors
///
/// Returns an error if the page describes nothing, if the place of a new operation cannot be
/// determined, or if the target is a place in the spec folder where such a file must not be.
pub fn draft(
    model: &Model,
    copy: Copy<'_>,
    hints: Hints<'_>,
    target: Target<'_>,
) -> Result<Vec<DraftFile>, DraftError> {
    let (is_whole, parts) = match Comparison::new(model, copy, hints) {
        Ok(comparison) => (false, patch::patch(&comparison)),
        Err(FindError::NoOperation(_)) => (true, whole(model, copy, hints, target)?),
        Err(FindError::Unclear(candidates)) if candidates.is_empty() => {
            (true, whole(model, copy, hints, target)?)
        }
        Err(error) => return Err(error.into()),
    };
    if !is_whole && !parts.is_empty() {
        target.takes_parts()?;
    }
    let files = parts.into_iter().map(|(role, value)| DraftFile {
        path: target.place(role, is_whole),
        text: written(copy, role, is_whole, target, &value),
    });
    Ok(files.collect())
}

fn whole(
    model: &Model,
    copy: Copy<'_>,
    hints: Hints<'_>,
    target: Target<'_>,
) -> Result<Vec<(Role, Mapping)>, DraftError> {
    let stated = find::described(copy.page)?;
    target.takes_a_whole(model)?;
    let api = target.api(model)?;
    let home = target.home().unwrap_or_default();
    whole::whole(api, copy, stated, hints, &home)
}

/// Writes a file, with comment lines at the top that name its origin.
fn written(
    copy: Copy<'_>,
    role: Role,
    is_whole: bool,
    target: Target<'_>,
    value: &Mapping,
) -> String {
    let page: String = copy
        .name
        .chars()
        .filter(|char| !char.is_control())
        .collect();
    let date = copy
        .page
        .date
        .as_ref()
        .map(|date| format!(" of {}", day(&date.value)));
    let date = date.unwrap_or_default();
    let what = match (is_whole, role) {
        (true, _) => "Replace each TODO with your own words.",
        (false, Role::Operation) => {
            "Copy each part into the file of the operation, and write the texts in your own words."
        }
        (false, Role::Types) => {
            "Copy each part into the file of the type, and write the texts in your own words."
        }
        (false, Role::Results) => {
            "Copy each part into results.yaml, and write the texts in your own words."
        }
        (false, Role::Api) => "Copy each part into api.yaml.",
    };
    // Serializing a mapping of texts, numbers and lists cannot fail.
    let text = serde_yaml::to_string(value).unwrap_or_default();
    let place = if is_whole && target.home().is_none() {
        let stem = target.file().file_stem().unwrap_or_default();
        let place = target::read_from(role, &stem.to_string_lossy());
        format!("# Save it as {place} in the folder of an API.\n")
    } else {
        String::new()
    };
    format!("# Drafted by payspec from {page}{date}. {what}\n{place}{text}")
}

/// A mapping that keeps the order of its keys.
#[derive(Default)]
struct Map(Mapping);

impl Map {
    fn put(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(Value::from(key), value.into());
        self
    }

    fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    fn put_mapping(&mut self, key: &str, value: Mapping) -> &mut Self {
        self.put(key, Value::Mapping(value))
    }

    fn put_full(&mut self, key: &str, value: Mapping) -> &mut Self {
        if !value.is_empty() {
            self.put_mapping(key, value);
        }
        self
    }
}

/// The placeholder for texts that a person has to write.
const TODO: &str = "TODO";
