//! RSA keys.

use super::key_error::KeyError;
use super::key_text;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use core::fmt;

/// The fewest bits that are signed and verified with.
const FEWEST_BITS: u32 = 2048;
/// The most.
const MOST_BITS: u32 = 8192;

/// Signs what leaves. Implement it for a key that is kept elsewhere, in a key service or a hardware
/// module.
pub trait Signer {
    /// The signature of these bytes: RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// # Errors
    ///
    /// When the key cannot be used now.
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign>;
}

/// Checks what comes in.
pub trait Verifier {
    /// Returns whether this is the signature of these bytes: RSASSA-PKCS1-v1_5 with SHA-256.
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool;

    /// The same, by the key of this version, as the header of the signature names it. Where there is
    /// but one key, the version does not matter.
    ///
    /// # Errors
    ///
    /// When no key has this version.
    fn verify_by(
        &self,
        key_version: Option<&str>,
        content: &[u8],
        signature: &[u8],
    ) -> Result<bool, UnknownKeyVersion> {
        let _ = key_version;
        Ok(self.verify(content, signature))
    }
}

/// No key has the version that the header of a signature names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownKeyVersion;

/// The other side's public keys by their versions: the provider changes keys, and signs by both for a
/// while.
///
/// ```
/// use payspec_runtime::client::{VerifyingKey, VerifyingKeys};
///
/// /// The keys as they are on file with the provider.
/// fn keys(old: VerifyingKey, new: VerifyingKey) -> VerifyingKeys {
///     VerifyingKeys::new("1", old).with("2", new)
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKeys {
    keys: Vec<(String, VerifyingKey)>,
}

impl VerifyingKeys {
    /// One key with its version.
    pub fn new(version: &str, key: VerifyingKey) -> Self {
        Self {
            keys: vec![(version.to_owned(), key)],
        }
    }

    /// One more; it takes the place of one with the same version.
    #[must_use]
    pub fn with(mut self, version: &str, key: VerifyingKey) -> Self {
        self.keys.retain(|(known, _)| known != version);
        self.keys.push((version.to_owned(), key));
        self
    }
}

impl Verifier for VerifyingKeys {
    /// By any of the keys.
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        let mut keys = self.keys.iter();
        keys.any(|(_, key)| key.verify(content, signature))
    }

    /// By the key of this version alone. A signature that names none is checked by the only key there
    /// is; among several, nothing says which.
    fn verify_by(
        &self,
        key_version: Option<&str>,
        content: &[u8],
        signature: &[u8],
    ) -> Result<bool, UnknownKeyVersion> {
        let key = match (key_version, self.keys.as_slice()) {
            (Some(version), keys) => keys.iter().find(|(known, _)| known == version),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let (_, key) = key.ok_or(UnknownKeyVersion)?;
        Ok(key.verify(content, signature))
    }
}

/// The own private key.
///
/// It is wiped from memory when it is dropped, and so are the buffers in which it was decoded. The text
/// that it was read from is the program's own to wipe. A program that must not have the key in its memory
/// at all brings a [`Signer`] of its own.
///
/// ```
/// use payspec_runtime::client::{KeyError, SigningKey};
///
/// assert!(matches!(SigningKey::from_text("no key!"), Err(KeyError::NotBase64)));
/// ```
pub struct SigningKey {
    pair: KeyPair,
}

impl SigningKey {
    /// Reads a private key: PKCS#8 or PKCS#1, as PEM or as base64 alone.
    ///
    /// Line ends may be written as `\n`, as variables of an environment hold them; quotation marks around
    /// the text and certificates beside the key are passed over.
    ///
    /// # Errors
    ///
    /// When the text is no such key, or not one for RSA of 2048 to 8192 bits. The error names what it is,
    /// and the command that converts it.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a private key from the bytes of a file: DER, or a [text](Self::from_text) in UTF-8 or
    /// UTF-16.
    ///
    /// # Errors
    ///
    /// As [`from_text`](Self::from_text).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let der = key_text::private(bytes)?;
        within(key_text::private_bits(&der).ok_or(KeyError::Damaged)?)?;
        let pair = KeyPair::from_der(&der).map_err(|_| KeyError::Inconsistent)?;
        Ok(Self { pair })
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> VerifyingKey {
        use aws_lc_rs::signature::KeyPair as _;
        let der = self.pair.public_key().as_ref().to_vec();
        let bits = key_text::public_bits(&der).unwrap_or(0);
        VerifyingKey { der, bits }
    }

    /// Bits of its modulus.
    pub fn bits(&self) -> u32 {
        self.public().bits
    }
}

impl Signer for SigningKey {
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let random = SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &random, content, &mut signature)
            .map_err(|_| CannotSign::new("the key cannot be used"))?;
        Ok(signature)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey([secret], {} bits)", self.bits())
    }
}

/// The other side's public key.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    /// PKCS#1.
    der: Vec<u8>,
    bits: u32,
}

impl VerifyingKey {
    /// Reads a public key: X.509 or PKCS#1, as PEM or as base64 alone; as
    /// [`SigningKey::from_text`] reads texts.
    ///
    /// # Errors
    ///
    /// When the text is no such key, or not one for RSA of 2048 to 8192 bits. A private key is
    /// refused: whoever hands it out as a public one should hear of it.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a public key from the bytes of a file: DER, or a [text](Self::from_text) in UTF-8 or
    /// UTF-16.
    ///
    /// # Errors
    ///
    /// As [`from_text`](Self::from_text).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let der = key_text::public(bytes)?;
        let bits = key_text::public_bits(&der).ok_or(KeyError::Damaged)?;
        within(bits)?;
        Ok(Self { der, bits })
    }

    /// Bits of its modulus.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Returns its bytes, as PKCS#1.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Returns its modulus and its exponent, each with the most significant byte first.
    pub fn numbers(&self) -> Option<(&[u8], &[u8])> {
        key_text::public_numbers(&self.der)
    }
}

fn within(bits: u32) -> Result<(), KeyError> {
    match (FEWEST_BITS..=MOST_BITS).contains(&bits) {
        true => Ok(()),
        false => Err(KeyError::Bits(bits)),
    }
}

impl Verifier for VerifyingKey {
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.der);
        key.verify(content, signature).is_ok()
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({} bits)", self.bits)
    }
}

/// A [`Signer`] could not sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotSign {
    why: String,
}

impl CannotSign {
    /// With the reason, which must show nothing of the key.
    pub fn new(why: impl Into<String>) -> Self {
        Self { why: why.into() }
    }
}

impl fmt::Display for CannotSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request could not be signed: {}", self.why)
    }
}

impl core::error::Error for CannotSign {}
