//! Values that must never be seen again.

use payspec_model::model::{Api, Object, Type};
use payspec_runtime::Pointer;
use serde_json::Value;

/// A text that occurs nowhere else, made for one field.
pub fn of(field: &str) -> String {
    let tag: String = field.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("CANARY{tag}YRANAC")
}

/// The canaries that a text shows.
pub fn seen(text: &str) -> Vec<&str> {
    text.match_indices("CANARY")
        .map(|(at, _)| {
            let rest = &text[at..];
            let end = rest.find("YRANAC").map_or(rest.len(), |end| end + 6);
            &rest[..end]
        })
        .collect()
}

/// The pointers of all values below an object that are sensitive, themselves or by what holds them. The message shows
/// which elements and entries there are.
pub fn sensitive(
    api: &Api,
    object: &Object,
    message: &Value,
    (above, marked): (&str, bool),
    found: &mut Vec<String>,
) {
    for field in &object.fields {
        let pointer = format!("{above}/{}", Pointer::escape(&field.name));
        let marked = marked || field.sensitive.is_some();
        let value = message.get(&field.name).unwrap_or(&Value::Null);
        inside(api, &field.ty, value, (&pointer, marked), found);
    }
}

fn inside(
    api: &Api,
    ty: &Type,
    value: &Value,
    (pointer, marked): (&str, bool),
    found: &mut Vec<String>,
) {
    match ty {
        Type::Object(id) => {
            // An object that holds itself is left out somewhere.
            if !value.is_null() {
                sensitive(api, api.object(*id), value, (pointer, marked), found);
            }
        }
        Type::List(element) => {
            // One element stands for all.
            for (index, value) in value.as_array().into_iter().flatten().enumerate().take(1) {
                let pointer = format!("{pointer}/{index}");
                inside(api, &element.ty, value, (&pointer, marked), found);
            }
        }
        Type::Union(id) => {
            if let Some(variant) = api.union(*id).variant_of(value) {
                inside(api, &variant.ty, value, (pointer, marked), found);
            }
        }
        Type::Map(map) => {
            for (key, value) in value.as_object().into_iter().flatten() {
                let pointer = format!("{pointer}/{}", Pointer::escape(key));
                inside(api, &map.values.ty, value, (&pointer, marked), found);
            }
        }
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::Any
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        | Type::Json(_) => {
            if marked {
                found.push(pointer.to_owned());
            }
        }
    }
}
