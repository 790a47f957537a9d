//! Judges the differences of two specs, and folds those with one cause.

use std::collections::BTreeMap;

use super::causes::{joined, with_parts};
use super::change::Point;
use super::class::WireImpact;
use super::compare::diff;
use super::edit::Edit;
use super::finding::Finding;
use super::rules::{SemverBump, rule};
use payspec_model::model::{Model, Origin};
use payspec_model::value::Value;

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
