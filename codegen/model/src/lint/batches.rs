//! Batches of notifications: they must be proved, and an HTTP status must be answer enough.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Operation};
use crate::source::SourceMap;

/// Reports each batch that a client cannot receive.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for operation in &api.operations {
        let Some(each) = &operation.each else {
            continue;
        };
        if let Some((message, help)) = wrong(api, operation) {
            let bad = Diagnostic::new(&codes::BAD_BATCH, message);
            diagnostics.extend([bad.at(sources.word_at(each.origin), "").help(help)]);
        }
    }
}

/// Returns what is wrong, and what to do.
fn wrong(api: &Api, operation: &Operation) -> Option<(String, &'static str)> {
    let id = &operation.id;
    let auth = api.auth.as_ref();
    if !auth.is_some_and(|auth| auth.proves_notifications()) {
        let message = format!("nothing proves the notifications of `{id}`");
        return Some((message, "state `notification` in `auth`"));
    }
    if operation.response.is_some() {
        let message = format!("`{id}` has a `response`, but an HTTP status answers a batch");
        return Some((message, "remove the `response`"));
    }
    if !operation.method.has_body() {
        let message = format!("`{id}` has no body");
        return Some((message, "use `POST`"));
    }
    operation.encrypted.as_ref().map(|_| {
        let message = format!("an object of `{id}` is encrypted");
        (
            message,
            "remove `encrypted`: objects of batches are not encrypted",
        )
    })
}
