//! Reads a request from its parts in HTTP.

use std::borrow::Cow;

use http::Request;
use payspec_runtime::json::Node;
use payspec_runtime::{Location, RuleId, Severity};
use serde_json::Value;

use super::refused::{self, Refused};
use payspec_model::check::{Checker, Findings};
use payspec_model::model::{Api, Operation, Refusal, Side};

/// A request as one object.
pub(super) struct Received<'m> {
    pub(super) operation: &'m Operation,
    pub(super) json: Value,
    /// The broken rules.
    pub(super) findings: Findings,
}

/// Finds the operation that a request is meant for, when several are at the address: the one whose rules it breaks
/// least, its fixed values first.
pub(super) fn meant<'m>(
    api: &'m Api,
    operations: &[&'m Operation],
    request: &Request<Vec<u8>>,
    prefix: &str,
) -> Result<Received<'m>, Refused> {
    let read = operations.iter();
    let read: Vec<_> = read
        .map(|operation| received(api, operation, request, prefix))
        .collect();
    let mut refused = None;
    let mut all = Vec::new();
    for one in read {
        match one {
            Ok(received) => all.push(received),
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    let best = all.into_iter().min_by_key(|one| {
        let findings = &one.findings;
        let errors = || {
            let errors = findings.iter().map(|finding| &finding.violation);
            errors.filter(|violation| violation.severity == Severity::Error)
        };
        let fixed = errors().filter(|one| matches!(one.rule, RuleId::Const | RuleId::Values));
        (fixed.count(), errors().count() + findings.omitted())
    });
    let unknown = || refusal("unknown path: no operation has it".to_owned());
    best.ok_or_else(|| refused.unwrap_or_else(unknown))
}

fn refusal(why: String) -> Refused {
    Refused::new(Refusal::Parameters, why)
}

fn received<'m>(
    api: &'m Api,
    operation: &'m Operation,
    request: &Request<Vec<u8>>,
    prefix: &str,
) -> Result<Received<'m>, Refused> {
    let target = refused::target(request);
    let target = target.strip_prefix(prefix).unwrap_or(target);
    let headers: Vec<(&str, &[u8])> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    let json = operation
        .layout(api)
        .join(target, &headers, request.body())
        .map_err(|error| refusal(error.to_string()))?;
    let node = Node::from_slice(&json).map_err(|error| refusal(error.to_string()))?;
    let findings = Checker::new(api, operation, Side::Request)
        .map(|checker| checker.check_node(&node))
        .unwrap_or_default();
    let json = serde_json::from_slice(&json).map_err(|error| refusal(error.to_string()))?;
    Ok(Received {
        operation,
        json,
        findings,
    })
}

/// Returns path and query for reports: without values, if one of them is sensitive.
pub(super) fn shown_target<'t>(
    operations: &[&Operation],
    prefix: &str,
    target: &'t str,
) -> Cow<'t, str> {
    let mut fields = operations
        .iter()
        .flat_map(|operation| &operation.request.object.fields);
    let is_sensitive = fields.any(|field| {
        let is_in_target = match field.location {
            Location::Path | Location::Query => true,
            Location::Header | Location::Body | Location::WholeBody => false,
        };
        is_in_target && field.sensitive.is_some()
    });
    match operations.first().filter(|_| is_sensitive) {
        Some(operation) => Cow::Owned(format!("{prefix}{}", operation.path)),
        None => Cow::Borrowed(target),
    }
}

/// Returns the path of a target.
pub(super) fn path_of(target: &str) -> &str {
    target.split('?').next().unwrap_or(target)
}
