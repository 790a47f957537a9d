//! Errors of payments.

use crate::client::journal::JournalError;
use crate::client::other_entry::OtherEntry;
use crate::flow::NotSaved;
use crate::{EncodeError, Violations};
use core::fmt;

/// A payment could not begin. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum BeginError {
    /// A request cannot be encoded as JSON.
    Encode(EncodeError),
    /// The id of the payment is not valid in the requests that inquire about it or cancel it.
    FollowUp(Violations),
    /// The payment expired before it began.
    Expired,
    /// It could not be recorded; or [something with this id](JournalError::Unfinished) is still open.
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

/// A journal entry is not a payment of this flow.
#[derive(Debug)]
#[non_exhaustive]
pub enum NotResumed {
    /// The entry belongs to something else, or its bytes are not such a request with this id.
    OtherEntry(OtherEntry),
    /// The saved state cannot be read.
    State(NotSaved),
    /// The other requests of the payment can no longer be made.
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

/// A notification names another payment or refund, or none.
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
    /// The new state of the payment could not be recorded.
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
    /// The end could not be recorded in the journal. The next run gets the end again.
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
