//! Requests with fixed bytes.

use crate::{EncodeError, Message, Valid, encode};
use core::fmt;
use core::marker::PhantomData;

/// A request whose repetition the provider recognises.
pub trait Idempotent: Message + serde::Serialize {
    /// JSON Pointer of the field that identifies the request.
    const KEY: &'static str;

    /// Returns the value of that field; empty if it is absent.
    fn key(&self) -> &str;
}

/// The exact bytes of a request, and the key that identifies it.
///
/// Made from a [`Valid`] request, which it consumes. It returns the bytes and the key, never the
/// request: a caller who does not know the end of a payment can send the same again, but cannot make a
/// new payment out of it by accident.
pub struct Sent<R> {
    bytes: Vec<u8>,
    key: String,
    request: PhantomData<fn(R)>,
}

impl<R: Idempotent> Sent<R> {
    /// Fixes the bytes of a request.
    ///
    /// # Errors
    ///
    /// As [`encode`].
    pub fn new(request: Valid<R>) -> Result<Self, EncodeError> {
        Ok(Self {
            bytes: encode(&*request)?,
            key: request.key().to_owned(),
            request: PhantomData,
        })
    }
}

impl<R> Sent<R> {
    /// Restores bytes that were fixed before.
    #[cfg(feature = "client")]
    pub(crate) fn of(bytes: Vec<u8>, key: String) -> Self {
        Self {
            bytes,
            key,
            request: PhantomData,
        }
    }

    /// Returns the body. The same bytes are signed, sent and sent again.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the value of the field that identifies the request.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl<R> fmt::Debug for Sent<R> {
    /// Shows the key and the size. The bytes may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("key", &self.key)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
