//! Address, headers and proof of the sender of a request, and the check of an answer.

use super::answer::{Answer, AnswerError, Claim};
use super::authentication::Authenticated;
use super::base::Base;
use super::endpoint::Endpoint;
use super::key::{Signer, SigningKey, Verifier, VerifyingKey};
use super::proof::Provable;
use super::recipe::{Environment, HeaderRule, Recipe};
use super::sign_error::SignError;
use super::signature::{Message, Signature};
use super::token::{TokenSource, Tokens};
use super::trace;
use super::unverified::Unverified;
use crate::request::{HttpParts, RequestError, RequestLayout};
use crate::{MediaType, rules};
use core::fmt;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use std::time::{Duration, SystemTime};

/// Turns bodies into requests that prove who sends them, and responses into bodies that may be trusted. Does no I/O and
/// reads no clock.
///
/// If the API signs its messages, requests are signed and the signatures of answers verified. The environment then
/// follows from the client id, unless [`environment`](Self::environment) names another one.
///
/// Else the requests carry [credentials](Self::with_credentials), which may sign them. Where the provider signs no answers,
/// nothing but TLS proves that an answer is the provider's: whoever can read and change what TLS carries can make a payment
/// look paid.
pub struct Envelope<S = SigningKey, V = VerifyingKey> {
    environment: &'static Environment,
    base: Base,
    headers: HeaderMap,
    pub(super) scheme: Scheme<S, V>,
}

/// The way in which the two sides prove who they are.
pub(super) enum Scheme<S, V> {
    /// All messages are signed.
    Signature(Signature<S, V>),
    /// Requests carry credentials, which may sign them; answers carry nothing, or a proof.
    Credentials(Authenticated),
}

/// Cheap: the copies share one set of keys. The receiver of notifications takes one, the client another.
impl<S, V> Clone for Envelope<S, V> {
    fn clone(&self) -> Self {
        Self {
            environment: self.environment,
            base: self.base.clone(),
            headers: self.headers.clone(),
            scheme: match &self.scheme {
                Scheme::Signature(signature) => Scheme::Signature(signature.clone()),
                Scheme::Credentials(authenticated) => Scheme::Credentials(authenticated.clone()),
            },
        }
    }
}

impl<S: Signer, V: Verifier> Envelope<S, V> {
    /// Makes an envelope for one client of an API that signs its messages.
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
        let (signature, environment) = Signature::new(recipe, client_id, signer, verifier)?;
        Ok(Self::of(Scheme::Signature(signature), environment, base))
    }

    /// Chooses the environment by its name, if several share a kind of client ids.
    ///
    /// # Errors
    ///
    /// When the API has no environment of this name, or the client id belongs to another kind: a
    /// production client cannot use the sandbox, nor a sandbox client production.
    pub fn environment(mut self, name: &str) -> Result<Self, SignError> {
        let environment = match &self.scheme {
            Scheme::Signature(signature) => {
                let own = self.environment.client_id_prefix;
                let environment = signature.recipe.environment(name);
                environment.filter(|environment| environment.client_id_prefix == own)
            }
            Scheme::Credentials(authenticated) => authenticated.recipe.environment(name),
        };
        self.environment = environment.ok_or(SignError::Setting("environment"))?;
        Ok(self)
    }

    /// Sets the version of the signing key (default `1`). With [`None`], the header names no version
    /// and the provider takes the newest.
    ///
    /// # Errors
    ///
    /// When the text does not fit into the header, or nothing is signed.
    pub fn key_version(mut self, version: Option<&str>) -> Result<Self, SignError> {
        match &mut self.scheme {
            Scheme::Signature(signature) => signature.set_key_version(version)?,
            Scheme::Credentials(_) => return Err(SignError::Setting("key version")),
        }
        Ok(self)
    }

    /// Sets how far the time of an answer may be from the time at which it is verified (default 15
    /// minutes). Without effect where nothing is signed, and with credentials: there the description states it.
    pub fn skew(mut self, skew: Duration) -> Self {
        match &mut self.scheme {
            Scheme::Signature(signature) => signature.skew = skew,
            Scheme::Credentials(_) => {}
        }
        self
    }

    /// Sets how long before the first sending of its request an answer may be signed (default 5
    /// minutes). Without effect where nothing is signed.
    ///
    /// The provider may repeat an earlier answer, so an answer can be older than the repetition that it
    /// answers, but not older than the first sending. An answer that was signed earlier than this, by
    /// the provider's clock, settles nothing. Set it to the greatest difference between the two clocks;
    /// at least one second if times in headers have no fractions.
    pub fn answer_skew(mut self, skew: Duration) -> Self {
        match &mut self.scheme {
            Scheme::Signature(signature) => signature.answer_skew = skew,
            Scheme::Credentials(authenticated) => authenticated.answer_skew = skew,
        }
        self
    }

    /// Returns by how much an answer was signed before the first sending of its request, if that is too
    /// much.
    pub(super) fn too_early(&self, answer: Answer<'_>, first: SystemTime) -> Option<Duration> {
        let most = match &self.scheme {
            Scheme::Signature(signature) => signature.answer_skew,
            Scheme::Credentials(authenticated) => authenticated.answer_skew,
        };
        let early = first.duration_since(answer.time()?).ok()?;
        (early > most).then_some(early)
    }

    /// Adds a header to every request, for example a token of the merchant. Its value is kept out of
    /// logs.
    ///
    /// # Errors
    ///
    /// When name or value do not fit into a header, the value violates a rule of the header, or the
    /// header is set by the envelope or by the transport.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, SignError> {
        let (is_own, headers) = match &self.scheme {
            Scheme::Signature(signature) => (signature.sets(name), signature.recipe.headers),
            Scheme::Credentials(authenticated) => {
                (authenticated.sets(name), authenticated.recipe.headers)
            }
        };
        let is_own = is_own || rules::is_transport_header(name);
        let is_wrong = is_own || !HeaderRule::allow(headers, name, value);
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

    /// Returns the parts of a request in HTTP. The target is the one that is sent and signed.
    fn parts(&self, endpoint: &Endpoint, request: &[u8]) -> Result<HttpParts, RequestError> {
        let schema = (endpoint.request)();
        let layout = RequestLayout::of(endpoint.method, endpoint.path, schema);
        let mut parts = layout.split(request)?;
        parts.target.insert_str(0, self.environment.prefix);
        Ok(parts)
    }

    /// Makes a request of these bytes, which are the JSON of the whole request, with a signature or credentials. If all
    /// its fields are in a JSON body, they are the body. A signature covers the body as it is sent, also that of a form.
    /// A method such as `GET` carries no body. A bearer token that an operation hands out is missing: the clients fetch it, and
    /// add it when they send.
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
        let HttpParts {
            target: uri,
            headers: fields,
            media_type,
            body,
        } = self.parts(endpoint, request)?;
        let headers = match &self.scheme {
            Scheme::Signature(signature) => signature.signed_headers(
                (signature.recipe.request, signature.recipe.request_time),
                (endpoint.method, &uri),
                &body,
                now,
            )?,
            Scheme::Credentials(authenticated) => {
                let message = Provable {
                    method: endpoint.method,
                    target: &uri,
                    body: &body,
                };
                authenticated.headers(endpoint.name, message, now)?
            }
        };
        self.assembled((endpoint.method, &uri), fields, headers, (media_type, body))
    }

    /// Makes the request for a token.
    pub(super) fn token_request(
        &self,
        source: &TokenSource,
        now: SystemTime,
    ) -> Result<Request<Vec<u8>>, SignError> {
        let target = [self.environment.prefix, source.target].concat();
        let body = source.body.as_bytes().to_vec();
        let headers = match &self.scheme {
            Scheme::Signature(_) => return Err(SignError::Setting("token")),
            Scheme::Credentials(authenticated) => {
                let message = Provable {
                    method: source.method,
                    target: &target,
                    body: &body,
                };
                authenticated.headers(source.operation, message, now)?
            }
        };
        self.assembled(
            (source.method, &target),
            source.headers.iter().copied(),
            headers,
            (source.media_type, body),
        )
    }

    /// Puts a request together: its fields in headers, and the headers that prove who sends it.
    fn assembled<F: AsRef<str>>(
        &self,
        (method, uri): (&str, &str),
        fields: impl IntoIterator<Item = (F, F)>,
        headers: HeaderMap,
        (media_type, body): (Option<MediaType>, Vec<u8>),
    ) -> Result<Request<Vec<u8>>, SignError> {
        let mut request = Request::new(body);
        *request.method_mut() =
            Method::from_bytes(method.as_bytes()).map_err(|_| SignError::Setting("method"))?;
        *request.uri_mut() = self.base.with(uri).ok_or(SignError::Setting("path"))?;
        *request.headers_mut() = self.headers.clone();
        for (name, value) in fields {
            let name = HeaderName::from_bytes(name.as_ref().as_bytes());
            let (Ok(name), Ok(mut value)) = (name, HeaderValue::from_str(value.as_ref())) else {
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

    /// Verifies an answer and returns its body. `request` is the JSON of the whole request: the
    /// signature of an answer can cover the target of its request.
    ///
    /// A signed answer is signed by the provider, an answer to this request of this client, recent, has the HTTP status
    /// 200 and a documented status. With [credentials](Self::with_credentials), an answer that its HTTP status decides is
    /// JSON, or has a status without a body, and its proof covers the body alone: the status is proved by TLS. Any other has the HTTP status 200 and a documented status.
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
        let claim = Claim::of(endpoint, response);
        let time = match self.signed_at((endpoint, request), response, now) {
            Ok(time) => time,
            Err(why) => return Err(AnswerError::not_verified(response, claim, why)),
        };
        let Claim::Status {
            class,
            status,
            code,
        } = &claim
        else {
            return Err(AnswerError::verified(endpoint, response, claim));
        };
        let is_documented = response.status() == StatusCode::OK && class.is_known();
        if !is_documented && !endpoint.is_by_http_status() {
            return Err(AnswerError::verified(endpoint, response, claim));
        }
        trace::verified(status, code.as_deref());
        let http_status = response.status().as_u16();
        let body = rules::json_of_answer(http_status, response.body());
        Ok(Answer::new(body, http_status, time))
    }

    /// Verifies the signature of an answer, if answers are signed, and returns its time.
    fn signed_at(
        &self,
        (endpoint, request): (&Endpoint, &[u8]),
        response: &Response<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Option<SystemTime>, Unverified> {
        if matches!(&self.scheme, Scheme::Credentials(authenticated) if !authenticated.proves_answers())
        {
            return Ok(None);
        }
        // A request that cannot be made was never sent.
        let parts = self.parts(endpoint, request);
        let uri = parts.map_err(|_| Unverified::WrongSignature)?.target;
        let (method, headers, body) = (endpoint.method, response.headers(), response.body());
        match &self.scheme {
            Scheme::Signature(signature) => {
                let message = Message {
                    method,
                    uri: &uri,
                    headers,
                    body,
                    time: signature.recipe.response_time.name,
                    parts: signature.recipe.response,
                };
                signature.verified_at(&message, now).map(Some)
            }
            Scheme::Credentials(authenticated) => {
                let message = Provable {
                    method,
                    target: &uri,
                    body,
                };
                authenticated.answered_at(message, headers, now)
            }
        }
    }
}

impl<S, V> Envelope<S, V> {
    /// Returns the tokens that the requests of an operation carry, if another one hands them out.
    pub(super) fn tokens_of(&self, operation: &str) -> Option<&Tokens> {
        match &self.scheme {
            Scheme::Signature(_) => None,
            Scheme::Credentials(authenticated) => authenticated.tokens_of(operation),
        }
    }

    pub(super) fn of(scheme: Scheme<S, V>, environment: &'static Environment, base: Base) -> Self {
        Self {
            environment,
            base,
            headers: HeaderMap::new(),
            scheme,
        }
    }
}

impl<S, V> fmt::Debug for Envelope<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Envelope");
        shown.field("base", &self.base);
        shown.field("environment", &self.environment.name);
        match &self.scheme {
            Scheme::Signature(signature) => shown.field("client_id", &signature.client_id),
            Scheme::Credentials(authenticated) => shown.field("headers", authenticated),
        };
        shown.finish_non_exhaustive()
    }
}
