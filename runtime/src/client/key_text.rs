//! Reads RSA keys from texts and bytes.

use super::key_error::{KeyError, KeyFormat};
use super::key_shape;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::der::Decode as _;
use pkcs8::spki::SubjectPublicKeyInfoRef;
use pkcs8::{ObjectIdentifier, PrivateKeyInfoRef};
use zeroize::Zeroizing;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Base64 whose padding may have been lost on the way.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An RSA key, as PKCS#1 bytes.
enum Rsa {
    Private(Zeroizing<Vec<u8>>),
    Public(Vec<u8>),
}

/// Reads the private key in these bytes, as PKCS#1. Certificates and public keys beside it are ignored.
pub(super) fn private(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut keys = Vec::new();
    let mut other = None;
    for found in all(bytes) {
        match found {
            Ok(Rsa::Private(key)) if keys.contains(&key) => {}
            Ok(Rsa::Private(key)) => keys.push(key),
            Ok(Rsa::Public(_)) => other = other.or(Some(KeyError::PublicForPrivate)),
            Err(KeyError::OtherFormat(KeyFormat::OpenSshPublic | KeyFormat::Ssh2Public)) => {
                other = other.or(Some(KeyError::PublicForPrivate));
            }
            Err(error) => other = Some(worse(other, error)),
        }
    }
    match (keys.pop(), keys.is_empty()) {
        (Some(key), true) => Ok(key),
        (Some(_), false) => Err(KeyError::Several),
        (None, _) => Err(other.unwrap_or(KeyError::Empty)),
    }
}

/// Reads the public key in these bytes, as PKCS#1. A private key anywhere is refused.
pub(super) fn public(bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
    let mut keys = Vec::new();
    let mut other = None;
    for found in all(bytes) {
        match found {
            Ok(Rsa::Private(_)) | Err(KeyError::OtherFormat(KeyFormat::OpenSshPrivate)) => {
                return Err(KeyError::PrivateForPublic);
            }
            Ok(Rsa::Public(key)) if keys.contains(&key) => {}
            Ok(Rsa::Public(key)) => keys.push(key),
            Err(error) => other = Some(worse(other, error)),
        }
    }
    match (keys.pop(), keys.is_empty()) {
        (Some(key), true) => Ok(key),
        (Some(_), false) => Err(KeyError::Several),
        (None, _) => Err(other.unwrap_or(KeyError::Empty)),
    }
}

/// Returns the more helpful of two errors: a locked key is reported before a certificate beside it.
fn worse(before: Option<KeyError>, now: KeyError) -> KeyError {
    match before {
        None | Some(KeyError::Certificate | KeyError::PublicForPrivate) => now,
        Some(before) => before,
    }
}

/// Reads all keys in these bytes, each with its error.
fn all(bytes: &[u8]) -> Vec<Result<Rsa, KeyError>> {
    if let Some(error) = key_shape::of_magic(bytes) {
        return vec![Err(error)];
    }
    if key_shape::is_der(bytes) {
        return vec![of_der(bytes)];
    }
    let text = text(bytes);
    let text = text.trim_matches(is_wrapping);
    if text.is_empty() {
        return vec![Err(KeyError::Empty)];
    }
    if let Some(error) = key_shape::of_text(text) {
        return vec![Err(error)];
    }
    let blocks = text.split("-----BEGIN ").skip(1);
    let blocks: Vec<_> = blocks.map(of_block).collect();
    match blocks.is_empty() {
        true => vec![bare(text).and_then(|der| of_der(&der))],
        false => blocks,
    }
}

/// Returns whether a character may surround a key: blanks, byte order marks, the quotation marks of a
/// settings file.
fn is_wrapping(c: char) -> bool {
    is_blank(c) || matches!(c, '"' | '\'')
}

/// Returns whether a character has no meaning: blanks, invisible marks, and remains of an unknown
/// encoding.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\0' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffd}'
        )
}

/// Decodes a file: UTF-8, or UTF-16 with or without a byte order mark.
fn text(bytes: &[u8]) -> Zeroizing<String> {
    let units = |read: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2);
        let units = pairs.filter_map(|pair| Some(read(pair.try_into().ok()?)));
        // A buffer of its final size: a growing one leaves copies behind that are not wiped.
        let mut text = String::with_capacity(bytes.len().saturating_mul(2));
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')));
        text
    };
    Zeroizing::new(match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => units(u16::from_le_bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => units(u16::from_be_bytes),
        _ => match core::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        },
    })
}

/// Reads the key between one `BEGIN` and its `END`.
fn of_block(block: &str) -> Result<Rsa, KeyError> {
    let (label, rest) = block.split_once("-----").ok_or(KeyError::Damaged)?;
    if let Some(refused) = key_shape::of_label(label) {
        return Err(refused);
    }
    let (body, _) = rest.split_once("-----END ").ok_or(KeyError::Damaged)?;
    if body.contains("ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    of_der(&bare(body)?)
}

/// Decodes a base64 text, in which line ends may be written as `\n`.
fn bare(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut dense = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let _ = chars.next_if(|next| matches!(next, 'n' | 'r' | 't'));
            }
            c if is_blank(c) => {}
            c => dense.push(c),
        }
    }
    let der = BASE64.decode(dense.as_bytes());
    der.map(Zeroizing::new).map_err(|_| KeyError::NotBase64)
}

/// Reads the key in these bytes by their structure, because the label of a PEM block is often wrong.
fn of_der(der: &[u8]) -> Result<Rsa, KeyError> {
    if let Some(error) = key_shape::of_magic(der) {
        return Err(error);
    }
    if let Ok(info) = PrivateKeyInfoRef::from_der(der) {
        let key = Zeroizing::new(info.private_key.as_bytes().to_vec());
        return match info.algorithm.oid == RSA {
            true => Ok(Rsa::Private(key)),
            false => Err(KeyError::NotRsa),
        };
    }
    if let Ok(info) = SubjectPublicKeyInfoRef::from_der(der) {
        let key = info.subject_public_key.as_bytes();
        return match (info.algorithm.oid == RSA, key) {
            (true, Some(key)) => Ok(Rsa::Public(key.to_vec())),
            (true, None) => Err(KeyError::Damaged),
            (false, _) => Err(KeyError::NotRsa),
        };
    }
    if private_bits(der).is_some() {
        return Ok(Rsa::Private(Zeroizing::new(der.to_vec())));
    }
    match public_bits(der) {
        Some(_) => Ok(Rsa::Public(der.to_vec())),
        None => Err(key_shape::of_der(der)),
    }
}

/// Returns the size of the modulus of a PKCS#1 private key, in bits.
pub(super) fn private_bits(der: &[u8]) -> Option<u32> {
    let key = RsaPrivateKeyRef::from_der(der).ok()?;
    bits(key.modulus.as_bytes())
}

/// Returns the size of the modulus of a PKCS#1 public key, in bits.
pub(super) fn public_bits(der: &[u8]) -> Option<u32> {
    let key = RsaPublicKeyRef::from_der(der).ok()?;
    bits(key.modulus.as_bytes())
}

/// Returns the modulus and the exponent of a PKCS#1 public key.
pub(super) fn public_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let key = RsaPublicKeyRef::from_der(der).ok()?;
    Some((key.modulus.as_bytes(), key.public_exponent.as_bytes()))
}

fn bits(modulus: &[u8]) -> Option<u32> {
    let first = modulus.first()?;
    let bytes = u32::try_from(modulus.len()).ok()?;
    bytes.checked_mul(8)?.checked_sub(first.leading_zeros())
}

impl From<KeyFormat> for KeyError {
    fn from(format: KeyFormat) -> Self {
        KeyError::OtherFormat(format)
    }
}
