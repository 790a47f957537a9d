//! Drafts spec files in the spec's own format, with everything that a page has and the spec lacks.
//!
//! A draft holds names, types and limits. Texts are for people to write: each one is `TODO`.

mod codes;
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
        "the spec has several APIs, and the file lies in none of their folders\nhelp: name a file below `API/operations/`"
    )]
    WhichApi,
    /// A whole operation would be in a place where nothing reads it.
    #[error(
        "the page gives a whole operation, and nothing in the spec folder reads one from there"
    )]
    NotRead(
        /// A place from which it would be read, as a path from the spec folder.
        String,
    ),
    /// Parts of files would be read as whole files.
    #[error(
        "the spec has the operation, so that the draft holds parts of files, and the spec would be read with them\nhelp: name a file outside of the spec folder, and take the parts from there"
    )]
    Parts,
    /// The operation has no name.
    #[error("the page gives the operation no name\nhelp: name it with `--operation OP`")]
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
        (true, _) => "Put words of your own in place of each TODO.",
        (false, Role::Operation) => {
            "Take each part into the file of the operation, with words of your own."
        }
        (false, Role::Types) => "Take each part into the file of the type, with words of your own.",
        (false, Role::Results) => "Take each part into results.yaml, with words of your own.",
        (false, Role::Api) => "Take each part into api.yaml.",
    };
    // Serializing a mapping of texts, numbers and lists cannot fail.
    let text = serde_yaml::to_string(value).unwrap_or_default();
    let place = if is_whole && target.home().is_none() {
        let stem = target.file().file_stem().unwrap_or_default();
        let place = target::read_from(role, &stem.to_string_lossy());
        format!("# It is read from {place} in the folder of an API.\n")
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
