//! The facts about an operation for which OpenAPI has no words.

use payspec_model::model::{Api, Encrypted, Encryption, Idempotency, Operation, OperationOrigins};
use payspec_model::pointer::pointer;

use super::{flow, result};
use crate::facts;
use crate::json::{Json, Map};
use crate::schema::{beginning, deprecation};

/// Returns the name and the texts of one of several operations.
pub(super) fn heading(operation: &Operation) -> Map {
    Map::new()
        .with("id", &operation.id)
        .with_filled("title", &operation.title)
        .with_filled("description", &operation.description)
}

/// Returns the `x-payspec-` keywords of an operation.
pub(super) fn notes(api: &Api, operation: &Operation) -> Map {
    let Operation {
        id: _,
        title: _,
        description: _,
        method: _,
        path: _,
        caller,
        encrypted,
        each,
        event_id,
        extends: _,
        renamed_from,
        since,
        deprecated,
        // The security requirement of the operation.
        auth: _,
        request: _,
        response: _,
        responses: _,
        result,
        idempotency,
        pagination,
        examples: _,
        // Lines of a documentation page.
        waivers: _,
        sources,
        origin,
        origins:
            OperationOrigins {
                method: _,
                path: _,
                caller: _,
            },
    } = operation;
    let mut map = Map::new()
        .with("x-payspec-caller", caller.as_str())
        .with_some("x-payspec-address-field", operation.address_field())
        .with_some(
            "x-payspec-encrypted",
            encrypted.as_ref().map(|one| encryption(api, one)),
        )
        .with_some(
            "x-payspec-each",
            each.as_ref().map(|each| pointer(&each.path())),
        )
        .with_filled(
            "x-payspec-event-id",
            event_id.iter().map(|path| pointer(path)).collect::<Json>(),
        )
        .with_some("x-payspec-renamed-from", renamed_from.as_ref())
        .with_some("x-payspec-since", since.as_ref().map(beginning))
        .with_some("x-payspec-deprecated", deprecated.as_ref().map(deprecation))
        .with_some(
            "x-payspec-idempotency",
            idempotency.as_ref().map(|rule| repetition(api, rule)),
        );
    if let Some(pagination) = pagination {
        let facts = pagination.facts().into_iter();
        let parts = facts.fold(Map::new(), |map, (name, value)| map.with(name, value));
        map = map.with("x-payspec-pagination", parts);
    }
    if let Some(result) = result {
        map = map
            .with("x-payspec-result", result::places(result))
            .with("x-payspec-decisions", result::decisions(api, result))
            .with_filled("x-payspec-codes", result::codes(api, result));
    }
    map.and(facts::provenance(api, sources, &[*origin]))
}

/// Returns the object that travels encrypted, and how.
fn encryption(api: &Api, encrypted: &Encrypted) -> Map {
    let auths = api.auth.iter();
    let stated = auths.flat_map(|auth| &auth.encryption);
    let facts = stated.flat_map(Encryption::facts);
    let object = pointer(std::slice::from_ref(&encrypted.field));
    facts.fold(Map::new().with("object", object), |map, (name, value)| {
        map.with(&name.replace(' ', "_"), value)
    })
}

/// Returns the rules by which the provider recognises a repeated request.
fn repetition(api: &Api, rule: &Idempotency) -> Map {
    let Idempotency {
        key,
        must_repeat,
        settled,
        conflict_code,
        lifetime,
        description,
        sources,
        origin,
    } = rule;
    Map::new()
        .with("key", pointer(key))
        .with_filled(
            "must_repeat",
            must_repeat
                .iter()
                .map(|path| pointer(path))
                .collect::<Json>(),
        )
        .with_filled("settled", settled.clone())
        .with_some("conflict_code", conflict_code.as_ref())
        .with_some("lifetime_s", lifetime.as_ref().map(flow::seconds))
        .with_filled("description", description)
        .and(facts::sources(api, "sources", sources))
        .and(facts::disputes(api, "disputes", &[*origin]))
}
