//! A message that proves what a change does: one spec takes it, the other refuses it.

mod beside;
mod near;
mod values;

use payspec_runtime::RuleId;
use serde_json::Value as Json;

use self::beside::{Near, amount_at, deciding};
use self::near::{messages, renamed, unasked};
use super::change::Change;
use super::location::Item;
use super::property::Property;
use payspec_model::check::{Checker, Finding};
use payspec_model::model::{Model, Severity, Side};
use payspec_model::pointer;
use payspec_model::sample;

/// A message on which two specs disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The operation.
    pub operation: String,
    /// Which of its bodies the message is.
    pub side: Side,
    /// The message.
    pub message: Json,
    /// True if it is the old spec that takes it, and the new one that refuses.
    pub lost: bool,
}

/// Messages that prove a change at a place of use: one that the new spec refuses, and one that the
/// old one refused. Either is missing where there is none, or none was found.
pub fn witnesses(old: &Model, new: &Model, change: &Change) -> Vec<Witness> {
    let (Some(operation), Item::Field(side, pointer)) =
        (&change.place.operation, &change.place.subject)
    else {
        return Vec::new();
    };
    // An operation may have had another id.
    let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
    let sides = [(old, was.unwrap_or(operation)), (new, operation)].map(|(model, id)| {
        let (api, operation) = model.operation(id)?;
        let checker = Checker::new(api, operation, *side)?;
        let full = sound(&checker, sample::full(api, operation.body(*side)?));
        Some((checker, full))
    });
    let [Some((by_old, full_old)), Some((by_new, full_new))] = sides else {
        return Vec::new();
    };
    let mut found: Vec<Witness> = Vec::new();
    let mut look = |messages: Vec<Json>| {
        for message in messages {
            let valid = |checker: &Checker<'_>| {
                let found = checker.check(message.to_string().as_bytes());
                found.is_ok_and(|found| found.iter().all(|one| !is_against(change, one)))
            };
            let lost = match (valid(&by_old), valid(&by_new)) {
                (true, false) => true,
                (false, true) => false,
                (true, true) | (false, false) => continue,
            };
            if found.iter().all(|one| one.lost != lost) {
                found.push(Witness {
                    operation: operation.clone(),
                    side: *side,
                    message,
                    lost,
                });
            }
        }
        found.is_empty()
    };
    let bases = [&full_old, &full_new];
    let amounts: Vec<(String, String)> = [old, new]
        .into_iter()
        .filter_map(|model| amount_at(model, operation, *side, pointer))
        .collect();
    // What has another name or place is in the messages of each spec as that one has it.
    let before = match change.was.as_ref().map(|was| &was.subject) {
        Some(Item::Field(_, before)) => before,
        Some(_) | None => pointer,
    };
    let deciding = deciding([old, new], change);
    let beside = Near {
        amounts: &amounts,
        deciding: &deciding,
    };
    let near = match change.edit.keeps() {
        true => [
            renamed(&full_old, before, change),
            renamed(&full_new, pointer, change),
        ],
        false => bases.map(|base| messages(base, pointer, &beside, change)),
    };
    if look(near.concat()) && change.property == Property::Field {
        look(bases.map(|base| unasked(base, pointer)).concat());
    }
    found
}

/// Returns whether what is found in a message speaks against it: an error, and, of a thing with another name or
/// place, that nobody looks for it where it is.
pub(super) fn is_against(change: &Change, found: &Finding) -> bool {
    let unknown = found.violation.rule == RuleId::UnknownField;
    found.violation.severity == Severity::Error || (change.edit.keeps() && unknown)
}

/// How often a field is left out of a message that is refused.
const MENDINGS: usize = 24;

/// A message without the fields that it is refused for: a sample of each field need not obey the rules that
/// several fields share.
fn sound(checker: &Checker<'_>, mut message: Json) -> Json {
    for _ in 0..MENDINGS {
        let refused = refused(checker, &message);
        let Some(pointer) = refused.first() else {
            break;
        };
        if sample::set(&mut message, pointer, None) {
            continue;
        }
        // Something is missing: what asks for it may be a field beside it.
        let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        let Some(Json::Object(members)) = message.pointer(holder) else {
            break;
        };
        let without = members.keys().filter_map(|name| {
            let mut without = message.clone();
            let at = format!("{holder}{}", pointer::pointer(std::slice::from_ref(name)));
            sample::set(&mut without, &at, None).then_some(without)
        });
        let mended = without.min_by_key(|without| self::refused(checker, without).len());
        match mended.filter(|mended| self::refused(checker, mended).len() < refused.len()) {
            Some(mended) => message = mended,
            None => break,
        }
    }
    message
}

/// Returns where a message is refused.
fn refused(checker: &Checker<'_>, message: &Json) -> Vec<String> {
    let Ok(found) = checker.check(message.to_string().as_bytes()) else {
        return Vec::new();
    };
    let errors = found
        .iter()
        .filter(|one| one.violation.severity == Severity::Error);
    errors.map(|one| one.violation.path.to_string()).collect()
}
