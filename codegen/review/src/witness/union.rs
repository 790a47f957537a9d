//! Messages with each object of a union.

use serde_json::Value as Json;

use crate::change::Change;
use crate::location::Item;
use payspec_model::model::{Api, Body, Direction, Model, Union, without_steps};
use payspec_model::pointer::{names, pointer};
use payspec_model::sample;

/// Returns whether a change is about the texts of the discriminator of a union that has others as well.
pub(super) fn is_open_union(model: &Model, change: &Change) -> bool {
    let (Some(operation), Item::Field(side, path)) =
        (&change.place.operation, &change.place.subject)
    else {
        return false;
    };
    let found = model.operation(operation);
    let found = found.and_then(|(api, operation)| Some((api, operation.body(*side)?)));
    let union = found.and_then(|(api, body)| union_at(api, body, path));
    change.direction == Direction::Incoming && union.is_some_and(|(_, union)| union.open)
}

/// Returns the union to whose discriminator a path leads, with the path of the union.
fn union_at<'m>(api: &'m Api, body: &'m Body, path: &str) -> Option<(Vec<String>, &'m Union)> {
    let mut holder = names(path);
    let name = holder.pop()?;
    let field = api.field_at(&body.object, &holder)?;
    let union = api.union(field.ty.innermost().union()?);
    (name == union.discriminator.step()).then_some((holder, union))
}

/// Returns messages with the value of a union that a path leads to, each with another mistake: a field of an object is
/// absent or of no type, a text or number has a form that hardly any type has.
pub(super) fn broken_values(api: &Api, body: &Body, path: &str) -> Vec<Json> {
    let message = sample::along(api, body, path);
    let holder = without_steps(path).replace("/*", "/0");
    let members = match message.pointer(&holder) {
        Some(Json::Object(members)) => members,
        Some(Json::String(_)) => return with_values(&message, &holder, &["x".into(), "".into()]),
        Some(Json::Number(_)) => return with_values(&message, &holder, &[0.5.into()]),
        Some(Json::Null | Json::Bool(_) | Json::Array(_)) | None => return Vec::new(),
    };
    let (mut messages, values) = (Vec::new(), [None, Some(Json::from([true]))]);
    for name in members.keys() {
        let pointer = format!("{holder}{}", pointer(std::slice::from_ref(name)));
        for value in &values {
            let mut broken = message.clone();
            if sample::set(&mut broken, &pointer, value.clone()) {
                messages.push(broken);
            }
        }
    }
    messages
}

fn with_values(message: &Json, pointer: &str, values: &[Json]) -> Vec<Json> {
    let broken = values.iter().filter_map(|value| {
        let mut broken = message.clone();
        sample::set(&mut broken, pointer, Some(value.clone())).then_some(broken)
    });
    broken.collect()
}

/// Returns messages with each object of a union in turn, if a path leads to its discriminator.
pub(super) fn objects_of_union(api: &Api, body: &Body, path: &str) -> Vec<Json> {
    let Some((holder, union)) = union_at(api, body, path) else {
        return Vec::new();
    };
    let variants = union.variants.iter().map(|variant| union.step(variant));
    let messages = variants.map(|step| {
        let path = [holder.as_slice(), &[step]].concat();
        sample::along(api, body, &pointer(&path))
    });
    messages.collect()
}
