//! Payments and refunds from the first request to the end: pay, show, wait, inquire, cancel, settle.
//!
//! The [flow](crate::flow) determines the steps; the description of the API states it, and `payspec
//! check` proves it. A [`Payment`] runs it: it makes and signs each request, verifies and reads each
//! answer, takes in notifications, and returns the [next](Payment::next) step. It does no I/O and reads
//! no clock; [`RawClient::go_on`](super::RawClient::go_on) and
//! [`AsyncRawClient::go_on`](super::AsyncRawClient::go_on) add these, and the journal.
//!
//! * All sendings of one request have the same bytes, which are fixed at the beginning.
//! * A message that is not verified is not an answer. It never ends a payment.
//! * A payment ends in exactly one [`Ending`]: paid, not paid, or in doubt, for a person to find out; a
//!   refund in one [`RefundEnding`]. It always ends, even if no answer ever comes.
//! * [Saved](Payment::save) before each sending, a payment is [resumed](Payment::resume) by the next
//!   run of the program.

mod asynchronous;
mod blocking;
mod carried;
mod driven;
mod ending;
mod error;
mod payment;
mod saved;
mod step;

pub use carried::{Carried, own_key};
pub use driven::{Driven, FollowUp, Hears, Incoming};
#[doc(hidden)]
pub use ending::Settled;
pub use ending::{
    ContradictedEnd, Ending, Ends, NotPaid, NotRefunded, Notified, Proved, RefundEnding,
    SendFailure, Unresolved,
};
pub use error::{BeginError, CloseError, NotResumed, NotifiedError, OtherPayment};
pub use payment::Payment;
pub use step::{Next, Stop, Timing, Transmission};
