//! Writes a changelog entry: the effects of a spec change on users of the generated crate.

mod file;
#[cfg(test)]
mod tests;
mod version;

pub use file::{ChangelogError, insert};
pub(crate) use version::next;
pub use version::{Bump, version_of};

use std::collections::BTreeMap;
use std::fmt::Write;

use semver::Version;
use serde::Serialize;

use super::approvals::POLICY_RULES;
use super::edit::Edit;
use super::finding::Level;
use super::property::Property;
use super::report::{Entry as Finding, Report, SourcedValue};
use super::rules::{Rule, SemverBump};
use payspec_report::{code, plain};

/// An entry for what changed since a version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changelog {
    /// The current version and the next one; absent if the current one is unknown or nothing
    /// changed.
    pub version: Option<Step>,
    /// The kind of version bump that the change requires.
    pub bump: Bump,
    /// The groups that have lines, the most severe first.
    pub groups: Vec<Group>,
}

/// From one version to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The version before the change.
    pub old: Version,
    /// The version with it.
    pub new: Version,
}

/// Lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind.
    pub heading: Heading,
    /// One line each, as Markdown.
    pub(crate) lines: Vec<String>,
}

/// The kinds of lines, the most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// Money can move twice, or an outcome can be misread.
    Money,
    /// Messages are refused or misread, or code does not compile.
    Breaking,
    /// More is available.
    Added,
    /// Something else.
    Changed,
    /// Features that should no longer be used.
    Deprecated,
    /// Less is available.
    Removed,
    /// Descriptions and other texts.
    Documentation,
}

impl Heading {
    /// The heading's text.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Heading::Money => "Money",
            Heading::Breaking => "Breaking",
            Heading::Added => "Added",
            Heading::Changed => "Changed",
            Heading::Deprecated => "Deprecated",
            Heading::Removed => "Removed",
            Heading::Documentation => "Documentation",
        }
    }

    fn of(finding: &Finding) -> Self {
        let rule = Rule::find(&finding.rule);
        let edit = rule.map(|rule| rule.edit);
        match (finding.level, finding.rust) {
            (Level::Money, _) => Heading::Money,
            (Level::Breaking, _) | (_, SemverBump::Major) => Heading::Breaking,
            _ if rule.is_some_and(|rule| {
                matches!(rule.property, Property::Deprecated | Property::Sunset)
            }) =>
            {
                Heading::Deprecated
            }
            _ if edit == Some(Edit::Added) => Heading::Added,
            _ if edit == Some(Edit::Removed) => Heading::Removed,
            (Level::Text, SemverBump::None) => Heading::Documentation,
            (Level::Text | Level::Compatible | Level::Risky, _) => Heading::Changed,
        }
    }
}

impl Changelog {
    /// Makes the entry for a report; `old` is the version of the crate that was generated from the
    /// old spec.
    pub fn new(report: &Report, old: Option<&Version>) -> Self {
        let of_spec = |finding: &&Finding| POLICY_RULES.iter().all(|rule| rule.id != finding.rule);
        let findings: Vec<&Finding> = report.findings.iter().filter(of_spec).collect();
        let mut groups: BTreeMap<Heading, Vec<&Finding>> = BTreeMap::new();
        for finding in &findings {
            groups
                .entry(Heading::of(finding))
                .or_default()
                .push(finding);
        }
        let bump = Bump::of(findings.iter().copied());
        Changelog {
            version: old.filter(|_| bump != Bump::None).map(|old| Step {
                old: old.clone(),
                new: next(old, bump),
            }),
            bump,
            groups: groups
                .into_iter()
                .map(|(heading, findings)| Group {
                    heading,
                    lines: match heading {
                        Heading::Documentation => words(&findings),
                        Heading::Money
                        | Heading::Breaking
                        | Heading::Added
                        | Heading::Changed
                        | Heading::Deprecated
                        | Heading::Removed => findings.into_iter().map(line).collect(),
                    },
                })
                .collect(),
        }
    }

    /// Returns the entry as Markdown, below a heading of the second level.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        // Writing into a String does not fail.
        if let Some(Step { old, new }) = &self.version {
            let _ = writeln!(
                text,
                "Next version: {new} (after {old}), because {}.",
                self.bump.because()
            );
        }
        for Group { heading, lines } in &self.groups {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}### {}\n", heading.as_str());
            for line in lines {
                let _ = writeln!(text, "- {line}");
            }
        }
        text
    }
}

/// Describes one finding: its places, the change and the values.
fn line(finding: &Finding) -> String {
    let mut line = format!("{}: {}", places(&finding.places), finding.title);
    let value = |side: &Option<SourcedValue>| side.as_ref().map(|side| code(&cut(&side.value)));
    let values = match (value(&finding.old), value(&finding.new)) {
        (Some(old), Some(new)) => format!(" ({old} → {new})"),
        // An item that was added or removed needs no value.
        (None, Some(_)) | (Some(_), None) | (None, None) => String::new(),
    };
    line += &values;
    line
}

/// Lists changes of texts by their kind; the texts themselves are in the spec.
fn words(findings: &[&Finding]) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let places = finding.places.iter().cloned();
        kinds.entry(finding.title).or_default().extend(places);
    }
    let kinds = kinds.into_iter();
    kinds
        .map(|(title, found)| format!("{}: {}", plain(title), places(&found)))
        .collect()
}

/// Lists the first few places, and counts the rest.
fn places(places: &[String]) -> String {
    let shown: Vec<String> = places.iter().take(SHOWN).map(|place| code(place)).collect();
    match places.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The number of places shown in one line.
const SHOWN: usize = 3;

/// The number of characters shown of a value.
const LONGEST: usize = 60;

fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
