//! Diagnostics of a spec: collected, sorted, and shown in one of four formats.
//!
//! A [`Diagnostic`] points at spans of the files in a [`SourceMap`]; its [`Code`] is an entry of the
//! static table [`codes::all`], which `payspec explain` reads.

pub mod codes;
mod github;
mod human;
mod json;
pub(crate) mod limits;
mod sarif;

pub use codes::Code;
pub use github::github;
pub use github::{Annotation, At};
pub use human::human;
pub use json::json;
pub use sarif::{sarif, sarif_log, sarif_uri};

use crate::source_map::{SourceMap, Span};

/// Largest number of diagnostics that are shown.
pub const SHOWN: usize = 100;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The spec cannot be used; no model is made.
    Error,
    /// The spec can be used; its author should look at this.
    Warning,
}

impl Level {
    /// `error` or `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// A span of a file with a text about it; the text may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Label {
    /// The span.
    pub(crate) span: Span,
    /// The text beside it.
    pub(crate) text: String,
}

/// A problem of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The entry in the table.
    pub code: &'static Code,
    /// The problem, in one sentence without a full stop.
    pub message: String,
    /// The place; [`None`] if it concerns no file that was read.
    pub(crate) primary: Option<Label>,
    /// Related places.
    pub(crate) secondary: Vec<Label>,
    /// The advice.
    pub(crate) help: Vec<String>,
}

impl Diagnostic {
    /// Makes a diagnostic with this code, without a place.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Points at the span that is wrong, with a label.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.primary = Some(Label { span, text });
        self
    }

    /// Points at another span, which explains the first.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.secondary.push(Label { span, text });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Returns its level.
    pub(crate) fn level(&self) -> Level {
        self.code.level()
    }

    /// Returns whether it is an error.
    pub fn is_error(&self) -> bool {
        self.level() == Level::Error
    }
}

/// A collection of diagnostics. Sorting puts it into the order of the files and removes duplicates.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.all.push(diagnostic);
    }

    /// Adds diagnostics.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.all.extend(diagnostics);
    }

    /// Keeps those that fulfil a condition.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.all.retain(keep);
    }

    /// Returns all of them.
    pub(crate) fn into_all(self) -> Vec<Diagnostic> {
        self.all
    }

    /// Sorts by file and place, and removes duplicates.
    pub(crate) fn sort(&mut self) {
        let place = |diagnostic: &Diagnostic| {
            let label = diagnostic.primary.as_ref();
            label.map(|label| (label.span.file, label.span.start, label.span.end))
        };
        self.all.sort_by(|a, b| {
            place(a)
                .cmp(&place(b))
                .then_with(|| a.code.id.cmp(b.code.id))
                .then_with(|| a.message.cmp(&b.message))
        });
        self.all
            .dedup_by(|a, b| a.code == b.code && a.message == b.message && place(a) == place(b));
    }

    /// Iterates over all of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.all.iter()
    }

    /// Returns the first [`SHOWN`] of them, errors before warnings if there are more.
    pub fn shown(&self) -> Vec<&Diagnostic> {
        if self.all.len() <= SHOWN {
            return self.all.iter().collect();
        }
        let errors = self.all.iter().filter(|diagnostic| diagnostic.is_error());
        let warnings = self.all.iter().filter(|diagnostic| !diagnostic.is_error());
        errors.chain(warnings).take(SHOWN).collect()
    }

    /// Returns the number that is not shown.
    pub fn omitted(&self) -> usize {
        self.all.len().saturating_sub(SHOWN)
    }

    /// Returns their number.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns the number of errors.
    pub(crate) fn errors(&self) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count()
    }

    /// Returns the number of warnings.
    pub(crate) fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Returns whether one is an error.
    pub fn has_errors(&self) -> bool {
        self.iter().any(Diagnostic::is_error)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Returns the last line of all renderers: `2 errors, 1 warning`, with the number that is not shown.
fn totals(diagnostics: &Diagnostics) -> String {
    let count = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    let mut text = match (diagnostics.errors(), diagnostics.warnings()) {
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => {
            format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
        }
    };
    if diagnostics.omitted() > 0 {
        text += &format!("; the first {SHOWN} are shown");
    }
    text
}

/// Returns the path of a label's file, and the start and end of the label.
fn place<'a>(sources: &SourceMap, label: &'a Label) -> (String, Place<'a>) {
    let (start, end) = sources.positions(label.span);
    let place = Place {
        start,
        end,
        text: &label.text,
    };
    (sources.path(label.span.file), place)
}

struct Place<'a> {
    start: crate::source_map::Position,
    end: crate::source_map::Position,
    text: &'a str,
}
