//! Drafts spec files in the spec's own format, with everything that a page has and the spec lacks.
//!
//! A draft holds names, types and limits. Texts are for people to write: each one is `TODO`.

mod codes;
mod condition;
mod decisions;
mod declaration;
mod field;
mod patch;
mod target;
mod whole;

pub use declaration::Declaration;
pub use target::Target;

use std::path::PathBuf;

use serde_yaml::{Mapping, Value};

use super::comparison::Comparison;
use super::copy::{Copy, Hints};
use super::find::{self, FindError, day};
use super::from_page;
use super::place::Place;
use super::todo::TODO;
use payspec_model::model::Model;

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// The path to write it to.
    pub path: PathBuf,
    /// The content.
    pub text: String,
}

/// The files of a draft, and what they leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The files; none if nothing is missing in the spec.
    pub files: Vec<DraftFile>,
    /// The source to declare in the API that the spec has already.
    pub declares: Option<Declaration>,
    /// The facts that the page states and the files cannot hold, in words.
    pub left_out: Vec<String>,
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
) -> Result<Draft, DraftError> {
    let compared = match Comparison::new(model, copy, hints) {
        // A source that the spec does not have is declared in the draft.
        Err(FindError::NoSource { .. }) => {
            let source = None;
            Comparison::new(model, copy, Hints { source, ..hints })
        }
        compared => compared,
    };
    let (is_whole, (parts, left_out)) = match compared {
        Ok(comparison) => (false, patch::patch(&comparison, hints.source)),
        Err(FindError::NoOperation(_)) => (true, whole(model, copy, hints, target)?),
        Err(FindError::NoPath { .. }) => (true, whole(model, copy, hints, target)?),
        Err(FindError::Unclear(candidates)) if candidates.is_empty() => {
            (true, whole(model, copy, hints, target)?)
        }
        Err(error) => return Err(error.into()),
    };
    if !is_whole && !parts.is_empty() {
        target.takes_parts()?;
    }
    let extended = match target {
        Target::Spec(_) if is_whole => target.api(model)?,
        Target::Spec(_) | Target::Apart(_) => None,
    };
    let mut files = Vec::new();
    let mut declares = None;
    for (role, value) in parts {
        if let (Role::Api, Some(api)) = (role, extended) {
            declares = Some(Declaration::new(api, &value));
            continue;
        }
        let left_out = match role {
            Role::Operation => left_out.as_slice(),
            Role::Types | Role::Results | Role::Api => &[],
        };
        files.push(DraftFile {
            path: target.place(role, is_whole),
            text: written(copy, role, is_whole, target, (&value, left_out)),
        });
    }
    Ok(Draft {
        files,
        declares,
        left_out,
    })
}

/// The content of the files, and what they leave out.
type Parts = (Vec<(Role, Mapping)>, Vec<String>);

fn whole(
    model: &Model,
    copy: Copy<'_>,
    hints: Hints<'_>,
    target: Target<'_>,
) -> Result<Parts, DraftError> {
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
    (value, left_out): (&Mapping, &[String]),
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
    let mut comments = String::new();
    for one in left_out {
        let one: String = one.chars().filter(|char| !char.is_control()).collect();
        comments += &format!("# Left out: {one}\n");
    }
    format!("# Drafted by payspec from {page}{date}. {what}\n{place}{comments}{text}")
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

/// Declares a source: the page with its title and date.
fn declared(copy: Copy<'_>, tag: &str) -> Mapping {
    let title = copy.page.title.as_ref().map(|title| title.value.as_str());
    let date = copy.page.date.as_ref().map(|date| day(&date.value));
    let mut page = Map::default();
    page.put("title", title.unwrap_or(TODO));
    page.put("date", date.unwrap_or("unknown"));
    let mut sources = Map::default();
    sources.put_mapping(tag, page.0);
    sources.0
}

/// Lists what a page states and no draft holds: lines that were not understood, and shared objects.
fn unheld(copy: Copy<'_>) -> Vec<String> {
    let page = copy.page;
    let mut unheld = Vec::new();
    let unread = page.unread.iter().map(|line| line.line);
    let partly = page.lines.iter().filter(|line| !line.open().is_empty());
    let mut lines: Vec<u32> = unread.chain(partly.map(|line| line.line)).collect();
    lines.sort_unstable();
    lines.dedup();
    if !lines.is_empty() {
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        unheld.push(format!(
            "lines that were not understood: {}",
            lines.join(", ")
        ));
    }
    let sheets = page
        .operations
        .iter()
        .map(|one| from_page::of_page(one, &page.objects));
    let places: Vec<Place> = sheets
        .flat_map(|sheet| sheet.fields)
        .map(|field| field.place)
        .collect();
    let is_held = |object: &&crate::SharedObject| {
        let mut fields = object.fields.iter();
        fields.all(|field| places.contains(&Place::Line(field.line)))
    };
    for object in page.objects.iter().filter(|object| !is_held(object)) {
        let (name, line) = (&object.name.value, object.name.line);
        unheld.push(format!(
            "the table of `{name}` (line {line}): no field has that type"
        ));
    }
    unheld
}
