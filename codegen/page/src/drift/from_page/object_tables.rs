//! Puts the fields of an object that a table describes apart into each field with the type of that object.

use super::field;
use crate::SharedObject;
use crate::drift::fact_sheet::FactSheet;
use crate::drift::value::{Type, Value};
use payspec_model::model::PageFact;

/// The most objects inside each other: objects may contain themselves.
const DEEPEST: usize = 8;

/// Adds the fields of objects to a fact sheet, behind those that it has.
pub(super) fn unfold(sheet: &mut FactSheet, objects: &[SharedObject]) {
    let mut depths = vec![0; sheet.fields.len()];
    let mut at = 0;
    while let Some(depth) = depths.get(at).copied() {
        if depth < DEEPEST
            && let Some(object) = object_of(sheet, at, objects)
        {
            add(sheet, at, object);
            depths.resize(sheet.fields.len(), depth + 1);
        }
        at += 1;
    }
}

/// Returns the table with the fields of a field, if the page lists them nowhere else.
fn object_of<'o>(
    sheet: &FactSheet,
    at: usize,
    objects: &'o [SharedObject],
) -> Option<&'o SharedObject> {
    let field = sheet.fields.get(at).filter(|field| !field.open)?;
    let Some(Value::Type(ty)) = field.facts.value(PageFact::Type) else {
        return None;
    };
    let name = element(ty).name.as_ref()?;
    objects.iter().find(|object| object.name.value == *name)
}

/// Adds the fields of an object as those of a field.
fn add(sheet: &mut FactSheet, at: usize, object: &SharedObject) {
    let offset = sheet.fields.len();
    let Some(parent) = sheet.fields.get_mut(at) else {
        return;
    };
    parent.open = true;
    let is_list = match parent.facts.value(PageFact::Type) {
        Some(Value::Type(ty)) => ty.of.is_some(),
        Some(_) | None => false,
    };
    let each = if is_list { "/*" } else { "" };
    let (side, above) = (parent.side, format!("{}{each}", parent.path));
    for (index, parameter) in object.fields.iter().enumerate() {
        let mut inner = object.fields.iter();
        let open = inner.any(|other| other.parent == Some(index));
        let mut field = field(parameter, side, offset, open);
        field.parent = field.parent.or(Some(at));
        field.path = format!("{above}{}", parameter.path);
        sheet.fields.push(field);
    }
}

/// Returns the type of the innermost elements of a list; of another type, the type itself.
fn element(ty: &Type) -> &Type {
    ty.of.as_deref().map_or(ty, element)
}
