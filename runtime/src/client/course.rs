//! The parts that both clients share besides I/O: seeds, and jobs for the journal.

use super::call::journal_scope;
use super::clock::Moment;
use super::envelope::Envelope;
use super::journal::{Ended, Entry, EntryKind, Journal, JournalError, UnderWay};
use super::life::{BeginError, CloseError, Driven, Payment, Stop, Timing};
use super::policy::Policy;
use super::trace;
use super::unfinished::Found;
use crate::Valid;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::SystemTime;

/// The settings of a client, without its transport and its clock.
pub(super) struct Course<S, V> {
    pub(super) envelope: Envelope<S, V>,
    pub(super) policy: Policy,
    pub(super) timing: Timing,
    pub(super) seed: Option<u64>,
    pub(super) journal: Option<Arc<dyn Journal>>,
}

impl<S, V> Course<S, V> {
    pub(super) fn new(envelope: Envelope<S, V>) -> Self {
        Self {
            envelope,
            policy: Policy::default(),
            timing: Timing::default(),
            seed: None,
            journal: None,
        }
    }

    /// Returns the seed for the pauses of the next call.
    pub(super) fn seed(&self) -> u64 {
        self.seed
            .unwrap_or_else(|| RandomState::new().hash_one(core::ptr::from_ref(self).addr()))
    }

    /// Returns the entries that this program holds.
    pub(super) fn under_way(&self) -> Option<&UnderWay> {
        self.journal.as_deref().map(Journal::under_way)
    }

    /// Starts a payment and marks it as held.
    pub(super) fn begin<F: Driven>(
        &self,
        request: &Valid<F::Request>,
        now: Moment,
    ) -> Result<Payment<F>, BeginError> {
        let mut payment = Payment::begin(request, self.timing, now)?;
        if let Some(under_way) = self.under_way() {
            payment.hold(under_way);
        }
        Ok(payment)
    }
}

/// Makes the journal job that records the beginning of a payment.
pub(super) fn begins<F: Driven>(
    payment: &Payment<F>,
) -> impl FnOnce(&dyn Journal) -> Result<(), JournalError> + Send + 'static {
    let (copy, state) = (Copied::of(payment), payment.save());
    move |journal| journal.begin(copy.entry(), &state)
}

/// Makes the journal job that records the present state of a payment.
pub(super) fn stands<F: Driven>(
    payment: &Payment<F>,
) -> impl FnOnce(&dyn Journal) -> Result<(), JournalError> + Send + 'static {
    let Entry { operation, id, .. } = payment.entry();
    let (operation, id, state) = (operation.to_owned(), id.to_owned(), payment.save());
    move |journal| journal.stands(&operation, &id, &state)
}

/// Makes the journal job that closes an ended payment.
pub(super) fn closes<F: Driven>(
    payment: &Payment<F>,
) -> Result<impl FnOnce(&dyn Journal) -> Result<(), JournalError> + Send + 'static, CloseError> {
    let Entry { operation, id, .. } = payment.entry();
    let (operation, id) = (operation.to_owned(), id.to_owned());
    match payment.is_over() {
        true => Ok(decided(operation, id)),
        false => Err(CloseError::UnderWay {
            flow: operation,
            id,
        }),
    }
}

/// Makes the journal job that records a decided outcome.
pub(super) fn decided(
    operation: String,
    id: String,
) -> impl FnOnce(&dyn Journal) -> Result<(), JournalError> + Send + 'static {
    move |journal| journal.after(&operation, &id, Ended::Decided)
}

/// Claims the open entries of a journal that nobody holds.
pub(super) fn unfinished(journal: &dyn Journal) -> Result<Vec<Found>, JournalError> {
    let mut claimed = HashMap::new();
    for entry in journal.unfinished()? {
        let name = (entry.operation().to_owned(), entry.id().to_owned());
        if let Some(lease) = journal.under_way().claim(&name.0, &name.1) {
            claimed.insert(name, lease);
        }
    }
    // A previous holder may have ended an entry before it was claimed.
    let open = journal.unfinished()?.into_iter();
    let found = open.filter_map(|entry| {
        let name = (entry.operation().to_owned(), entry.id().to_owned());
        let lease = claimed.remove(&name)?;
        Some(Found::new(entry, lease))
    });
    Ok(found.collect())
}

/// Traces the reason why a payment stops.
pub(super) fn stopped<F: Driven>(stop: &Stop<F>, now: SystemTime) {
    match stop {
        Stop::Show(_) => {}
        Stop::Until(time) => trace::wait(time.duration_since(now).unwrap_or_default()),
        Stop::Ended(ending) => trace::ended(ending),
    }
}

/// An owned copy of a payment's journal entry.
struct Copied {
    operation: &'static str,
    scope: &'static str,
    id: String,
    bytes: Vec<u8>,
}

impl Copied {
    fn of<F: Driven>(payment: &Payment<F>) -> Self {
        Self {
            operation: F::TABLE.id,
            scope: journal_scope::<F::Request>(),
            id: payment.id().to_owned(),
            bytes: payment.sent().bytes().to_vec(),
        }
    }

    fn entry(&self) -> Entry<'_> {
        Entry {
            kind: EntryKind::Payment,
            operation: self.operation,
            scope: self.scope,
            id: &self.id,
            bytes: &self.bytes,
            begun: None,
        }
    }
}
