//! Notifications that a shared secret proves: an HMAC over time and body.

use super::answer::Unverified;
use super::coding::ContentCoding;
use super::credential::{BadCredential, CredentialProblem, Credentials};
use super::recipe::{Part, Signed};
use crate::{DateTime, MacAlgorithm, TextEncoding, TimeForm};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use http::HeaderMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// The greatest length of a header that is read, in bytes: many times what a list of signatures needs.
const LONGEST: usize = 4096;

/// The rules for proving notifications with a shared secret, as data. Generated.
///
/// ```
/// use payspec_runtime::client::{Hmac, Part, ProofPlace, ProofTime};
/// use payspec_runtime::{MacAlgorithm, TextEncoding, TimeForm};
///
/// /// `Stripe-Signature: t=TIME,v1=SIGNATURE`
/// const STRIPE: Hmac<'static> = Hmac {
///     algorithm: MacAlgorithm::HmacSha256,
///     key: "webhook_secret",
///     key_encoding: None,
///     content: &[Part::Time, Part::Text("."), Part::Body],
///     encoding: TextEncoding::Hex,
///     signature: ProofPlace { header: "Stripe-Signature", param: Some("v1"), prefix: "" },
///     time: Some(ProofTime {
///         place: ProofPlace { header: "Stripe-Signature", param: Some("t"), prefix: "" },
///         form: TimeForm::EpochSeconds,
///         tolerance_s: 300,
///     }),
/// };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hmac<'a> {
    /// The algorithm.
    pub algorithm: MacAlgorithm,
    /// The name of the credential that is the secret.
    pub key: &'a str,
    /// The encoding in which the provider hands the secret out; [`None`] if the bytes of its text are the key.
    pub key_encoding: Option<TextEncoding>,
    /// The signed content. It has the body, and the time if there is one.
    pub content: &'a [Part<'a>],
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// The place of the signature.
    pub signature: ProofPlace<'a>,
    /// The time of a notification. Without it, an old notification can be sent again by whoever has seen it.
    pub time: Option<ProofTime<'a>>,
}

/// The place of a part of a proof in the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofPlace<'a> {
    /// The name of the header.
    pub header: &'a str,
    /// The key, if the header is a list `key=value,key=value`.
    pub param: Option<&'a str>,
    /// The text before it.
    pub prefix: &'a str,
}

/// The time of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofTime<'a> {
    /// The place.
    pub place: ProofPlace<'a>,
    /// The form.
    pub form: TimeForm,
    /// The greatest accepted distance from the local time, in the past and in the future, in seconds.
    pub tolerance_s: u32,
}

impl ProofPlace<'static> {
    /// Returns the texts at this place, at least one.
    fn texts<'h>(&self, headers: &'h HeaderMap) -> Result<Vec<&'h str>, Unverified> {
        let mut values = headers.get_all(self.header).iter();
        let value = match (values.next(), values.next()) {
            (None, _) => return Err(Unverified::Missing(self.header)),
            (Some(value), None) => value,
            (Some(_), Some(_)) => return Err(Unverified::Twice(self.header)),
        };
        if value.len() > LONGEST {
            return Err(Unverified::TooLong(self.header));
        }
        let value = value
            .to_str()
            .map_err(|_| Unverified::NotText(self.header))?;
        let behind = |text: &'h str| text.strip_prefix(self.prefix).filter(|it| !it.is_empty());
        let Some(param) = self.param else {
            let text = behind(value.trim()).ok_or(Unverified::Missing(self.header))?;
            return Ok(vec![text]);
        };
        let texts = value.split(',').filter_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let is_it = key.trim() == param;
            is_it.then(|| behind(value.trim())).flatten()
        });
        let texts: Vec<&str> = texts.collect();
        match texts.is_empty() {
            true => Err(Unverified::NoParam(param)),
            false => Ok(texts),
        }
    }
}

impl ProofTime<'static> {
    fn text<'h>(&self, headers: &'h HeaderMap) -> Result<&'h str, Unverified> {
        match (self.place.texts(headers)?.as_slice(), self.place.param) {
            ([text], _) => Ok(text),
            (_, Some(param)) => Err(Unverified::ParamTwice(param)),
            (_, None) => Err(Unverified::Twice(self.place.header)),
        }
    }
}

/// Reads a time in this form alone.
fn read(form: TimeForm, text: &str) -> Option<SystemTime> {
    let number = || {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    match form {
        TimeForm::EpochSeconds => UNIX_EPOCH.checked_add(Duration::from_secs(number()?)),
        TimeForm::EpochMillis => UNIX_EPOCH.checked_add(Duration::from_millis(number()?)),
        TimeForm::Iso8601 => text.parse::<DateTime>().ok()?.try_into().ok(),
    }
}

/// Decodes a text; [`None`] if it is not in this encoding. What was read is wiped when it is dropped.
fn decoded(encoding: TextEncoding, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    match encoding {
        TextEncoding::Hex => {
            for pair in text.as_bytes().chunks(2) {
                let [high, low] = pair else { return None };
                bytes.push(digit(*high)? << 4 | digit(*low)?);
            }
        }
        TextEncoding::Base64 => STANDARD.decode_vec(text, &mut bytes).ok()?,
    }
    Some(bytes)
}

/// Returns the value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Verifies notifications with the secret of one client.
#[derive(Clone)]
pub(super) struct HmacVerifier {
    recipe: Hmac<'static>,
    /// [`None`] if the client has none, and receives nothing.
    key: Option<hmac::Key>,
}

impl HmacVerifier {
    /// Takes the secret, if there is one.
    pub(super) fn new(
        recipe: Hmac<'static>,
        credentials: &impl Credentials,
    ) -> Result<Self, BadCredential> {
        let name = recipe.key;
        let secret = credentials.credential(name);
        let key = secret.map(|secret| {
            let text = secret.expose();
            let bytes = match recipe.key_encoding {
                Some(encoding) => decoded(encoding, text)
                    .ok_or_else(|| BadCredential::new(name, CredentialProblem::Encoding))?,
                None => Zeroizing::new(text.as_bytes().to_vec()),
            };
            if bytes.is_empty() {
                return Err(BadCredential::new(name, CredentialProblem::Empty));
            }
            let algorithm = match recipe.algorithm {
                MacAlgorithm::HmacSha256 => hmac::HMAC_SHA256,
                MacAlgorithm::HmacSha512 => hmac::HMAC_SHA512,
            };
            Ok(hmac::Key::new(algorithm, &bytes))
        });
        Ok(Self {
            recipe,
            key: key.transpose()?,
        })
    }

    /// Verifies that a notification is the provider's and recent.
    pub(super) fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), Unverified> {
        let recipe = &self.recipe;
        let key = self.key.as_ref().ok_or(Unverified::NoKey(recipe.key))?;
        let signatures = recipe.signature.texts(headers)?;
        let time = match recipe.time {
            Some(time) => Some((time, time.text(headers)?)),
            None => None,
        };
        let signed = Signed {
            method: "",
            uri: "",
            client_id: "",
            time: time.map_or("", |(_, text)| text),
            body,
        };
        let own = hmac::sign(key, &signed.content(recipe.content));
        // Every one is compared, in constant time: the provider sends several while a secret is replaced.
        let matches = signatures.iter().filter(|text| {
            let signature = decoded(recipe.encoding, text);
            signature.is_some_and(|bytes| verify_slices_are_equal(own.as_ref(), &bytes).is_ok())
        });
        if matches.count() == 0 {
            return Err(match ContentCoding::of(headers, body) {
                Some(coding) => Unverified::Encoded(coding),
                None => Unverified::WrongSignature,
            });
        }
        let Some((time, text)) = time else {
            return Ok(());
        };
        let sent = read(time.form, text).ok_or(Unverified::NoTime)?;
        let apart = now
            .duration_since(sent)
            .unwrap_or_else(|ahead| ahead.duration());
        match apart <= Duration::from_secs(time.tolerance_s.into()) {
            true => Ok(()),
            false => Err(Unverified::Clock { apart }),
        }
    }
}

impl fmt::Debug for HmacVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacVerifier")
            .field("recipe", &self.recipe)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
