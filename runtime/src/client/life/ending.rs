//! The ends of payments and refunds.

use crate::client::answer::AnswerError;
use crate::client::key_lifetime::KeyExpired;
use crate::client::sign_error::SignError;
use crate::client::transport::TransportError;
use crate::{Contradiction, PaymentReference};
use core::fmt;

/// The end of a payment. It is one of these three, and stays the same whatever happens later. `P` holds
/// the [proof](super::Driven::Proof).
#[must_use = "the goods are handed over or kept by it"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending<P> {
    /// The money was taken. Hand over the goods.
    Paid(Proved<P>),
    /// No money was taken, or it was given back. Keep the goods; a new attempt needs a new id.
    NotPaid(NotPaid),
    /// The outcome could not be found out. Keep the goods, do not pay again, and let a person ask the
    /// provider.
    InDoubt(Box<Unresolved>),
}

impl<P> Ending<P> {
    /// Returns the proof that it is paid, if it is.
    pub fn paid(&self) -> Option<&Proved<P>> {
        match self {
            Self::Paid(proved) => Some(proved),
            Self::NotPaid(_) | Self::InDoubt(_) => None,
        }
    }
}

/// The end of a refund. It is one of these three, and stays the same whatever happens later. `P` holds
/// the [proof](super::Driven::Proof).
#[must_use = "the refund is booked, or tried anew, by it"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundEnding<P> {
    /// The amount was given back. Book it.
    Refunded(Proved<P>),
    /// Nothing was given back; a new attempt needs a new id.
    NotRefunded(NotRefunded),
    /// The outcome could not be found out, or it takes longer than the flow waits. Do not refund again,
    /// since both refunds could be made; let a person ask the provider.
    InDoubt(Box<Unresolved>),
}

impl<P> RefundEnding<P> {
    /// Returns the proof that the amount was given back, if it was.
    pub fn refunded(&self) -> Option<&Proved<P>> {
        match self {
            Self::Refunded(proved) => Some(proved),
            Self::NotRefunded(_) | Self::InDoubt(_) => None,
        }
    }
}

/// The ends of a flow: [`Ending`] for a payment, [`RefundEnding`] for a refund.
pub trait Ends<P>: Clone + PartialEq + fmt::Debug + fmt::Display + signed::Sealed {
    /// Returns the name of the ending in traces: `paid`, `unpaid`, `cancelled`, `refunded`, `refund_failed`, `not_sent`, `in_doubt`.
    fn name(&self) -> &'static str;

    /// Returns the facts that a person needs to ask the provider, if the end is in doubt.
    fn unresolved(&self) -> Option<&Unresolved>;

    #[doc(hidden)]
    fn of(settled: Settled<P>) -> Self;
}

mod signed {
    pub trait Sealed {}
    impl<P> Sealed for super::Ending<P> {}
    impl<P> Sealed for super::RefundEnding<P> {}
}

/// The end of a flow, for payments and refunds alike.
#[doc(hidden)]
#[derive(Debug)]
pub enum Settled<P> {
    /// The money moved.
    Done(Proved<P>),
    /// It ended without success.
    Failed,
    /// It is cancelled.
    Cancelled,
    /// No request was sent.
    NotSent,
    /// The outcome could not be found out.
    InDoubt(Box<Unresolved>),
}

// Names of endings that any flow can have.
const NOT_SENT: &str = "not_sent";
const IN_DOUBT: &str = "in_doubt";

impl<P: Clone + PartialEq + fmt::Debug> Ends<P> for Ending<P> {
    fn unresolved(&self) -> Option<&Unresolved> {
        match self {
            Self::InDoubt(unresolved) => Some(unresolved),
            Self::Paid(_) | Self::NotPaid(_) => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Paid(_) => "paid",
            Self::NotPaid(NotPaid::Unpaid) => "unpaid",
            Self::NotPaid(NotPaid::Cancelled) => "cancelled",
            Self::NotPaid(NotPaid::NotSent) => NOT_SENT,
            Self::InDoubt(_) => IN_DOUBT,
        }
    }

    fn of(settled: Settled<P>) -> Self {
        match settled {
            Settled::Done(proved) => Self::Paid(proved),
            Settled::Failed => Self::NotPaid(NotPaid::Unpaid),
            Settled::Cancelled => Self::NotPaid(NotPaid::Cancelled),
            Settled::NotSent => Self::NotPaid(NotPaid::NotSent),
            Settled::InDoubt(unresolved) => Self::InDoubt(unresolved),
        }
    }
}

impl<P: Clone + PartialEq + fmt::Debug> Ends<P> for RefundEnding<P> {
    fn unresolved(&self) -> Option<&Unresolved> {
        match self {
            Self::InDoubt(unresolved) => Some(unresolved),
            Self::Refunded(_) | Self::NotRefunded(_) => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Refunded(_) => "refunded",
            Self::NotRefunded(NotRefunded::Failed) => "refund_failed",
            Self::NotRefunded(NotRefunded::NotSent) => NOT_SENT,
            Self::InDoubt(_) => IN_DOUBT,
        }
    }

    fn of(settled: Settled<P>) -> Self {
        match settled {
            Settled::Done(proved) => Self::Refunded(proved),
            // Flows of refunds do not have these ends.
            Settled::Failed | Settled::Cancelled => Self::NotRefunded(NotRefunded::Failed),
            Settled::NotSent => Self::NotRefunded(NotRefunded::NotSent),
            Settled::InDoubt(unresolved) => Self::InDoubt(unresolved),
        }
    }
}

/// The proof that a payment was paid, or a refund made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved<P> {
    pub(super) said: &'static str,
    pub(super) proof: P,
}

impl<P> Proved<P> {
    /// Returns the name in the flow of the message that proves it: `inquiry_payment.paid`.
    pub fn said(&self) -> &'static str {
        self.said
    }

    /// Returns the fields of that message about the payment or the refund. Fields that the message did
    /// not have are absent; those that must agree with the request and are present do agree.
    pub fn proof(&self) -> &P {
        &self.proof
    }
}

/// The reason why a payment is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotPaid {
    /// It ended without success.
    Unpaid,
    /// It is cancelled.
    Cancelled,
    /// No request was sent.
    NotSent,
}

/// The reason why nothing was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotRefunded {
    /// The refund failed.
    Failed,
    /// No request was sent.
    NotSent,
}

/// A payment or a refund whose outcome is unknown, with the facts that a person needs to ask the
/// provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    pub(super) id: String,
    pub(super) reference: Option<PaymentReference>,
    pub(super) last: Option<&'static str>,
    pub(super) trouble: Option<SendFailure>,
    pub(super) contradiction: Option<Contradiction>,
}

impl Unresolved {
    /// Returns the contradiction between a message of the provider and the request, if that is the
    /// reason. The payment was not cancelled because of it: a person has to compare both values with
    /// the provider.
    pub fn contradiction(&self) -> Option<&Contradiction> {
        self.contradiction.as_ref()
    }

    /// Returns the id of the request.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the id by which the provider knows the payment, if the provider stated one.
    pub fn reference(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }

    /// Returns the name in the flow of the last message of the provider: `cancel.pending`.
    pub fn last(&self) -> Option<&'static str> {
        self.last
    }

    /// Returns the last problem.
    pub fn trouble(&self) -> Option<&SendFailure> {
        self.trouble.as_ref()
    }
}

/// The reason why a sending has no usable answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendFailure {
    /// No complete answer came.
    Transport(TransportError),
    /// The request could not be made, because a value that it carries is missing or not valid in it.
    Request(String),
    /// It was not sent again, because the provider may have forgotten its key.
    KeyExpired(KeyExpired),
    /// It could not be signed.
    Sign(SignError),
    /// An answer came that decides nothing.
    Answer(AnswerError),
}

impl<P> fmt::Display for Ending<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paid(proved) => write!(f, "paid: `{}`", proved.said),
            Self::NotPaid(why) => write!(f, "not paid: {why}"),
            Self::InDoubt(unresolved) => write!(f, "in doubt, keep the goods: {unresolved}"),
        }
    }
}

impl<P> fmt::Display for RefundEnding<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refunded(proved) => write!(f, "refunded: `{}`", proved.said),
            Self::NotRefunded(why) => write!(f, "not refunded: {why}"),
            Self::InDoubt(unresolved) => write!(f, "in doubt, do not refund anew: {unresolved}"),
        }
    }
}

/// The result of taking in a notification.
#[must_use = "one that contradicts the end of the payment is for people to act upon"]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notified {
    /// It was taken in, or contained nothing new: go on.
    Taken,
    /// The payment is over, and the notification says otherwise: that it was paid although it ended
    /// unpaid or cancelled; that it was not although it ended paid; that the outcome is known although
    /// it ended in doubt; or another amount. The end stays. Let a person ask the provider.
    Contradicts(ContradictedEnd),
}

/// A notification that contradicts the end of a payment or a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContradictedEnd {
    pub(super) said: &'static str,
    pub(super) reference: Option<PaymentReference>,
    pub(super) contradiction: Option<Contradiction>,
}

impl ContradictedEnd {
    /// Returns its name in the flow: `notify_payment.paid`.
    pub fn said(&self) -> &'static str {
        self.said
    }

    /// Returns the id by which it names the payment.
    pub fn reference(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }

    /// Returns the contradiction with the request, if there is one.
    pub fn contradiction(&self) -> Option<&Contradiction> {
        self.contradiction.as_ref()
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

impl fmt::Display for NotRefunded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed => "it failed",
            Self::NotSent => "no request has left",
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the result of {} is unknown; ask the provider before you act on it",
            self.id.escape_debug()
        )?;
        if let Some(reference) = &self.reference {
            let value = reference.value().escape_debug();
            write!(f, " for {} {value}", reference.name())?;
        }
        if let Some(contradiction) = &self.contradiction {
            return write!(f, "; {contradiction}");
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

impl fmt::Display for SendFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Request(reason) => write!(f, "the request could not be made: {reason}"),
            Self::KeyExpired(expired) => expired.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Answer(error) => error.fmt(f),
        }
    }
}
