//! What is still to happen.

use std::collections::BTreeSet;

use super::ledger::{Ledger, LedgerError};
use super::subject::Subject;

/// Where the names of things stand in the ledger, each with the thing's own key.
pub(super) const NAMES: &str = "name ";

/// Where things stand in the ledger.
pub(super) const SUBJECTS: &str = "subject ";

/// What is still to happen to things, by time. An entry that no longer agrees with its thing is nothing.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// When open things end by themselves.
    pub(super) plans: Queue,
    /// When notices are sent.
    pub(super) duties: Queue,
}

impl Agenda {
    /// What a ledger from earlier leaves to do.
    pub(super) fn of(ledger: &dyn Ledger) -> Result<Self, LedgerError> {
        let mut agenda = Agenda::default();
        for (_, text) in ledger.all(SUBJECTS)? {
            Subject::read(&text)?.announce(&mut agenda);
        }
        Ok(agenda)
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
