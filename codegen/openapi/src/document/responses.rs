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
pub(super) fn of_group(
    api: &Api,
    group: &Group<'_>,
    payload: Option<&Payload>,
    schemas: &[(&str, Map)],
) -> Map {
    let mut responses = Map::new();
    let statuses = statuses(group);
    for status in &statuses {
        let shown = (status.as_str(), statuses.as_slice());
        let schema = schema_of(schemas, status);
        let is_described = schemas.is_empty() || schema.is_some();
        let content = payload.map(|payload| Content {
            payload,
            schema: schema.unwrap_or(payload.schema()),
            is_described,
        });
        responses.set(status, response(api, group, content, shown));
    }
    responses
}

/// Returns the HTTP statuses of a group, and classes of them: those that decide, those of other examples, and 200 where
/// the body decides.
fn statuses(group: &Group<'_>) -> Vec<String> {
    let mut statuses: Vec<String> = Vec::new();
    for operation in &group.operations {
        match by_http_status(operation) {
            Some(result) => {
                statuses.extend(result.statuses().into_iter().map(str::to_owned));
                let responses = operation.responses.iter();
                statuses.extend(responses.map(|response| response.status.clone()));
            }
            None => statuses.push(OK.to_owned()),
        }
    }
    let examples = group.operations.iter().flat_map(|one| &one.examples);
    for status in examples.filter_map(|example| example.http_status) {
        if of_status(&statuses, status).is_none() {
            statuses.push(status.to_string());
        }
    }
    // A status comes before its class.
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// The body of an answer.
#[derive(Clone, Copy)]
struct Content<'c> {
    payload: &'c Payload,
    schema: &'c Map,
    /// False if the answers differ by HTTP status, and this status has none.
    is_described: bool,
}

/// Returns the schema of the answer of a status or class: its own, or else that of a wider case.
fn schema_of<'s>(schemas: &'s [(&str, Map)], status: &str) -> Option<&'s Map> {
    let keys: Vec<&str> = schemas.iter().map(|(key, _)| *key).collect();
    let key = match status.parse() {
        Ok(status) => rules::http_response(&keys, status),
        Err(_) => {
            let mut fitting = [status, rules::DEFAULT_RESPONSE].into_iter();
            fitting.find(|one| keys.contains(one))
        }
    }?;
    let own = schemas.iter().find(|(one, _)| *one == key);
    own.map(|(_, schema)| schema)
}

/// Returns the response of a status, which is one of several.
fn response(
    api: &Api,
    group: &Group<'_>,
    content: Option<Content<'_>>,
    (status, statuses): (&str, &[String]),
) -> Map {
    let headers = transport::response_header_references(api);
    let Some(content) = content else {
        return Map::new()
            .with("description", "No source describes the body of the answer.")
            .with_filled("headers", headers);
    };
    let is_empty = status.parse().is_ok_and(rules::has_no_body);
    let described = Map::new()
        .with("description", description(group, status))
        .with_filled("headers", headers);
    if is_empty || !content.is_described {
        return described;
    }
    let shows = |http_status: Option<u16>| match http_status {
        None => status == OK,
        Some(http_status) => of_status(statuses, http_status) == Some(status),
    };
    described
        .with("content", content.payload.content_of(content.schema, shows))
        .and(content.payload.notes.clone())
}

/// Returns the response of an HTTP status: that of its own, or of its class.
fn of_status(statuses: &[String], http_status: u16) -> Option<&str> {
    let is_in = |status: &&str| rules::is_in_http_status_case(status, http_status);
    let mut fitting = statuses.iter().map(String::as_str).filter(is_in);
    let first = fitting.next()?;
    // A single status takes precedence.
    Some(
        fitting
            .find(|status| !status.ends_with('X'))
            .unwrap_or(first),
    )
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
fn by_http_status(operation: &Operation) -> Option<&ResultHandling> {
    let result = operation.result.as_ref()?;
    result.is_by_http_status().then_some(result)
}

#[cfg(test)]
mod tests {
    use crate::Version;
    use crate::json::{Json, Map};

    fn inside<'j>(map: &'j Map, name: &str) -> &'j Map {
        let found = map.get(name).and_then(Json::as_object);
        found.unwrap_or_else(|| panic!("no {name}"))
    }

    fn names(map: &Map) -> Vec<&str> {
        map.iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn each_status_has_the_schema_of_its_answer() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/cases/answers-by-status");
        let model = payspec_model::load(&folder).model.expect("a model");
        let document = crate::document(&model.apis[0], Version::V31);
        let paths = inside(&document, "paths");
        let responses = inside(inside(inside(paths, "/payments"), "post"), "responses");
        let schemas = inside(inside(&document, "components"), "schemas");
        let own = [
            ("200", vec!["id", "state", "next"], vec!["id", "state"]),
            ("402", vec!["id", "error", "decline"], vec!["decline"]),
            ("409", vec!["error"], vec!["error"]),
            ("4XX", vec!["error"], vec!["error"]),
        ];
        for (status, fields, required) in own {
            let content = inside(inside(responses, status), "content");
            let schema = inside(inside(content, "application/json"), "schema");
            let Some(Json::Text(name)) = schema.get("$ref") else {
                panic!("{status} has no schema of its own");
            };
            let name = name.rsplit('/').next().expect("a name");
            let schema = inside(schemas, name);
            let mut found = names(inside(schema, "properties"));
            let mut fields = fields;
            found.sort_unstable();
            fields.sort_unstable();
            assert_eq!(found, fields, "{status}");
            let list = schema.get("required").expect("required fields");
            assert_eq!(list, &Json::from(required), "{status}");
        }
        assert!(inside(responses, "202").get("content").is_some());
        let found = inside(inside(inside(paths, "/payments/{id}"), "get"), "responses");
        let listed = ["200", "404", "409", "4XX", "5XX", "default"];
        assert_eq!(names(found), listed);
    }

    #[test]
    fn each_case_is_a_response_with_its_examples() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/cases/status-answers");
        let model = payspec_model::load(&folder).model.expect("a model");
        let document = crate::document(&model.apis[0], Version::V31);
        let paths = inside(&document, "paths");
        let responses = inside(inside(inside(paths, "/payments"), "post"), "responses");
        let expected = [
            ("200", vec!["paid"]),
            ("202", vec!["processing"]),
            ("402", vec!["declined"]),
            ("409", vec![]),
            ("429", vec![]),
            ("4XX", vec!["invalid"]),
            ("5XX", vec!["down"]),
        ];
        let listed: Vec<&str> = expected.iter().map(|(status, _)| *status).collect();
        assert_eq!(names(responses), listed);
        for (status, examples) in expected {
            let content = inside(inside(responses, status), "content");
            let media = inside(content, "application/json");
            let shown = media.get("examples").and_then(Json::as_object);
            assert_eq!(shown.map(names).unwrap_or_default(), examples, "{status}");
        }
    }
}
