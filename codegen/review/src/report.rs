//! The findings as a document of stable shape, which every renderer reads.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use schemars::JsonSchema;
use serde::Serialize;

use super::change::Point;
use super::class::{Impact, WireImpact};
use super::edit::MatchedBy;
use super::finding::{Finding, Level};
use super::judge::findings;
use super::location::{Item, Location};
use super::property::Property;
use super::relation::Comparison;
use super::rules::SemverBump;
use super::sections::life::{Life, lives};
use super::sections::outcomes::{OutcomeTable, tables};
use super::sections::proof::{Proof, proofs};
use super::sections::rust::{RustReview, Written, decide};
use super::sections::traffic::Traffic;
use super::witness::unseen;
use payspec_codegen::emit::rust::EmitError;
use payspec_model::model::{Model, Origin, Side};
use payspec_model::value::Value;

/// A review of a change of the spec. As JSON this is version 1 of the report's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this format.
    pub(crate) version: u32,
    /// The summary of all findings.
    pub summary: Summary,
    /// The findings, the worst first.
    pub findings: Vec<Entry>,
    /// The judging of answers, of each operation for which it changed.
    pub outcomes: Vec<OutcomeTable>,
    /// The lives of payments that changed, or that an operation of theirs changed.
    pub lives: Vec<Life>,
    /// The effect on the generated crate; absent when it was not compared.
    pub generated: Option<RustReview>,
    /// The judgement of recorded messages; absent where none were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) traffic: Option<Traffic>,
}

/// The summary of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The worst level; [`None`] when nothing changed.
    pub level: Option<Level>,
    /// The number of findings of each level.
    pub levels: BTreeMap<Level, usize>,
    /// The version bump for a crate that is generated from the new spec, by cargo's semver.
    pub rust: SemverBump,
    /// The number of accepted findings.
    pub(crate) accepted: usize,
    /// The worst level of the findings that are not accepted; [`None`] when all are.
    pub open: Option<Level>,
    /// The version bump that the findings which are not accepted require.
    pub open_rust: SemverBump,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// The level.
    pub level: Level,
    /// The rule's id.
    pub rule: String,
    /// A description of the change in a few words.
    pub(crate) title: &'static str,
    /// Every place where it happened.
    pub places: Vec<String>,
    /// The fields and values of types that change with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) types: Vec<String>,
    /// If a field has another object: the fields inside that were added and removed, `RULE: PLACE`.
    /// They are judged with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) parts: Vec<String>,
    /// The operation it belongs to; absent if it belongs to the API itself.
    pub(crate) operation: Option<String>,
    /// Every operation in which it happened, sorted.
    pub(crate) operations: Vec<String>,
    /// The value in the old spec.
    pub old: Option<SourcedValue>,
    /// The value in the new spec.
    pub new: Option<SourcedValue>,
    /// The effect on the wire.
    pub wire: WireImpact,
    /// The effect in Rust.
    pub rust: SemverBump,
    /// The way in which an item was matched with one of another name or place; absent for other
    /// findings.
    #[serde(rename = "recognised", skip_serializing_if = "Option::is_none")]
    pub(crate) matched_by: Option<MatchedBy>,
    /// A stable name of the finding, for approvals.
    pub fingerprint: String,
    /// The acceptance of the finding: who accepted it, why, and until when; absent if it is not
    /// accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accepted: Option<Accepted>,
    /// The level change by a policy; absent if no policy applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) relevelled: Option<Relevelled>,
    /// Messages that prove it; empty until [`Report::prove`] looks for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Proof>,
    /// The reason why no message proves it; absent until [`Report::prove`] looks for one, and for
    /// findings that break nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<&'static str>,
    /// The number of recorded messages that have what the finding is about; absent if no messages
    /// were given, or if no body shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded: Option<u64>,
}

/// The acceptance of a finding. An accepted finding stays in the report and fails no run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Accepted {
    /// The reason.
    pub(crate) reason: String,
    /// The person or team that accepted it.
    pub(crate) owner: String,
    /// The last day of the acceptance, `2026-12-31`.
    pub(crate) expires: String,
    /// `file:line` of the approval.
    pub(crate) spec: String,
}

/// The change of a rule's level by a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Relevelled {
    /// The level before the change.
    pub(crate) was: Level,
    /// The reason for the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// `file:line` of the policy.
    pub(crate) spec: String,
}

/// A value, and the line that states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourcedValue {
    /// The value.
    pub value: String,
    /// `file:line`.
    pub spec: String,
    /// The same position, for lookup in the files of the spec; absent for another file. Not part of
    /// the JSON.
    #[serde(skip)]
    pub(crate) origin: Option<Origin>,
}

impl Report {
    /// Returns the JSON Schema (draft-07) of a report.
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Report>()
    }

    /// Compares two specs, but not the code that is generated from them.
    pub fn new(old: &Model, new: &Model) -> Self {
        Self::of(old, new, &findings(old, new))
    }

    /// Compares two specs and the code that is generated from them.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them cannot be written as Rust.
    pub fn with_generated(old: &Model, new: &Model) -> Result<Self, EmitError> {
        let (findings, written) = thread::scope(|scope| {
            let written = scope.spawn(|| Written::of(old, new));
            (findings(old, new), written.join())
        });
        let written = written.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let mut report = Self::of(old, new, &findings);
        let review = written.review(old, new, &findings)?;
        decide(&mut report.findings, &review);
        report.summary = Summary::of(&report.findings);
        report.generated = Some(review);
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
            traffic: None,
        }
    }

    /// Looks for messages that prove the breaking findings. The specs are those that were compared.
    pub fn prove(&mut self, old: &Model, new: &Model) {
        let findings = findings(old, new);
        let found: BTreeMap<String, &Finding> = findings
            .iter()
            .map(|finding| (finding.fingerprint(), finding))
            .collect();
        for entry in &mut self.findings {
            let Some(finding) = found.get(&entry.fingerprint) else {
                continue;
            };
            if finding.class.worst() < Impact::Breaking {
                continue;
            }
            entry.witnesses = proofs(old, new, finding);
            if entry.witnesses.is_empty() {
                let parts = finding.parts.iter();
                let breaking = parts.filter(|part| part.class.worst() == Impact::Breaking);
                let mut changes = std::iter::once(*finding).chain(breaking);
                let reason = changes.find_map(|finding| unseen(finding.change.property));
                entry.unseen = Some(reason.unwrap_or(NOT_FOUND));
            }
        }
    }

    /// Adds the judgement of recorded messages: of the change as a whole, and the number of
    /// messages that have the subject of each finding, by its fingerprint.
    pub fn add_traffic(&mut self, traffic: Traffic, recorded: &BTreeMap<String, u64>) {
        for entry in &mut self.findings {
            entry.recorded = recorded.get(&entry.fingerprint).copied();
        }
        self.traffic = Some(traffic);
    }
}

impl Summary {
    /// Summarises some findings.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut levels = BTreeMap::new();
        for entry in entries {
            *levels.entry(entry.level).or_default() += 1;
        }
        let open = || entries.iter().filter(|entry| entry.accepted.is_none());
        let rust =
            |rusts: &mut dyn Iterator<Item = SemverBump>| rusts.max().unwrap_or(SemverBump::None);
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
        let change = &finding.change;
        let shown = |point: &Point| match (change.property, &change.place.subject) {
            // A message is long, and may hold sensitive values.
            (Property::Example, Item::Example(_)) => "a documented message".to_owned(),
            (Property::Example, _) if is_sensitive(old, &change.place) => MASKED.to_owned(),
            (Property::Example, _) if is_sensitive(new, &change.place) => MASKED.to_owned(),
            (property, _) => match (property.comparison(), &point.value) {
                // The name says that an item exists; one word says whether it is required.
                (Comparison::Existence | Comparison::Demand, Value::Flag(_)) => name(&change.place),
                (Comparison::Permission, Value::Flag(false))
                    if property == Property::UniqueItems =>
                {
                    "unique".to_owned()
                }
                (Comparison::Presence, Value::Flag(true)) => "required".to_owned(),
                (Comparison::Presence, Value::Flag(false)) => "optional".to_owned(),
                (_, value) => value.to_string(),
            },
        };
        let sourced = |model: &Model, point: &Option<Point>| {
            point.as_ref().map(|point| SourcedValue {
                value: shown(point),
                spec: model.place(point.origin),
                origin: Some(point.origin),
            })
        };
        let operations: BTreeSet<String> = finding
            .places
            .iter()
            .filter_map(|place| place.operation.clone())
            .collect();
        Entry {
            level: finding.level(),
            rule: finding.rule.id(),
            title: finding.rule.title,
            places: finding.places.iter().map(ToString::to_string).collect(),
            types: finding.types.iter().map(ToString::to_string).collect(),
            parts: finding.parts.iter().map(part).collect(),
            operation: change.place.operation.clone(),
            operations: operations.into_iter().collect(),
            old: sourced(old, &change.old),
            new: sourced(new, &change.new),
            wire: finding.class,
            rust: finding.rust,
            matched_by: change.matched_by,
            fingerprint: finding.fingerprint(),
            accepted: None,
            relevelled: None,
            witnesses: Vec::new(),
            unseen: None,
            recorded: None,
        }
    }
}

/// The reason if a message should exist, for example because two fields swap their names, but none
/// was found.
const NOT_FOUND: &str = "found no message that only one of the specs accepts";

/// Describes a finding inside another one: its rule and its first place.
fn part(finding: &Finding) -> String {
    format!("{}: {}", finding.rule.id(), finding.places[0])
}

/// Returns the name of an item, or its place if it has no name.
fn name(place: &Location) -> String {
    match place.name() {
        "" => place.to_string(),
        name => name.to_owned(),
    }
}

/// The text shown instead of a sensitive example.
const MASKED: &str = "[sensitive]";

/// Returns whether a place is a field that must not appear in a log.
fn is_sensitive(model: &Model, place: &Location) -> bool {
    let Item::Member(object, name) = &place.subject else {
        return false;
    };
    let api = model.api(&place.api);
    let Some(api) = api else {
        return false;
    };
    let bodies = api.operations.iter().flat_map(|operation| {
        let sides = Side::ALL.iter();
        sides.filter_map(|side| Some(&operation.body(*side)?.object))
    });
    let mut objects = api.objects.iter().chain(bodies);
    let holder = objects.find(|one| one.name == *object);
    let field = holder.and_then(|holder| holder.fields.iter().find(|field| field.name == *name));
    field.is_some_and(|field| field.sensitive.is_some())
}
