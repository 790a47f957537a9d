//! Why a life does not begin, or does not go on.

use crate::client::doubt::OtherEntry;
use crate::client::journal::JournalError;
use crate::flow::NotSaved;
use crate::{EncodeError, Violations};
use core::fmt;

/// A life could not begin. Nothing has left.
#[derive(Debug)]
#[non_exhaustive]
pub enum BeginError {
    /// A request cannot be written as JSON.
    Encode(EncodeError),
    /// The id of the payment cannot stand in the requests that ask for it or cancel it.
    FollowUp(Violations),
    /// The payment's time was over before it began.
    Expired,
    /// It could not be written down; also because [something with this id](JournalError::Unfinished) is not over.
    Journal(JournalError),
}

impl From<EncodeError> for BeginError {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<Violations> for BeginError {
    fn from(violations: Violations) -> Self {
        Self::FollowUp(violations)
    }
}

impl From<JournalError> for BeginError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl fmt::Display for BeginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::FollowUp(violations) => {
                write!(f, "the payment could not be asked for: {violations}")
            }
            Self::Expired => f.write_str("the payment's time was over before it began"),
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for BeginError {}

/// What was written down is not a life of this flow.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotResumed {
    /// It is of something else, or the bytes are not such a request with this id.
    OtherEntry(OtherEntry),
    /// Where it stood cannot be read.
    State(NotSaved),
    /// The requests about it can no longer be made.
    FollowUp(BeginError),
}

impl fmt::Display for NotResumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherEntry(error) => error.fmt(f),
            Self::State(error) => error.fmt(f),
            Self::FollowUp(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for NotResumed {}

/// A notification speaks of another payment or refund, or does not say of which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherPayment;

impl fmt::Display for OtherPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the notification does not name this payment or refund")
    }
}

impl core::error::Error for OtherPayment {}

/// A notification was not taken in. Do not acknowledge it: then the provider sends it again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotifiedError {
    /// It is about another payment. Find that one with a [`Dispatcher`](crate::client::Dispatcher).
    OtherPayment(OtherPayment),
    /// Where the payment stands now could not be written down.
    Journal(JournalError),
}

impl From<OtherPayment> for NotifiedError {
    fn from(error: OtherPayment) -> Self {
        Self::OtherPayment(error)
    }
}

impl From<JournalError> for NotifiedError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl fmt::Display for NotifiedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherPayment(error) => error.fmt(f),
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for NotifiedError {}

/// A payment cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloseError {
    /// It has not ended: the payer may still pay. Go on with it.
    UnderWay {
        /// The name of the flow.
        flow: String,
        /// The id.
        id: String,
    },
    /// That it is closed could not be written down. The next run hears of its end again.
    Journal(JournalError),
}

impl From<JournalError> for CloseError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl fmt::Display for CloseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderWay { flow, id } => write!(
                f,
                "`{flow}` {} has not ended and cannot be closed: go on with it",
                id.escape_debug()
            ),
            Self::Journal(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for CloseError {}
