//! A message to examine, with everything that is known about it.

use std::time::{Duration, SystemTime};

use super::keys::{Keys, Signatory};
use super::message::{Message, Start};
use super::parts::{Hashed, Parts};
use payspec_model::model::{Api, Caller, Header, Operation, Server, Side};
use payspec_model::signing::Signing;
use payspec_runtime::request::PathPattern;

/// The default limit on the difference between two clocks.
pub const DEFAULT_SKEW: Duration = Duration::from_secs(15 * 60);

/// The default limit on the number of contents that are compared with a signature.
pub const DEFAULT_CONTENTS: usize = 1_000_000;

/// The settings of the program that sent or received a message.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// The keys of both sides.
    pub keys: Keys,
    /// The client id.
    pub client_id: Option<String>,
    /// The version of the own key.
    pub own_key_version: Option<String>,
    /// The version of the provider's key.
    pub provider_key_version: Option<String>,
    /// The operation; without it, the path decides.
    pub operation: Option<&'a Operation>,
    /// The HTTP method of the request.
    pub method: Option<String>,
    /// Path and query of the request.
    pub path: Option<String>,
    /// The time at which the message was received.
    pub now: Option<SystemTime>,
    /// The limit on the difference between the time of a message and the receiver's clock.
    pub skew: Duration,
    /// The limit on the number of contents that are compared with a signature.
    pub most_contents: usize,
}

/// One message, with the parts that should have been signed.
pub(super) struct Case<'a> {
    pub(super) api: &'a Api,
    pub(super) signing: &'a Signing<'a>,
    pub(super) settings: &'a Settings<'a>,
    pub(super) operation: Option<&'a Operation>,
    pub(super) side: Side,
    pub(super) signatory: Signatory,
    pub(super) message: &'a Message,
    /// The other message of the exchange.
    pub(super) other: Option<&'a Message>,
    /// The parts that the receiver verifies.
    pub(super) parts: Parts<'a>,
}

/// A message cannot be examined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The capture has a response alone, so that method and path of its request are unknown.
    #[error(
        "a response is signed with method and path of its request\nhelp: give the request as well, or its \
         path with `--path`, or `--operation` and `--client-id`"
    )]
    NoPath,
    /// The capture does not hold the body.
    #[error(
        "the capture does not hold the body of the {0}\nhelp: give it with `--{0}-body FILE`, byte for byte"
    )]
    NoBody(&'static str),
    /// The value of a credential in signed content is missing.
    #[error("the credential `{0}` is signed, and its value is missing")]
    NoIdentifier(String),
}

impl<'a> Case<'a> {
    pub(super) fn new(
        (api, signing): (&'a Api, &'a Signing<'a>),
        settings: &'a Settings<'a>,
        side: Side,
        message: &'a Message,
        other: Option<&'a Message>,
    ) -> Result<Self, CaseError> {
        let request = match side {
            Side::Request => Some(message),
            Side::Response => other,
        };
        let stated = |message: Option<&Message>| -> Option<String> {
            Some(message?.value(&signing.client_id.name)?.to_owned())
        };
        let (own, others) = (stated(Some(message)), stated(other));
        let known = settings.client_id.clone();
        let client_id = match side {
            // The receiver of a request knows its sender by the header alone.
            Side::Request => own.or(known),
            Side::Response => known.or(own),
        };
        let client_id = client_id.or(others).unwrap_or_default();
        let asked = request.and_then(target);
        let uri = settings.path.clone();
        let uri = uri.or_else(|| asked.map(|(_, target)| path_and_query(target).to_owned()));
        let uri = match (uri, settings.operation) {
            (Some(uri), _) => uri,
            // The path of a single request has values for the fields in it.
            (None, Some(operation)) if has_fields(operation) => return Err(CaseError::NoPath),
            (None, Some(operation)) => {
                let environment = environment_of(api, &client_id);
                let prefix = environment.map_or("", |environment| environment.prefix.as_str());
                [prefix, &operation.path].concat()
            }
            (None, None) => return Err(CaseError::NoPath),
        };
        let operation = settings.operation.or_else(|| at(api, &uri));
        let method = settings.method.clone();
        let method = method.or_else(|| asked.map(|(method, _)| method.to_owned()));
        let method = method.unwrap_or_else(|| {
            let method = operation.map_or("POST", |operation| operation.method.as_str());
            method.to_owned()
        });
        let caller = operation.map_or(Caller::Merchant, |operation| operation.caller);
        let signatory = match (side, caller) {
            (Side::Request, Caller::Merchant) | (Side::Response, Caller::Provider) => {
                Signatory::Own
            }
            (Side::Request, Caller::Provider) | (Side::Response, Caller::Merchant) => {
                Signatory::Provider
            }
        };
        let (time, template) = match side {
            Side::Request => (signing.request_time, &signing.request),
            Side::Response => (signing.response_time, &signing.response),
        };
        let body = message.body.clone();
        Ok(Case {
            parts: Parts {
                method,
                uri,
                client_id,
                time: message.value(&time.name).unwrap_or_default().to_owned(),
                body: body.ok_or(CaseError::NoBody(side.as_str()))?,
                template: template.clone(),
                hashed: Hashed::Not,
            },
            api,
            signing,
            settings,
            operation,
            side,
            signatory,
            message,
            other,
        })
    }

    /// Returns the header that carries the time of the message.
    pub(super) fn time_header(&self) -> &'a Header {
        match self.side {
            Side::Request => self.signing.request_time,
            Side::Response => self.signing.response_time,
        }
    }

    /// Returns the value of the header with the signature.
    pub(super) fn signature(&self) -> Option<&'a str> {
        self.message.value(&self.signing.signature.header)
    }

    /// Returns path and query of the request, as they were sent.
    pub(super) fn sent_uri(&self) -> Option<&'a str> {
        let request = match self.side {
            Side::Request => Some(self.message),
            Side::Response => self.other,
        };
        let (_, target) = target(request?)?;
        Some(path_and_query(target))
    }

    /// Returns the environment that the path belongs to.
    pub(super) fn environment(&self) -> Option<&'a Server> {
        let mut environments = self.api.servers.iter();
        environments.find(|one| behind(&self.parts.uri, &one.prefix).is_some())
    }

    /// Returns the rest of a path after the prefix of its environment.
    pub(super) fn behind_prefix<'u>(&self, uri: &'u str) -> Option<&'u str> {
        let mut environments = self.api.servers.iter();
        environments.find_map(|one| behind(uri, &one.prefix))
    }

    /// Returns whether the merchant calls the provider.
    pub(super) fn is_merchants_call(&self) -> bool {
        let caller = self.operation.map(|operation| operation.caller);
        caller != Some(Caller::Provider)
    }
}

/// Returns method and target of a request.
pub(super) fn target(message: &Message) -> Option<(&str, &str)> {
    match &message.start {
        Start::Request { method, target } => Some((method, target)),
        Start::Response { .. } => None,
    }
}

/// Removes scheme, host and fragment from a target.
pub(super) fn path_and_query(target: &str) -> &str {
    let target = target.split('#').next().unwrap_or(target);
    match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => target,
    }
}

/// Returns the rest of a path after a prefix that ends with a whole segment.
fn behind<'u>(uri: &'u str, prefix: &str) -> Option<&'u str> {
    let rest = uri.strip_prefix(prefix)?;
    rest.starts_with('/').then_some(rest)
}

/// Finds the environment that a client id belongs to, by the prefix of the id.
pub(super) fn environment_of<'a>(api: &'a Api, client_id: &str) -> Option<&'a Server> {
    let mut environments = api.servers.iter();
    let begins = |one: &&Server| {
        let prefix = one.client_id_prefix.as_deref();
        prefix.is_some_and(|prefix| client_id.starts_with(prefix))
    };
    environments
        .clone()
        .find(begins)
        .or_else(|| environments.find(|one| one.client_id_prefix.is_none()))
}

fn has_fields(operation: &Operation) -> bool {
    let pattern = PathPattern::new(&operation.path);
    operation.caller == Caller::Merchant && pattern.fields().next().is_some()
}

/// Finds the first operation that merchants call at a path.
pub(super) fn at<'a>(api: &'a Api, uri: &str) -> Option<&'a Operation> {
    let path = uri.split('?').next().unwrap_or(uri);
    let operations = api.operations.iter();
    let there = operations.filter(|operation| {
        let pattern = PathPattern::new(&operation.path);
        let mut prefixes = api.servers.iter();
        let is_there =
            prefixes.any(|one| behind(path, &one.prefix).is_some_and(|path| pattern.matches(path)));
        operation.caller == Caller::Merchant && is_there
    });
    there.min_by(|one, two| PathPattern::new(&one.path).precedence(PathPattern::new(&two.path)))
}
