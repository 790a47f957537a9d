//! What is still to happen.

use std::collections::BTreeSet;

use super::ledger::{Ledger, LedgerError};
use super::process;
use super::retention::{Remembered, Retention};
use super::subject::Subject;

/// Where the names of things stand in the ledger, each with the thing's own key.
pub(super) const NAMES: &str = "name ";

/// Where the answers to requests stand in the ledger.
pub(super) const REQUESTS: &str = "request ";

/// Where things stand in the ledger.
pub(super) const SUBJECTS: &str = "subject ";

/// What is still to happen to things, by time. An entry that no longer agrees with its thing is nothing.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// When open things end by themselves.
    pub(super) plans: Queue,
    /// When notices are sent.
    pub(super) duties: Queue,
    /// What is forgotten.
    pub(super) remembered: Remembered,
}

impl Agenda {
    /// What a ledger from earlier leaves to do.
    pub(super) fn of(ledger: &dyn Ledger) -> Result<Self, LedgerError> {
        let mut agenda = Agenda::default();
        for (_, text) in ledger.all(SUBJECTS)? {
            Subject::read(&text)?.announce(&mut agenda);
        }
        for (slot, text) in ledger.all(REQUESTS)? {
            if let Some(at) = process::answered_alone(&text) {
                agenda.remembered.note(&slot, Some(at));
            }
        }
        Ok(agenda)
    }

    /// Forgets what is old, and what is too much. What cannot be forgotten now is so another time.
    pub(super) fn forget(&mut self, ledger: &mut dyn Ledger, retention: &Retention, now: u64) {
        while let Some(id) = self.remembered.overdue(retention, now).map(str::to_owned) {
            let mut keys = match id.starts_with(SUBJECTS).then(|| Subject::load(ledger, &id)) {
                Some(Ok(subject)) => subject.map(|subject| subject.keys).unwrap_or_default(),
                Some(Err(_)) => return,
                None => Vec::new(),
            };
            keys.push(id.clone());
            if ledger.forget(&keys).is_err() {
                return;
            }
            self.remembered.remove(&id);
        }
    }
}

/// Ids of things, by the time in milliseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Queue(BTreeSet<(u64, String)>);

impl Queue {
    pub(super) fn add(&mut self, at: u64, id: &str) {
        self.0.insert((at, id.to_owned()));
    }

    /// Takes the first entry whose time has come.
    pub(super) fn take(&mut self, now: u64) -> Option<(u64, String)> {
        let is_due = self.0.first().is_some_and(|(at, _)| *at <= now);
        is_due.then(|| self.0.pop_first()).flatten()
    }
}
