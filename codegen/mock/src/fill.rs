//! Fills a documented answer with values from the request and from earlier exchanges.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::clock::shown;
use payspec_model::model::{Api, Body, Field, Object, Operation, Side, StatusPlace, Type};
use payspec_runtime::JsonType;
use payspec_runtime::rules::BodyForm;

/// The values that fill an answer.
pub(super) struct Known<'a> {
    pub(super) request: &'a Value,
    /// Fields of earlier messages about the same resource.
    pub(super) before: Option<&'a Value>,
    /// The seed of generated ids: the same request gets the same ids, another request gets others.
    pub(super) seed: u64,
    pub(super) now: SystemTime,
    /// The outcome that a notification reports. Its repetition has the same id.
    pub(super) reported: Option<&'a str>,
}

/// Fills the fields of an answer that the request has, too (same name, same type), or else an earlier exchange.
/// Ids that neither of them has are generated; times become the current time. Ids that the documented answer
/// leaves out are added if `names` is true. Of a notification, these are the fields of the object that has the ids.
pub(super) fn fill(
    api: &Api,
    operation: &Operation,
    side: Side,
    answer: &mut Value,
    known: &Known<'_>,
    names: bool,
) {
    let body = operation.body(side);
    let Some(body) = body.filter(|body| body.object.form() != BodyForm::Value) else {
        return;
    };
    let references = operation
        .result
        .iter()
        .flat_map(|result| &result.references);
    let references: Vec<&[String]> = references.map(Vec::as_slice).collect();
    let first = references.first().and_then(|path| path.split_last());
    let path = match (side, first) {
        (Side::Request, Some((_, path))) => path,
        (Side::Request, None) | (Side::Response, _) => &[],
    };
    let Some((object, fields)) = inner(api, &body.object, answer, path) else {
        return;
    };
    for field in object.fields.iter().filter(|one| !one.is_whole_body()) {
        let own = [path, std::slice::from_ref(&field.name)].concat();
        // The request must not choose the outcome.
        if decides(operation, &own) {
            continue;
        }
        let name = field.name.as_str();
        let is_reference = references.contains(&own.as_slice());
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
    // Last, because the resource may have a field with the name of the event's id.
    if let Some(outcome) = known.reported {
        number_event(
            &body.object,
            &references,
            answer,
            mix(known.seed, outcome.as_bytes()),
        );
    }
}

/// Returns the object at a path of names in a message, with its type.
fn inner<'m, 'j>(
    api: &'m Api,
    object: &'m Object,
    json: &'j mut Value,
    path: &[String],
) -> Option<(&'m Object, &'j mut Map<String, Value>)> {
    let Value::Object(fields) = json else {
        return None;
    };
    let Some((name, rest)) = path.split_first() else {
        return Some((object, fields));
    };
    let Type::Object(id) = object.field(name)?.ty else {
        return None;
    };
    inner(api, api.object(id), fields.get_mut(name)?, rest)
}

/// The names of the id of an event, in small letters without underscores.
const EVENT_IDS: [&str; 3] = ["id", "eventid", "notificationid"];

/// Gives a notification an id of its own, if it has one beside the ids of its resource.
fn number_event(object: &Object, references: &[&[String]], json: &mut Value, seed: u64) {
    for field in &object.fields {
        let word = field.name.replace('_', "").to_ascii_lowercase();
        let is_own = EVENT_IDS.contains(&word.as_str()) && field.ty == Type::String;
        if !is_own || references.contains(&std::slice::from_ref(&field.name)) {
            continue;
        }
        if let Some(Value::String(text)) = json.get_mut(&field.name) {
            *text = id(text, &field.name, seed);
        }
    }
}

/// Returns whether the outcome depends on a field of the answer.
fn decides(operation: &Operation, path: &[String]) -> bool {
    let results = || operation.result.iter();
    let cases = results().flat_map(|result| &result.decisions);
    let by = cases.flat_map(|decision| decision.cases.iter().map(|case| &case.by));
    let statuses = results().filter_map(|result| match &result.status {
        StatusPlace::Field(path) => Some(path),
        StatusPlace::HttpStatus | StatusPlace::Always(_) => None,
    });
    let mut deciding = by.chain(statuses);
    deciding.any(|one| one.starts_with(path))
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

/// Returns a message whose values have the JSON types in which they travel.
pub(super) fn travelling_message(api: &Api, body: &Body, json: Value) -> Value {
    match (body.object.form(), body.object.whole_body(), json) {
        (BodyForm::Members | BodyForm::ListOrMembers, _, Value::Object(fields)) => {
            travelling(api, &body.object, fields)
        }
        (BodyForm::Value | BodyForm::ListOrMembers, Some(field), json) => {
            travelling_value(api, &field.ty, field.json_type, json)
        }
        (_, _, json) => json,
    }
}

/// Returns an object whose values have the JSON types in which they travel. Those of the request may have others, and so
/// have statuses and codes that were set as texts.
fn travelling(api: &Api, object: &Object, fields: Map<String, Value>) -> Value {
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
                let value = Value::Object(entries);
                let variant = api
                    .union(*id)
                    .variant_of(&value)
                    .and_then(|variant| variant.object());
                match (variant, value) {
                    (Some(object), Value::Object(entries)) => {
                        travelling(api, api.object(object), entries)
                    }
                    (_, value) => value,
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
            reported: None,
        };
        let mut answer = json!({ "total": 1, "final": "false", "counts": {}, "level": "2" });
        fill(api, operation, Side::Response, &mut answer, &known, false);
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
