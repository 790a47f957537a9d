//! Reports on pages as Markdown and HTML.

use std::collections::BTreeMap;

use askama::Template;

use super::coverage::{Coverage, Fact, FactState, Line, LineState};
use super::report::{Changes, Drift, Match, PageInfo, Statement};
use super::rules::Level;
use crate::report::{Badge, Tone, filters, written};

/// A page held against the spec, as Markdown.
pub fn drift_markdown(drift: &Drift) -> String {
    written(&DriftMarkdown { drift })
}

/// Two copies of a page, as Markdown.
pub fn changes_markdown(changes: &Changes) -> String {
    written(&ChangesMarkdown { changes })
}

/// Every line and every fact accounted for, as Markdown.
pub fn coverage_markdown(coverage: &Coverage) -> String {
    written(&CoverageMarkdown { coverage })
}

/// The page and the spec side by side, as HTML.
pub fn coverage_html(coverage: &Coverage) -> String {
    written(&CoverageHtml {
        coverage,
        groups: groups(coverage),
    })
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

#[derive(Template)]
#[template(path = "drift/coverage.html")]
struct CoverageHtml<'c> {
    coverage: &'c Coverage,
    groups: Vec<Group<'c>>,
}

/// What stands at one field or code.
struct Group<'c> {
    subject: &'c str,
    rows: Vec<Row<'c>>,
}

/// A line of the page beside the facts of the spec that it states. One of them may be missing.
struct Row<'c> {
    line: Option<&'c Line>,
    facts: Vec<(usize, &'c Fact)>,
}

/// Lines and facts by what they stand at, in the page's order; what the page does not have behind.
fn groups(coverage: &Coverage) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let subjects = coverage.lines.iter().map(|line| line.at.as_str());
    let facts = coverage.facts.iter().map(|fact| fact.subject.as_str());
    for subject in subjects.chain(facts) {
        known.entry(subject).or_insert_with(|| {
            let rows = Vec::new();
            groups.push(Group { subject, rows });
            groups.len() - 1
        });
    }
    for line in &coverage.lines {
        let stated = coverage.facts.iter().enumerate();
        let stated =
            stated.filter(|(_, fact)| fact.subject == line.at && fact.lines.contains(&line.line));
        groups[known[line.at.as_str()]].rows.push(Row {
            line: Some(line),
            facts: stated.collect(),
        });
    }
    for (at, fact) in coverage.facts.iter().enumerate() {
        let rows = &mut groups[known[fact.subject.as_str()]].rows;
        let shown = rows
            .iter()
            .any(|row| row.facts.iter().any(|(one, _)| *one == at));
        if !shown {
            rows.push(Row {
                line: None,
                facts: vec![(at, fact)],
            });
        }
    }
    groups
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

impl CoverageHtml<'_> {
    /// Whether a line needs no look.
    fn is_quiet(line: &Line) -> bool {
        matches!(line.state, LineState::Frame | LineState::Junk)
    }
}

/// What a side says, for a cell.
fn says(side: &Option<Statement>) -> String {
    side.as_ref()
        .map_or_else(String::new, |said| said.value.clone())
}

/// Where a side says it, for a cell.
fn place(side: &Option<Statement>) -> String {
    side.as_ref()
        .map_or_else(String::new, |said| said.place.clone())
}

/// A page in a few words.
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
