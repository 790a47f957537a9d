//! Writes reports about pages as Markdown and HTML.

mod side_by_side;

pub use side_by_side::coverage_html;

use askama::Template;

use super::coverage::{Coverage, Fact, FactState, Line, LineState};
use super::finding::Statement;
use super::report::{Changes, Drift, Match, PageInfo};
use super::rules::Level;
use payspec_report::{Badge, Tone, filters, written};

/// Writes the comparison of a page with the spec, as Markdown.
pub fn drift_markdown(drift: &Drift) -> String {
    written(&DriftMarkdown { drift })
}

/// Writes the comparison of two copies of a page, as Markdown.
pub fn changes_markdown(changes: &Changes) -> String {
    written(&ChangesMarkdown { changes })
}

/// Writes the judgement of every line and every fact, as Markdown.
pub fn coverage_markdown(coverage: &Coverage) -> String {
    written(&CoverageMarkdown { coverage })
}

#[derive(Template)]
#[template(path = "drift/drift.md")]
struct DriftMarkdown<'d> {
    drift: &'d Drift,
}

#[derive(Template)]
#[template(path = "drift/changes.md")]
struct ChangesMarkdown<'c> {
    changes: &'c Changes,
}

#[derive(Template)]
#[template(path = "drift/coverage.md")]
struct CoverageMarkdown<'c> {
    coverage: &'c Coverage,
}

impl LineState {
    const fn tone(self) -> Tone {
        match self {
            LineState::Captured => Tone::Good,
            LineState::Waived => Tone::Warn,
            LineState::Uncaptured => Tone::Bad,
            LineState::Frame | LineState::Junk => Tone::Quiet,
        }
    }

    fn badge(self) -> Badge {
        Badge::new(self.tone(), self.as_str())
    }
}

impl FactState {
    const fn tone(self) -> Tone {
        match self {
            FactState::Stated => Tone::Good,
            FactState::OtherSource => Tone::Quiet,
            FactState::Unsupported => Tone::Bad,
        }
    }

    fn badge(self) -> Badge {
        Badge::new(self.tone(), self.as_str())
    }
}

impl Level {
    const fn sign(self) -> &'static str {
        match self {
            Level::Error => Tone::Bad.sign(),
            Level::Warning => Tone::Warn.sign(),
            Level::Note => Tone::Quiet.sign(),
        }
    }
}

impl CoverageMarkdown<'_> {
    fn open(&self) -> impl Iterator<Item = &Line> {
        let lines = self.coverage.lines.iter();
        lines.filter(|line| line.state == LineState::Uncaptured)
    }

    fn unsupported(&self) -> impl Iterator<Item = &Fact> {
        let facts = self.coverage.facts.iter();
        facts.filter(|fact| fact.state == FactState::Unsupported)
    }
}

/// Returns the statement of a side, for a cell.
fn says(side: &Option<Statement>) -> String {
    side.as_ref()
        .map_or_else(String::new, |stated| stated.value.clone())
}

/// Returns the position of a side's statement, for a cell.
fn place(side: &Option<Statement>) -> String {
    side.as_ref()
        .map_or_else(String::new, |stated| stated.place.clone())
}

/// Describes a page in a few words.
fn about(page: &PageInfo) -> String {
    [page.title.as_deref(), page.date.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

impl Match {
    fn way(&self) -> &'static str {
        self.matched_by.as_str()
    }
}
