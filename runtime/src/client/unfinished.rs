//! The open entries of a journal, with their types.

use super::call::Call;
use super::doubt::InDoubt;
use super::journal::{EntryKind, Lease, OpenEntry};
use super::life::{Driven, NotResumed, Payment};
use super::other_entry::OtherEntry;
use core::fmt;

/// The open entries of a journal: see [`RawClient::unfinished`](super::RawClient::unfinished).
pub type Unfinished<U> = Vec<Result<U, NotRestored>>;

/// Everything of an API that can be unfinished: the payments of its flows, and the calls that a journal
/// records. Generated.
pub trait Restore: Sized {
    /// Restores a call or a payment from its journal entry.
    ///
    /// # Errors
    ///
    /// When the entry is of another kind, or damaged.
    fn restore(found: Found) -> Result<Self, NotRestored>;
}

/// An open entry of a journal that no part of the program holds.
#[derive(Debug)]
pub struct Found {
    entry: OpenEntry,
    lease: Lease,
}

impl Found {
    pub(super) fn new(entry: OpenEntry, lease: Lease) -> Self {
        Self { entry, lease }
    }

    /// Returns the name of the payment's flow; [`None`] for a call.
    pub fn flow(&self) -> Option<&str> {
        self.named(EntryKind::Payment)
    }

    /// Returns the name of the call's operation; [`None`] for a payment.
    pub fn operation(&self) -> Option<&str> {
        self.named(EntryKind::Call)
    }

    fn named(&self, kind: EntryKind) -> Option<&str> {
        let entry = self.entry.entry();
        entry.filter(|entry| entry.kind == kind)?;
        Some(self.entry.operation())
    }

    /// Restores the call. Its outcome is unknown.
    ///
    /// # Errors
    ///
    /// When the entry is not a call of this operation.
    pub fn call<R: Call>(self) -> Result<InDoubt<R>, NotRestored> {
        let doubt = self.entry.entry().map(InDoubt::<R>::interrupted);
        match doubt {
            Some(Ok(doubt)) => Ok(doubt.held(self.lease)),
            Some(Err(error)) => Err(self.not_restored(WhyNotRestored::Call(error))),
            None => Err(self.not_restored(WhyNotRestored::Damaged)),
        }
    }

    /// Restores the payment, in its last recorded state.
    ///
    /// # Errors
    ///
    /// When the entry is not a payment of this flow.
    pub fn payment<F: Driven>(self) -> Result<Payment<F>, NotRestored> {
        let entry = self.entry.entry();
        let payment = entry.map(|entry| Payment::<F>::resume(entry, self.entry.state()));
        match payment {
            Some(Ok(payment)) => Ok(payment.held(self.lease)),
            Some(Err(error)) => Err(self.not_restored(WhyNotRestored::Payment(error))),
            None => Err(self.not_restored(WhyNotRestored::Damaged)),
        }
    }

    /// Makes the error for an entry that is damaged, or whose name belongs to no operation or flow of
    /// the API.
    pub fn unknown(self) -> NotRestored {
        let why = match self.entry.entry() {
            Some(_) => WhyNotRestored::Unknown,
            None => WhyNotRestored::Damaged,
        };
        self.not_restored(why)
    }

    fn not_restored(self, why: WhyNotRestored) -> NotRestored {
        NotRestored(Box::new(Left {
            entry: self.entry,
            why,
            _lease: self.lease,
        }))
    }
}

/// An open entry of a journal that cannot be restored. A person should find out its outcome.
#[must_use = "a payment may be unfinished: let people find out what became of it"]
pub struct NotRestored(Box<Left>);

struct Left {
    entry: OpenEntry,
    why: WhyNotRestored,
    _lease: Lease,
}

impl NotRestored {
    /// Returns the name of the operation or the flow.
    pub fn operation(&self) -> &str {
        self.0.entry.operation()
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        self.0.entry.id()
    }

    /// Returns the reason.
    pub fn why(&self) -> &WhyNotRestored {
        &self.0.why
    }
}

/// The reason why an open entry cannot be restored.
#[derive(Debug)]
#[non_exhaustive]
pub enum WhyNotRestored {
    /// The line that held the body is damaged.
    Damaged,
    /// No operation or flow has this name, in this version of the API and with the enabled features.
    Unknown,
    /// It is not such a call.
    Call(OtherEntry),
    /// It is not such a payment, or its saved state is invalid.
    Payment(NotResumed),
}

impl fmt::Debug for NotRestored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NotRestored")
            .field("operation", &self.operation())
            .field("id", &self.id())
            .field("why", &self.0.why)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NotRestored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, id) = (self.operation().escape_debug(), self.id().escape_debug());
        write!(
            f,
            "`{operation}` {id} is unfinished and cannot be gone on with: "
        )?;
        match &self.0.why {
            WhyNotRestored::Damaged => f.write_str("its line in the journal is damaged"),
            WhyNotRestored::Unknown => f.write_str(
                "no such operation or flow is known here; turn its feature on, or use the version that wrote it",
            ),
            WhyNotRestored::Call(error) => error.fmt(f),
            WhyNotRestored::Payment(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for NotRestored {}
