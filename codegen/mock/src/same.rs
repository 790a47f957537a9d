//! Compares fields of requests as values: different spellings of one value are equal.

use serde_json::{Map, Value};

use super::draft::at;
use payspec_model::model::{Api, Object, Type};
use payspec_model::value;

/// Returns the value at a path of names, in the one spelling of its type; [`None`] where it is missing or
/// `null`.
pub(super) fn value_at(api: &Api, object: &Object, path: &[String], json: &Value) -> Option<Value> {
    let (first, rest) = path.split_first()?;
    let value = json.get(first).filter(|value| !value.is_null())?;
    let ty = object.field(first).map(|field| &field.ty);
    match (ty, rest.is_empty()) {
        (Some(ty), true) => Some(one_spelling(api, ty, value)),
        (Some(Type::Object(id)), false) => value_at(api, api.object(*id), rest, value),
        (None | Some(_), _) => at(value, rest).filter(|value| !value.is_null()).cloned(),
    }
}

/// Converts a value to the one spelling of its type.
fn one_spelling(api: &Api, ty: &Type, value: &Value) -> Value {
    let text = match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    match (ty, value, text) {
        (Type::Object(id), Value::Object(fields), _) => {
            let object = api.object(*id);
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields = fields.map(|(name, value)| {
                let value = match object.field(name) {
                    Some(field) => one_spelling(api, &field.ty, value),
                    None => value.clone(),
                };
                (name.clone(), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        (Type::List(of), Value::Array(items), _) => {
            let items = items.iter().map(|item| one_spelling(api, &of.ty, item));
            Value::Array(items.collect())
        }
        (Type::Map(of), Value::Object(entries), _) => {
            let has_value = |value: &Value| of.values.holds_null() || !value.is_null();
            let entries = entries.iter().filter(|(_, value)| has_value(value));
            let entries =
                entries.map(|(key, value)| (key.clone(), one_spelling(api, &of.values.ty, value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        (ty, _, Some(text)) => Value::String(value::one_spelling(ty, &text)),
        (_, value, None) => value.clone(),
    }
}
