//! Drafts of spec files: what a page has and the spec has not, in the spec's own format.
//!
//! A draft holds names, types and limits. Words are for people to write: each stands as `TODO`.

mod codes;
mod field;
mod patch;
mod whole;

use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

use super::find::{self, FindError, day};
use super::report::{Beside, Copy, Hints};
use crate::model::{Api, Model};

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Where it is to be written.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The page cannot be placed.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The spec has several APIs.
    #[error(
        "the spec has several APIs, and `{0}` lies in none of their folders\nhelp: name a file below `FOLDER/operations/`"
    )]
    WhichApi(String),
    /// The operation has no name.
    #[error("the page gives the operation no name\nhelp: name it with `--operation OP`")]
    NoName,
}

/// What a file of a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Operation,
    Types,
    Results,
    Api,
}

/// Drafts what a page has and the spec has not: parts of the operation that the page describes, or
/// the whole of it when the spec has none. None when nothing is missing.
///
/// The draft is written to `file`. What does not belong into the file of an operation goes to its own
/// place in the API's folder where `file` lies in one, else beside `file`.
///
/// # Errors
///
/// When the page describes nothing, or it cannot be told where a new operation belongs.
pub fn draft(
    model: &Model,
    copy: Copy<'_>,
    hints: Hints<'_>,
    file: &Path,
) -> Result<Vec<DraftFile>, DraftError> {
    let (is_whole, parts) = match Beside::new(model, copy, hints) {
        Ok(beside) => (false, patch::patch(&beside)),
        Err(FindError::NoOperation(_)) => (true, whole(model, copy, hints, file)?),
        Err(FindError::Unclear(candidates)) if candidates.is_empty() => {
            (true, whole(model, copy, hints, file)?)
        }
        Err(error) => return Err(error.into()),
    };
    let files = parts.into_iter().map(|(role, value)| DraftFile {
        path: place(file, role, is_whole),
        text: written(copy, role, is_whole, &value),
    });
    Ok(files.collect())
}

fn whole(
    model: &Model,
    copy: Copy<'_>,
    hints: Hints<'_>,
    file: &Path,
) -> Result<Vec<(Role, Mapping)>, DraftError> {
    let stated = find::described(copy.page)?;
    let api = api(model, file)?;
    whole::whole(api, copy, stated, hints, &home(file))
}

/// The API whose folder a file lies in, or the only one.
fn api<'m>(model: &'m Model, file: &Path) -> Result<Option<&'m Api>, DraftError> {
    let folder = home(file);
    let inside = model.apis.iter().find(|api| api.folder == folder);
    match (inside, model.apis.as_slice()) {
        (Some(api), _) => Ok(Some(api)),
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(only)),
        (None, _) => Err(DraftError::WhichApi(file.display().to_string())),
    }
}

/// The name of the API's folder that a file below `operations/` lies in.
fn home(file: &Path) -> String {
    let folder = file.parent().filter(|folder| folder.ends_with(OPERATIONS));
    let api = folder.and_then(Path::parent).and_then(Path::file_name);
    api.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

const OPERATIONS: &str = "operations";

/// Where a file of a draft goes. Parts of files stand beside each other, for people to take them from.
fn place(file: &Path, role: Role, is_whole: bool) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let folder = file.parent().unwrap_or(Path::new(""));
    let api = folder
        .parent()
        .filter(|_| is_whole && folder.ends_with(OPERATIONS));
    match (role, api) {
        (Role::Operation, _) => file.to_owned(),
        (Role::Types, Some(api)) => api.join(format!("types/{stem}.yaml")),
        (Role::Results, Some(api)) => api.join("results.yaml"),
        (Role::Api, Some(api)) => api.join("api.yaml"),
        (Role::Types, None) => folder.join(format!("{stem}.types.yaml")),
        (Role::Results, None) => folder.join(format!("{stem}.results.yaml")),
        (Role::Api, None) => folder.join(format!("{stem}.api.yaml")),
    }
}

/// The text of a file, under lines that say where it comes from.
fn written(copy: Copy<'_>, role: Role, is_whole: bool, value: &Mapping) -> String {
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
    // A mapping of texts, numbers and lists can always be written.
    let text = serde_yaml::to_string(value).unwrap_or_default();
    format!("# Drafted by payspec from {page}{date}. {what}\n{text}")
}

/// A mapping in the order in which keys are put.
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

/// Words that a person has to write.
const TODO: &str = "TODO";
