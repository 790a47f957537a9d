//! Drafts fields and the objects that they hold.

mod constraints;
mod objects;
mod types;

use serde_yaml::{Mapping, Value as Yaml};

use super::condition::written;
use super::{Map, TODO};
use crate::drift::condition::Kind;
use crate::drift::fact_sheet::{FactSheet, Facts, Field};
use crate::drift::value::Value;
use constraints::{constraints, default};
pub(super) use objects::Objects;
use payspec_model::model::PageFact;
use types::{Written, type_of};

/// Writes a field of a page in the spec's format.
pub(super) fn field(sheet: &FactSheet, at: usize, objects: &mut Objects<'_>) -> Mapping {
    let field = &sheet.fields[at];
    let facts = &field.facts;
    let mut map = Map::default();
    let ty = type_of(sheet, at, objects);
    map.put("type", ty.word.as_str());
    let of = ty.of.as_deref().map(|of| element(facts, of));
    map.put_some("of", of);
    if !field.on_wire {
        map.put("page_names", vec![Yaml::from(field.name.as_str())]);
    }
    map.put("description", TODO);
    requirement(sheet, field, &mut map);
    constraints(facts, &ty, &mut map);
    default(facts, &ty, &mut map);
    if facts.get(PageFact::Deprecated).is_some() {
        let mut deprecated = Map::default();
        deprecated.put("reason", TODO);
        map.put_mapping("deprecated", deprecated.0);
    }
    for (fact, claim) in facts.iter() {
        if !holds(&map, &ty, fact, &claim.value) && !lists(objects, &ty, &claim.value) {
            let line = claim.place.line().unwrap_or_default();
            let text = format!(
                "{} {} {} (line {line})",
                field.path,
                fact.as_str(),
                claim.value
            );
            objects.leave_out(text);
        }
    }
    map.0
}

/// Writes the elements of a list, with the limits that the page states at the list.
fn element(facts: &Facts, of: &str) -> Yaml {
    let mut map = Map::default();
    map.put("type", of);
    constraints(facts, &Written::word(of), &mut map);
    map.0.retain(|_, value| value.as_str() != Some("unknown"));
    match map.0.len() > 1 {
        true => Yaml::Mapping(map.0),
        false => of.into(),
    }
}

/// Returns whether the type is an enum of the spec that has all values of the page.
fn lists(objects: &Objects<'_>, ty: &Written, value: &Value) -> bool {
    match (value, objects.known_enum(&ty.word)) {
        (Value::Values(values), Some(known)) => {
            let has = |value: &String| known.values.iter().any(|one| one.name == *value);
            values.iter().all(has)
        }
        (_, _) => false,
    }
}

/// Returns whether the draft of a field has a fact.
fn holds(map: &Map, ty: &Written, fact: PageFact, value: &Value) -> bool {
    let of = map.0.get("of").and_then(Yaml::as_mapping);
    let get = |key: &str| map.0.get(key).or_else(|| of?.get(key));
    let has = |key: &str| get(key).is_some();
    let has_any = |keys: &[&str]| keys.iter().any(|key| has(key));
    match fact {
        PageFact::Method
        | PageFact::Path
        | PageFact::Type
        | PageFact::Required
        | PageFact::Status
        | PageFact::NextStep
        | PageFact::Resend
        // The operation has the key.
        | PageFact::Idempotency
        | PageFact::Deprecated => true,
        PageFact::MinLength => has("min_length"),
        PageFact::MaxLength => {
            let is_implied = matches!(ty.word.as_str(), "country" | "currency");
            is_implied || get("max_length").is_some_and(Yaml::is_number)
        }
        PageFact::Range => has_any(&["min", "max"]),
        PageFact::MultipleOf => has("multiple_of"),
        PageFact::MinItems => has("min_items"),
        PageFact::MaxItems => map.0.get("max_items").is_some_and(Yaml::is_number),
        PageFact::UniqueItems => has("unique_items"),
        PageFact::Format => {
            let own = match value {
                Value::Form(form) => form.as_str(),
                Value::Word(_)
                | Value::Number(_)
                | Value::Range(..)
                | Value::Type(_)
                | Value::Values(_)
                | Value::Conditions(_)
                | Value::Steps(_)
                | Value::Resend(_) => "",
            };
            ty.word == own || has_any(&["format", "pattern"])
        }
        PageFact::Values => ty.word == "boolean" || has_any(&["const", "values"]),
        PageFact::Default => has("default"),
        PageFact::Conditions => {
            let adds_nothing = match value {
                Value::Conditions(list) => list.iter().all(|one| one.kind == Kind::Required),
                Value::Word(_)
                | Value::Number(_)
                | Value::Range(..)
                | Value::Type(_)
                | Value::Form(_)
                | Value::Values(_)
                | Value::Steps(_)
                | Value::Resend(_) => false,
            };
            has("required") && adds_nothing || has_any(&["required_when", "forbidden_when"])
        }
    }
}

/// Returns the name of a field for the spec; a translated name gets a placeholder.
pub(super) fn name(field: &Field, at: usize) -> String {
    if field.on_wire {
        field.name.clone()
    } else {
        format!("todo{at}")
    }
}

/// Drafts the fields inside a field, or of a body.
pub(super) fn fields(
    sheet: &FactSheet,
    side: payspec_model::model::Side,
    parent: Option<usize>,
    objects: &mut Objects<'_>,
) -> Mapping {
    let mut map = Map::default();
    let inside: Vec<usize> = sheet.inside(side, parent).map(|(at, _)| at).collect();
    for at in inside {
        let value = field(sheet, at, objects);
        map.put_mapping(&name(&sheet.fields[at], at), value);
    }
    map.0
}

fn requirement(sheet: &FactSheet, field: &Field, map: &mut Map) {
    let word = match field.facts.value(PageFact::Required) {
        Some(Value::Word(word)) => word.as_str(),
        Some(_) | None => "",
    };
    let stated = match field.facts.value(PageFact::Conditions) {
        Some(Value::Conditions(conditions)) => conditions.as_slice(),
        Some(_) | None => &[],
    };
    if word == "required" {
        map.put("required", true);
    }
    for key in ["required_when", "forbidden_when"] {
        let is_required = key == "required_when";
        let of_kind = stated.iter().filter(|condition| match condition.kind {
            Kind::Required | Kind::Optional | Kind::Returned => is_required,
            Kind::Absent => !is_required,
        });
        let mut list: Vec<Yaml> = of_kind
            .map(|condition| Yaml::Mapping(written(sheet, field, condition)))
            .collect();
        if list.is_empty() && word == "conditional" && is_required {
            let mut map = Map::default();
            map.put("text", TODO);
            list.push(Yaml::Mapping(map.0));
        }
        let always = word == "required" && is_required;
        if !list.is_empty() && !always {
            map.put(key, list);
        }
    }
}

/// Drafts the groups of fields of an object, or of a body.
pub(super) fn groups(
    sheet: &FactSheet,
    side: payspec_model::model::Side,
    parent: Option<usize>,
) -> Vec<Yaml> {
    let of_object = sheet.groups.iter();
    let of_object = of_object.filter(|group| group.side == side && group.parent == parent);
    let written = of_object.map(|group| {
        let members = group.members.iter();
        let names = members.map(|at| Yaml::from(name(&sheet.fields[*at], *at)));
        let mut map = Map::default();
        map.put("fields", names.collect::<Vec<_>>());
        Yaml::Mapping(map.0)
    });
    written.collect()
}
