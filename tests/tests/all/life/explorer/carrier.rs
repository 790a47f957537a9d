//! The carrier of a payment: the machine alone, or a client.

use http::{Request, Response};
use payspec_runtime::Contradiction;
use payspec_runtime::client::life::{Ending, RefundEnding, Unresolved};
use payspec_runtime::client::{Moment, TransportError};
use std::time::SystemTime;

/// The final belief of a shop about a payment or a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Belief {
    Done,
    NotDone,
    /// People have to find out.
    InDoubt,
}

impl<P> From<Ending<P>> for Belief {
    fn from(ending: Ending<P>) -> Self {
        match ending {
            Ending::Paid(_) => Belief::Done,
            Ending::NotPaid(_) => Belief::NotDone,
            Ending::InDoubt(unresolved) => in_doubt(&unresolved),
        }
    }
}

impl<P> From<RefundEnding<P>> for Belief {
    fn from(ending: RefundEnding<P>) -> Self {
        match ending {
            RefundEnding::Refunded(_) => Belief::Done,
            RefundEnding::NotRefunded(_) => Belief::NotDone,
            RefundEnding::InDoubt(unresolved) => in_doubt(&unresolved),
        }
    }
}

fn in_doubt(unresolved: &Unresolved) -> Belief {
    // A late answer to an earlier request for the order may name that one.
    let found = unresolved.contradiction().map(Contradiction::field);
    let known = [
        "/paymentAmount",
        "/paymentRequestId",
        "/refundAmount",
        "/refundRequestId",
    ];
    assert!(
        found.is_none_or(|found| known.contains(&found)),
        "{found:?}"
    );
    Belief::InDoubt
}

/// The next step.
pub(super) enum Move {
    /// It sends this; the number tells what comes of it.
    Send(Request<Vec<u8>>, usize),
    /// It waits until then, or until something happens.
    Wait(SystemTime),
    /// It sends the payer on.
    Show,
    /// It is done with the payment.
    Ended(Belief),
}

/// The result of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// It is acknowledged, and the money is known to have moved.
    Done,
    /// It is acknowledged.
    Taken,
    /// It could not be written down: the provider tells it again.
    Again,
}

/// Carries one payment.
pub(super) trait Carrier {
    /// The id of the payment.
    fn id(&self) -> &str;

    /// Returns true at its end, reported or not.
    fn is_over(&self) -> bool;

    /// Returns its state as a text.
    fn key(&self) -> String;

    fn next(&mut self, now: Moment) -> Move;

    /// An answer came.
    fn answered(&mut self, number: usize, response: &Response<Vec<u8>>, now: Moment);

    /// No answer came.
    fn transport_failed(&mut self, number: usize, error: TransportError, now: Moment);

    /// The provider called.
    fn notified(&mut self, request: &Request<Vec<u8>>, now: Moment) -> Heard;

    /// The program stops, and goes on from what it wrote down.
    fn crash(&mut self, now: Moment);

    /// The disk is full the next time something is written.
    fn fill_disk(&mut self);

    /// Returns whether the disk is still full.
    fn has_full_disk(&self) -> bool;

    /// The future that carries the payment is dropped while a request is on its way.
    fn drop_future(&mut self);
}
