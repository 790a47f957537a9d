//! Checks an answer by its HTTP status, where the bodies of answers differ.

use payspec_runtime::json::Node;
use payspec_runtime::{RuleId, Severity, violation_text};

use super::walk::{Members, Walk};
use super::{Checker, Findings};
use crate::model::{Field, Object, Response};
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
        let Some(response) = response else {
            return findings.without(|_| true);
        };
        let fields = self.body.object.fields.iter();
        let (own, others): (Vec<&Field>, Vec<&Field>) =
            fields.partition(|field| response.field(&field.name).is_some());
        // Everything is inside of a whole body but what is in another field.
        match others.iter().any(|field| field.is_whole_body()) {
            true => findings.without(|path| !is_in(path, &own)),
            false => findings.without(|path| is_in(path, &others)),
        }
    }

    /// Returns whether the bodies of the checked answers differ by HTTP status.
    fn differs(&self) -> bool {
        !self.operation.responses_of(self.body).is_empty()
    }
}

/// Returns whether a JSON Pointer leads to one of these fields of the body or below it.
fn is_in(path: &str, fields: &[&Field]) -> bool {
    fields.iter().any(|field| {
        let rest = path.strip_prefix(&*pointer(std::slice::from_ref(&field.name)));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
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
            let Some(described) = body.field(&field.name) else {
                continue;
            };
            if self.field_is_absent(body, &field.name, members) {
                self.at_field(described, |walk| {
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
