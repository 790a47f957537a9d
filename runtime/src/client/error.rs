//! Errors of calls.

use super::call::Call;
use super::doubt::InDoubt;
use super::journal::JournalError;
use super::sign_error::SignError;
use super::token_error::TokenError;
use super::transport::TransportError;
use crate::EncodeError;
use core::fmt;

/// The reason why a call has no outcome.
///
/// The variants differ in what this call has sent: only the request of [`InDoubt`](Self::InDoubt) may
/// have arrived. A call that was refused because [its id is open](JournalError::Unfinished) leaves the
/// earlier one open.
pub enum CallError<R: Call> {
    /// The request could not be made. Nothing was sent.
    Refused(Refused),
    /// No sending got through. Nothing was sent.
    NotSent(NotSent),
    /// The request may have arrived, and its outcome is unknown.
    InDoubt(InDoubt<R>),
}

impl<R: Call> CallError<R> {
    /// Returns whether the same request may be sent again: nothing was sent, or the provider recognises
    /// the repetition.
    pub fn is_safe_to_resend(&self) -> bool {
        match self {
            Self::Refused(_) | Self::NotSent(_) => true,
            Self::InDoubt(doubt) => doubt.is_safe_to_resend(),
        }
    }

    /// Returns whether something may have happened, so that an inquiry is needed before anything new is
    /// tried.
    pub fn needs_inquiry(&self) -> bool {
        match self {
            Self::Refused(_) | Self::NotSent(_) => false,
            Self::InDoubt(doubt) => doubt.needs_inquiry(),
        }
    }

    /// Returns the request in doubt, if it may have arrived.
    pub fn in_doubt(self) -> Option<InDoubt<R>> {
        match self {
            Self::Refused(_) | Self::NotSent(_) => None,
            Self::InDoubt(doubt) => Some(doubt),
        }
    }
}

impl<R: Call> fmt::Debug for CallError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => f.debug_tuple("Refused").field(why).finish(),
            Self::NotSent(why) => f.debug_tuple("NotSent").field(why).finish(),
            Self::InDoubt(doubt) => doubt.fmt(f),
        }
    }
}

impl<R: Call> fmt::Display for CallError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => why.fmt(f),
            Self::NotSent(why) => why.fmt(f),
            Self::InDoubt(doubt) => doubt.fmt(f),
        }
    }
}

impl<R: Call> core::error::Error for CallError<R> {}

/// A request could not be made. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// It cannot be encoded as JSON.
    Encode(EncodeError),
    /// It cannot be signed, or a setting is missing or invalid.
    Sign(SignError),
    /// It cannot be recorded; or its id is open in the journal, with another body or for something
    /// else.
    Journal(JournalError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Refused {}

/// No sending of a request got through. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    why: String,
    token: Option<TokenError>,
    sendings: u32,
}

impl NotSent {
    pub(super) fn new(error: TransportError, sendings: u32) -> Self {
        let (why, token) = match error {
            TransportError::NotSent(why) | TransportError::NoAnswer(why) => (why, None),
            TransportError::NoToken(error) => (error.to_string(), Some(error)),
        };
        Self {
            why,
            token,
            sendings,
        }
    }

    /// Returns the reason why no token could be fetched, if that is why nothing was sent.
    pub fn token_error(&self) -> Option<&TokenError> {
        self.token.as_ref()
    }

    /// Returns the reason why the last sending failed.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Returns the number of sendings that were tried.
    pub fn sendings(&self) -> u32 {
        self.sendings
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { why, sendings, .. } = self;
        match sendings {
            1 => write!(f, "the request was not sent: {why}"),
            _ => write!(f, "the request was not sent, tried {sendings} times: {why}"),
        }
    }
}

impl core::error::Error for NotSent {}
