//! Makes headers that prove the effect of a changed header.

use serde_json::{Value as Json, json};

use super::probe::Probe;
use super::values::{lengths, others};
use super::{Part, Witness};
use crate::change::Change;
use crate::location::Item;
use crate::property::Property;
use payspec_model::check::{HeaderViolation, check_header};
use payspec_model::model::{Api, Header, Model, Side};
use payspec_model::pointer::pointer;
use payspec_runtime::{Phrase, RuleId};

/// A value for each header format.
const FORMS: [&str; 4] = [
    "1685599933871",
    "2019-11-27T12:01:01+08:00",
    "key=value",
    "text/plain",
];

/// Returns headers that prove the change of a header. Each witness has that header alone, or none.
pub(super) fn witnesses(
    old: &Model,
    new: &Model,
    change: &Change,
    (side, name): (Side, &str),
) -> Vec<Witness> {
    let [Some(old), Some(new)] = [old, new].map(|model| model.api(&change.place.api)) else {
        return Vec::new();
    };
    let before = match change.was.as_ref().map(|was| &was.subject) {
        Some(Item::Header(_, before)) => before.as_str(),
        Some(_) | None => name,
    };
    let described = [header(old, side, before), header(new, side, name)];
    let probe = Probe::of(change.property);
    let mut found: Vec<Witness> = Vec::new();
    for shown in described.into_iter().flatten() {
        for value in candidates(change) {
            let violations = [old, new]
                .map(|api| violation(api, side, change, &shown.name, value.as_deref()))
                .map(|violation| violation.map(|violation| violation.rule));
            let lost = match violations {
                [None, Some(rule)] if probe.is_about(rule) => true,
                [Some(rule), None] if probe.is_about(rule) => false,
                _ => continue,
            };
            if found.iter().any(|one| one.lost == lost) {
                continue;
            }
            let message = match &value {
                Some(value) => json!({ &shown.name: value }),
                None => json!({}),
            };
            found.push(Witness {
                operation: None,
                side,
                part: Part::Headers,
                http_status: None,
                pointer: pointer(std::slice::from_ref(&shown.name)),
                message,
                lost,
            });
        }
    }
    found
}

/// Returns the violation of a message that has this one of the changed headers with this value, or
/// none of them.
pub(crate) fn violation(
    api: &Api,
    side: Side,
    change: &Change,
    name: &str,
    value: Option<&str>,
) -> Option<HeaderViolation> {
    let names = [Some(&change.place), change.was.as_ref()];
    let names = names.into_iter().flatten().map(|place| place.name());
    let mut described = names.filter_map(|name| header(api, side, name)).peekable();
    // An API without these headers refuses none. A renamed header is unknown under its other name.
    described.peek()?;
    described.find_map(|header| {
        let own = header.name.eq_ignore_ascii_case(name);
        let other = (!own && value.is_some() && change.edit.keeps()).then(|| HeaderViolation {
            name: header.name.clone(),
            origin: header.origin,
            rule: RuleId::UnknownField,
            expected: Phrase::from(format!("the header `{}`", header.name)),
        });
        check_header(header, value.filter(|_| own)).or(other)
    })
}

/// Returns the header with this name.
fn header<'m>(api: &'m Api, side: Side, name: &str) -> Option<&'m Header> {
    let headers = match side {
        Side::Request => &api.request_headers,
        Side::Response => &api.response_headers,
    };
    headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case(name))
}

/// Returns values near the change; [`None`] for a message without the header.
fn candidates(change: &Change) -> Vec<Option<String>> {
    let mut values = others(change);
    if change.property == Property::HeaderMaxLength {
        values.extend(lengths(change));
    }
    let texts = values.iter().filter_map(Json::as_str);
    let texts = FORMS.into_iter().chain(texts);
    std::iter::once(None)
        .chain(texts.map(|text| Some(text.to_owned())))
        .collect()
}
