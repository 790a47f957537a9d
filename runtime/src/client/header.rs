//! The header that carries a signature.

use super::recipe::SignatureKeys;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The value of the signature header.
///
/// ```
/// use payspec_runtime::client::{SignatureHeader, SignatureKeys};
///
/// let keys = SignatureKeys { algorithm: "algorithm", key_version: "keyVersion", signature: "signature" };
/// let header = SignatureHeader { algorithm: "RSA256", key_version: Some("1"), signature: vec![0xff, 0xef] };
/// let text = header.to_text(&keys);
/// assert_eq!(text, "algorithm=RSA256,keyVersion=1,signature=%2F%2B8%3D");
/// assert_eq!(SignatureHeader::parse(&text, &keys), Ok(header));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SignatureHeader<'a> {
    /// The algorithm.
    pub algorithm: &'a str,
    /// The version of the sender's key; the newest without it.
    pub key_version: Option<&'a str>,
    /// The bytes of the signature.
    pub signature: Vec<u8>,
}

impl<'a> SignatureHeader<'a> {
    /// Formats the header; the signature is percent-encoded base64.
    pub fn to_text(&self, keys: &SignatureKeys<'_>) -> String {
        let signature = STANDARD.encode(&self.signature);
        let signature = utf8_percent_encode(&signature, NON_ALPHANUMERIC);
        let mut text = format!("{}={},", keys.algorithm, self.algorithm);
        if let Some(version) = self.key_version {
            text += &format!("{}={version},", keys.key_version);
        }
        text + &format!("{}={signature}", keys.signature)
    }

    /// Parses the header. Pairs may come in any order with spaces around them, keys in any letter case;
    /// pairs with other keys are ignored.
    ///
    /// # Errors
    ///
    /// When a pair is missing or duplicate, or the signature is not percent-encoded base64. A bare `+`
    /// is rejected because it could be read in two ways.
    pub fn parse(text: &'a str, keys: &SignatureKeys<'_>) -> Result<Self, BadSignatureHeader> {
        let pair = |pair: SignaturePair| -> Result<Option<&'a str>, BadSignatureHeader> {
            let key = pair.key(keys);
            let mut found = text.split(',').filter_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let is_it = name.trim().eq_ignore_ascii_case(key);
                is_it.then(|| value.trim())
            });
            match (found.next(), found.next()) {
                (first, None) => Ok(first.filter(|value| !value.is_empty())),
                (_, Some(_)) => Err(BadSignatureHeader::Twice(pair)),
            }
        };
        let missing = BadSignatureHeader::Missing;
        let needed = |which| pair(which)?.ok_or(missing(which));
        let algorithm = needed(SignaturePair::Algorithm)?;
        let key_version = pair(SignaturePair::KeyVersion)?;
        let encoded = needed(SignaturePair::Signature)?;
        if encoded.contains(['+', '/', '=']) {
            return Err(BadSignatureHeader::NotPercentEncoded);
        }
        let decoded: Vec<u8> = percent_decode_str(encoded).collect();
        let signature = STANDARD.decode(decoded);
        Ok(Self {
            algorithm,
            key_version,
            signature: signature.map_err(|_| BadSignatureHeader::NotBase64)?,
        })
    }
}

impl fmt::Debug for SignatureHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureHeader")
            .field("algorithm", &self.algorithm)
            .field("key_version", &self.key_version)
            .field("signature", &format_args!("{} bytes", self.signature.len()))
            .finish()
    }
}

/// The pairs in the signature header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignaturePair {
    /// The algorithm.
    Algorithm,
    /// The version of the sender's key.
    KeyVersion,
    /// The signature.
    Signature,
}

impl SignaturePair {
    fn key<'a>(self, keys: &SignatureKeys<'a>) -> &'a str {
        match self {
            Self::Algorithm => keys.algorithm,
            Self::KeyVersion => keys.key_version,
            Self::Signature => keys.signature,
        }
    }
}

impl fmt::Display for SignaturePair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Algorithm => "algorithm",
            Self::KeyVersion => "key version",
            Self::Signature => "signature",
        })
    }
}

/// A text is not a valid signature header.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadSignatureHeader {
    /// This pair is missing or empty.
    Missing(SignaturePair),
    /// This pair occurs twice.
    Twice(SignaturePair),
    /// The signature is not percent-encoded.
    NotPercentEncoded,
    /// The signature is not base64.
    NotBase64,
}

impl fmt::Display for BadSignatureHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(pair) => write!(f, "the signature's header lacks the {pair}"),
            Self::Twice(pair) => write!(f, "the signature's header has the {pair} twice"),
            Self::NotPercentEncoded => f.write_str(
                "the signature is not percent-encoded: `+`, `/` and `=` are written `%2B`, `%2F`, `%3D`",
            ),
            Self::NotBase64 => f.write_str("the signature is not base64"),
        }
    }
}

impl core::error::Error for BadSignatureHeader {}
