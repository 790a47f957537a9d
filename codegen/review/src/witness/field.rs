//! Makes bodies that prove the effect of a changed field.

use payspec_runtime::RuleId;
use serde_json::Value as Json;

use super::near::{messages, renamed, unasked};
use super::neighbours::{CurrencyAt, Near, currency_at, deciding};
use super::probe::Probe;
use super::union::{broken_values, is_open_union, objects_of_union};
use super::{Part, Witness};
use crate::change::Change;
use crate::location::Item;
use crate::property::Property;
use payspec_model::check::{Checker, Finding};
use payspec_model::model::{Model, Severity, Side, without_steps};
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
    // A renamed or moved field is in the messages of each spec under its own name there.
    let before = match change.was.as_ref().map(|was| &was.subject) {
        Some(Item::Field(_, before)) => before.as_str(),
        Some(_) | None => pointer,
    };
    // The operation may have had another id.
    let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
    let sides = [
        (old, was.unwrap_or(operation), before),
        (new, operation, pointer),
    ];
    let made = sides.map(|(model, id, path)| {
        let (api, operation) = model.operation(id)?;
        let checker = Checker::new(api, operation, side)?;
        let body = operation.body(side)?;
        let full = sound(&checker, sample::along(api, body, path), None);
        let others = match change.property == Property::UnionShape {
            true => broken_values(api, body, path),
            false => objects_of_union(api, body, path),
        };
        Some((checker, full, others))
    });
    let [
        Some((by_old, full_old, mut others)),
        Some((by_new, full_new, more)),
    ] = made
    else {
        return Vec::new();
    };
    others.extend(more);
    // An object that an open union does not document has no rules, so that nothing of it shows the change.
    let is_open = |model| is_open_union(model, change);
    if change.property == Property::Allowed && [old, new].into_iter().any(is_open) {
        return Vec::new();
    }
    let currencies: Vec<CurrencyAt> = [old, new]
        .into_iter()
        .filter_map(|model| currency_at(model, operation, side, pointer))
        .collect();
    let deciding = deciding([old, new], change);
    let [before, pointer] = sides.map(|(model, id, path)| in_message(model, id, side, path));
    let [before, pointer] = [before.as_str(), pointer.as_str()];
    let near = Near {
        currencies: &currencies,
        deciding: &deciding,
    };
    let bases = [&full_old, &full_new];
    let near = match change.edit.keeps() {
        true => [
            renamed(&full_old, before, change),
            renamed(&full_new, pointer, change),
        ],
        false => bases.map(|base| messages(base, pointer, &near, change)),
    };
    let mut near = near.concat();
    near.extend(others);
    let search = Search {
        change,
        operation,
        side,
        pointers: [before, pointer],
        checkers: [by_old, by_new],
        probe: Probe::of(change.property),
        found: Default::default(),
    };
    search.among(near, bases)
}

/// Returns the JSON Pointer, in a message, of the value at a path from the body.
fn in_message(model: &Model, operation: &str, side: Side, path: &str) -> String {
    let path = without_steps(path);
    let body = model.operation(operation);
    let body = body.and_then(|(_, operation)| operation.body(side));
    body.map_or(path.as_str(), |body| body.pointer_in_message(&path))
        .to_owned()
}

/// The search for messages that one of the two specs alone accepts.
struct Search<'a> {
    change: &'a Change,
    operation: &'a str,
    side: Side,
    /// The field in the old and in the new spec.
    pointers: [&'a str; 2],
    /// The checkers of the old and of the new spec.
    checkers: [Checker<'a>; 2],
    probe: Probe,
    /// Messages that the field's own rule alone refuses; those that other changes of the field refuse, too; those that only
    /// other changes refuse.
    found: [Vec<Witness>; 3],
}

impl Search<'_> {
    /// Returns the best of these messages, or else of messages near them; `bases` are the full ones.
    fn among(mut self, mut near: Vec<Json>, bases: [&Json; 2]) -> Vec<Witness> {
        self.look(near.clone());
        if self.is_proved() {
            return self.best();
        }
        if self.change.property == Property::Field {
            let [_, pointer] = self.pointers;
            let unasked = bases.map(|base| unasked(base, pointer)).concat();
            self.look(unasked.clone());
            near.extend(unasked);
        }
        if !self.is_proved() {
            // A value that conflicts with the fields next to it needs other values there.
            let mended = self.mended(&near);
            self.look(mended);
        }
        self.best()
    }

    /// Keeps the messages that one spec alone accepts, one for each kind and each spec.
    fn look(&mut self, messages: Vec<Json>) {
        for message in messages {
            let [by_old, by_new] = self.refusals(&message);
            let lost = match (by_old.is_empty(), by_new.is_empty()) {
                (true, false) => true,
                (false, true) => false,
                (true, true) | (false, false) => continue,
            };
            let pointer = self.shown(lost);
            let rules = [by_old, by_new].concat();
            let own = |rule: &RuleId| self.probe.is_about(*rule);
            let [alone, among, without] = &mut self.found;
            let found = match (rules.iter().all(own), rules.iter().any(own)) {
                (true, _) => alone,
                (false, true) => among,
                (false, false) => without,
            };
            if found.iter().all(|one| one.lost != lost) {
                found.push(Witness {
                    operation: Some(self.operation.to_owned()),
                    side: self.side,
                    part: Part::Body,
                    http_status: None,
                    pointer,
                    message,
                    lost,
                });
            }
        }
    }

    /// Returns the rules for which the old and the new spec refuse a message.
    fn refusals(&self, message: &Json) -> [Vec<RuleId>; 2] {
        let text = message.to_string();
        self.checkers.each_ref().map(|checker| {
            let found = checker.check(text.as_bytes()).unwrap_or_default();
            let against = found.iter().filter(|one| is_against(self.change, one));
            against.map(|one| one.violation.rule).collect()
        })
    }

    /// Returns the place of the field in the spec that accepts the message.
    fn shown(&self, lost: bool) -> String {
        let [before, pointer] = self.pointers;
        let shown = if lost && self.change.edit.keeps() {
            before
        } else {
            pointer
        };
        shown.replace("/*", "/0")
    }

    /// Returns the messages without what each of the specs refuses beside the field.
    fn mended(&self, messages: &[Json]) -> Vec<Json> {
        let [_, pointer] = self.pointers;
        let kept = pointer.replace("/*", "/0");
        let mended = self.checkers.each_ref().map(|checker| -> Vec<Json> {
            let messages = messages.iter().cloned();
            messages
                .map(|message| sound(checker, message, Some(&kept)))
                .collect()
        });
        mended.concat()
    }

    /// Returns whether the field's own rule alone refuses a message.
    fn is_proved(&self) -> bool {
        let [alone, _, _] = &self.found;
        !alone.is_empty()
    }

    /// Returns the witnesses of the best kind that was found.
    fn best(self) -> Vec<Witness> {
        let mut found = self.found.into_iter();
        found.find(|one| !one.is_empty()).unwrap_or_default()
    }
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
