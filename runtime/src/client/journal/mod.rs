//! Journals of calls and payments, from which a program that stopped can go on.

mod book;
mod disk;
mod error;
mod file;
mod legacy;
mod parts;
mod record;
mod scan;
mod under_way;
mod worker;

#[cfg(test)]
mod tests;

pub use book::OpenEntry;
pub use error::JournalError;
pub use file::FileJournal;
pub use scan::{Damage, DamageKind};
pub(in crate::client) use under_way::Lease;
pub use under_way::UnderWay;
pub(in crate::client) use worker::Worker;

use core::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// Records requests before they are sent.
///
/// A request is recorded before its first byte leaves. A program that stops after that finds it among
/// the [unfinished](Self::unfinished) ones, and goes on with the same id and the same bytes: see
/// [`RawClient::unfinished`](super::RawClient::unfinished). Requests that cannot be sent again without harm
/// are not recorded.
///
/// An entry is open from [`before_send`](Self::before_send) or [`begin`](Self::begin) until
/// [`after`](Self::after). An open entry may have arrived at the provider. Operation and id together
/// identify an entry. Each method returns only when its record is durable; if it cannot be recorded,
/// the method returns an error and nothing has changed.
///
/// Implement it over a database to share one journal between machines; otherwise use a [`FileJournal`].
pub trait Journal: Send + Sync {
    /// Records that a call is about to be sent.
    ///
    /// Returns [`Opened::Again`] for a call that is open with the same body: it may have arrived before.
    ///
    /// # Errors
    ///
    /// When it cannot be recorded, when it is open with [another body](JournalError::OtherBody), or
    /// when [something else with this id](JournalError::Unfinished) is open: of the same operation, or
    /// with the same [`scope`](Entry::scope).
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError>;

    /// Records that a payment begins, with its state as [`Payment::save`](super::life::Payment::save)
    /// returns it.
    ///
    /// # Errors
    ///
    /// When it cannot be recorded, or when something with this id is open, as for
    /// [`before_send`](Self::before_send).
    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError>;

    /// Records the new state of a payment: something is about to be sent, the provider has reported
    /// something, or the payment is over.
    ///
    /// # Errors
    ///
    /// When it cannot be recorded, or no such payment is open.
    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError>;

    /// Records that a call has ended in this way, or that an ended payment is closed: the entry is no
    /// longer open. Does nothing if no such entry is open, or if [nothing was sent](Ended::NotSent) by
    /// a call that had been opened [again](Opened::Again).
    ///
    /// # Errors
    ///
    /// When it cannot be recorded.
    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError>;

    /// Returns the open entries, the oldest first.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError>;

    /// Returns the entries that this program holds. Keep a [`UnderWay::default`] beside the store.
    fn under_way(&self) -> &UnderWay;
}

/// A journal that is shared between clients.
impl<J: Journal + ?Sized> Journal for Arc<J> {
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError> {
        (**self).before_send(entry)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        (**self).begin(entry, state)
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        (**self).stands(operation, id, state)
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError> {
        (**self).after(operation, id, ended)
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        (**self).unfinished()
    }

    fn under_way(&self) -> &UnderWay {
        (**self).under_way()
    }
}

/// A request, as a journal records it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// A single call, or a payment that a flow describes.
    pub kind: EntryKind,
    /// The name of the operation, or of the flow.
    pub operation: &'a str,
    /// The field that holds the id, as a JSON Pointer. Requests with the same scope share their ids: a
    /// provider takes two of them with one id for the same payment, whatever the operation. For an
    /// operation without such a field, its name.
    pub scope: &'a str,
    /// The value by which the provider recognises the request.
    pub id: &'a str,
    /// The body. It may hold sensitive values.
    pub bytes: &'a [u8],
    /// The time when the first attempt of a call began, by the client's clock. Keep it: a call whose key the
    /// provider keeps for a limited time is not sent again after it, and never if this is [`None`]. A payment
    /// has its time in its state, and [`None`] here.
    pub begun: Option<SystemTime>,
}

impl fmt::Debug for Entry<'_> {
    /// Leaves the body out: it may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("scope", &self.scope)
            .field("id", &self.id)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .field("begun", &self.begun)
            .finish()
    }
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A single call of an operation.
    Call,
    /// A payment on its way through a flow.
    Payment,
}

/// The state of a call in the journal at the time it is about to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Opened {
    /// It is not open yet.
    #[default]
    New,
    /// It is already open with the same body: an earlier sending may have arrived.
    Again {
        /// The recorded [time](Entry::begun) of its first attempt.
        begun: Option<SystemTime>,
    },
}

/// The end of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// The outcome is decided.
    Decided,
    /// Nothing was sent since it was opened.
    NotSent,
}
