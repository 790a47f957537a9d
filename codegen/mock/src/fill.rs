//! Fills a documented answer with values from the request and from earlier exchanges.

use std::time::SystemTime;

use serde_json::Value;

use super::log_entry::shown;
use payspec_model::model::{Field, Operation, Side, Type};

/// The values that fill an answer.
pub(super) struct Known<'a> {
    pub(super) request: &'a Value,
    /// Fields of earlier messages about the same resource.
    pub(super) before: Option<&'a Value>,
    /// The seed of generated ids: the same request gets the same ids, another request gets others.
    pub(super) seed: u64,
    pub(super) now: SystemTime,
}

/// Fills the fields of an answer that the request has, too (same name, same type), or else an earlier exchange.
/// Ids that neither of them has are generated; times become the current time. Ids that the documented answer
/// leaves out are added if `names` is true.
pub(super) fn fill(
    operation: &Operation,
    side: Side,
    answer: &mut Value,
    known: &Known<'_>,
    names: bool,
) {
    let (Some(body), Value::Object(fields)) = (operation.body(side), answer) else {
        return;
    };
    let references = operation
        .result
        .iter()
        .flat_map(|result| &result.references);
    let references: Vec<&str> = references
        .filter_map(|path| match path.as_slice() {
            [name] => Some(name.as_str()),
            _ => None,
        })
        .collect();
    for field in &body.object.fields {
        // The request must not choose the outcome.
        if decides(operation, field) {
            continue;
        }
        let name = field.name.as_str();
        let is_reference = references.contains(&name);
        let is_added = is_reference && names;
        if !fields.contains_key(name) && !is_added {
            continue;
        }
        let value = given(operation, field, known).cloned();
        let value = value.or_else(|| {
            let text = fields.get(name).and_then(Value::as_str);
            match (is_reference, text, &field.ty) {
                (true, text, Type::String) => {
                    let text = text.or(field.example.as_deref()).unwrap_or_default();
                    Some(id(text, name, known.seed))
                }
                (false, Some(_), Type::DateTime) => Some(shown(known.now)),
                (_, _, _) => None,
            }
            .map(Value::String)
        });
        if let Some(value) = value {
            fields.insert(field.name.clone(), value);
        }
    }
}

/// Returns whether the outcome depends on a field of the answer.
fn decides(operation: &Operation, field: &Field) -> bool {
    let decisions = operation.result.iter().flat_map(|result| &result.decisions);
    let mut cases = decisions.flat_map(|decision| &decision.cases);
    cases.any(|case| case.by.first() == Some(&field.name))
}

/// Returns the value of a field in the request, or else in an earlier exchange.
fn given<'a>(operation: &Operation, field: &Field, known: &Known<'a>) -> Option<&'a Value> {
    let same = |other: Option<&Field>| other.is_some_and(|other| other.ty.is_same(&field.ty));
    let asked = same(operation.request.object.field(&field.name))
        .then(|| known.request.get(&field.name))
        .flatten();
    let value = asked.or_else(|| known.before?.get(&field.name));
    value.filter(|value| !value.is_null())
}

/// The number of digits in a generated id.
const DIGITS: usize = 20;

/// Generates an id that begins as the documented one does.
fn id(documented: &str, name: &str, seed: u64) -> String {
    let number = mix(seed, name.as_bytes());
    let chars: Vec<char> = documented.chars().collect();
    let kept = chars.len().saturating_sub(DIGITS);
    let start: String = chars.into_iter().take(kept).collect();
    format!("{start}{number:0DIGITS$}")
}

/// Hashes bytes with FNV-1a, which gives the same number on every machine and in every release.
pub(super) fn mix(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.rotate_left(17);
    bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
