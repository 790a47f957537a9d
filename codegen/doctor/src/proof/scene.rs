//! A message with a proof, with everything that is known about it.

use std::time::SystemTime;

use payspec_model::model::{Api, Caller, MessageProof, Operation, Side, TemplatePart};
use payspec_runtime::client::http::{HeaderMap, HeaderName, HeaderValue};

use super::super::case::{CaseError, at, path_and_query, target};
use super::super::keys::{Keys, Signatory};
use super::super::message::Message;
use super::covered::{Covered, Crc32Form, Described};
use super::secret::GivenSecret;

/// The settings of the program that sent or received a message.
#[derive(Debug, Clone)]
pub struct ProofSettings<'a> {
    /// The keys of both sides, where they are in pairs.
    pub keys: Keys,
    /// The shared secret.
    pub secret: Option<GivenSecret>,
    /// The credentials that are in signed content: the name and the value of each.
    pub identifiers: Vec<(String, String)>,
    /// The operation; without it, the path decides.
    pub operation: Option<&'a Operation>,
    /// The HTTP method of the request.
    pub method: Option<String>,
    /// Path and query of the request.
    pub path: Option<String>,
    /// The time at which the message was received.
    pub now: Option<SystemTime>,
    /// The limit on the number of contents that are compared with a signature.
    pub most_contents: usize,
}

/// One message to examine.
pub(super) struct Scene<'a> {
    pub(super) proof: &'a MessageProof,
    pub(super) api: &'a Api,
    pub(super) settings: &'a ProofSettings<'a>,
    pub(super) side: Side,
    pub(super) signatory: Signatory,
    pub(super) operation: Option<&'a Operation>,
    pub(super) headers: HeaderMap,
    /// The content, without the texts of the proof's own headers.
    pub(super) covered: Covered<'a>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        (api, proof): (&'a Api, &'a MessageProof),
        settings: &'a ProofSettings<'a>,
        side: Side,
        (message, request): (&Message, Option<&Message>),
    ) -> Result<Self, CaseError> {
        let asked = request.and_then(target);
        let path = settings.path.clone();
        let path = path.or_else(|| asked.map(|(_, target)| path_and_query(target).to_owned()));
        let template = proof.parts();
        let needs_path = template.contains(&TemplatePart::Uri);
        let target = match path {
            Some(path) => path,
            None if needs_path => return Err(CaseError::NoPath),
            None => "/".to_owned(),
        };
        let operation = settings.operation.or_else(|| at(api, &target));
        let method = settings.method.clone();
        let method = method.or_else(|| asked.map(|(method, _)| method.to_owned()));
        let method = method.unwrap_or_else(|| {
            let method = operation.map_or("POST", |operation| operation.method.as_str());
            method.to_owned()
        });
        let is_call = operation.is_none_or(|operation| operation.caller == Caller::Merchant);
        let signatory = match (side, is_call) {
            (Side::Request, true) => Signatory::Own,
            (Side::Request, false) | (Side::Response, _) => Signatory::Provider,
        };
        let is_given = |name: &&String| settings.identifiers.iter().any(|(one, _)| one == *name);
        if let Some(name) = proof.signed.iter().find(|name| !is_given(name)) {
            return Err(CaseError::NoIdentifier(name.clone()));
        }
        let body = message.body.clone();
        let body = body.ok_or(CaseError::NoBody(side.as_str()))?;
        Ok(Scene {
            proof,
            api,
            settings,
            side,
            signatory,
            operation,
            headers: headers(message),
            covered: Covered {
                method,
                target,
                time: String::new(),
                nonce: String::new(),
                key_id: String::new(),
                identifiers: settings.identifiers.clone(),
                body,
                crc32: Crc32Form::Decimal,
                template,
            },
        })
    }

    /// Returns the description of the body.
    pub(super) fn described(&self) -> Described<'a> {
        let body = self.operation.and_then(|one| one.body(self.side));
        Described {
            api: self.api,
            object: body.map(|body| &body.object),
        }
    }
}

/// Returns the headers of a message. Those that HTTP does not allow are left out, and missing to the proof.
fn headers(message: &Message) -> HeaderMap {
    let pairs = message.headers.iter().filter_map(|field| {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(&field.value).ok()?))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(name, value);
    }
    headers
}
