//! Encrypted objects of notifications: they must be there, and it must be known how to open them.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Encrypted, Operation, Type};
use crate::source::SourceMap;

/// Reports each notification whose encrypted object a client cannot open.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for operation in &api.operations {
        let Some(encrypted) = &operation.encrypted else {
            continue;
        };
        if let Some((message, help)) = wrong(api, operation, encrypted) {
            let bad = Diagnostic::new(&codes::BAD_ENCRYPTED, message);
            diagnostics.extend([bad.at(sources.word_at(encrypted.origin), "").help(help)]);
        }
    }
}

/// Returns what is wrong, and what to do.
fn wrong(
    api: &Api,
    operation: &Operation,
    encrypted: &Encrypted,
) -> Option<(String, &'static str)> {
    let (id, name) = (&operation.id, &encrypted.field);
    let is_stated = api
        .auth
        .as_ref()
        .is_some_and(|auth| auth.encryption.is_some());
    if !is_stated {
        let message = format!("it is not known how `/{name}` of `{id}` travels");
        return Some((message, "state `encryption` in `auth`"));
    }
    let Some(field) = operation.request.object.field(name) else {
        let message = format!("the request of `{id}` has no field `/{name}`");
        return Some((message, "name the field whose object is the plaintext"));
    };
    let is_object = matches!(field.ty, Type::Object(_)) && operation.method.has_body();
    if !is_object {
        let message = format!("`/{name}` of `{id}` is not an object in a body");
        return Some((message, "describe the plaintext as an object"));
    }
    let message = format!("`/{name}` of `{id}` is not required");
    (!field.required || field.nullable).then_some((
        message,
        "add `required: true`: nothing is decided without it",
    ))
}
