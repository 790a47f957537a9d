//! Checks an answer by its HTTP status, where the bodies of answers differ.

use payspec_runtime::json::Node;
use payspec_runtime::{RuleId, Severity, violation_text};

use super::walk::{Members, Walk};
use super::{Checker, Findings};
use crate::model::{Object, Response};
use crate::pointer::pointer;

impl Checker<'_> {
    /// Checks a parsed answer with this HTTP status. Where the answers of the operation differ, it must have the fields
    /// that the one of its status requires, and other fields than those of its own are not checked. Of an answer whose
    /// status has none nothing is checked. Without a status, it is checked as [`check_node`](Self::check_node) does.
    pub fn check_answer(&self, message: &Node<'_>, http_status: Option<u16>) -> Findings {
        let Some(status) = http_status.filter(|_| self.differs()) else {
            return self.check_node(message);
        };
        let response = self.operation.response_of(status);
        let findings = Walk::new(self).with_response(response).message(message);
        let fields = self.body.object.fields.iter();
        let is_own = |name: &str| response.is_some_and(|response| response.field(name).is_some());
        let others = fields.filter(|field| !is_own(&field.name));
        let others: Vec<String> = others
            .map(|field| pointer(std::slice::from_ref(&field.name)))
            .collect();
        match response {
            None => findings.without(|_| true),
            Some(_) => findings.without(|path| others.iter().any(|other| is_below(path, other))),
        }
    }

    /// Returns whether the bodies of the checked answers differ by HTTP status.
    fn differs(&self) -> bool {
        !self.operation.responses_of(self.body).is_empty()
    }
}

/// Returns whether a JSON Pointer leads to a field of the body or below it.
fn is_below(path: &str, field: &str) -> bool {
    let rest = path.strip_prefix(field);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl<'m> Walk<'_, 'm> {
    /// Reports the fields that the answer of a status requires and that are absent.
    pub(super) fn required_by(
        &mut self,
        response: &'m Response,
        body: &'m Object,
        members: &Members<'_>,
    ) {
        for field in response.fields.iter().filter(|field| field.required) {
            if self.field_is_absent(body, &field.name, members) {
                self.at(&field.name, |walk| {
                    walk.report.lack();
                    walk.report
                        .add(RuleId::Required, Severity::Error, field.origin, || {
                            (
                                violation_text::expected_in_answer(&response.status),
                                violation_text::actual_absent(),
                            )
                        });
                });
            }
        }
    }
}
