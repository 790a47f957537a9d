//! The signatures of messages: those that are made, and those that must be there.

use super::coding::ContentCoding;
use super::header::SignatureHeader;
use super::key::{Signer, UnknownKeyVersion, Verifier};
use super::recipe::{Environment, Part, Recipe, Signed, Stamp, StampForm};
use super::sign_error::SignError;
use super::unverified::Unverified;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The greatest accepted difference between the clocks of the two sides.
const SKEW: Duration = Duration::from_secs(15 * 60);
/// The longest time by which an answer's signature may precede the first sending of its request.
pub(super) const ANSWER_SKEW: Duration = Duration::from_secs(5 * 60);

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

/// Signs the requests of one client, and verifies what the provider sends to it.
pub(super) struct Signature<S, V> {
    pub(super) recipe: &'static Recipe,
    pub(super) client_id: String,
    pub(super) key_version: Option<String>,
    pub(super) skew: Duration,
    pub(super) answer_skew: Duration,
    signer: Arc<S>,
    verifier: Arc<V>,
}

impl<S, V> Clone for Signature<S, V> {
    fn clone(&self) -> Self {
        Self {
            recipe: self.recipe,
            client_id: self.client_id.clone(),
            key_version: self.key_version.clone(),
            skew: self.skew,
            answer_skew: self.answer_skew,
            signer: Arc::clone(&self.signer),
            verifier: Arc::clone(&self.verifier),
        }
    }
}

impl<S: Signer, V: Verifier> Signature<S, V> {
    /// Makes the signatures of one client, and returns the environment that the client belongs to.
    pub(super) fn new(
        recipe: &'static Recipe,
        client_id: &str,
        signer: S,
        verifier: V,
    ) -> Result<(Self, &'static Environment), SignError> {
        let is_token =
            !client_id.is_empty() && client_id.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token || !recipe.allows(recipe.client_id, client_id) {
            return Err(SignError::Setting("client id"));
        }
        let environment = recipe.environment_of(client_id);
        let environment = environment.ok_or(SignError::Setting("environment"))?;
        let signature = Self {
            recipe,
            client_id: client_id.to_owned(),
            key_version: Some("1".to_owned()),
            skew: SKEW,
            answer_skew: ANSWER_SKEW,
            signer: Arc::new(signer),
            verifier: Arc::new(verifier),
        };
        Ok((signature, environment))
    }

    /// Sets the version of the signing key.
    pub(super) fn set_key_version(&mut self, version: Option<&str>) -> Result<(), SignError> {
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
        Ok(())
    }

    /// Returns whether a header of a request is one that the signature sets.
    pub(super) fn sets(&self, name: &str) -> bool {
        let Recipe {
            client_id,
            request_time,
            signature,
            ..
        } = self.recipe;
        let mut own = [*client_id, request_time.name, *signature].into_iter();
        own.any(|own| own.eq_ignore_ascii_case(name))
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
