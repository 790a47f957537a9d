//! Makes bodies that prove the effect of a changed rule about empty texts.

use serde_json::{Value as Json, json};

use super::{Part, Witness};
use crate::change::Change;
use payspec_model::check::{Checker, Finding};
use payspec_model::model::{Api, Model, Severity, Side};
use payspec_model::sample;
use payspec_runtime::Pointer;

/// Returns bodies with one empty text that prove whether an API accepts it: those of the first
/// operation that has some.
pub(super) fn witnesses(old: &Model, new: &Model, change: &Change) -> Vec<Witness> {
    let [Some(old), Some(new)] = [old, new].map(|model| model.api(&change.place.api)) else {
        return Vec::new();
    };
    let mut found: Vec<Witness> = Vec::new();
    for operation in &new.operations {
        for side in Side::ALL {
            let more = of_body(old, new, &operation.id, *side).unwrap_or_default();
            for witness in more {
                if found.iter().all(|one| one.lost != witness.lost) {
                    found.push(witness);
                }
            }
        }
        if found.len() == 2 {
            break;
        }
    }
    found
}

fn of_body(old: &Api, new: &Api, id: &str, side: Side) -> Option<Vec<Witness>> {
    let operations = [(old, old.operation(id)?), (new, new.operation(id)?)];
    let [by_old, by_new] = operations.map(|(api, operation)| Checker::new(api, operation, side));
    let (by_old, by_new) = (by_old?, by_new?);
    let mut found = Vec::new();
    for (api, operation) in operations {
        let full = sample::full(api, operation.body(side)?);
        for pointer in texts(&full, "") {
            let mut message = full.clone();
            sample::set(&mut message, &pointer, Some(json!("")));
            let text = message.to_string();
            let takes = |checker: &Checker<'_>| {
                let found = checker.check(text.as_bytes());
                found.is_ok_and(|found| {
                    let is_own = |one: &&Finding| *one.violation.path.to_string() == pointer;
                    let mut own = found.iter().filter(is_own);
                    own.all(|one| one.violation.severity != Severity::Error)
                })
            };
            let lost = match [takes(&by_old), takes(&by_new)] {
                [true, false] => true,
                [false, true] => false,
                [true, true] | [false, false] => continue,
            };
            found.push(Witness {
                operation: Some(id.to_owned()),
                side,
                part: Part::Body,
                http_status: None,
                pointer,
                message,
                lost,
            });
        }
    }
    Some(found)
}

/// Returns the JSON Pointers of the texts of a message.
fn texts(value: &Json, at: &str) -> Vec<String> {
    let inner = |name: &str, value| texts(value, &format!("{at}/{}", Pointer::escape(name)));
    match value {
        Json::Object(members) => members
            .iter()
            .flat_map(|(name, value)| inner(name, value))
            .collect(),
        Json::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements
                .flat_map(|(index, value)| inner(&index.to_string(), value))
                .collect()
        }
        Json::String(_) => vec![at.to_owned()],
        Json::Number(_) | Json::Bool(_) | Json::Null => Vec::new(),
    }
}
