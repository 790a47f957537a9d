//! Gives random operations bodies that are an object as a whole, and answers that differ by HTTP status.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::fields::text;

/// Fields of an answer that its result reads.
const JUDGED: &[&str] = &["theStatus", "theCode", "theText"];

/// Lets the answers of an operation that the HTTP status judges differ.
pub(super) fn differ_by_status(dice: &Dice, operation: &mut Value) {
    if dice.once_in(2) {
        return;
    }
    let Some(response) = operation
        .as_object_mut()
        .and_then(|it| it.remove("response"))
    else {
        return;
    };
    let all = response["fields"].as_object().cloned().unwrap_or_default();
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({ "fields": all }));
    for status in ["4XX", "default"] {
        // Conditions lead to fields that an answer may lack.
        let is_free = |field: &Value| {
            let keys = ["required_when", "forbidden_when", "money"];
            keys.iter().all(|key| field.get(key).is_none())
        };
        let fields = all.iter().filter(|(name, field)| {
            JUDGED.contains(&name.as_str()) || (is_free(field) && dice.once_in(2))
        });
        let fields = fields.map(|(name, field)| {
            let mut field = field.clone();
            if field["required"].is_boolean() || field.get("required").is_none() {
                field["required"] = json!(field.get("default").is_none() && dice.once_in(2));
            }
            (name.clone(), field)
        });
        let fields: Map<String, Value> = fields.collect();
        responses.insert(status.to_owned(), json!({ "fields": fields }));
    }
    operation["responses"] = responses.into();
}

/// Moves the fields of some bodies into objects of their own.
pub(super) fn name_bodies(dice: &Dice, operation: &mut Value, objects: &mut Map<String, Value>) {
    let method = operation["method"].as_str().unwrap_or_default();
    let has_body = !matches!(method, "GET" | "DELETE");
    let path = operation["path"].as_str().unwrap_or_default();
    let in_path = |name: &str| path.contains(&format!("{{{name}}}"));
    let names = operation["request"]["fields"].as_object();
    let names = names.into_iter().flat_map(Map::keys);
    let in_path: Vec<String> = names.filter(|name| in_path(name)).cloned().collect();
    if has_body && dice.once_in(3) {
        move_fields(dice, &mut operation["request"], &in_path, objects);
    }
    if let Some(response) = operation.get_mut("response")
        && dice.once_in(3)
    {
        move_fields(dice, response, &[], objects);
    }
    let answers = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut);
    for answer in answers.into_iter().flat_map(Map::values_mut) {
        if dice.once_in(2) {
            move_fields(dice, answer, &[], objects);
        }
    }
}

/// Moves the fields of a body into a new object, unless some of them travel in the query or have styles of their own.
fn move_fields(
    dice: &Dice,
    body: &mut Value,
    in_path: &[String],
    objects: &mut Map<String, Value>,
) {
    let Some(fields) = body["fields"].as_object_mut() else {
        return;
    };
    let has_place = |field: &Value| field["in"] == "query" || field.get("style").is_some();
    if fields.values().any(has_place) {
        return;
    }
    let (kept, moved): (Vec<_>, Vec<_>) = std::mem::take(fields)
        .into_iter()
        .partition(|(name, field)| field.get("in").is_some() || in_path.contains(name));
    *fields = kept.into_iter().collect();
    let name = format!("TheBody{}", objects.len());
    let moved: Map<String, Value> = moved.into_iter().collect();
    let object = json!({ "description": text(dice), "fields": moved });
    objects.insert(name.clone(), object);
    body["body"] = json!(name);
}

#[test]
fn many_random_bodies_are_accepted() {
    let memory = super::accepted(100);
    let model = payspec_model::load_from(&memory).model.expect("a model");
    let operations = || model.apis.iter().flat_map(|api| &api.operations);
    let named = operations().filter(|one| one.bodies().any(|body| !body.named.is_empty()));
    let differing = operations().filter(|one| !one.responses.is_empty());
    let (named, differing) = (named.count(), differing.count());
    assert!(named > 20, "{named}");
    assert!(differing > 5, "{differing}");
}
