//! Drafts conditions.

use serde_yaml::{Mapping, Value as Yaml};

use super::{Map, TODO};
use crate::TypeKind;
use crate::drift::condition::{Condition, Kind, Met, Test};
use crate::drift::fact_sheet::{FactSheet, Field};
use crate::drift::value::{Type, Value};
use payspec_model::model::PageFact;

/// Drafts a condition. It tests the deciding field if a path leads there from the same object, and
/// if the field can have the values; otherwise it holds the page's words.
pub(super) fn written(sheet: &FactSheet, field: &Field, condition: &Condition) -> Mapping {
    let mut map = Map::default();
    let tested = match &condition.test {
        Test::Field(name, met) => test(sheet, field, name, met, &mut map),
        Test::Group(_) | Test::Words => false,
    };
    if !tested {
        map.put("text", format!("{TODO}: {}", condition.words));
    }
    if condition.kind == Kind::Returned {
        map.put("severity", "warning");
    }
    map.0
}

/// Drafts the test of a condition; returns false if the path to the deciding field is unknown.
fn test(sheet: &FactSheet, field: &Field, name: &str, met: &Met, map: &mut Map) -> bool {
    let Some(path) = path_to(sheet, field, name, met) else {
        return false;
    };
    map.put("path", path);
    match met {
        Met::Present => {}
        Met::Absent => {
            map.put("absent", true);
        }
        Met::OneOf(values) => {
            let values: Vec<Yaml> = values.iter().map(|one| Yaml::from(one.as_str())).collect();
            map.put("values", values);
        }
    }
    true
}

/// Returns the path from the object of a field to the field that decides: one of the same object,
/// or from the body to one inside another object.
fn path_to(sheet: &FactSheet, field: &Field, name: &str, met: &Met) -> Option<String> {
    let mut siblings = sheet.inside(field.side, field.parent);
    let sibling = siblings.find(|(_, one)| one.name == name && one.name != field.name);
    let found = sibling.map(|(at, _)| at).or_else(|| {
        let all = sheet.fields.iter().enumerate();
        let mut inner = all.filter(|(_, one)| one.side == field.side && one.name == name);
        let (at, _) = inner.next()?;
        (inner.next().is_none() && field.parent.is_none()).then_some(at)
    });
    let Some(at) = found else {
        return result_path(sheet, field, name);
    };
    let decides = &sheet.fields[at];
    if !can_be(decides, met) {
        return None;
    }
    let is_list = |field: &Field| match field.facts.value(PageFact::Type) {
        Some(Value::Type(ty)) => ty.kind == TypeKind::Array,
        Some(_) | None => false,
    };
    let each = |field: &Field| if is_list(field) { "/*" } else { "" };
    let last = match met {
        Met::OneOf(_) => each(decides),
        Met::Present | Met::Absent => "",
    };
    let mut path = format!("/{}{last}", decides.name);
    let mut names = vec![decides];
    let mut around = decides.parent;
    while around != field.parent {
        let parent = around.and_then(|at| sheet.fields.get(at))?;
        path = format!("/{}{}{path}", parent.name, each(parent));
        names.push(parent);
        around = parent.parent;
    }
    names.iter().all(|one| one.on_wire).then_some(path)
}

/// Returns the path to a field of the result, which pages hide and drafts of codes add.
fn result_path(sheet: &FactSheet, field: &Field, name: &str) -> Option<String> {
    if field.parent.is_some() || !RESULT.contains(&name) {
        return None;
    }
    let mut inside = sheet.inside(field.side, None);
    let (at, result) = inside.find(|(_, field)| is_result(field))?;
    let is_open = sheet.fields.iter().any(|one| one.parent == Some(at));
    (result.on_wire && !is_open).then(|| format!("/{}/{name}", result.name))
}

/// The fields of a result that codes need.
pub(super) const RESULT: [&str; 3] = ["resultCode", "resultStatus", "resultMessage"];

/// Returns whether a field carries the result.
pub(super) fn is_result(field: &Field) -> bool {
    match field.facts.value(PageFact::Type) {
        Some(Value::Type(ty)) => ty.name.as_deref() == Some("Result"),
        Some(_) | None => false,
    }
}

fn can_be(field: &Field, met: &Met) -> bool {
    let Met::OneOf(values) = met else {
        return true;
    };
    let text = |ty: &Type| ty.kind == TypeKind::String;
    match (
        field.facts.value(PageFact::Type),
        field.facts.value(PageFact::Values),
    ) {
        (_, Some(Value::Values(known))) => values.iter().all(|one| known.contains(one)),
        (Some(Value::Type(ty)), None) if ty.kind == TypeKind::Array => {
            ty.of.as_deref().is_none_or(text)
        }
        (Some(Value::Type(ty)), None) if ty.kind == TypeKind::Boolean => {
            values.iter().all(|one| one == "true" || one == "false")
        }
        (Some(Value::Type(ty)), None) => text(ty),
        (Some(_) | None, _) => false,
    }
}
