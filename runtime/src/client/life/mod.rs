//! The life of a payment or a refund, carried through: pay, show, wait, ask, cancel, settle.
//!
//! What happens in a life is the business of its [flow](crate::flow), which the description of the API
//! states and `payspec check` proves. A [`Payment`] walks it: it makes and signs each request, verifies
//! and reads each answer, takes in notifications, and says what to do [next](Payment::next). It does no
//! I/O and reads no clock; [`Client::go_on`](super::Client::go_on) and
//! [`AsyncClient::go_on`](super::AsyncClient::go_on) add these, and the journal.
//!
//! * All sendings of one request are of the same bytes, which are fixed at the beginning.
//! * What is not verified is no answer. It never ends a life.
//! * A life ends in exactly one [`Ending`]: paid, not paid, or in doubt, for people to find out; that of a refund in
//!   one [`RefundEnding`]. It ends by itself, whatever comes or does not come.
//! * [Saved](Payment::save) before each sending, a life is [resumed](Payment::resume) by the next run of
//!   the program, as the same payment.

mod asynchronous;
mod blocking;
mod driven;
mod ending;
mod error;
mod payment;
mod saved;

pub use driven::{Driven, FollowUp, Hears, Incoming};
#[doc(hidden)]
pub use ending::Settled;
pub use ending::{
    ContradictedEnd, Ending, Ends, NotPaid, NotRefunded, Notified, Proved, RefundEnding, Trouble,
    Unresolved,
};
pub use error::{BeginError, CloseError, NotResumed, NotifiedError, OtherPayment};
pub use payment::{Next, Payment, Stop, Timing, Transmission};
