//! The texts in which RSA keys are handed about.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::der::Decode as _;
use pkcs8::spki::SubjectPublicKeyInfoRef;
use pkcs8::{ObjectIdentifier, PrivateKeyInfoRef};
use zeroize::Zeroizing;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// An RSA key, as PKCS#1 bytes.
pub(super) enum Rsa {
    Private(Zeroizing<Vec<u8>>),
    Public(Vec<u8>),
}

/// What stands behind `BEGIN` in a PEM file that holds no key for us.
const REFUSED: &[(&str, KeyError)] = &[
    ("ENCRYPTED PRIVATE KEY", KeyError::Encrypted),
    ("CERTIFICATE", KeyError::Certificate),
    ("EC PRIVATE KEY", KeyError::NotRsa),
    ("DSA PRIVATE KEY", KeyError::NotRsa),
    ("OPENSSH PRIVATE KEY", KeyError::NotRsa),
];

/// Reads a key by its structure: the word in a PEM header is often a wrong one.
pub(super) fn read(text: &str) -> Result<Rsa, KeyError> {
    let der = bytes(text)?;
    if let Ok(info) = PrivateKeyInfoRef::from_der(&der) {
        let key = Zeroizing::new(info.private_key.as_bytes().to_vec());
        return match info.algorithm.oid == RSA {
            true => Ok(Rsa::Private(key)),
            false => Err(KeyError::NotRsa),
        };
    }
    if let Ok(info) = SubjectPublicKeyInfoRef::from_der(&der) {
        let key = info.subject_public_key.as_bytes();
        return match (info.algorithm.oid == RSA, key) {
            (true, Some(key)) => Ok(Rsa::Public(key.to_vec())),
            (true, None) => Err(KeyError::Damaged),
            (false, _) => Err(KeyError::NotRsa),
        };
    }
    if private_bits(&der).is_some() {
        return Ok(Rsa::Private(der));
    }
    match public_bits(&der) {
        Some(_) => Ok(Rsa::Public(der.to_vec())),
        None => Err(KeyError::Damaged),
    }
}

/// Bits of the modulus of a PKCS#1 private key.
pub(super) fn private_bits(der: &[u8]) -> Option<u32> {
    let key = RsaPrivateKeyRef::from_der(der).ok()?;
    bits(key.modulus.as_bytes())
}

/// Bits of the modulus of a PKCS#1 public key.
pub(super) fn public_bits(der: &[u8]) -> Option<u32> {
    let key = RsaPublicKeyRef::from_der(der).ok()?;
    bits(key.modulus.as_bytes())
}

/// The modulus and the exponent of a PKCS#1 public key.
pub(super) fn public_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let key = RsaPublicKeyRef::from_der(der).ok()?;
    Some((key.modulus.as_bytes(), key.public_exponent.as_bytes()))
}

fn bits(modulus: &[u8]) -> Option<u32> {
    let first = modulus.first()?;
    let bytes = u32::try_from(modulus.len()).ok()?;
    bytes.checked_mul(8)?.checked_sub(first.leading_zeros())
}

/// The bytes between the armour of PEM, or of base64 alone.
fn bytes(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(KeyError::Empty);
    }
    let body = match text.split_once("-----BEGIN ") {
        None => text,
        Some((_, rest)) => {
            let (label, rest) = rest.split_once("-----").ok_or(KeyError::Damaged)?;
            if let Some((_, refused)) = REFUSED.iter().find(|(known, _)| *known == label) {
                return Err(refused.clone());
            }
            let (body, _) = rest.split_once("-----END ").ok_or(KeyError::Damaged)?;
            if body.contains("ENCRYPTED") {
                return Err(KeyError::Encrypted);
            }
            body
        }
    };
    let dense: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
    let der = STANDARD.decode(dense.as_bytes());
    der.map(Zeroizing::new).map_err(|_| KeyError::NotBase64)
}

/// A text is not the key it should be. Says nothing of what the text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// There is no text.
    Empty,
    /// The text is neither PEM nor base64.
    NotBase64,
    /// The key is locked by a password.
    Encrypted,
    /// It is a certificate.
    Certificate,
    /// It is a key for another algorithm.
    NotRsa,
    /// A public key, where the private one is needed.
    PublicForPrivate,
    /// A private key, where the other side's public one is needed.
    PrivateForPublic,
    /// The modulus has so many bits.
    Bits(u32),
    /// The bytes are no key, or not a whole one.
    Damaged,
    /// The numbers of the key do not belong together.
    Inconsistent,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is no key: the text is empty",
            Self::NotBase64 => "the key is neither PEM nor base64",
            Self::Encrypted => "the key is locked by a password: take the lock off first",
            Self::Certificate => "this is a certificate: take the public key out of it",
            Self::NotRsa => "the key is for another algorithm: an RSA key is needed",
            Self::PublicForPrivate => "this is a public key: the private one is needed to sign",
            Self::PrivateForPublic => {
                "this is a private key: the other side's public key is needed to verify"
            }
            Self::Bits(bits) => {
                return write!(
                    f,
                    "the key has {bits} bits: RSA keys have 2048 to 8192 here"
                );
            }
            Self::Damaged => "the key is damaged or cut off",
            Self::Inconsistent => "the key is damaged: its numbers do not belong together",
        })
    }
}

impl core::error::Error for KeyError {}
