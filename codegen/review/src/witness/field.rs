//! Makes bodies that prove the effect of a changed field.

use payspec_runtime::RuleId;
use serde_json::Value as Json;

use super::near::{messages, renamed, unasked};
use super::neighbours::{Near, amount_at, deciding};
use super::probe::Probe;
use super::{Part, Witness};
use crate::change::Change;
use crate::location::Item;
use crate::property::Property;
use payspec_model::check::{Checker, Finding};
use payspec_model::model::{Model, Severity, Side};
use payspec_model::pointer;
use payspec_model::sample;

/// Returns bodies that prove the change of a field at a place of use.
pub(super) fn witnesses(
    old: &Model,
    new: &Model,
    change: &Change,
    (side, pointer): (Side, &str),
) -> Vec<Witness> {
    let Some(operation) = &change.place.operation else {
        return Vec::new();
    };
    // The operation may have had another id.
    let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
    let sides = [(old, was.unwrap_or(operation)), (new, operation)].map(|(model, id)| {
        let (api, operation) = model.operation(id)?;
        let checker = Checker::new(api, operation, side)?;
        let full = sound(&checker, sample::full(api, operation.body(side)?), None);
        Some((checker, full))
    });
    let [Some((by_old, full_old)), Some((by_new, full_new))] = sides else {
        return Vec::new();
    };
    // A renamed or moved field is in the messages of each spec under its own name there.
    let before = match change.was.as_ref().map(|was| &was.subject) {
        Some(Item::Field(_, before)) => before.as_str(),
        Some(_) | None => pointer,
    };
    // The witness shows the field at its place in the spec that accepts the message.
    let at = |lost: bool| {
        let shown = if lost && change.edit.keeps() {
            before
        } else {
            pointer
        };
        shown.replace("/*", "/0")
    };
    // Messages that its own rule alone refuses; those that other changes of the field refuse, too; those that only other
    // changes refuse. The first kind that there is counts.
    let mut found: [Vec<Witness>; 3] = Default::default();
    let probe = Probe::of(change.property);
    let mut look = |messages: Vec<Json>| {
        for message in messages {
            let against = |checker: &Checker<'_>| -> Vec<RuleId> {
                let found = checker.check(message.to_string().as_bytes());
                let found = found.unwrap_or_default();
                let against = found.iter().filter(|one| is_against(change, one));
                against.map(|one| one.violation.rule).collect()
            };
            let (by_old, by_new) = (against(&by_old), against(&by_new));
            let lost = match (by_old.is_empty(), by_new.is_empty()) {
                (true, false) => true,
                (false, true) => false,
                (true, true) | (false, false) => continue,
            };
            let rules = [by_old, by_new].concat();
            let own = |rule: &RuleId| probe.is_about(*rule);
            let [alone, among, without] = &mut found;
            let found = match (rules.iter().all(own), rules.iter().any(own)) {
                (true, _) => alone,
                (false, true) => among,
                (false, false) => without,
            };
            if found.iter().all(|one| one.lost != lost) {
                found.push(Witness {
                    operation: Some(operation.clone()),
                    side,
                    part: Part::Body,
                    pointer: at(lost),
                    message,
                    lost,
                });
            }
        }
        found[0].is_empty()
    };
    let first = |found: [Vec<Witness>; 3]| {
        let mut found = found.into_iter();
        found.find(|one| !one.is_empty()).unwrap_or_default()
    };
    let bases = [&full_old, &full_new];
    let amounts: Vec<(String, String)> = [old, new]
        .into_iter()
        .filter_map(|model| amount_at(model, operation, side, pointer))
        .collect();
    let deciding = deciding([old, new], change);
    let near = Near {
        amounts: &amounts,
        deciding: &deciding,
    };
    let near = match change.edit.keeps() {
        true => [
            renamed(&full_old, before, change),
            renamed(&full_new, pointer, change),
        ],
        false => bases.map(|base| messages(base, pointer, &near, change)),
    };
    let mut near = near.concat();
    if !look(near.clone()) {
        return first(found);
    }
    if change.property == Property::Field {
        near.extend(bases.map(|base| unasked(base, pointer)).concat());
    }
    // A value that conflicts with the fields next to it needs other values there.
    let kept = pointer.replace("/*", "/0");
    let mended = |checker: &Checker<'_>| -> Vec<Json> {
        let near = near.iter().cloned();
        near.map(|message| sound(checker, message, Some(&kept)))
            .collect()
    };
    let mended = [mended(&by_old), mended(&by_new)].concat();
    if look(near) {
        look(mended);
    }
    first(found)
}

/// Returns whether a violation counts against a message: an error, or, for a renamed or moved item,
/// that the reader does not know it there.
pub(crate) fn is_against(change: &Change, found: &Finding) -> bool {
    let unknown = found.violation.rule == RuleId::UnknownField;
    found.violation.severity == Severity::Error || (change.edit.keeps() && unknown)
}

/// The greatest number of fields that are removed to make a message acceptable.
const MENDINGS: usize = 24;

/// Removes the fields for which a message is refused, or that cause others to be refused, because a
/// sample of each field need not obey the rules that several fields share. The field at `kept`
/// stays.
fn sound(checker: &Checker<'_>, mut message: Json, kept: Option<&str>) -> Json {
    for _ in 0..MENDINGS {
        let refused = refused(checker, &message);
        let Some(pointer) = refused.first() else {
            break;
        };
        let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        let Some(Json::Object(members)) = message.pointer(holder) else {
            break;
        };
        let neighbours = members.keys().map(|name| {
            let name = pointer::pointer(std::slice::from_ref(name));
            format!("{holder}{name}")
        });
        let without = std::iter::once(pointer.clone()).chain(neighbours);
        let without = without.filter_map(|at| {
            let mut without = message.clone();
            let is_kept = kept.is_some_and(|kept| kept.starts_with(&at));
            (!is_kept && sample::set(&mut without, &at, None)).then_some(without)
        });
        let mended = without.min_by_key(|without| self::refused(checker, without).len());
        match mended.filter(|mended| self::refused(checker, mended).len() < refused.len()) {
            Some(mended) => message = mended,
            None => break,
        }
    }
    message
}

/// Returns the places for which a message is refused.
fn refused(checker: &Checker<'_>, message: &Json) -> Vec<String> {
    let Ok(found) = checker.check(message.to_string().as_bytes()) else {
        return Vec::new();
    };
    let errors = found
        .iter()
        .filter(|one| one.violation.severity == Severity::Error);
    errors.map(|one| one.violation.path.to_string()).collect()
}
