//! Transports, which carry requests.

use super::token_error::TokenError;
use core::fmt;
use http::{Request, Response};
use std::future::Future;

/// Sends one request and returns its answer; blocks. Each call is one sending: a transport never
/// repeats a request, never follows redirects, and changes neither the body nor the existing headers.
pub trait Transport {
    /// Sends a request and waits for the answer, whatever its HTTP status.
    ///
    /// # Errors
    ///
    /// When no complete answer came. Return [`TransportError::NotSent`] only if no byte of the request
    /// can have arrived; otherwise, and in doubt, [`TransportError::NoAnswer`].
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>;
}

/// A [`Transport`] that does not block.
pub trait AsyncTransport {
    /// Sends a request and waits for the answer, as [`Transport::send`] does.
    ///
    /// # Errors
    ///
    /// As [`Transport::send`].
    fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> impl Future<Output = Result<Response<Vec<u8>>, TransportError>> + Send;
}

/// The time for which the adapters wait for an answer.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) const GIVE_UP_AFTER: std::time::Duration = std::time::Duration::from_secs(30);

/// The largest body that the adapters accept, in bytes.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) const MOST_BYTES: u64 = 1 << 20;

impl<T: Transport + ?Sized> Transport for &T {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }
}

impl<T: AsyncTransport + Sync> AsyncTransport for &T {
    fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> impl Future<Output = Result<Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request)
    }
}

/// A sending failed. The texts must show nothing of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    /// Nothing was sent: no connection was made.
    NotSent(String),
    /// The request may have arrived, but no complete answer came.
    NoAnswer(String),
    /// Nothing was sent: the request needs a token, and none could be fetched. Made by the clients, not by a transport.
    NoToken(TokenError),
}

impl TransportError {
    /// Returns whether another attempt would fail, too.
    pub(super) fn is_lasting(&self) -> bool {
        match self {
            Self::NotSent(_) | Self::NoAnswer(_) => false,
            Self::NoToken(error) => error.is_lasting(),
        }
    }

    /// Returns whether the request may have arrived.
    pub fn may_have_arrived(&self) -> bool {
        match self {
            Self::NotSent(_) | Self::NoToken(_) => false,
            Self::NoAnswer(_) => true,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent(why) => write!(f, "the request was not sent: {why}"),
            Self::NoToken(why) => write!(f, "the request was not sent: {why}"),
            Self::NoAnswer(why) => {
                write!(
                    f,
                    "the request may have arrived, but no whole answer came: {why}"
                )
            }
        }
    }
}

impl core::error::Error for TransportError {}
