//! RSA keys.

use super::key_error::KeyError;
use super::key_text;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use core::fmt;
use std::sync::Arc;

/// The smallest accepted key size, in bits.
const FEWEST_BITS: u32 = 2048;
/// The largest accepted key size, in bits.
const MOST_BITS: u32 = 8192;

/// Signs requests. Implement it for a key that is kept elsewhere, in a key service or a hardware
/// module.
pub trait Signer {
    /// Returns the signature of these bytes: RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// # Errors
    ///
    /// When the key is not available.
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign>;
}

/// Verifies the signatures of incoming messages.
pub trait Verifier {
    /// Returns whether this is the signature of these bytes: RSASSA-PKCS1-v1_5 with SHA-256.
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool;

    /// Verifies with the key of this version, as the signature header names it. With a single key, the
    /// version does not matter.
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

/// No configured key has the version that a signature header names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownKeyVersion;

/// The provider's public keys by their versions. While the provider changes its key, it signs with both
/// for some time.
///
/// ```
/// use payspec_runtime::client::{VerifyingKey, VerifyingKeys};
///
/// /// The keys as they are on file with the provider.
/// fn keys(old: VerifyingKey, new: VerifyingKey) -> VerifyingKeys {
///     VerifyingKeys::new("1", old).with("2", new)
/// }
/// ```
#[derive(Debug, Clone)]
pub struct VerifyingKeys {
    keys: Keys,
}

#[derive(Clone)]
enum Keys {
    /// By their versions.
    Listed(Vec<(String, VerifyingKey)>),
    /// What the program verifies with.
    Elsewhere(Arc<dyn Verifier + Send + Sync>),
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(keys) => f.debug_list().entries(keys).finish(),
            Self::Elsewhere(_) => f.write_str("Elsewhere"),
        }
    }
}

impl VerifyingKeys {
    /// Makes a set of one key with its version.
    pub fn new(version: &str, key: VerifyingKey) -> Self {
        Self {
            keys: Keys::Listed(vec![(version.to_owned(), key)]),
        }
    }

    /// Takes a verifier, such as one that asks a key service. Its keys' sizes are not checked.
    pub fn kept_elsewhere(verifier: impl Verifier + Send + Sync + 'static) -> Self {
        Self {
            keys: Keys::Elsewhere(Arc::new(verifier)),
        }
    }

    /// Returns the sizes of their moduli, in bits.
    pub(super) fn bits(&self) -> impl Iterator<Item = u32> {
        let listed = match &self.keys {
            Keys::Listed(keys) => keys.as_slice(),
            Keys::Elsewhere(_) => &[],
        };
        listed.iter().map(|(_, key)| key.bits)
    }

    /// Adds a key; it replaces one with the same version, or keys that are [kept elsewhere](Self::kept_elsewhere).
    #[must_use]
    pub fn with(mut self, version: &str, key: VerifyingKey) -> Self {
        match &mut self.keys {
            Keys::Listed(keys) => {
                keys.retain(|(known, _)| known != version);
                keys.push((version.to_owned(), key));
                self
            }
            Keys::Elsewhere(_) => Self::new(version, key),
        }
    }
}

impl Verifier for VerifyingKeys {
    /// Verifies with any of the keys.
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        match &self.keys {
            Keys::Listed(keys) => keys.iter().any(|(_, key)| key.verify(content, signature)),
            Keys::Elsewhere(verifier) => verifier.verify(content, signature),
        }
    }

    /// Verifies with the key of this version only. A signature that names no version is checked with
    /// the only key; if there are several, it is refused.
    fn verify_by(
        &self,
        key_version: Option<&str>,
        content: &[u8],
        signature: &[u8],
    ) -> Result<bool, UnknownKeyVersion> {
        let keys = match &self.keys {
            Keys::Listed(keys) => keys.as_slice(),
            Keys::Elsewhere(verifier) => {
                return verifier.verify_by(key_version, content, signature);
            }
        };
        let key = match (key_version, keys) {
            (Some(version), keys) => keys.iter().find(|(known, _)| known == version),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let (_, key) = key.ok_or(UnknownKeyVersion)?;
        Ok(key.verify(content, signature))
    }
}

/// The program's own private key.
///
/// It is wiped from memory when it is dropped, and so are the buffers in which it was decoded. The
/// program itself must wipe the text from which it was read. A program that must never have the key in
/// its memory implements [`Signer`] instead.
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
    /// Line ends may be written as `\n`, as in environment variables; quotation marks around the text
    /// and certificates beside the key are ignored.
    ///
    /// # Errors
    ///
    /// When the text is not such a key, or not an RSA key of 2048 to 8192 bits. The error says what the
    /// text is instead, and which command converts it.
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

    /// Returns the public key that belongs to it.
    pub fn public(&self) -> VerifyingKey {
        use aws_lc_rs::signature::KeyPair as _;
        let der = self.pair.public_key().as_ref().to_vec();
        let bits = key_text::public_bits(&der).unwrap_or(0);
        VerifyingKey { der, bits }
    }

    /// Returns the size of its modulus, in bits.
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

/// The provider's public key.
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
    /// When the text is not such a key, or not an RSA key of 2048 to 8192 bits. A private key is
    /// refused, so that someone who shares it as a public key notices.
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

    /// Returns the size of its modulus, in bits.
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
    /// Makes an error with the reason, which must not reveal the key.
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
