//! The merchant's private key, with the id by which the provider knows it.

use super::key::{CannotSign, Signer, SigningKey};
use super::key_error::KeyError;
use core::fmt;
use std::sync::Arc;

/// The merchant's private key, with the id by which the provider knows it, such as the serial number of its certificate.
///
/// The copies share one key, which is wiped from memory with the last of them.
///
/// ```
/// use payspec_runtime::client::{KeyError, PrivateKey};
///
/// assert!(matches!(PrivateKey::from_text("5157F09EFDC096DE", "no key!"), Err(KeyError::NotBase64)));
/// ```
#[derive(Clone)]
pub struct PrivateKey {
    id: String,
    /// [`None`] if the key is kept elsewhere.
    bits: Option<u32>,
    signer: Arc<dyn Signer + Send + Sync>,
}

impl PrivateKey {
    /// Takes a key with its id. The id is sent with every request that the key signs.
    pub fn new(id: &str, key: SigningKey) -> Self {
        Self {
            id: id.to_owned(),
            bits: Some(key.bits()),
            signer: Arc::new(key),
        }
    }

    /// Reads a private key, as [`SigningKey::from_text`] does.
    ///
    /// # Errors
    ///
    /// As [`SigningKey::from_text`].
    pub fn from_text(id: &str, text: &str) -> Result<Self, KeyError> {
        Ok(Self::new(id, SigningKey::from_text(text)?))
    }

    /// Takes a key that is kept elsewhere, in a key service or a hardware module. Its size is not checked.
    pub fn kept_elsewhere(id: &str, signer: impl Signer + Send + Sync + 'static) -> Self {
        Self {
            id: id.to_owned(),
            bits: None,
            signer: Arc::new(signer),
        }
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the size of its modulus in bits, if the key is here.
    pub(super) fn bits(&self) -> Option<u32> {
        self.bits
    }
}

impl Signer for PrivateKey {
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign> {
        self.signer.sign(content)
    }
}

impl fmt::Debug for PrivateKey {
    /// Shows the id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey([secret], {:?})", self.id)
    }
}
