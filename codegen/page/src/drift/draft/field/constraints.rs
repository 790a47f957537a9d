//! Drafts the constraints of a field, and its default.

use serde_yaml::Value as Yaml;

use super::types::Written;
use crate::drift::draft::Map;
use crate::drift::fact_sheet::Facts;
use crate::drift::value::{Form, Value};
use payspec_model::model::PageFact;
use payspec_runtime::rules;

/// Adds the limits, the values and the format that fit the type.
pub(super) fn constraints(facts: &Facts, ty: &Written, map: &mut Map) {
    if ty.is_text() {
        texts(facts, map);
    }
    let number = |fact| match facts.value(fact) {
        Some(Value::Number(number)) => Some(*number),
        Some(_) | None => None,
    };
    match ty.word.as_str() {
        "string" => {
            map.put_some("min_length", number(PageFact::MinLength));
            match number(PageFact::MaxLength) {
                Some(most) => map.put("max_length", most),
                None => map.put("max_length", "unknown"),
            };
            match facts.value(PageFact::Format) {
                Some(Value::Form(Form::Mcc)) => {
                    map.put("format", "mcc");
                }
                Some(Value::Form(Form::Json)) => {
                    map.put("format", "json");
                }
                Some(Value::Form(Form::Pattern)) => {
                    map.put("pattern", "[0-9A-Za-z]*");
                }
                Some(_) | None => {}
            }
        }
        "url" => {
            map.put_some("min_length", number(PageFact::MinLength));
            match number(PageFact::MaxLength) {
                Some(most) => map.put("max_length", most),
                None => map.put("max_length", "unknown"),
            };
        }
        "list" => {
            map.put_some("min_items", number(PageFact::MinItems));
            match number(PageFact::MaxItems) {
                Some(most) => map.put("max_items", most),
                None => map.put("max_items", "unknown"),
            };
            if facts.value(PageFact::UniqueItems).is_some() {
                map.put("unique_items", true);
            }
        }
        "integer" | "decimal" => {
            if let Some(Value::Range(min, max)) = facts.value(PageFact::Range) {
                map.put_some("min", min.as_deref());
                map.put_some("max", max.as_deref());
            }
            if let Some(Value::Word(step)) = facts.value(PageFact::MultipleOf) {
                map.put("multiple_of", step.as_str());
            }
        }
        _ => {}
    }
}

fn texts(facts: &Facts, map: &mut Map) {
    let Some(Value::Values(values)) = facts.value(PageFact::Values) else {
        return;
    };
    match values.as_slice() {
        [only] => map.put("const", only.as_str()),
        values => {
            let values: Vec<Yaml> = values.iter().map(|one| Yaml::from(one.as_str())).collect();
            map.put("values", values)
        }
    };
}

/// Adds the default, if the field can be absent and have the value.
pub(super) fn default(facts: &Facts, ty: &Written, map: &mut Map) {
    let Some(Value::Word(default)) = facts.value(PageFact::Default) else {
        return;
    };
    let allowed = match facts.value(PageFact::Values) {
        Some(Value::Values(values)) => values.contains(default),
        Some(_) | None => true,
    };
    let length = |fact| match facts.value(fact) {
        Some(Value::Number(number)) => Some(*number),
        Some(_) | None => None,
    };
    let is_long_enough =
        length(PageFact::MinLength).is_none_or(|least| rules::min_length(default, least));
    let is_short_enough =
        length(PageFact::MaxLength).is_none_or(|most| rules::max_length(default, most));
    let (min, max) = match facts.value(PageFact::Range) {
        Some(Value::Range(min, max)) => (min.as_deref(), max.as_deref()),
        Some(_) | None => (None, None),
    };
    let in_range = || {
        min.is_none_or(|min| rules::at_least(default, min))
            && max.is_none_or(|max| rules::at_most(default, max))
    };
    let has_form = facts.value(PageFact::Format).is_some();
    let fits = match ty.word.as_str() {
        "string" => is_long_enough && is_short_enough && !has_form,
        "integer" => rules::integer(default) && in_range(),
        "decimal" => rules::decimal(default) && in_range(),
        "boolean" => rules::boolean(default),
        _ => false,
    };
    let is_open = !map.0.contains_key("required") && !map.0.contains_key("const");
    if allowed && fits && is_open {
        map.put("default", default.as_str());
    }
}
