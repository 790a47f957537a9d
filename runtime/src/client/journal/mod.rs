//! What is written down about calls, so that a program that stopped can go on.

mod file;

pub use file::{FileJournal, Unfinished};

use core::fmt;
use std::sync::Arc;

/// Writes down what is about to leave.
///
/// A request is written down before its first byte leaves; a program that stops after that finds it
/// again, and goes on with the same key and the same bytes: see
/// [`InDoubt::interrupted`](super::InDoubt::interrupted). Only requests that the provider recognises by
/// a key are written down: no others could be sent again without harm.
pub trait Journal: Send + Sync {
    /// A request is about to be sent, for the first time or again.
    ///
    /// # Errors
    ///
    /// When it cannot be written down. Then it is not sent.
    fn before_send(&self, entry: Entry<'_>) -> Result<(), JournalError>;

    /// The life of a payment begins, and stands so: see [`Payment::save`](super::life::Payment::save).
    ///
    /// # Errors
    ///
    /// When it cannot be written down, or one of this name with this id has begun before and is not
    /// over. Then it does not begin.
    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError>;

    /// A life that has begun stands so: something is about to be sent, or it is over.
    ///
    /// # Errors
    ///
    /// When it cannot be written down. Then it is not sent.
    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError>;

    /// A call has ended in this way, or an ended life is closed. Only what is [in doubt](Ended::InDoubt) is still to be found by
    /// the next run. An error is of no consequence here: at worst the same bytes are sent once more.
    fn after(&self, operation: &str, id: &str, ended: Ended);
}

/// A journal that is shared, so that the program can close in it what people found out.
impl<J: Journal + ?Sized> Journal for Arc<J> {
    fn before_send(&self, entry: Entry<'_>) -> Result<(), JournalError> {
        (**self).before_send(entry)
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        (**self).begin(entry, state)
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        (**self).stands(operation, id, state)
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) {
        (**self).after(operation, id, ended);
    }
}

/// A request, as it is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The name of the operation, or of the flow.
    pub operation: &'a str,
    /// The value of the field by which the provider recognises the request.
    pub id: &'a str,
    /// The body. It may hold sensitive values.
    pub bytes: &'a [u8],
}

impl fmt::Debug for Entry<'_> {
    /// Leaves the body out: it may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("operation", &self.operation)
            .field("id", &self.id)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish()
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is decided.
    Decided,
    /// Nothing has left.
    NotSent,
    /// It may have arrived, and what became of it is not known.
    InDoubt,
}

/// A request could not be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalError {
    why: String,
}

impl JournalError {
    /// With the reason, which must show nothing of the request.
    pub fn new(why: impl Into<String>) -> Self {
        Self { why: why.into() }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the journal could not be written: {}", self.why)
    }
}

impl core::error::Error for JournalError {}
