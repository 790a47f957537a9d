//! Batches of notifications: they must be proved, and an HTTP status must be answer enough.

use crate::diagnostic::{Diagnostic, Diagnostics, codes, limits};
use crate::model::{Api, Auth};
use crate::source::SourceMap;

/// Reports each batch that a client cannot receive.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for operation in &api.operations {
        let Some(each) = &operation.each else {
            continue;
        };
        let id = &operation.id;
        let bad = |message: String| {
            let bad = Diagnostic::new(&codes::BAD_BATCH, message);
            bad.at(sources.word_at(each.origin), "")
        };
        let auth = api.auth.as_ref();
        if !auth.is_some_and(Auth::proves_notifications) {
            let bad = bad(format!("nothing proves the notifications of `{id}`"));
            diagnostics.extend([bad.help("state `notification` in `auth`")]);
        }
        if operation.response.is_some() {
            let message = format!("`{id}` has a `response`, but an HTTP status answers a batch");
            diagnostics.extend([bad(message).limit(&limits::BATCH_REPLY)]);
        }
        if operation.encrypted.is_some() {
            let bad = bad(format!("an object of `{id}` is encrypted"));
            diagnostics.extend([bad.limit(&limits::BATCH_REPLY)]);
        }
        if !operation.method.has_body() {
            let bad = bad(format!("`{id}` has no body"));
            diagnostics.extend([bad.help("use `POST`")]);
        }
    }
}
