//! The operation that a request is for.

use crate::{Schema, StatusClass, rules};

/// An operation as HTTP sees it: method, path, and the place of the status.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// The name.
    pub name: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path after the prefix of the environment, with the names of fields of the request in braces.
    pub path: &'static str,
    /// Returns the table of the request, which says where its fields travel.
    pub request: fn() -> &'static Schema,
    /// Names of the fields, from the body inwards, that lead to the status of an answer; empty if the HTTP status
    /// decides.
    pub status: &'static [&'static str],
    /// Names of the fields that lead to its code, by place: the first one that is present wins.
    pub codes: &'static [&'static [&'static str]],
    /// The documented statuses, with their classes. If the HTTP status decides, the cases of `by: http_status`.
    pub statuses: &'static [(&'static str, StatusClass)],
}

impl Endpoint {
    /// Returns whether the HTTP status of an answer decides, not a field of it.
    pub(super) fn is_by_http_status(&self) -> bool {
        self.status.is_empty()
    }

    /// Returns the class of a status, if it is documented.
    pub(super) fn class(&self, status: &str, http_status: u16) -> Option<StatusClass> {
        let status = match self.is_by_http_status() {
            true => {
                let cases: Vec<&str> = self.statuses.iter().map(|(name, _)| *name).collect();
                rules::http_status_case(&cases, http_status)?
            }
            false => status,
        };
        let mut known = self.statuses.iter();
        let (_, class) = known.find(|(name, _)| *name == status)?;
        Some(*class)
    }
}
