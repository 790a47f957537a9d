//! The findings as a document of stable shape, which every renderer reads.

use std::collections::BTreeMap;

use serde::Serialize;

use super::change::Point;
use super::class::Class;
use super::finding::{Finding, Level, findings};
use super::rules::Rust;
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
    /// Compares two specs.
    pub fn new(old: &Model, new: &Model) -> Self {
        let findings = findings(old, new);
        let mut levels = BTreeMap::new();
        for finding in &findings {
            *levels.entry(finding.level()).or_default() += 1;
        }
        Report {
            version: 1,
            summary: Summary {
                level: levels.keys().next_back().copied(),
                levels,
                rust: findings
                    .iter()
                    .map(|one| one.rust)
                    .max()
                    .unwrap_or(Rust::None),
            },
            findings: findings
                .iter()
                .map(|finding| Entry::new(finding, old, new))
                .collect(),
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
        }
    }
}
