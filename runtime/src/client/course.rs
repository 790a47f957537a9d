//! What the clients do beside I/O: seeds, the journal, the course of a call.

use super::attempt::Flying;
use super::call::{Answered, Call, Repeat};
use super::clock::Moment;
use super::envelope::Envelope;
use super::error::CallError;
use super::journal::{Ended, Entry, Journal};
use super::life::{BeginError, Driven, Pace, Payment, Stop};
use super::policy::Policy;
use super::trace;
use super::transport::TransportError;
use crate::Valid;
use std::hash::{BuildHasher, RandomState};
use std::time::SystemTime;

/// What a client holds beside its transport and its clock.
pub(super) struct Course<S, V> {
    pub(super) envelope: Envelope<S, V>,
    pub(super) policy: Policy,
    pub(super) pace: Pace,
    pub(super) seed: Option<u64>,
    pub(super) journal: Option<Box<dyn Journal>>,
}

impl<S, V> Course<S, V> {
    pub(super) fn new(envelope: Envelope<S, V>) -> Self {
        Self {
            envelope,
            policy: Policy::default(),
            pace: Pace::default(),
            seed: None,
            journal: None,
        }
    }

    /// What spreads the pauses of the next call.
    pub(super) fn seed(&self) -> u64 {
        self.seed
            .unwrap_or_else(|| RandomState::new().hash_one(core::ptr::from_ref(self).addr()))
    }

    /// Writes down what is about to leave. What cannot be written down is not sent.
    pub(super) fn before_send<R: Call>(&self, flying: &Flying<R>) -> Result<(), TransportError> {
        let Some(journal) = self.journal_of::<R>() else {
            return Ok(());
        };
        let entry = Entry {
            operation: R::ENDPOINT.name,
            id: flying.sent().key(),
            bytes: flying.sent().bytes(),
        };
        let written = journal.before_send(entry);
        written.map_err(|error| TransportError::NotSent(error.to_string()))
    }

    /// Writes down how the call with this key ended.
    pub(super) fn after<R: Call>(&self, id: &str, result: &Result<Answered<R>, CallError<R>>) {
        if let Some(journal) = self.journal_of::<R>() {
            journal.after(R::ENDPOINT.name, id, ended(result));
        }
    }

    /// Begins a life, and writes it down.
    pub(super) fn begin<F: Driven>(
        &self,
        request: &Valid<F::Request>,
        now: Moment,
    ) -> Result<Payment<F>, BeginError> {
        let payment = Payment::begin(request, self.pace, now)?;
        if let Some(journal) = &self.journal {
            journal.begin(payment.entry(), &payment.save())?;
        }
        Ok(payment)
    }

    /// Writes down where a life stands as something is about to leave. What cannot be written down is
    /// not sent.
    pub(super) fn stands<F: Driven>(&self, payment: &Payment<F>) -> Result<(), TransportError> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let Entry { operation, id, .. } = payment.entry();
        let written = journal.stands(operation, id, &payment.save());
        written.map_err(|error| TransportError::NotSent(error.to_string()))
    }

    /// Tells where a life stops, and writes down that it is over.
    pub(super) fn stopped<F: Driven>(&self, payment: &Payment<F>, stop: &Stop<F>, now: SystemTime) {
        match stop {
            Stop::Show(_) => {}
            Stop::Until(time) => trace::wait(time.duration_since(now).unwrap_or_default()),
            Stop::Ended(ending) => {
                trace::ended(ending);
                // At worst, the next run asks for the end once more.
                drop(self.stands(payment));
            }
        }
    }

    /// Takes a life out of the journal.
    pub(super) fn close<F: Driven>(&self, payment: &Payment<F>) {
        if let Some(journal) = &self.journal {
            let Entry { operation, id, .. } = payment.entry();
            journal.after(operation, id, Ended::Decided);
        }
    }

    fn journal_of<R: Call>(&self) -> Option<&dyn Journal> {
        let journal = self.journal.as_deref();
        journal.filter(|_| R::REPEAT == Repeat::ByKey)
    }
}

fn ended<R: Call>(result: &Result<Answered<R>, CallError<R>>) -> Ended {
    match result {
        Ok(_) => Ended::Decided,
        Err(CallError::Refused(_) | CallError::NotSent(_)) => Ended::NotSent,
        Err(CallError::InDoubt(_)) => Ended::InDoubt,
    }
}
