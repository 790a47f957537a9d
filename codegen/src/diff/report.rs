//! The findings as a document of stable shape, which every renderer reads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::change::Point;
use super::class::Class;
use super::finding::{Finding, Level, findings};
use super::rules::Rust;
use super::sections::life::{Life, lives};
use super::sections::outcomes::{OutcomeTable, tables};
use super::sections::rust::RustReview;
use crate::emit::rust::EmitError;
use crate::model::Model;

/// A review of a change of the spec. As JSON this is version 1 of the report's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u32,
    /// What it all comes to.
    pub summary: Summary,
    /// The findings, the worst first.
    pub findings: Vec<Entry>,
    /// How answers are judged, of each operation where that changed.
    pub outcomes: Vec<OutcomeTable>,
    /// The lives of payments that changed, or that an operation of theirs changed.
    pub lives: Vec<Life>,
    /// What the generated crate shows of the change; absent when it was not compared.
    pub generated: Option<RustReview>,
}

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The worst level; [`None`] when nothing changed.
    pub level: Option<Level>,
    /// How many findings there are of each level.
    pub levels: BTreeMap<Level, usize>,
    /// What a crate must say that is generated from the new spec, by cargo's semver.
    pub rust: Rust,
    /// How many findings are accepted.
    pub accepted: usize,
    /// The worst level of those that are not; [`None`] when all are.
    pub open: Option<Level>,
    /// What those that are not accepted mean in Rust.
    pub open_rust: Rust,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// How bad it is.
    pub level: Level,
    /// The rule's id.
    pub rule: String,
    /// What happened, in a few words.
    pub title: &'static str,
    /// Where.
    pub places: Vec<String>,
    /// The operation it belongs to; absent for what is the API's own.
    pub operation: Option<String>,
    /// What the old spec says.
    pub old: Option<Said>,
    /// What the new spec says.
    pub new: Option<Said>,
    /// What it means on the wire.
    pub wire: Class,
    /// What it means in Rust.
    pub rust: Rust,
    /// A stable name of the finding, for approvals.
    pub fingerprint: String,
    /// Who accepted it, why, and until when; absent when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// That a policy gave the rule another level; absent when none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevelled: Option<Relevelled>,
}

/// That a finding is accepted. It stays in the report and fails no run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// The last day on which that holds, `2026-12-31`.
    pub expires: String,
    /// `file:line` of the approval.
    pub spec: String,
}

/// That a policy gave a rule another level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relevelled {
    /// The level by the rules.
    pub was: Level,
    /// Why it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `file:line` of the policy.
    pub spec: String,
}

/// A value, and the line that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The value.
    pub value: String,
    /// `file:line`.
    pub spec: String,
}

impl Report {
    /// Compares two specs, and not what is generated from them.
    pub fn new(old: &Model, new: &Model) -> Self {
        Self::of(old, new, &findings(old, new))
    }

    /// Compares two specs and what is generated from them.
    ///
    /// # Errors
    ///
    /// When one of them cannot be written as Rust.
    pub fn with_generated(old: &Model, new: &Model) -> Result<Self, EmitError> {
        let findings = findings(old, new);
        let mut report = Self::of(old, new, &findings);
        report.generated = Some(RustReview::new(old, new, &findings)?);
        Ok(report)
    }

    fn of(old: &Model, new: &Model, findings: &[Finding]) -> Self {
        let entries: Vec<Entry> = findings
            .iter()
            .map(|finding| Entry::new(finding, old, new))
            .collect();
        let outcomes = tables(old, new);
        Report {
            version: 1,
            summary: Summary::of(&entries),
            findings: entries,
            lives: lives(old, new, &outcomes),
            outcomes,
            generated: None,
        }
    }
}

impl Summary {
    /// What some findings come to.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut levels = BTreeMap::new();
        for entry in entries {
            *levels.entry(entry.level).or_default() += 1;
        }
        let open = || entries.iter().filter(|entry| entry.accepted.is_none());
        let rust = |rusts: &mut dyn Iterator<Item = Rust>| rusts.max().unwrap_or(Rust::None);
        Summary {
            level: levels.keys().next_back().copied(),
            levels,
            rust: rust(&mut entries.iter().map(|entry| entry.rust)),
            accepted: entries.len() - open().count(),
            open: open().map(|entry| entry.level).max(),
            open_rust: rust(&mut open().map(|entry| entry.rust)),
        }
    }
}

impl Entry {
    fn new(finding: &Finding, old: &Model, new: &Model) -> Self {
        let said = |model: &Model, point: &Option<Point>| {
            point.as_ref().map(|Point { value, origin }| Said {
                value: value.to_string(),
                spec: model.place(*origin),
            })
        };
        Entry {
            level: finding.level(),
            rule: finding.rule.id(),
            title: finding.rule.title,
            places: finding.places.iter().map(ToString::to_string).collect(),
            operation: finding.change.place.operation.clone(),
            old: said(old, &finding.change.old),
            new: said(new, &finding.change.new),
            wire: finding.class,
            rust: finding.rust,
            fingerprint: finding.fingerprint(),
            accepted: None,
            relevelled: None,
        }
    }
}
