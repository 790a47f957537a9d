//! The findings as a document of stable shape, which every renderer reads.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use schemars::JsonSchema;
use serde::Serialize;

use super::change::Point;
use super::class::{Impact, WireImpact};
use super::finding::{Finding, Level, findings};
use super::location::{Item, Location};
use super::property::Property;
use super::relation::Comparison;
use super::rename_detection::MatchedBy;
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
    /// The judgement of recorded messages; absent where none were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
}

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// The worst level; [`None`] when nothing changed.
    pub level: Option<Level>,
    /// How many findings there are of each level.
    pub levels: BTreeMap<Level, usize>,
    /// What a crate must say that is generated from the new spec, by cargo's semver.
    pub rust: SemverBump,
    /// How many findings are accepted.
    pub accepted: usize,
    /// The worst level of those that are not; [`None`] when all are.
    pub open: Option<Level>,
    /// What those that are not accepted mean in Rust.
    pub open_rust: SemverBump,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// How bad it is.
    pub level: Level,
    /// The rule's id.
    pub rule: String,
    /// What happened, in a few words.
    pub title: &'static str,
    /// Where.
    pub places: Vec<String>,
    /// The fields and values of types that change with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Where a field has another object: the fields inside that came and went, `RULE: PLACE`. They are judged with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The operation it belongs to; absent for what is the API's own.
    pub operation: Option<String>,
    /// Every operation in which it happened, sorted.
    pub operations: Vec<String>,
    /// What the old spec says.
    pub old: Option<SourcedValue>,
    /// What the new spec says.
    pub new: Option<SourcedValue>,
    /// What it means on the wire.
    pub wire: WireImpact,
    /// What it means in Rust.
    pub rust: SemverBump,
    /// How a thing was taken for one of another name or place; absent for other findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recognised: Option<MatchedBy>,
    /// A stable name of the finding, for approvals.
    pub fingerprint: String,
    /// Who accepted it, why, and until when; absent when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// That a policy gave the rule another level; absent when none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevelled: Option<Relevelled>,
    /// Messages that prove it; empty until [`Report::prove`] looks for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Proof>,
    /// Why there is no such message; absent until [`Report::prove`] looks for one, and for what breaks nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unseen: Option<&'static str>,
    /// How many recorded messages have what it is about; absent where none were given, and for what no body
    /// shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<u64>,
}

/// That a finding is accepted. It stays in the report and fails no run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourcedValue {
    /// The value.
    pub value: String,
    /// `file:line`.
    pub spec: String,
    /// The same, to find it in the files of the spec; absent for another file. Not part of the JSON.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl Report {
    /// The JSON Schema (draft-07) of a report, as it is written.
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Report>()
    }

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

    /// Looks for messages that prove the findings which break somebody. The specs are those that were
    /// compared.
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

    /// Adds what recorded messages say: of the change, and how many have what each finding is about, by its
    /// fingerprint.
    pub fn add_traffic(&mut self, traffic: Traffic, recorded: &BTreeMap<String, u64>) {
        for entry in &mut self.findings {
            entry.recorded = recorded.get(&entry.fingerprint).copied();
        }
        self.traffic = Some(traffic);
    }
}

impl Summary {
    /// Returns what some findings come to.
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
            // A message is long, and holds what must not reach a log.
            (Property::Example, Item::Example(_)) => "a documented message".to_owned(),
            (Property::Example, _) if is_sensitive(old, &change.place) => MASKED.to_owned(),
            (Property::Example, _) if is_sensitive(new, &change.place) => MASKED.to_owned(),
            (property, _) => match (property.comparison(), &point.value) {
                // That it exists is told by its name, and that it must by a word.
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
        let said = |model: &Model, point: &Option<Point>| {
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
            old: said(old, &change.old),
            new: said(new, &change.new),
            wire: finding.class,
            rust: finding.rust,
            recognised: change.recognised,
            fingerprint: finding.fingerprint(),
            accepted: None,
            relevelled: None,
            witnesses: Vec::new(),
            unseen: None,
            recorded: None,
        }
    }
}

/// Said of a message that should exist, such as one of two fields that swap their names.
const NOT_FOUND: &str = "no message was found that only one of the specs takes";

/// The rule of a finding inside another one, and its first place.
fn part(finding: &Finding) -> String {
    format!("{}: {}", finding.rule.id(), finding.places[0])
}

/// The name of a thing where it stands; its place for one that has none.
fn name(place: &Location) -> String {
    match place.name() {
        "" => place.to_string(),
        name => name.to_owned(),
    }
}

/// What is shown in place of a sensitive example.
const MASKED: &str = "[sensitive]";

/// Returns whether a place is a field that must not reach a log.
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
