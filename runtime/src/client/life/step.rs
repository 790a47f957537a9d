//! The next step of a payment: what to send, or what to wait for.

use super::driven::Driven;
use crate::flow::Sending;
use core::fmt;
use http::Request;
use std::time::{Duration, SystemTime};

/// The times of a payment that the description of its flow leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The pause before a sending if the description states none.
    pub pause: Duration,
    /// The time to wait for an answer. A transport may give up earlier.
    pub timeout: Duration,
}

impl Default for Timing {
    /// Pauses of 2 seconds; a timeout of 30 seconds.
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(2),
            timeout: Duration::from_secs(30),
        }
    }
}

/// The next step of a payment.
// The caller matches on it at once, so it is never stored.
#[allow(clippy::large_enum_variant)]
#[must_use = "a life goes on only when this is done"]
pub enum Next<F: Driven> {
    /// [Save](super::Payment::save) the payment, send this once, and report the result with
    /// [`Payment::answered`](super::Payment::answered) or
    /// [`Payment::transport_failed`](super::Payment::transport_failed).
    Send(Request<Vec<u8>>, Transmission<F>),
    /// Nothing to send: the program has to act or wait.
    Stop(Stop<F>),
}

/// The reason why a payment pauses.
// The caller matches on it at once, so it is never stored.
#[allow(clippy::large_enum_variant)]
#[must_use = "a life goes on only when this is done"]
pub enum Stop<F: Driven> {
    /// Show this to the payer, then go on. It is returned once.
    Show(F::Shown),
    /// Go on at this time, or after a notification was taken in.
    Until(SystemTime),
    /// The payment is over.
    Ended(F::Ending),
}

/// A sending that is under way.
pub struct Transmission<F: Driven> {
    pub(super) call: F::Call,
    pub(super) sending: Sending,
}

impl<F: Driven> Transmission<F> {
    /// Returns the call that is under way.
    pub fn call(self) -> F::Call {
        self.call
    }

    /// Returns the number of this sending within the payment, counted from 1.
    pub fn number(self) -> u32 {
        self.sending.number()
    }
}

impl<F: Driven> Clone for Transmission<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Driven> Copy for Transmission<F> {}

impl<F: Driven> fmt::Debug for Transmission<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Transmission")
            .field(&self.sending.number())
            .finish()
    }
}

impl<F: Driven> fmt::Debug for Next<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(_, flight) => f.debug_tuple("Send").field(flight).finish(),
            Self::Stop(stop) => stop.fmt(f),
        }
    }
}

impl<F: Driven> fmt::Debug for Stop<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Show(shown) => f.debug_tuple("Show").field(shown).finish(),
            Self::Until(time) => f.debug_tuple("Until").field(time).finish(),
            Self::Ended(ending) => f.debug_tuple("Ended").field(ending).finish(),
        }
    }
}
