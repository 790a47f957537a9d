//! What is written down about calls and payments, so that a program that stopped can go on.

mod book;
mod disk;
mod error;
mod file;
mod legacy;
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

/// Writes down what is about to leave.
///
/// A request is written down before its first byte leaves; a program that stops after that finds it
/// among the [unfinished](Self::unfinished) ones, and goes on with the same id and the same bytes: see
/// [`Client::unfinished`](super::Client::unfinished). Requests that cannot be sent again without harm are not
/// written down.
///
/// An entry is open from [`before_send`](Self::before_send) or [`begin`](Self::begin) until
/// [`after`](Self::after). An open entry may have arrived at the provider. Entries are named by operation and
/// id. Each method returns only when what it was told is durable; what cannot be written down is an error, and
/// then nothing has changed.
///
/// Implement it over a database to share one journal between machines; otherwise take a [`FileJournal`].
pub trait Journal: Send + Sync {
    /// A call is about to be sent.
    ///
    /// Returns [`Opened::Again`] for a call that is open with the same body: it may have arrived before.
    ///
    /// # Errors
    ///
    /// When it cannot be written down, when it is open with [another body](JournalError::OtherBody), or when
    /// [something else with this id](JournalError::Unfinished) is open: of the same operation, or with the same
    /// [`scope`](Entry::scope).
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError>;

    /// The life of a payment begins, and stands so: see [`Payment::save`](super::life::Payment::save).
    ///
    /// # Errors
    ///
    /// When it cannot be written down, or when something with this id is open, as for
    /// [`before_send`](Self::before_send).
    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError>;

    /// A payment that has begun stands so: something is about to be sent, the provider has told something, or it
    /// is over.
    ///
    /// # Errors
    ///
    /// When it cannot be written down, or no such payment is open.
    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError>;

    /// A call has ended in this way, or an ended payment is closed: the entry is no longer open. Nothing happens
    /// where no such entry is open, or where [nothing was sent](Ended::NotSent) by a call that had been opened
    /// [again](Opened::Again).
    ///
    /// # Errors
    ///
    /// When it cannot be written down.
    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError>;

    /// Returns what is open, the oldest first.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError>;

    /// Returns what this program has in its hands. Keep a [`UnderWay::default`] beside the store.
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

/// A request, as it is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// A single call, or a payment that a flow describes.
    pub kind: EntryKind,
    /// The name of the operation, or of the flow.
    pub operation: &'a str,
    /// The field that holds the id, as a JSON Pointer. Requests with the same one share their ids: a provider
    /// takes two of them for the same payment, whatever the operation. For an operation without such a field,
    /// its name.
    pub scope: &'a str,
    /// The value by which the request is recognised.
    pub id: &'a str,
    /// The body. It may hold sensitive values.
    pub bytes: &'a [u8],
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
            .finish()
    }
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A single call of an operation.
    Call,
    /// A payment on its way through a flow.
    Payment,
}

/// What a call that is about to be sent is to the journal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Opened {
    /// It was not open.
    #[default]
    New,
    /// It is open with the same body: an earlier sending may have arrived.
    Again,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// It is decided.
    Decided,
    /// Nothing has left since it was opened.
    NotSent,
}
