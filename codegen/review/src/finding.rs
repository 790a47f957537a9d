//! Findings: judged changes, joined into one where the same change happened in several places.

use super::causes::{joined, with_parts};
use super::change::{Change, Edit, Point};
use super::class::{Impact, WireImpact};
use super::compare::diff;
use super::location::Location;
use super::rules::{Rule, SemverBump, rule};
pub use payspec_model::format::ReviewLevel as Level;
use payspec_model::model::{Model, Origin};
use payspec_model::value::{Bytes, Value};
use std::collections::BTreeMap;

/// One result for a reviewer to look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// The change itself.
    pub change: Change,
    /// Every place where it happened, that of `change` first. All are judged alike.
    pub places: Vec<Location>,
    /// The fields and values of types that change with it.
    pub types: Vec<Location>,
    /// If a field has another object: the fields inside that were added and removed. They are
    /// judged with it.
    pub parts: Vec<Finding>,
    /// The effect on the wire.
    pub class: WireImpact,
    /// The effect in Rust.
    pub rust: SemverBump,
    /// True if money can move twice or an outcome can be misread.
    pub money: bool,
}

impl Finding {
    /// Returns how bad it is for callers that have not moved yet; money is the worst level.
    pub fn level(&self) -> Level {
        match self.class.old_caller {
            _ if self.money => Level::Money,
            Impact::Breaking => Level::Breaking,
            Impact::Risky => Level::Risky,
            Impact::Compatible => Level::Compatible,
            Impact::None
                if self.class.new_caller > Impact::None || self.rust > SemverBump::Patch =>
            {
                Level::Compatible
            }
            Impact::None => Level::Text,
        }
    }

    /// Returns a stable name of the finding for approvals. It depends on the rule, the places and
    /// the values, and not on the wording.
    pub fn fingerprint(&self) -> String {
        let mut bytes = Bytes::default();
        bytes.text(&self.rule.id());
        bytes.list(self.places.iter(), |bytes, place| {
            bytes.text(&place.to_string())
        });
        for point in [&self.change.old, &self.change.new] {
            bytes.list(point.iter(), |bytes, point| point.value.write(bytes));
        }
        for part in &self.parts {
            bytes.text(&part.fingerprint());
        }
        format!("{:016x}", payspec_model::hash::fnv1a(bytes.as_slice()))
    }
}

/// Returns the findings of a spec change, the worst first, then by place.
pub fn findings(old: &Model, new: &Model) -> Vec<Finding> {
    let mut folded: BTreeMap<FoldKey, Finding> = BTreeMap::new();
    for change in diff(old, new) {
        let Some(rule) = rule(&change) else {
            continue;
        };
        let finding = Finding {
            rule,
            class: rule.class(&change),
            rust: (rule.rust)(&change),
            money: (rule.money)(&change),
            places: vec![change.place.clone()],
            types: Vec::new(),
            parts: Vec::new(),
            change,
        };
        let key = FoldKey::of(&finding);
        match folded.get_mut(&key) {
            Some(first) => first.places.extend(finding.places),
            None => {
                folded.insert(key, finding);
            }
        }
    }
    let order = |finding: &Finding| {
        let level = std::cmp::Reverse(finding.level());
        (level, finding.places[0].clone(), finding.change.property)
    };
    let mut findings = with_parts(folded.into_values().collect(), new);
    findings.sort_by_key(order);
    let mut findings = joined(findings);
    // The joined types may have a worse level than the messages.
    findings.sort_by_key(order);
    findings
}

/// The properties that two changes must share to be one finding: everything that is judged, and the
/// lines that state it. One line that is used in several places, or inherited by several operations
/// or flows, is one cause.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FoldKey {
    rule: String,
    edit: Edit,
    class: WireImpact,
    rust: SemverBump,
    money: bool,
    old: Option<(Value, Origin)>,
    new: Option<(Value, Origin)>,
}

impl FoldKey {
    fn of(finding: &Finding) -> Self {
        let point = |point: &Option<Point>| {
            point
                .as_ref()
                .map(|point| (point.value.clone(), point.origin))
        };
        let change = &finding.change;
        FoldKey {
            rule: finding.rule.id(),
            edit: change.edit,
            class: finding.class,
            rust: finding.rust,
            money: finding.money,
            old: point(&change.old),
            new: point(&change.new),
        }
    }
}
