//! Drafts a whole operation, with the types and statuses that it needs.

use heck::ToSnakeCase;
use serde_yaml::{Mapping, Value as Yaml};

use super::condition::{RESULT, is_result};
use super::field::{Objects, fields, groups};
use super::{DraftError, Map, Parts, Role, TODO, codes, decisions, declared, unheld};
use crate as page;
use crate::drift::copy::{Copy, Hints};
use crate::drift::fact_sheet::FactSheet;
use crate::drift::find::{day, without_prefix};
use crate::drift::from_page;
use crate::drift::value::Value;
use payspec_model::model::{Api, PageFact, Side};

/// The tag of the page in a new `api.yaml`.
const PAGE: &str = "page";

/// Drafts the files of an operation, the operation first.
pub(super) fn whole(
    api: Option<&Api>,
    copy: Copy<'_>,
    stated: &page::Operation,
    hints: Hints<'_>,
    folder: &str,
) -> Result<Parts, DraftError> {
    let sheet = from_page::of_page(stated, &copy.page.objects);
    let id = match hints.operation {
        Some(id) => id.to_owned(),
        None => id(api, stated).ok_or(DraftError::NoName)?,
    };
    let source = source(api, copy, hints);
    let mut left_out = unheld(copy);
    let is_notification = stated.is_notification;
    let mut objects = Objects::new(api);
    let mut operation = Map::default();
    operation.put("id", id.as_str());
    let title = stated.title.as_ref().or(copy.page.title.as_ref());
    operation.put("title", title.map_or(TODO, |title| title.value.as_str()));
    operation.put("description", TODO);
    operation.put("source", source.as_str());
    operation.put("method", endpoint(&sheet, PageFact::Method, "POST"));
    operation.put("path", path(api, &sheet));
    if is_notification {
        operation.put_mapping("notification", Mapping::new());
    }
    for side in Side::ALL.iter().copied() {
        let fields = fields(&sheet, side, None, &mut objects);
        if side == Side::Request || !fields.is_empty() {
            let mut body = Map::default();
            body.put_mapping("fields", fields);
            let groups = groups(&sheet, side, None);
            if !groups.is_empty() {
                body.put("at_least_one_of", groups);
            }
            operation.put_mapping(side.as_str(), body.0);
        }
    }
    let statuses = codes::statuses(&sheet.codes);
    // The provider reports the result in the request of a notification.
    let judge = if is_notification {
        Side::Request
    } else {
        Side::Response
    };
    let judged = result(&sheet, judge, &mut objects);
    let has_statuses = api.is_some_and(|api| !api.statuses.is_empty());
    let mut shared = Mapping::new();
    if !statuses.is_empty() {
        let mut handling = Map::default();
        let decided = decisions::decided(&sheet, &statuses);
        let into = codes::Into {
            operation: &id,
            source: &source,
            api,
            logic: &sheet.logic,
            decided: &decided,
            is_idempotent: is_idempotent(&sheet),
        };
        let drafted = codes::codes(&into, &sheet.codes);
        match judged {
            Some(Judged { status, code }) => {
                handling.put("by", status).put("code", code);
                handling.put_mapping("cases", decisions::decisions(&sheet, &decided));
                handling.put_mapping("codes", drafted);
                operation.put_mapping("result", handling.0);
            }
            None => {
                operation.put("description", no_result(&sheet, has_statuses));
                if has_statuses {
                    let count = sheet.codes.len();
                    left_out.push(format!(
                        "{count} result codes: no field of the {judge} carries them"
                    ));
                } else {
                    shared = drafted;
                }
            }
        }
    }
    idempotency(&sheet, &statuses, &mut operation);
    left_out.extend(objects.take_left_out());
    let mut parts = vec![(Role::Operation, operation.0)];
    let objects = objects.into_mapping();
    if !objects.is_empty() {
        let mut types = Map::default();
        types
            .put("source", source.as_str())
            .put_mapping("objects", objects);
        parts.push((Role::Types, types.0));
    }
    if !statuses.is_empty() && !has_statuses {
        parts.push((Role::Results, codes::results(&source, &statuses, shared)));
    }
    match api {
        None => parts.push((Role::Api, new_api(copy, folder, &source))),
        Some(api) if api.sources.iter().all(|one| one.tag != source) => {
            let mut part = Map::default();
            part.put_mapping("sources", declared(copy, &source));
            parts.push((Role::Api, part.0));
        }
        Some(_) => {}
    }
    Ok((parts, left_out))
}

/// Derives an id for the operation that the API does not have yet: from the last parts of its path,
/// as few as it takes, or from its title.
fn id(api: Option<&Api>, stated: &page::Operation) -> Option<String> {
    let path = stated.path.as_ref().map(|path| path.value.as_str());
    let parts: Vec<&str> = path.into_iter().flat_map(|path| path.split('/')).collect();
    let title = stated.title.as_ref().map(|title| title.value.clone());
    let ends = (0..parts.len()).rev().map(|at| parts[at..].join("_"));
    let mut spelled = ends.chain(title).map(|name| name.to_snake_case());
    let is_taken = |name: &str| {
        let mut operations = api.iter().flat_map(|api| &api.operations);
        operations.any(|operation| operation.id == name)
    };
    spelled.find(|name| {
        let is_name = name.starts_with(|char: char| char.is_ascii_lowercase()) && name.is_ascii();
        is_name && !is_taken(name)
    })
}

/// Returns the tag of the page: the given one, one of the same date, or the API's first.
fn source(api: Option<&Api>, copy: Copy<'_>, hints: Hints<'_>) -> String {
    let date = copy.page.date.as_ref().map(|date| day(&date.value));
    let sources = api.map_or(&[][..], |api| api.sources.as_slice());
    let of_day = sources
        .iter()
        .find(|source| Some(source.date.as_str()) == date);
    let tag = of_day.or(sources.first()).map(|source| source.tag.as_str());
    hints.source.or(tag).unwrap_or(PAGE).to_owned()
}

/// Returns the path as the page prints it, without a prefix that the API states.
fn path(api: Option<&Api>, sheet: &FactSheet) -> String {
    let printed = endpoint(sheet, PageFact::Path, "/TODO");
    api.map_or(printed.as_str(), |api| without_prefix(api, &printed))
        .to_owned()
}

fn endpoint(sheet: &FactSheet, fact: PageFact, otherwise: &str) -> String {
    match sheet.endpoint.value(fact) {
        Some(Value::Word(word)) => word.clone(),
        Some(_) | None => otherwise.to_owned(),
    }
}

/// Returns the text for an operation whose page has codes, but no field that carries them. An API
/// that has its statuses keeps its `results.yaml`, so the text lists the codes.
fn no_result(sheet: &FactSheet, listed: bool) -> String {
    let found = "the page has a table of result codes, but shows no field of the response that \
         carries the status and the code.";
    if listed {
        let names: Vec<&str> = sheet.codes.iter().map(|code| code.name.as_str()).collect();
        let names = names.join(", ");
        return format!(
            "{TODO}: {found} Add `result` with the pointers to both and the codes: {names}."
        );
    }
    format!(
        "{TODO}: {found} The codes are drafted in results.yaml; add `result` with the pointers to both."
    )
}

/// The pointers to the status and the code in a response.
struct Judged {
    status: String,
    code: String,
}

/// Returns the fields that carry the result: those of the object `Result`, which gets them because
/// pages hide them, or fields of the response itself.
fn result(sheet: &FactSheet, side: Side, objects: &mut Objects<'_>) -> Option<Judged> {
    let plain = |name: &str| {
        let mut inside = sheet.inside(side, None);
        let letters = |text: &str| text.to_lowercase().replace('_', "");
        let found = inside.find(|(_, field)| field.on_wire && letters(&field.name) == name);
        found.map(|(_, field)| format!("/{}", field.name))
    };
    if let (Some(status), Some(code)) = (plain("resultstatus"), plain("resultcode")) {
        return Some(Judged { status, code });
    }
    let mut inside = sheet.inside(side, None);
    let (at, field) = inside.find(|(_, field)| is_result(field))?;
    let mut fields = Map::default();
    for name in RESULT {
        let mut text = Map::default();
        text.put("type", "string").put("description", TODO);
        text.put("max_length", "unknown");
        fields.put_mapping(name, text.0);
    }
    objects.add("Result", fields.0);
    let name = super::field::name(field, at);
    Some(Judged {
        status: format!("/{name}/resultStatus"),
        code: format!("/{name}/resultCode"),
    })
}

/// Returns whether the page marks a field of the request as its idempotency key.
pub(super) fn is_idempotent(sheet: &FactSheet) -> bool {
    let mut inside = sheet.inside(Side::Request, None);
    inside.any(|(_, field)| field.facts.get(PageFact::Idempotency).is_some())
}

fn idempotency(sheet: &FactSheet, statuses: &[String], operation: &mut Map) {
    let required = Value::word("required");
    let key = sheet.inside(Side::Request, None).find(|(_, field)| {
        let always = field.facts.value(PageFact::Required) == Some(&required);
        always && field.facts.get(PageFact::Idempotency).is_some()
    });
    let Some((_, key)) = key else { return };
    let open =
        |status: &&String| codes::class(status) != payspec_model::model::StatusClass::Pending;
    let settled = statuses.iter().filter(open);
    let settled: Vec<Yaml> = settled.map(|status| Yaml::from(status.as_str())).collect();
    let mut idempotency = Map::default();
    idempotency.put("key", format!("/{}", key.name));
    idempotency.put("settled", settled);
    idempotency.put("description", TODO);
    operation.put_mapping("idempotency", idempotency.0);
}

/// Drafts an `api.yaml` with the page as its source.
fn new_api(copy: Copy<'_>, folder: &str, source: &str) -> Mapping {
    let id = folder.to_snake_case();
    let mut api = Map::default();
    api.put("payspec", 2);
    api.put("id", if id.is_empty() { "api" } else { id.as_str() });
    api.put("title", TODO).put("description", TODO);
    api.put_mapping("sources", declared(copy, source));
    api.put("source", source);
    api.0
}
