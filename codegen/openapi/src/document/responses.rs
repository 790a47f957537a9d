//! The answers of an operation, by HTTP status.

use payspec_model::model::{Api, Direction, Operation, ResultHandling, Side};
use payspec_runtime::rules;

use super::group::Group;
use super::payload::Payload;
use super::transport;
use crate::json::Map;

/// The HTTP status of an answer whose body decides.
const OK: &str = "200";

/// Returns the responses of a group.
pub(super) fn of_group(api: &Api, group: &Group<'_>, payload: Option<&Payload>) -> Map {
    let mut responses = Map::new();
    for status in statuses(group) {
        responses.set(status, response(api, group, payload, status));
    }
    responses
}

/// Returns the HTTP statuses of a group, and classes of them: those that decide, and 200 where the body does.
fn statuses<'g>(group: &'g Group<'_>) -> Vec<&'g str> {
    let mut statuses: Vec<&str> = Vec::new();
    for operation in &group.operations {
        match by_http_status(operation) {
            Some(result) => statuses.extend(result.statuses()),
            None => statuses.push(OK),
        }
    }
    // A status comes before its class.
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

fn response(api: &Api, group: &Group<'_>, payload: Option<&Payload>, status: &str) -> Map {
    let headers = transport::response_header_references(api);
    let Some(payload) = payload else {
        return Map::new()
            .with("description", "No source describes the body of the answer.")
            .with_filled("headers", headers);
    };
    let shows = |http_status: Option<u16>| match http_status {
        None => status == OK,
        Some(http_status) => of_status(group, http_status) == Some(status),
    };
    Map::new()
        .with("description", description(group, status))
        .with_filled("headers", headers)
        .with("content", payload.content_of(shows))
        .and(payload.notes.clone())
}

/// Returns the response of an HTTP status: that of its own, or of its class.
fn of_status<'g>(group: &'g Group<'_>, http_status: u16) -> Option<&'g str> {
    let is_in = |status: &&str| rules::is_in_http_status_case(status, http_status);
    statuses(group).into_iter().find(is_in)
}

/// Returns the description of an answer, which OpenAPI requires.
fn description(group: &Group<'_>, status: &str) -> String {
    let judged = |one: &&Operation| {
        one.result.is_some() && one.direction(Side::Response) == Direction::Incoming
    };
    let by_http = group
        .operations
        .iter()
        .filter_map(|one| by_http_status(one));
    let mut texts: Vec<&str> = Vec::new();
    let mut is_split = false;
    for decision in by_http.flat_map(|result| &result.decisions) {
        if decision.status == status {
            is_split |= !decision.cases.is_empty();
            let text = match decision.description.as_str() {
                "" => decision.name.as_str(),
                text => text,
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    let by_body = group
        .operations
        .iter()
        .any(|one| by_http_status(one).is_none());
    match (texts.as_slice(), is_split) {
        ([], _) if by_body && group.operations.iter().any(judged) => {
            "The answer. Its body says how the call ended; the HTTP status does not.".to_owned()
        }
        ([], _) => "The answer.".to_owned(),
        (texts, false) => texts.join(" "),
        (_, true) => "The answer. Its body says how the call ended.".to_owned(),
    }
}

/// Returns the result of an operation whose answers the HTTP status decides.
fn by_http_status<'m>(operation: &'m Operation) -> Option<&'m ResultHandling> {
    let result = operation.result.as_ref()?;
    result.is_by_http_status().then_some(result)
}
