//! The schema of files that may extend others: such a file contains parts of a complete one.

use serde_json::{Map, Value, json};

const DEFINITIONS: &str = "#/definitions/";

/// Returns a schema for a complete file, or for a part of one that has one of the `marks` as a key; of
/// these keys, the required ones must be present.
pub(super) fn or_whole(mut whole: Value, marks: &[&str], required: &[&str]) -> Value {
    let Some(root) = whole.as_object_mut() else {
        return whole;
    };
    let mut definitions = match root.remove("definitions") {
        Some(Value::Object(definitions)) => definitions,
        Some(_) | None => Map::new(),
    };
    let head: Map<String, Value> = ["$schema", "title", "description"]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), root.remove(key)?)))
        .collect();
    let mut parts = Parts::default();
    let mut schema = parts.part(&Value::Object(root.clone()));
    while let Some(name) = parts.wanted.pop() {
        let part = definitions.get(&name).map(|of| parts.part(of));
        parts
            .done
            .insert(of_parts(&name), part.unwrap_or(Value::Bool(true)));
    }
    definitions.extend(parts.done);
    definitions.insert("Whole".to_owned(), whole);
    if let Some(schema) = schema.as_object_mut() {
        schema.extend(head);
        schema.insert("required".to_owned(), json!(["id"]));
        let marks: Vec<Value> = marks
            .iter()
            .map(|mark| json!({ "required": [mark] }))
            .collect();
        let part = match marks.as_slice() {
            [only] => only.clone(),
            several => json!({ "anyOf": several }),
        };
        schema.insert("if".to_owned(), part);
        schema.insert("then".to_owned(), json!({ "required": required }));
        schema.insert("else".to_owned(), json!({ "$ref": "#/definitions/Whole" }));
        schema.insert("definitions".to_owned(), Value::Object(definitions));
    }
    schema
}

/// Collects the schemas of parts.
#[derive(Default)]
struct Parts {
    done: Map<String, Value>,
    /// Definitions whose parts are allowed somewhere.
    wanted: Vec<String>,
}

impl Parts {
    /// Returns the schema of a part of something: all keys are optional. Elements of lists are
    /// complete, because lists are not merged.
    fn part(&mut self, whole: &Value) -> Value {
        match whole {
            Value::Object(schema) => {
                let mut part = Map::new();
                for (key, value) in schema {
                    let value = match (key.as_str(), value) {
                        ("required", Value::Array(_)) => continue,
                        ("items", items) => items.clone(),
                        ("$ref", Value::String(target)) => self.reference(target),
                        (_, value) => self.part(value),
                    };
                    part.insert(key.clone(), value);
                }
                Value::Object(part)
            }
            Value::Array(schemas) => schemas.iter().map(|schema| self.part(schema)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => whole.clone(),
        }
    }

    fn reference(&mut self, target: &str) -> Value {
        let Some(name) = target.strip_prefix(DEFINITIONS) else {
            return target.into();
        };
        let part = of_parts(name);
        let known = self.done.contains_key(&part) || self.wanted.iter().any(|one| one == name);
        if !known {
            self.wanted.push(name.to_owned());
        }
        format!("{DEFINITIONS}{part}").into()
    }
}

fn of_parts(name: &str) -> String {
    format!("PartOf{name}")
}
