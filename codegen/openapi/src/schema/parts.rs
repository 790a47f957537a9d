//! Requests whose fields travel in several parts.

use std::borrow::Cow;

use payspec_model::model::{Body, Condition, Field};
use payspec_runtime::Location;

/// Returns the body with the rules that its own schema can assert: without those that also concern the path, the query or
/// a header.
pub(crate) fn in_body(body: &Body) -> Cow<'_, Body> {
    let is_parameter = |field: &&Field| !is_in_body(field);
    let parameters: Vec<String> = body
        .object
        .fields
        .iter()
        .filter(is_parameter)
        .map(|field| field.name.clone())
        .collect();
    if parameters.is_empty() {
        return Cow::Borrowed(body);
    }
    let is_elsewhere = |name: Option<&String>| name.is_some_and(|name| parameters.contains(name));
    let is_here = |condition: &Condition| {
        let test = condition.test.as_ref();
        !test.is_some_and(|test| is_elsewhere(test.path.first()))
    };
    let mut body = body.clone();
    let object = &mut body.object;
    object.fields.retain(is_in_body);
    for field in &mut object.fields {
        field.required_when.retain(is_here);
        field.forbidden_when.retain(is_here);
    }
    object
        .at_least_one_of
        .retain(|group| !group.fields.iter().any(|name| parameters.contains(name)));
    body.refinements
        .retain(|refinement| !is_elsewhere(refinement.path.first()));
    for refinement in &mut body.refinements {
        refinement.required_when.retain(is_here);
        refinement.forbidden_when.retain(is_here);
    }
    body.same_currency
        .retain(|group| !group.paths.iter().any(|path| is_elsewhere(path.first())));
    Cow::Owned(body)
}

/// Returns whether a field of a request is in its body, or is the body.
pub(crate) fn is_in_body(field: &Field) -> bool {
    match field.location {
        Location::Path | Location::Query | Location::Header => false,
        Location::Body | Location::WholeBody => true,
    }
}
