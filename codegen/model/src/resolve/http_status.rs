//! Results by the HTTP status of an answer.

use payspec_runtime::rules;

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Caller, OperationFile};
use crate::model::{Case, Decide};
use crate::source::At;

impl Context<'_> {
    /// Checks that an operation can be judged by the HTTP status.
    pub(super) fn by_http_status(&mut self, file: &OperationFile, at: At<'_>) {
        let wrong = match file.caller() {
            Caller::Provider => {
                let message = "a notification has no HTTP status";
                Diagnostic::new(&codes::WRONG_DECISION, message)
                    .help("add the JSON Pointer of the field that decides")
            }
            // The generated client judges a signed answer by a field of it.
            Caller::Merchant if self.is_signed => {
                let message = "the HTTP status is not signed, so it proves nothing";
                Diagnostic::new(&codes::WRONG_DECISION, message).limit(&limits::SIGNED_BY_STATUS)
            }
            Caller::Merchant => return,
        };
        self.report(wrong.at(at.span(), ""));
    }

    /// Reports a case that is neither an HTTP status nor a class of them.
    pub(super) fn http_status_case(&mut self, case: &str, at: At<'_>) {
        if !rules::is_http_status_case(case) {
            let message = format!("`{case}` is neither an HTTP status nor a class of them");
            let wrong = Diagnostic::new(&codes::WRONG_CASE, message)
                .at(at.key_span(), "expected 100 to 599, or 1XX to 5XX");
            self.report(wrong);
        }
    }

    /// Checks that answers of a case can decide what the spec says.
    pub(super) fn http_status_decides(
        &mut self,
        case: &str,
        fields: &[Case],
        decision: &format::Decision,
        at: At<'_>,
    ) {
        let decide = decision.decide;
        let at = at.at("decide");
        if decide != Decide::Pending && !rules::http_status_may_decide(case) {
            let message = format!(
                "the HTTP status `{case}` cannot decide `{}`",
                decide.as_str()
            );
            let help = "decide `pending`; list a single status of the class 5XX if the provider documents what it means";
            self.wrong_decision(at, &message, help);
        }
        let has_no_body = case.parse().is_ok_and(rules::has_no_body);
        let reads = !fields.is_empty() || decision.payload.is_some() || !decision.needs.is_empty();
        if has_no_body && reads {
            let message = format!(
                "an answer with the HTTP status `{case}` has no body, so no field of it decides"
            );
            self.wrong_decision(at, &message, "decide by the HTTP status alone");
        }
    }
}
