//! Headers that prove who calls: bearer tokens, basic authentication, API keys.

use super::body_proof::{BodyProof, BodyProofKey};
use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials, Secret};
use super::encryption::{Encryption, EncryptionKey, NotOpened};
use super::proof::{MessageProof, Provable};
use super::proof_signer::ProofSigner;
use super::proof_verifier::ProofVerifier;
use super::recipe::{Environment, HeaderRule};
use super::sign_error::SignError;
use super::signature::ANSWER_SKEW;
use super::token::{TokenSource, Tokens};
use super::unverified::Unverified;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// The headers that prove who calls, the proofs of messages, and the environments of an API, as data. Generated.
///
/// ```
/// use payspec_runtime::client::{AuthHeader, AuthPart};
///
/// /// `bearer: secret_key`
/// const BEARER: AuthHeader = AuthHeader {
///     name: "Authorization",
///     parts: &[AuthPart::Text("Bearer "), AuthPart::Credential("secret_key")],
/// };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authentication {
    /// The environments. The first one is the default.
    pub environments: &'static [Environment],
    /// The media type of a JSON body, with its charset.
    pub content_type: &'static str,
    /// The headers that prove who calls.
    pub auth: &'static [AuthHeader<'static>],
    /// The operations with other headers.
    pub operations: &'static [OperationAuth],
    /// The operation that hands out bearer tokens, if one does.
    pub token: Option<TokenSource>,
    /// The rules for the values of the other request headers.
    pub headers: &'static [HeaderRule],
    /// The proof of requests, if they are signed.
    pub request: Option<MessageProof<'static>>,
    /// The proof of answers; [`None`] if nothing but TLS proves them.
    pub response: Option<MessageProof<'static>>,
    /// The proof of notifications by their headers. Without it and [`body_proof`](Self::body_proof), they are not received.
    pub notification: Option<MessageProof<'static>>,
    /// The proof of notifications inside of their bodies.
    pub body_proof: Option<BodyProof<'static>>,
    /// The encryption of objects in notifications.
    pub encryption: Option<Encryption<'static>>,
}

/// The headers that prove who calls one operation, in place of those of its API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationAuth {
    /// The name of the operation.
    pub operation: &'static str,
    /// The headers.
    pub auth: &'static [AuthHeader<'static>],
}

/// A header made of texts and credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthHeader<'a> {
    /// The name.
    pub name: &'a str,
    /// The parts of its value, in order.
    pub parts: &'a [AuthPart<'a>],
}

/// A part of the value of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthPart<'a> {
    /// This text.
    Text(&'a str),
    /// The credential with this name.
    Credential(&'a str),
    /// `user:password` of two credentials, in base64 (RFC 7617).
    Basic {
        /// The name of the credential before the colon.
        user: &'a str,
        /// The name of the credential behind it.
        password: &'a str,
    },
}

impl Authentication {
    /// Returns the environment with this name.
    pub(super) fn environment(&self, name: &str) -> Option<&'static Environment> {
        self.environments.iter().find(|one| one.name == name)
    }
}

impl AuthHeader<'_> {
    /// Returns the value of the header.
    ///
    /// # Errors
    ///
    /// When a credential is missing or cannot be sent in it.
    pub fn value(&self, credentials: &impl Credentials) -> Result<Secret, BadCredential> {
        // A text that grows leaves a copy behind that is not wiped.
        let lengths = self.parts.iter().map(|part| part.longest(credentials));
        let mut value = Zeroizing::new(String::with_capacity(lengths.sum()));
        for part in self.parts {
            match *part {
                AuthPart::Text(text) => value.push_str(text),
                AuthPart::Credential(name) => {
                    let is_visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
                    value.push_str(found(credentials, name, is_visible)?);
                }
                AuthPart::Basic { user, password } => {
                    let has_no_control = |text: &str| !text.chars().any(char::is_control);
                    let name = found(credentials, user, has_no_control)?;
                    if name.contains(':') {
                        return Err(BadCredential::new(user, CredentialProblem::Colon));
                    }
                    let password = found(credentials, password, has_no_control)?;
                    let pair = Zeroizing::new([name, ":", password].concat());
                    STANDARD.encode_string(pair.as_bytes(), &mut value);
                }
            }
        }
        Ok(Secret::new(std::mem::take(&mut *value)))
    }
}

impl AuthPart<'_> {
    /// Returns a length that its text does not exceed, in bytes.
    fn longest(&self, credentials: &impl Credentials) -> usize {
        let length = |name: &str| {
            let value = credentials.credential(name);
            value.and_then(CredentialValue::text).map_or(0, str::len)
        };
        match *self {
            Self::Text(text) => text.len(),
            Self::Credential(name) => length(name),
            Self::Basic { user, password } => {
                let pair = length(user)
                    .saturating_add(length(password))
                    .saturating_add(1);
                base64::encoded_len(pair, true).unwrap_or(0)
            }
        }
    }
}

/// Returns the value of a credential that fits.
fn found<'c>(
    credentials: &'c impl Credentials,
    name: &str,
    fits: impl Fn(&str) -> bool,
) -> Result<&'c str, BadCredential> {
    let wrong = |problem| BadCredential::new(name, problem);
    let value = credentials.credential(name);
    let value = value.ok_or_else(|| wrong(CredentialProblem::Missing))?;
    match value.text() {
        None => Err(wrong(CredentialProblem::OtherKind)),
        Some("") => Err(wrong(CredentialProblem::Empty)),
        Some(text) if !fits(text) => Err(wrong(CredentialProblem::Character)),
        Some(text) => Ok(text),
    }
}

/// The names and values of headers.
type Headers = Arc<[(&'static str, Secret)]>;

/// The headers with which one client proves who it is.
#[derive(Clone)]
pub(super) struct Authenticated {
    pub(super) recipe: &'static Authentication,
    headers: Headers,
    /// The headers of the operations that have other ones.
    operations: Arc<[(&'static str, Headers)]>,
    /// The tokens that an operation hands out.
    pub(super) tokens: Option<Arc<Tokens>>,
    /// The greatest time by which the signature of an answer may be older than the first sending of its request.
    pub(super) answer_skew: Duration,
    request: Option<Arc<ProofSigner<'static>>>,
    response: Option<Arc<ProofVerifier<'static>>>,
    pub(super) notification: Option<Arc<ProofVerifier<'static>>>,
    pub(super) body_proof: Option<BodyProofKey<'static>>,
    encryption: Option<EncryptionKey<'static>>,
}

impl Authenticated {
    pub(super) fn new(
        recipe: &'static Authentication,
        credentials: &impl Credentials,
    ) -> Result<Self, BadCredential> {
        let headers = |auth: &[AuthHeader<'static>]| -> Result<Headers, BadCredential> {
            let headers = auth.iter();
            let headers = headers.map(|header| Ok((header.name, header.value(credentials)?)));
            headers.collect()
        };
        let operations = recipe.operations.iter();
        let operations = operations.map(|own| Ok((own.operation, headers(own.auth)?)));
        let signer = |proof| ProofSigner::new(proof, credentials).map(Arc::new);
        let verifier = |proof| ProofVerifier::new(proof, credentials).map(Arc::new);
        Ok(Self {
            recipe,
            headers: headers(recipe.auth)?,
            operations: operations.collect::<Result<_, BadCredential>>()?,
            tokens: recipe.token.map(|source| Arc::new(Tokens::new(source))),
            answer_skew: ANSWER_SKEW,
            request: recipe.request.map(signer).transpose()?,
            response: recipe.response.map(verifier).transpose()?,
            notification: recipe.notification.map(verifier).transpose()?,
            body_proof: match recipe.body_proof {
                Some(proof) => BodyProofKey::new(proof, credentials)?,
                None => None,
            },
            encryption: match recipe.encryption {
                Some(encryption) => EncryptionKey::new(encryption, credentials)?,
                None => None,
            },
        })
    }

    /// Opens the encrypted object in this field of a notification.
    pub(super) fn open(&self, field: &str, body: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let key = self.encryption.as_ref().ok_or(NotOpened::NoKey)?;
        key.open(field, body)
    }

    /// Returns whether a header of a request is one of these.
    pub(super) fn sets(&self, name: &str) -> bool {
        let own = self
            .operations
            .iter()
            .flat_map(|(_, headers)| headers.iter());
        let mut headers = self.headers.iter().chain(own);
        let signer = self.request.as_ref();
        let has_token = self.tokens.is_some() && name.eq_ignore_ascii_case(AUTHORIZATION.as_str());
        has_token
            || headers.any(|(own, _)| own.eq_ignore_ascii_case(name))
            || signer.is_some_and(|signer| signer.sets(name))
    }

    /// Returns whether answers carry a proof.
    pub(super) fn proves_answers(&self) -> bool {
        self.response.is_some()
    }

    /// Verifies that an answer is the provider's, if answers are signed. Returns its time.
    pub(super) fn answered_at(
        &self,
        message: Provable<'_>,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<Option<SystemTime>, Unverified> {
        match &self.response {
            None => Ok(None),
            Some(verifier) if verifier.is_unsigned(headers) => Err(Unverified::Unsigned),
            Some(verifier) => Ok(verifier.verify(message, headers, now)?),
        }
    }

    /// Returns the headers of an operation, if it has other ones than its API.
    pub(super) fn own_headers(&self, operation: &str) -> Option<&[(&'static str, Secret)]> {
        let mut operations = self.operations.iter();
        let (_, headers) = operations.find(|(name, _)| *name == operation)?;
        Some(headers)
    }

    /// Returns the tokens that the requests of an operation carry, if another one hands them out.
    pub(super) fn tokens_of(&self, operation: &str) -> Option<&Tokens> {
        let tokens = self.tokens.as_deref();
        tokens.filter(|_| self.own_headers(operation).is_none())
    }

    /// Returns the headers that prove who calls an operation, and that of the media type of a body. A token that an operation
    /// hands out is not among them: the clients add it when they send.
    pub(super) fn headers(
        &self,
        operation: &str,
        message: Provable<'_>,
        now: SystemTime,
    ) -> Result<HeaderMap, SignError> {
        let mut headers = match &self.request {
            Some(signer) => signer.headers(message, now)?,
            None => HeaderMap::new(),
        };
        let content_type = HeaderValue::from_str(self.recipe.content_type);
        let content_type = content_type.map_err(|_| SignError::Setting("content type"))?;
        headers.insert(CONTENT_TYPE, content_type);
        for (name, value) in self.own_headers(operation).unwrap_or(&self.headers) {
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = HeaderValue::from_str(value.expose());
            let (Ok(name), Ok(mut value)) = (name, value) else {
                return Err(SignError::Setting("header"));
            };
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

impl fmt::Debug for Authenticated {
    /// Shows the names of the headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.headers.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}
