//! Notifications that nothing proves: the spec says so, and they decide nothing.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Caller, Decide, Operation, Origin, PendingAction};
use crate::source::SourceMap;

/// Reports APIs that do not say how their notifications are proved, and decisions by those that nothing proves.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let Some(auth) = &api.auth else {
        return;
    };
    let notifications = api.operations.iter();
    let mut notifications = notifications.filter(|one| one.caller == Caller::Provider);
    if let Some(unproved) = auth.unproved {
        for (at, message) in notifications.flat_map(wrong) {
            let bad = Diagnostic::new(&codes::UNPROVED_DECIDES, message);
            let bad = bad.at(sources.word_at(at), "");
            let bad = bad.also(sources.word_at(unproved), "nothing proves it");
            let help = "use `decide: pending` with `actions: [inquire]`: anyone can send such a notification";
            diagnostics.extend([bad.help(help)]);
        }
        return;
    }
    if auth.proves_notifications() {
        return;
    }
    if let Some(operation) = notifications.next() {
        let message = format!("`auth` does not say what proves `{}`", operation.id);
        let bad = Diagnostic::new(&codes::NOTIFICATION_PROOF_UNSTATED, message);
        let bad = bad.at(sources.word_at(operation.origins.caller), "");
        let bad = bad.also(sources.word_at(auth.origin), "stated here");
        let help =
            "state `auth.notification`, or `notification: none` if nothing proves who sent it";
        diagnostics.extend([bad.help(help)]);
    }
}

/// Returns the parts of a notification by which it would decide something, with their places.
fn wrong(operation: &Operation) -> Vec<(Origin, String)> {
    let id = &operation.id;
    let Some(result) = &operation.result else {
        return Vec::new();
    };
    let decisions = result.decisions.iter().filter_map(|decision| {
        let inquires = decision.actions.contains(&PendingAction::Inquire);
        let message = match decision.decide {
            Decide::Pending if inquires => return None,
            Decide::Pending => format!("`{id}` prompts no inquiry"),
            Decide::Done | Decide::Redirect | Decide::Waiting | Decide::Ended | Decide::Failed => {
                format!(
                    "`{id}` decides `{}`, but nothing proves who sent it",
                    decision.name
                )
            }
        };
        Some((decision.origin, message))
    });
    // A contradiction would end the payment in doubt.
    let agrees = result.agrees.iter().map(|_| {
        let message = format!("`{id}` must agree with a request, but nothing proves who sent it");
        (result.origin, message)
    });
    decisions.chain(agrees.take(1)).collect()
}
