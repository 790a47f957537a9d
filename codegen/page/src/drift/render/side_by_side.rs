//! Writes the page and the spec side by side, as HTML: each line of the page next to the facts that
//! it states, and each fact with its line in the spec.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use askama::filters::HtmlSafe;

use super::about;
use crate::drift::coverage::{Coverage, Fact, FactState, Line, LineState};
use payspec_model::source::SourceMap;
use payspec_report::{Badge, Document, Tone, written};

/// Writes the page and the spec side by side, as HTML. Only the spec files that the coverage names
/// are shown, with their text in `sources`.
pub fn coverage_html(coverage: &Coverage, sources: &SourceMap) -> String {
    let page = CoverageHtml {
        coverage,
        groups: groups(coverage),
        files: files(coverage, sources),
    };
    written(&Document::new(
        &page.as_title(),
        &page.as_style(),
        &page.as_main(),
    ))
}

#[derive(Template)]
#[template(path = "drift/coverage.html", blocks = ["title", "style", "main"])]
struct CoverageHtml<'c> {
    coverage: &'c Coverage,
    groups: Vec<Group<'c>>,
    files: Vec<SpecFile>,
}

/// A file of the spec.
struct SpecFile {
    path: String,
    lines: Vec<SpecLine>,
}

/// A line of the spec.
struct SpecLine {
    text: String,
    /// True if the coverage names it.
    named: bool,
    /// The lines of the page that state the same.
    page: BTreeSet<u32>,
}

/// A place in the spec, as a link to its line.
#[derive(Template)]
#[template(path = "drift/place.html")]
struct PlaceLink<'c> {
    anchor: Option<String>,
    place: &'c str,
}

impl HtmlSafe for PlaceLink<'_> {}

/// Returns the spec files that facts and lines name, sorted by name.
fn files(coverage: &Coverage, sources: &SourceMap) -> Vec<SpecFile> {
    let mut named: BTreeMap<&str, BTreeMap<usize, BTreeSet<u32>>> = BTreeMap::new();
    let facts = coverage.facts.iter();
    let facts = facts.map(|fact| (fact.place.as_str(), fact.lines.as_slice()));
    let links = coverage.lines.iter().flat_map(|line| {
        let places = line.states.iter().filter_map(|link| link.spec.as_deref());
        let places = places.chain(line.waiver.as_deref());
        places.map(|place| (place, std::slice::from_ref(&line.line)))
    });
    let stale = coverage.stale.iter();
    let stale = stale.map(|one| (one.place.as_str(), [].as_slice()));
    for (place, lines) in facts.chain(links).chain(stale) {
        if let Some((file, line)) = parted(place) {
            let lines_there = named.entry(file).or_default();
            lines_there.entry(line).or_default().extend(lines);
        }
    }
    let shown = sources.files().iter().zip(sources.names());
    let shown = shown.filter_map(|(file, path)| {
        let mut annotations = named.remove(path.as_str())?;
        let text = file.shown();
        let lines = text.lines().enumerate().map(|(at, text)| {
            let page = annotations.remove(&(at + 1));
            SpecLine {
                text: text.to_owned(),
                named: page.is_some(),
                page: page.unwrap_or_default(),
            }
        });
        Some(SpecFile {
            lines: lines.collect(),
            path,
        })
    });
    let mut shown: Vec<SpecFile> = shown.collect();
    shown.sort_by(|a, b| a.path.cmp(&b.path));
    shown
}

/// Splits a place into file and line.
fn parted(place: &str) -> Option<(&str, usize)> {
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

/// A part of a line's text.
struct Piece<'t> {
    text: &'t str,
    /// True if it looks like a fact that no rule understood.
    open: bool,
}

impl Group<'_> {
    /// Returns whether a line is open or a fact unsupported.
    fn is_open(&self) -> bool {
        self.rows.iter().any(Row::is_open)
    }
}

impl Row<'_> {
    fn is_open(&self) -> bool {
        let line = self.line.map(|line| line.state);
        let mut facts = self.facts.iter();
        line == Some(LineState::Uncaptured)
            || facts.any(|(_, fact)| fact.state == FactState::Unsupported)
    }
}

impl CoverageHtml<'_> {
    /// Splits the text of a line at its open parts.
    fn pieces(line: &Line) -> Vec<Piece<'_>> {
        let text = line.text.as_str();
        let mut pieces = Vec::new();
        let mut at = 0;
        let mut push = |start: usize, end: usize, open| {
            if let Some(text) = text.get(start..end).filter(|text| !text.is_empty()) {
                pieces.push(Piece { text, open });
            }
        };
        for part in line
            .open
            .iter()
            .filter(|_| line.state == LineState::Uncaptured)
        {
            // Parts may overlap.
            let start = part.start.max(at);
            push(at, start, false);
            push(start, part.end, true);
            at = part.end.max(at);
        }
        push(at, text.len(), false);
        pieces
    }

    /// Returns whether a line needs no attention.
    fn is_quiet(line: &Line) -> bool {
        matches!(line.state, LineState::Frame | LineState::Junk)
    }

    fn place<'p>(&self, place: &'p str) -> PlaceLink<'p> {
        let anchor = parted(place).and_then(|(path, line)| {
            let at = self.files.iter().position(|file| file.path == path)?;
            Some(format!("spec-{at}-{line}"))
        });
        PlaceLink { anchor, place }
    }
}

impl PlaceLink<'_> {
    /// Returns the place without all folders but the last.
    fn short(&self) -> &str {
        let slashes = self.place.rmatch_indices('/');
        let above = slashes.map(|(at, _)| at + 1).nth(1);
        above.map_or(self.place, |at| &self.place[at..])
    }
}

/// The lines and facts about one field or code.
struct Group<'c> {
    subject: &'c str,
    rows: Vec<Row<'c>>,
}

/// A line of the page next to the facts of the spec that it states. Either may be missing.
struct Row<'c> {
    line: Option<&'c Line>,
    facts: Vec<(usize, &'c Fact)>,
}

/// Groups lines and facts by their subject, in the page's order; subjects that the page does not
/// have come last.
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
