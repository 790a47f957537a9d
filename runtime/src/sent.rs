//! A request that has left, or is about to.

use crate::{EncodeError, Message, Valid, encode};
use core::fmt;
use core::marker::PhantomData;
#[cfg(feature = "client")]
use std::time::SystemTime;

/// A request that the provider recognises when it comes again.
pub trait Idempotent: Message + serde::Serialize {
    /// JSON Pointer of the field that identifies the request.
    const KEY: &'static str;

    /// The value of that field; empty when it is absent.
    fn key(&self) -> &str;
}

/// The exact bytes of a request, and the key that identifies it.
///
/// Made from a [`Valid`] request, which it consumes. It gives back the bytes and the key, never the
/// request: who does not know how a payment ended can send the same again, and cannot make a new
/// payment out of it by accident.
pub struct Sent<R> {
    bytes: Vec<u8>,
    key: String,
    /// When it was sent for the first time, as far as that is known.
    #[cfg(feature = "client")]
    first: Option<SystemTime>,
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
            #[cfg(feature = "client")]
            first: None,
            request: PhantomData,
        })
    }
}

impl<R> Sent<R> {
    /// Bytes that were fixed before.
    #[cfg(feature = "client")]
    pub(crate) fn of(bytes: Vec<u8>, key: String) -> Self {
        Self {
            bytes,
            key,
            first: None,
            request: PhantomData,
        }
    }

    /// Notes that it is being sent: no answer to it can be older than the first time.
    #[cfg(feature = "client")]
    pub(crate) fn leaves(&mut self, now: SystemTime) {
        self.first.get_or_insert(now);
    }

    /// Returns when it was sent for the first time; [`None`] where that is not known.
    #[cfg(feature = "client")]
    pub(crate) fn first(&self) -> Option<SystemTime> {
        self.first
    }

    /// The body: what was signed, what was sent, what to send again.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The value of the field that identifies the request.
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
