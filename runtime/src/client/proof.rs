//! Proofs of messages: a signature over parts of a message, by a shared secret or by RSA keys.

use super::credential::{BadCredential, CredentialProblem, CredentialValue, Credentials};
use super::proof_place::ProofPlace;
use super::recipe::Part;
use crate::{DateTime, ProofAlgorithm, TextEncoding, TimeForm};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// The rules for proving a request, its answer or a notification with a signature in headers, as data. Generated.
///
/// ```
/// use payspec_runtime::client::{MessageProof, Part, ProofList, ProofPlace, ProofTime};
/// use payspec_runtime::{ProofAlgorithm, TextEncoding, TimeForm};
///
/// const fn of_list(param: &'static str) -> ProofPlace<'static> {
///     let list = ProofList { param, scheme: None, quoted: false, ignore_case: false };
///     ProofPlace { header: "Stripe-Signature", list: Some(list), prefix: "" }
/// }
///
/// /// `Stripe-Signature: t=TIME,v1=SIGNATURE`
/// const STRIPE: MessageProof<'static> = MessageProof {
///     algorithm: ProofAlgorithm::HmacSha256,
///     key: "webhook_secret",
///     key_encoding: None,
///     key_bits: None,
///     content: &[Part::Time, Part::Text("."), Part::Body],
///     encoding: TextEncoding::Hex,
///     percent_encoded: false,
///     signature: of_list("v1"),
///     time: Some(ProofTime { place: of_list("t"), form: TimeForm::EpochSeconds, accepts: &[], tolerance_s: Some(300) }),
///     nonce: None,
///     key_id: None,
///     credentials: &[],
///     fixed: &[],
/// };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageProof<'a> {
    /// The algorithm.
    pub algorithm: ProofAlgorithm,
    /// The name of the credential that is the key.
    pub key: &'a str,
    /// The encoding in which the provider hands a secret out; [`None`] if the bytes of its text are the key.
    pub key_encoding: Option<TextEncoding>,
    /// The size that RSA keys must have, in bits.
    pub key_bits: Option<u32>,
    /// The signed content. It has the body or its CRC-32, and time and nonce if there are.
    pub content: &'a [Part<'a>],
    /// The encoding of the signature.
    pub encoding: TextEncoding,
    /// True if the encoded signature is percent-encoded, too.
    pub percent_encoded: bool,
    /// The place of the signature.
    pub signature: ProofPlace<'a>,
    /// The time of a message. Without it, an old message can be sent again by whoever has seen it.
    pub time: Option<ProofTime<'a>>,
    /// The nonce of a message.
    pub nonce: Option<ProofNonce<'a>>,
    /// The id of the key.
    pub key_id: Option<ProofKeyId<'a>>,
    /// The credentials that travel beside the signature: the name and the place of each.
    pub credentials: &'a [(&'a str, ProofPlace<'a>)],
    /// The values that are the same in each message, such as the name of the algorithm: the value and the place of each.
    pub fixed: &'a [(&'a str, ProofPlace<'a>)],
}

/// The time of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofTime<'a> {
    /// The place.
    pub place: ProofPlace<'a>,
    /// The form.
    pub form: TimeForm,
    /// Other forms that are read.
    pub accepts: &'a [TimeForm],
    /// The greatest accepted distance from the local time, in the past and in the future, in seconds.
    pub tolerance_s: Option<u32>,
}

/// The id of the key of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofKeyId<'a> {
    /// The place.
    pub place: ProofPlace<'a>,
    /// True if a message may have none. Then the only key of its sender made the signature.
    pub optional: bool,
}

/// The nonce of a message: a text that no other message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofNonce<'a> {
    /// The place.
    pub place: ProofPlace<'a>,
    /// The number of characters of an own one.
    pub length: u32,
}

/// The parts of a message that a proof covers.
#[derive(Debug, Clone, Copy)]
pub struct Provable<'a> {
    /// The HTTP method; for a response, that of its request.
    pub method: &'a str,
    /// Path and query; for a response, those of its request.
    pub target: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// The texts that a message has for its proof alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProofTexts<'a> {
    /// The identifiers that are signed: the name and the value of each.
    pub(super) credentials: &'a [(&'a str, String)],
    pub(super) time: &'a str,
    pub(super) nonce: &'a str,
    pub(super) key_id: &'a str,
}

impl Provable<'_> {
    /// Returns the bytes to sign.
    pub(super) fn content(&self, parts: &[Part<'_>], texts: ProofTexts<'_>) -> Vec<u8> {
        let mut content = Vec::with_capacity(self.body.len() + 256);
        let crc32 = match parts.contains(&Part::BodyCrc32) {
            true => crc32fast::hash(self.body).to_string(),
            false => String::new(),
        };
        for part in parts {
            content.extend_from_slice(match part {
                Part::Text(text) => text.as_bytes(),
                Part::Method => self.method.as_bytes(),
                Part::Uri => self.target.as_bytes(),
                // An API with proofs has no header for it: see `Recipe`.
                Part::ClientId => b"",
                Part::Time => texts.time.as_bytes(),
                Part::Credential(name) => texts.credential(name).as_bytes(),
                Part::Nonce => texts.nonce.as_bytes(),
                Part::KeyId => texts.key_id.as_bytes(),
                Part::Body => self.body,
                Part::BodyCrc32 => crc32.as_bytes(),
            });
        }
        content
    }
}

impl ProofTexts<'_> {
    fn credential(&self, name: &str) -> &str {
        let mut credentials = self.credentials.iter();
        let found = credentials.find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl<'a> MessageProof<'a> {
    /// Returns the names of the credentials in the signed content.
    pub(super) fn signed_credentials(&self) -> impl Iterator<Item = &'a str> {
        self.content.iter().filter_map(|part| match *part {
            Part::Credential(name) => Some(name),
            Part::Text(_)
            | Part::Method
            | Part::Uri
            | Part::ClientId
            | Part::Time
            | Part::Nonce
            | Part::KeyId
            | Part::Body
            | Part::BodyCrc32 => None,
        })
    }

    /// Returns the values of the credentials in the signed content.
    pub(super) fn signed_values(
        &self,
        credentials: &impl Credentials,
    ) -> Result<Vec<(&'a str, String)>, BadCredential> {
        let value = |name: &'a str| {
            let wrong = |problem| BadCredential::new(name, problem);
            match credentials.credential(name) {
                Some(CredentialValue::Id("")) => Err(wrong(CredentialProblem::Empty)),
                Some(CredentialValue::Id(text)) => Ok((name, text.to_owned())),
                // What is signed may be shown, so it is no secret.
                Some(
                    CredentialValue::Secret(_)
                    | CredentialValue::PrivateKey(_)
                    | CredentialValue::PublicKeys(_),
                ) => Err(wrong(CredentialProblem::OtherKind)),
                None => Err(wrong(CredentialProblem::Missing)),
            }
        };
        self.signed_credentials().map(value).collect()
    }

    /// Encodes a signature as its header has it.
    pub(super) fn encode(&self, signature: &[u8]) -> String {
        let text = encoded(self.encoding, signature);
        match self.percent_encoded {
            true => utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string(),
            false => text,
        }
    }

    /// Decodes a signature of a header. A bare `+`, `/` or `=` is refused where the text is percent-encoded, because it could
    /// be read in two ways.
    pub(super) fn decode(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, Undecoded> {
        let wrong = Undecoded::Encoding(self.encoding);
        if !self.percent_encoded {
            return decoded(self.encoding, text).ok_or(wrong);
        }
        if text.contains(['+', '/', '=']) {
            return Err(Undecoded::NotPercentEncoded);
        }
        let text: Vec<u8> = percent_decode_str(text).collect();
        let text = std::str::from_utf8(&text).map_err(|_| wrong)?;
        decoded(self.encoding, text).ok_or(wrong)
    }
}

impl ProofTime<'_> {
    /// Reads a time in one of the accepted forms.
    pub(super) fn read(&self, text: &str) -> Option<SystemTime> {
        let mut forms = std::iter::once(&self.form).chain(self.accepts);
        forms.find_map(|form| read(*form, text))
    }
}

/// A signature is not in its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecoded {
    NotPercentEncoded,
    Encoding(TextEncoding),
}

/// Reads a time in this form alone.
pub(super) fn read(form: TimeForm, text: &str) -> Option<SystemTime> {
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
pub(super) fn decoded(encoding: TextEncoding, text: &str) -> Option<Zeroizing<Vec<u8>>> {
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

/// Encodes bytes.
pub(super) fn encoded(encoding: TextEncoding, bytes: &[u8]) -> String {
    match encoding {
        TextEncoding::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        TextEncoding::Base64 => STANDARD.encode(bytes),
    }
}

/// Writes a time in this form; [`None`] for a time before 1970 or after the year 9999.
pub(super) fn written(form: TimeForm, time: SystemTime) -> Option<String> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    let text = DateTime::try_from(time).ok()?;
    Some(match form {
        TimeForm::EpochSeconds => since.as_secs().to_string(),
        TimeForm::EpochMillis => since.as_millis().to_string(),
        TimeForm::Iso8601 => text.to_string(),
    })
}

/// Returns the key of an HMAC.
pub(super) fn mac_key(
    (name, encoding): (&str, Option<TextEncoding>),
    algorithm: hmac::Algorithm,
    secret: &str,
) -> Result<Box<hmac::Key>, BadCredential> {
    let wrong = |problem| BadCredential::new(name, problem);
    let bytes = match encoding {
        Some(encoding) => {
            decoded(encoding, secret).ok_or_else(|| wrong(CredentialProblem::Encoding))?
        }
        None => Zeroizing::new(secret.as_bytes().to_vec()),
    };
    match bytes.is_empty() {
        true => Err(wrong(CredentialProblem::Empty)),
        false => Ok(Box::new(hmac::Key::new(algorithm, &bytes))),
    }
}

/// The algorithm of a shared secret; [`None`] for keys in pairs.
pub(super) fn mac(algorithm: ProofAlgorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        ProofAlgorithm::HmacSha256 => Some(hmac::HMAC_SHA256),
        ProofAlgorithm::HmacSha512 => Some(hmac::HMAC_SHA512),
        ProofAlgorithm::RsaPkcs1V15Sha256 => None,
    }
}

/// Returns whether an RSA key has the size that the description states.
pub(super) fn has_bits(recipe: &MessageProof<'_>, bits: Option<u32>) -> Result<(), BadCredential> {
    match (recipe.key_bits, bits) {
        (Some(expected), Some(bits)) if expected != bits => {
            let problem = CredentialProblem::KeyBits { expected, bits };
            Err(BadCredential::new(recipe.key, problem))
        }
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
