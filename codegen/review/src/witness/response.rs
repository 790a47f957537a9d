//! Makes answers that prove the effect of a changed field of the answer of an HTTP status.

use payspec_runtime::RuleId;
use serde_json::Value as Json;

use super::{Part, Witness};
use crate::change::Change;
use payspec_model::check::Checker;
use payspec_model::model::{Api, Model, Operation, Severity, Side};
use payspec_model::pointer::pointer;
use payspec_model::sample;

/// Returns answers with and without the field, with an HTTP status that has this answer in one of the specs.
pub(super) fn witnesses(
    old: &Model,
    new: &Model,
    change: &Change,
    (status, name): (&str, &str),
) -> Vec<Witness> {
    let Some(id) = &change.place.operation else {
        return Vec::new();
    };
    // The operation may have had another id.
    let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
    let [Some(by_old), Some(by_new)] = [(old, was.unwrap_or(id)), (new, id)].map(|(model, id)| {
        let (api, operation) = model.operation(id)?;
        Some((
            api,
            operation,
            Checker::new(api, operation, Side::Response)?,
        ))
    }) else {
        return Vec::new();
    };
    let has = |operation: &Operation, http_status| {
        let response = operation.response_of(http_status);
        response.is_some_and(|response| response.status == status)
    };
    let mut statuses = 100..600;
    let http_status = statuses.find(|one| has(by_old.1, *one) && has(by_new.1, *one));
    let Some(http_status) = http_status else {
        return Vec::new();
    };
    let pointer = pointer(&[name.to_owned()]);
    let mut found: Vec<Witness> = Vec::new();
    for message in [&by_old, &by_new].map(|(api, operation, _)| answer(api, operation, http_status))
    {
        let mut without = message.clone();
        sample::set(&mut without, &pointer, None);
        for message in [without, message] {
            let [refused_by_old, refused_by_new] =
                [&by_old, &by_new].map(|(_, _, checker)| lacks(checker, &message, http_status));
            let lost = refused_by_new;
            if refused_by_old != refused_by_new && found.iter().all(|one| one.lost != lost) {
                found.push(Witness {
                    operation: Some(id.clone()),
                    side: Side::Response,
                    part: Part::Body,
                    http_status: Some(http_status),
                    pointer: pointer.clone(),
                    message,
                    lost,
                });
            }
        }
    }
    found
}

/// Returns an answer with all the fields that one with this HTTP status has.
fn answer(api: &Api, operation: &Operation, http_status: u16) -> Json {
    let full = operation.body(Side::Response);
    let full = full.map_or(Json::Null, |body| sample::along(api, body, ""));
    let Json::Object(mut fields) = full else {
        return Json::Null;
    };
    let response = operation.response_of(http_status);
    fields.retain(|name, _| response.is_some_and(|response| response.field(name).is_some()));
    Json::Object(fields)
}

/// Returns whether an answer lacks what its HTTP status requires.
fn lacks(checker: &Checker<'_>, message: &Json, http_status: u16) -> bool {
    let found = checker.assess(message.to_string().as_bytes(), Some(http_status));
    found.is_ok_and(|(found, _)| {
        let mut errors = found
            .iter()
            .filter(|one| one.violation.severity == Severity::Error);
        errors.any(|one| one.violation.rule == RuleId::Required)
    })
}
