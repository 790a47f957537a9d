//! How a life ends.

use crate::PaymentReference;
use crate::client::answer::AnswerError;
use crate::client::envelope::SealError;
use crate::client::transport::TransportError;
use core::fmt;

/// How a life ended. There is nothing else, and it stays so whatever comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The money was taken. Hand over the goods.
    Paid,
    /// No money was taken, or what was taken is given back. Keep the goods; a new attempt needs a new
    /// id.
    NotPaid(NotPaid),
    /// Nobody could find out. Keep the goods, do not pay anew, and let people ask the provider.
    InDoubt(Unresolved),
}

/// Why a payment is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotPaid {
    /// It ended without success.
    Unpaid,
    /// It is cancelled.
    Cancelled,
    /// No request has left.
    NotSent,
}

/// A payment of which nobody knows what it came to: what people need who ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    pub(super) id: String,
    pub(super) reference: Option<PaymentReference>,
    pub(super) last: Option<&'static str>,
    pub(super) trouble: Option<Trouble>,
}

impl Unresolved {
    /// The id of the payment request.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the provider knows the payment by, as far as it said so.
    pub fn reference(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }

    /// The last thing that the provider said, by its name in the flow: `cancel.pending`.
    pub fn last(&self) -> Option<&'static str> {
        self.last
    }

    /// The last thing that went wrong.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }
}

/// Why a sending was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// No whole answer came.
    Transport(TransportError),
    /// It could not be signed.
    Seal(SealError),
    /// An answer came that decides nothing.
    Answer(AnswerError),
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paid => f.write_str("paid"),
            Self::NotPaid(why) => write!(f, "not paid: {why}"),
            Self::InDoubt(unresolved) => write!(f, "in doubt: {unresolved}"),
        }
    }
}

impl fmt::Display for NotPaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unpaid => "it ended without success",
            Self::Cancelled => "it is cancelled",
            Self::NotSent => "no request has left",
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "nobody knows what became of {}; keep the goods and ask the provider",
            self.id.escape_debug()
        )?;
        if let Some(reference) = &self.reference {
            let value = reference.value().escape_debug();
            write!(f, " for {} {value}", reference.name())?;
        }
        if let Some(last) = self.last {
            write!(f, "; the last word was `{last}`")?;
        }
        match &self.trouble {
            Some(trouble) => write!(f, "; then {trouble}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Seal(error) => error.fmt(f),
            Self::Answer(error) => error.fmt(f),
        }
    }
}
