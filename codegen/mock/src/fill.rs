//! Fills a documented answer with values from the request and from earlier exchanges.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::clock::shown;
use payspec_model::model::{Api, Field, Object, Operation, Side, Type};
use payspec_runtime::JsonType;

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

/// Returns an object whose values have the JSON types in which they travel. Those of the request may have others, and so
/// have statuses and codes that were set as texts.
pub(super) fn travelling(api: &Api, object: &Object, fields: Map<String, Value>) -> Value {
    let fields = fields.into_iter().map(|(name, value)| {
        let value = match object.field(&name) {
            Some(field) => travelling_value(api, &field.ty, field.json_type, value),
            None => value,
        };
        (name, value)
    });
    Value::Object(fields.collect())
}

fn travelling_value(api: &Api, ty: &Type, own: Option<JsonType>, value: Value) -> Value {
    let each = |value| match ty.element() {
        Some(element) => travelling_value(api, &element.ty, element.json_type, value),
        None => value,
    };
    match (api.json_type(ty, own), value) {
        (Some(JsonType::String), Value::Number(number)) => Value::String(number.to_string()),
        (Some(JsonType::String), Value::Bool(yes)) => Value::String(yes.to_string()),
        (Some(JsonType::Number | JsonType::Boolean), Value::String(text)) => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        (None, Value::Array(items)) => Value::Array(items.into_iter().map(each).collect()),
        (None, Value::Object(entries)) => match ty {
            Type::Object(id) => travelling(api, api.object(*id), entries),
            Type::Map(_) => {
                let entries = entries.into_iter().map(|(key, value)| (key, each(value)));
                Value::Object(entries.collect())
            }
            Type::Union(id) => {
                let union = api.union(*id);
                let tag = entries.get(&union.discriminator).and_then(Value::as_str);
                match tag.and_then(|tag| union.variant(tag)) {
                    Some(variant) => travelling(api, api.object(variant.object), entries),
                    None => Value::Object(entries),
                }
            }
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::List(_)
            | Type::Json(_)
            | Type::Any => Value::Object(entries),
        },
        (Some(_) | None, value) => value,
    }
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

#[cfg(test)]
mod tests {
    use payspec_model::source::Memory;
    use serde_json::json;

    use super::*;

    const API: &str = r#"
payspec: 2
id: demo
title: Demo
operations:
  send:
    method: POST
    path: /send
    request:
      fields:
        total: { type: integer, json_type: string }
        final: boolean
        counts: { type: map, of: { type: list, of: integer } }
    response:
      fields:
        total: integer
        final: { type: boolean, json_type: string }
        level: Level
        counts: { type: map, of: { type: list, of: { type: integer, json_type: string } } }
"#;

    #[test]
    fn values_of_the_request_get_the_json_types_of_the_answer() {
        let mut files = Memory::default();
        let path = "demo/api.yaml".to_owned();
        files.files.insert(path, API.as_bytes().to_vec());
        let enums = b"enums: { Level: { type: integer, values: { 1: {}, 2: {} } } }".to_vec();
        files
            .files
            .insert("demo/types/enums.yaml".to_owned(), enums);
        let model = payspec_model::load_from(&files).model.expect("a model");
        let (api, operation) = model.operation("send").expect("an operation");
        let request = json!({ "total": "7", "final": true, "counts": { "a": [1, 2] } });
        let known = Known {
            request: &request,
            before: None,
            seed: 0,
            now: SystemTime::UNIX_EPOCH,
        };
        let mut answer = json!({ "total": 1, "final": "false", "counts": {}, "level": "2" });
        fill(operation, Side::Response, &mut answer, &known, false);
        let body = operation.body(Side::Response).expect("a response");
        let Value::Object(fields) = answer else {
            panic!("an object");
        };
        let answer = travelling(api, &body.object, fields);
        let expected =
            json!({ "total": 7, "final": "true", "counts": { "a": ["1", "2"] }, "level": 2 });
        assert_eq!(answer, expected);
    }
}
