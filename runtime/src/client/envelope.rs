//! Address, headers and signature of a message.

use super::answer::{Answer, AnswerError, Claim, Unverified};
use super::base::Base;
use super::coding::ContentCoding;
use super::header::SignatureHeader;
use super::key::{CannotSign, Signer, SigningKey, UnknownKeyVersion, Verifier, VerifyingKey};
use super::recipe::{Environment, Part, Recipe, Signed, Stamp, StampForm};
use super::trace;
use crate::request::{HttpParts, RequestError, RequestLayout};
use crate::{MediaType, Schema, rules};
use core::fmt;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The greatest accepted difference between the clocks of the two sides.
const SKEW: Duration = Duration::from_secs(15 * 60);
/// The longest time by which an answer's signature may precede the first sending of its request.
const ANSWER_SKEW: Duration = Duration::from_secs(5 * 60);

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
    /// Names of the fields, from the body inwards, that lead to the status of an answer.
    pub status: &'static [&'static str],
    /// Names of the fields that lead to its code.
    pub code: &'static [&'static str],
    /// The documented statuses, with their classes.
    pub statuses: &'static [(&'static str, crate::StatusClass)],
}

/// An incoming message of the provider, with the parts that its signature covers.
pub(super) struct Message<'a> {
    pub(super) method: &'a str,
    /// Path and query; for a response, those of its request.
    pub(super) uri: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    /// Name of the header that carries the time of the message.
    pub(super) time: &'static str,
    pub(super) parts: &'a [Part<'static>],
}

/// Turns bodies into signed requests, and responses into verified bodies. Does no I/O and reads no
/// clock.
///
/// The environment follows from the client id, unless [`environment`](Self::environment) names another
/// one.
pub struct Envelope<S = SigningKey, V = VerifyingKey> {
    recipe: &'static Recipe,
    environment: &'static Environment,
    base: Base,
    client_id: String,
    key_version: Option<String>,
    skew: Duration,
    answer_skew: Duration,
    headers: HeaderMap,
    signer: Arc<S>,
    verifier: Arc<V>,
}

/// Cheap: the copies share one set of keys. The receiver of notifications takes one, the client another.
impl<S, V> Clone for Envelope<S, V> {
    fn clone(&self) -> Self {
        Self {
            recipe: self.recipe,
            environment: self.environment,
            base: self.base.clone(),
            client_id: self.client_id.clone(),
            key_version: self.key_version.clone(),
            skew: self.skew,
            answer_skew: self.answer_skew,
            headers: self.headers.clone(),
            signer: Arc::clone(&self.signer),
            verifier: Arc::clone(&self.verifier),
        }
    }
}

impl<S: Signer, V: Verifier> Envelope<S, V> {
    /// Makes an envelope for one client of an API.
    ///
    /// # Errors
    ///
    /// When the client id does not fit into a header or violates a rule of that header, or when the API
    /// has no environment for it.
    pub fn new(
        recipe: &'static Recipe,
        base: Base,
        client_id: &str,
        signer: S,
        verifier: V,
    ) -> Result<Self, SignError> {
        let is_token =
            !client_id.is_empty() && client_id.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token || !recipe.allows(recipe.client_id, client_id) {
            return Err(SignError::Setting("client id"));
        }
        let environment = recipe.environment_of(client_id);
        Ok(Self {
            recipe,
            environment: environment.ok_or(SignError::Setting("environment"))?,
            base,
            client_id: client_id.to_owned(),
            key_version: Some("1".to_owned()),
            skew: SKEW,
            answer_skew: ANSWER_SKEW,
            headers: HeaderMap::new(),
            signer: Arc::new(signer),
            verifier: Arc::new(verifier),
        })
    }

    /// Chooses the environment by its name, if several share a kind of client ids.
    ///
    /// # Errors
    ///
    /// When the API has no environment of this name, or the client id belongs to another kind: a
    /// production client cannot use the sandbox, nor a sandbox client production.
    pub fn environment(mut self, name: &str) -> Result<Self, SignError> {
        let belongs = |environment: &Environment| {
            let own = self.environment.client_id_prefix;
            environment.client_id_prefix == own
        };
        let environment = self.recipe.environment(name);
        let environment = environment.filter(|environment| belongs(environment));
        self.environment = environment.ok_or(SignError::Setting("environment"))?;
        Ok(self)
    }

    /// Sets the version of the signing key (default `1`). With [`None`], the header names no version
    /// and the provider takes the newest.
    ///
    /// # Errors
    ///
    /// When the text does not fit into the header.
    pub fn key_version(mut self, version: Option<&str>) -> Result<Self, SignError> {
        let fits = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b',')
        };
        if version.is_some_and(|version| !fits(version)) {
            return Err(SignError::Setting("key version"));
        }
        self.key_version = version.map(str::to_owned);
        Ok(self)
    }

    /// Sets how far the time of an answer may be from the time at which it is verified (default 15
    /// minutes).
    pub fn skew(mut self, skew: Duration) -> Self {
        self.skew = skew;
        self
    }

    /// Sets how long before the first sending of its request an answer may be signed (default 5
    /// minutes).
    ///
    /// The provider may repeat an earlier answer, so an answer can be older than the repetition that it
    /// answers, but not older than the first sending. An answer that was signed earlier than this, by
    /// the provider's clock, settles nothing. Set it to the greatest difference between the two clocks;
    /// at least one second if times in headers have no fractions.
    pub fn answer_skew(mut self, skew: Duration) -> Self {
        self.answer_skew = skew;
        self
    }

    /// Returns by how much an answer was signed before the first sending of its request, if that is too
    /// much.
    pub(super) fn too_early(&self, answer: SystemTime, first: SystemTime) -> Option<Duration> {
        let early = first.duration_since(answer).ok()?;
        (early > self.answer_skew).then_some(early)
    }

    /// Adds a header to every request, for example a token of the merchant. Its value is kept out of
    /// logs.
    ///
    /// # Errors
    ///
    /// When name or value do not fit into a header, the value violates a rule of the header, or the
    /// header is set by the envelope or by the transport.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, SignError> {
        let own = [
            self.recipe.client_id,
            self.recipe.request_time.name,
            self.recipe.signature,
        ];
        let is_own = own.iter().any(|own| own.eq_ignore_ascii_case(name));
        let is_own = is_own || rules::is_transport_header(name);
        let is_wrong = is_own || !self.recipe.allows(name, value);
        let parsed = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        );
        let (Ok(name), Ok(mut value), false) = (parsed.0, parsed.1, is_wrong) else {
            return Err(SignError::Setting("header"));
        };
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(self)
    }

    pub(super) fn recipe(&self) -> &'static Recipe {
        self.recipe
    }

    /// Returns the parts of a request in HTTP. The target is the one that is sent and signed.
    fn parts(&self, endpoint: &Endpoint, request: &[u8]) -> Result<HttpParts, RequestError> {
        let schema = (endpoint.request)();
        let layout = RequestLayout::of(endpoint.method, endpoint.path, schema);
        let mut parts = layout.split(request)?;
        parts.target.insert_str(0, self.environment.prefix);
        Ok(parts)
    }

    /// Makes a signed request of these bytes, which are the JSON of the whole request. If all its fields are in a JSON
    /// body, they are the body. The signature covers the body as it is sent, also that of a form. A method such as `GET` carries no body.
    ///
    /// # Errors
    ///
    /// When a value cannot travel in its place, the signer fails, or the time cannot be formatted.
    pub fn sign(
        &self,
        endpoint: &Endpoint,
        request: &[u8],
        now: SystemTime,
    ) -> Result<Request<Vec<u8>>, SignError> {
        let recipe = self.recipe;
        let HttpParts {
            target: uri,
            headers: fields,
            media_type,
            body,
        } = self.parts(endpoint, request)?;
        let headers = self.signed_headers(
            (recipe.request, recipe.request_time),
            (endpoint.method, &uri),
            &body,
            now,
        )?;
        let mut request = Request::new(body);
        *request.method_mut() = Method::from_bytes(endpoint.method.as_bytes())
            .map_err(|_| SignError::Setting("method"))?;
        *request.uri_mut() = self.base.with(&uri).ok_or(SignError::Setting("path"))?;
        *request.headers_mut() = self.headers.clone();
        for (name, value) in fields {
            let name = HeaderName::from_bytes(name.as_bytes());
            let (Ok(name), Ok(mut value)) = (name, HeaderValue::from_str(&value)) else {
                return Err(SignError::Setting("header"));
            };
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        request.headers_mut().extend(headers);
        match media_type {
            // The API may state a charset, too.
            Some(MediaType::Json) => {}
            Some(form @ MediaType::Form) => {
                let form = HeaderValue::from_static(form.as_str());
                request.headers_mut().insert(CONTENT_TYPE, form);
            }
            None => {
                request.headers_mut().remove(CONTENT_TYPE);
            }
        }
        // The signature of the answer covers its plain bytes.
        let identity = HeaderValue::from_static("identity");
        request.headers_mut().insert(ACCEPT_ENCODING, identity);
        Ok(request)
    }

    /// Returns the headers that state the sender, the time, the signature and the media type of a body.
    pub(super) fn signed_headers(
        &self,
        (parts, stamp): (&[Part<'_>], Stamp),
        (method, uri): (&str, &str),
        body: &[u8],
        now: SystemTime,
    ) -> Result<HeaderMap, SignError> {
        let recipe = self.recipe;
        let time = stamp.form.write(now).ok_or(SignError::Setting("clock"))?;
        let signed = Signed {
            method,
            uri,
            client_id: &self.client_id,
            time: &time,
            body,
        };
        let signature = SignatureHeader {
            algorithm: recipe.algorithm,
            key_version: self.key_version.as_deref(),
            signature: self.signer.sign(&signed.content(parts))?,
        };
        let signature = signature.to_text(&recipe.keys);
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (CONTENT_TYPE.as_str(), recipe.content_type),
            (recipe.client_id, &self.client_id),
            (stamp.name, &time),
            (recipe.signature, &signature),
        ] {
            let name = HeaderName::from_bytes(name.as_bytes());
            let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) else {
                return Err(SignError::Setting("header"));
            };
            headers.insert(name, value);
        }
        Ok(headers)
    }

    /// Verifies an answer and returns its body: signed by the provider, an answer to this request of
    /// this client, recent, and with a documented status. `request` is the JSON of the whole request: the
    /// signature of an answer can cover the target of its request.
    ///
    /// # Errors
    ///
    /// When any of this does not hold. The error keeps the answer for inspection.
    pub fn verify<'a>(
        &self,
        endpoint: &Endpoint,
        request: &[u8],
        response: &'a Response<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Answer<'a>, AnswerError> {
        let claim = Claim::of(endpoint, response.body());
        let uri = match self.parts(endpoint, request) {
            Ok(parts) => parts.target,
            // Such a request was never sent.
            Err(_) => {
                let why = Unverified::WrongSignature;
                return Err(AnswerError::unverified(response, claim, why));
            }
        };
        let message = Message {
            method: endpoint.method,
            uri: &uri,
            headers: response.headers(),
            body: response.body(),
            time: self.recipe.response_time.name,
            parts: self.recipe.response,
        };
        let verified = self.verified_at(&message, now);
        let error = match (verified, response.status(), &claim) {
            (Err(Unverified::Unsigned), _, Claim::Status { class, .. }) if class.is_refusal() => {
                AnswerError::unsigned_refusal(response, claim)
            }
            (Err(why), _, _) => AnswerError::unverified(response, claim, why),
            (
                Ok(time),
                StatusCode::OK,
                Claim::Status {
                    class,
                    status,
                    code,
                },
            ) if class.is_known() => {
                trace::verified(status, code.as_deref());
                return Ok(Answer::new(response.body(), time));
            }
            (Ok(_), _, _) => AnswerError::verified(response, claim),
        };
        Err(error)
    }

    /// Verifies that a message is the provider's, for this client and recent. Returns its time.
    pub(super) fn verified_at(
        &self,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<SystemTime, Unverified> {
        let recipe = self.recipe;
        let one = |name: &'static str| -> Result<Option<&str>, Unverified> {
            let mut values = message.headers.get_all(name).iter();
            match (values.next(), values.next()) {
                (None, _) => Ok(None),
                (Some(value), None) => match value.to_str() {
                    Ok(value) => Ok(Some(value)),
                    Err(_) => Err(Unverified::NotText(name)),
                },
                (Some(_), Some(_)) => Err(Unverified::Twice(name)),
            }
        };
        let (signature, time) = (one(recipe.signature)?, one(message.time)?);
        let client_id = one(recipe.client_id)?;
        let (signature, time) = match (signature, time) {
            (Some(signature), Some(time)) => (signature, time),
            (None, None) => return Err(Unverified::Unsigned),
            (None, Some(_)) => return Err(Unverified::Missing(recipe.signature)),
            (Some(_), None) => return Err(Unverified::Missing(message.time)),
        };
        if client_id.is_some_and(|client_id| client_id != self.client_id) {
            return Err(Unverified::OtherClient);
        }
        let header = SignatureHeader::parse(signature, &recipe.keys)?;
        if !header.algorithm.eq_ignore_ascii_case(recipe.algorithm) {
            return Err(Unverified::Algorithm);
        }
        let signed = Signed {
            method: message.method,
            uri: message.uri,
            client_id: &self.client_id,
            time,
            body: message.body,
        };
        let content = signed.content(message.parts);
        let version = header.key_version;
        match self
            .verifier
            .verify_by(version, &content, &header.signature)
        {
            Ok(true) => {}
            Ok(false) => {
                return Err(match ContentCoding::of(message.headers, message.body) {
                    Some(coding) => Unverified::Encoded(coding),
                    None => Unverified::WrongSignature,
                });
            }
            Err(UnknownKeyVersion) => {
                let version = version.map(|version| version.chars().take(64).collect());
                return Err(Unverified::UnknownKeyVersion(version));
            }
        }
        let answered = StampForm::read(time).ok_or(Unverified::NoTime)?.1;
        let apart = now
            .duration_since(answered)
            .unwrap_or_else(|ahead| ahead.duration());
        match apart <= self.skew {
            true => Ok(answered),
            false => Err(Unverified::Clock { apart }),
        }
    }
}

impl<S, V> fmt::Debug for Envelope<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("base", &self.base)
            .field("environment", &self.environment.name)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// A request could not be made. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The named setting is invalid.
    Setting(&'static str),
    /// The signer failed.
    CannotSign(CannotSign),
    /// A value of the request cannot travel in its place.
    Request(RequestError),
}

impl From<RequestError> for SignError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<CannotSign> for SignError {
    fn from(error: CannotSign) -> Self {
        Self::CannotSign(error)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(what) => write!(f, "the {what} cannot be used in a request"),
            Self::CannotSign(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SignError {}
