//! The fields of requests in the path, the query and headers.

use payspec_model::model::{Api, Field, Operation, Side};
use payspec_runtime::Location;
use payspec_runtime::rules::BodyForm;

use super::group::Group;
use super::styles;
use crate::json::{Json, Map};
use crate::schema::{Writer, is_in_body};

/// Returns the parameters of a group, each name in a place once.
pub(super) fn of_group(api: &Api, group: &Group<'_>, writer: &mut Writer<'_>) -> Vec<Json> {
    let mut seen: Vec<(Location, String)> = Vec::new();
    let mut all = Vec::new();
    for operation in &group.operations {
        for field in fields(operation) {
            let key = (field.location, field.name.to_lowercase());
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            all.push(parameter((api, group), operation, field, writer).into());
        }
    }
    all
}

/// Returns the fields of a request outside of its body.
fn fields(operation: &Operation) -> impl Iterator<Item = &Field> {
    let fields = operation.request.object.fields.iter();
    fields.filter(|field| !is_in_body(field))
}

/// Returns whether the document shows a body of the requests of an operation: one without any field is not worth it where
/// other parts have fields.
pub(super) fn has_body(operation: &Operation) -> bool {
    let all = operation.request.object.fields.iter();
    let elsewhere = fields(operation).count();
    operation.method.has_body() && (elsewhere == 0 || elsewhere < all.count())
}

/// Removes the fields outside of the body from a message.
pub(super) fn body_of(operation: &Operation, message: Json) -> Json {
    if operation.request.object.form() != BodyForm::Members {
        return message;
    }
    let Json::Object(mut members) = message else {
        return message;
    };
    if let Some(body) = operation
        .request
        .object
        .whole_body()
        .and_then(|field| members.take(&field.name))
    {
        return body;
    }
    let is_elsewhere = |name: &str| fields(operation).any(|field| field.name == name);
    let members = members.into_iter();
    Json::Object(members.filter(|(name, _)| !is_elsewhere(name)).collect())
}

fn parameter(
    (api, group): (&Api, &Group<'_>),
    operation: &Operation,
    field: &Field,
    writer: &mut Writer<'_>,
) -> Map {
    let (is_required, schema) = writer.parameter(&operation.request, field);
    let everywhere = |other: &&Operation| {
        fields(other).any(|one| one.location == field.location && one.name == field.name)
    };
    // Operations with the same path may differ in their parameters.
    let is_shared = group.operations.iter().all(everywhere);
    Map::new()
        .with("name", &field.name)
        .with("in", field.location.as_str())
        .with_filled("description", &field.description)
        .with("required", is_required && is_shared)
        .with_true("deprecated", field.deprecated.is_some())
        .and(styles::parameter(api, field, schema))
        .with_filled("examples", examples(operation, field))
}

fn examples(operation: &Operation, field: &Field) -> Map {
    let all = operation.examples.iter();
    let requests = all.filter(|one| one.side == Side::Request);
    let values = requests.filter_map(|example| {
        let message = Json::parse(&example.json)?;
        let value = message.as_object()?.get(&field.name)?.clone();
        let shown = Map::new().with("value", value);
        Some((example.name.clone(), Json::from(shown)))
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_no_parameters() {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/parameters");
        let model = payspec_model::load(&folder).model.expect("a model");
        let (_, send) = model.operation("send").expect("an operation");
        let message = Json::parse(r#"{"orderId": "1", "Idempotency-Key": "2", "amount": 3}"#);
        let body = body_of(send, message.expect("JSON"));
        let names: Vec<&str> = body
            .as_object()
            .expect("an object")
            .iter()
            .map(|one| one.0)
            .collect();
        assert_eq!(names, ["amount"]);
        assert!(has_body(send) && send.body(Side::Request).is_some());
        let (_, find) = model.operation("find").expect("an operation");
        assert!(!has_body(find));
    }
}
