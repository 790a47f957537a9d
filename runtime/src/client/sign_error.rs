//! The reasons why a request cannot be made.

use super::key::CannotSign;
use crate::request::RequestError;
use core::fmt;

/// A request could not be made. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The named setting is invalid.
    Setting(&'static str),
    /// The signer failed.
    CannotSign(CannotSign),
    /// A value of the request cannot travel in its place.
    Request(RequestError),
}

impl From<RequestError> for SignError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<CannotSign> for SignError {
    fn from(error: CannotSign) -> Self {
        Self::CannotSign(error)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(what) => write!(f, "the {what} cannot be used in a request"),
            Self::CannotSign(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SignError {}
