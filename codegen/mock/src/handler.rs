//! A valid request while it is handled, and its reply.

use serde_json::Value;

use super::compose::Composed;
use super::draft::text;
use super::ledger::LedgerError;
use super::life;
use super::retention::Retention;
use super::schedule::NAMES;
use super::settlement::Settlement;
use payspec_model::model::{Api, Code, Operation};

/// The behaviour of the gateway where no override applies.
#[derive(Debug)]
pub(super) struct Defaults {
    /// The seed of generated ids.
    pub(super) seed: u64,
    /// The settlement of resources that an answer leaves open.
    pub(super) settlement: Settlement,
    /// True if notifications may go to other machines.
    pub(super) remote_notifications: bool,
    /// The address of notifications for which no request names one.
    pub(super) notify_url: Option<String>,
    /// The rule for forgetting old resources.
    pub(super) retention: Retention,
}

/// One request while it is handled.
pub(super) struct Handler<'m, 'r> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    pub(super) request: &'r Value,
    pub(super) client_id: &'r str,
    pub(super) defaults: &'r Defaults,
}

/// The body of an answer, with its status and code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) body: String,
    /// The HTTP status, if that decides.
    pub(super) http_status: Option<u16>,
    pub(super) status: Option<String>,
    pub(super) code: Option<String>,
    pub(super) replayed: bool,
    /// A remark for the tester.
    pub(super) note: Option<String>,
}

/// The reason why the operation gives no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HandleError {
    /// The resource is unknown, and the spec has a code for that.
    Unknown,
    /// An earlier request with the same key had other values, and the spec has no code for that.
    Conflict,
    /// The requested result is unknown.
    Overrides(String),
    /// The gateway failed; a provider would not answer this.
    Broken(String),
}

impl From<LedgerError> for HandleError {
    fn from(error: LedgerError) -> Self {
        HandleError::Broken(error.to_string())
    }
}

impl Handler<'_, '_> {
    /// Returns the ledger keys of the names in a message.
    pub(super) fn names(&self, message: &Value) -> Vec<String> {
        self.at(life::names(self.api, self.operation), message)
    }

    pub(super) fn at(&self, paths: Vec<&[String]>, message: &Value) -> Vec<String> {
        names_at(self.api, self.client_id, paths, message)
    }
}

/// Returns the idempotency key of a request.
pub(super) fn key<'r>(operation: &Operation, request: &'r Value) -> Option<&'r str> {
    text(request, &operation.idempotency.as_ref()?.key)
}

/// Returns the idempotency key of a request, unless it is sensitive or nested.
pub(super) fn shown_key(operation: &Operation, request: &Value) -> Option<String> {
    shown_at(operation, request, &operation.idempotency.as_ref()?.key)
}

/// Returns the text at a path of a request, unless it is sensitive or nested.
pub(super) fn shown_at(operation: &Operation, request: &Value, path: &[String]) -> Option<String> {
    let [name] = path else {
        return None;
    };
    let field = operation.request.object.field(name)?;
    let shown = text(request, path).filter(|_| field.sensitive.is_none());
    shown.map(str::to_owned)
}

/// Returns the ledger keys of the names at these paths of a message.
pub(super) fn names_at(
    api: &Api,
    client_id: &str,
    paths: Vec<&[String]>,
    message: &Value,
) -> Vec<String> {
    let names = paths.into_iter().filter_map(|path| {
        let name = text(message, path)?;
        // The name comes first, so that a prefix search finds it without knowing the rest.
        let place = [name, path.last()?, client_id, &api.id];
        Some(format!("{NAMES}{}", joined(&place)))
    });
    names.collect()
}

/// Returns the documented codes of an operation.
pub(super) fn codes(operation: &Operation) -> impl Iterator<Item = &Code> {
    let results = operation.result.iter();
    results.flat_map(|result| &result.codes)
}

/// Joins texts, so that different texts never give the same result.
pub(super) fn joined(parts: &[&str]) -> String {
    serde_json::json!(parts).to_string()
}

pub(super) fn said(composed: &Composed) -> Reply {
    Reply {
        body: composed.json.to_string(),
        http_status: composed.http_status,
        status: composed.status.clone(),
        code: composed.code.clone(),
        ..Reply::default()
    }
}
