//! What is still to happen.

use std::collections::BTreeSet;

use super::ledger::{Ledger, LedgerError};
use super::resource::Resource;
use super::retention::{Remembered, Retention};

/// Where the names of things stand in the ledger, each with the thing's own key.
pub(super) const NAMES: &str = "name ";

/// Where the answers to requests stand in the ledger.
pub(super) const REQUESTS: &str = "request ";

/// Where things stand in the ledger.
pub(super) const SUBJECTS: &str = "resource ";

/// What is still to happen to things, by time. An entry that no longer agrees with its thing is nothing.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    /// When open things end by themselves.
    pub(super) plans: Queue,
    /// When notifications are sent.
    pub(super) duties: Queue,
    /// What is forgotten.
    pub(super) remembered: Remembered,
}

impl Schedule {
    /// Reads what a ledger from earlier leaves to do; `answered_alone` tells when a request was answered of which
    /// nothing else is known.
    pub(super) fn of(
        ledger: &dyn Ledger,
        answered_alone: fn(&str) -> Option<u64>,
    ) -> Result<Self, LedgerError> {
        let mut schedule = Schedule::default();
        for (_, text) in ledger.all(SUBJECTS)? {
            schedule.announce(&Resource::read(&text)?);
        }
        for (slot, text) in ledger.all(REQUESTS)? {
            if let Some(at) = answered_alone(&text) {
                schedule.remembered.note(&slot, Some(at));
            }
        }
        Ok(schedule)
    }

    /// Takes in what is still to happen to a resource.
    pub(super) fn announce(&mut self, resource: &Resource) {
        let is_over = resource.end.is_some() && resource.pending.is_none();
        let ended = resource.ended.filter(|_| is_over);
        self.remembered.note(&resource.id, ended);
        if let Some(at) = resource.plan.as_ref().and_then(|plan| plan.at) {
            self.plans.add(at, &resource.id);
        }
        if let Some(pending) = &resource.pending {
            self.duties.add(pending.due, &resource.id);
        }
    }

    /// Forgets what is old, and what is too much. What cannot be forgotten now is so another time.
    pub(super) fn forget(&mut self, ledger: &mut dyn Ledger, retention: &Retention, now: u64) {
        while let Some(id) = self.remembered.overdue(retention, now).map(str::to_owned) {
            let mut keys = match id
                .starts_with(SUBJECTS)
                .then(|| Resource::load(ledger, &id))
            {
                Some(Ok(resource)) => resource.map(|resource| resource.keys).unwrap_or_default(),
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
