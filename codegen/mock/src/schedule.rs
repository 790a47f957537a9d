//! The schedule: planned ends, due notifications, and what to forget.

use std::collections::BTreeSet;

use super::ledger::{Ledger, LedgerError};
use super::resource::Resource;
use super::retention::{Remembered, Retention};

/// The prefix of ledger keys for names; their values are ids of resources.
pub(super) const NAMES: &str = "name ";

/// The prefix of ledger keys for the answers to requests.
pub(super) const REQUESTS: &str = "request ";

/// The prefix of ledger keys for resources.
pub(super) const RESOURCES: &str = "resource ";

/// Future events of resources, by time. Entries that no longer agree with their resource are ignored.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    /// Times at which open resources end by themselves.
    pub(super) plans: Queue,
    /// Times at which notifications are due.
    pub(super) duties: Queue,
    /// The order in which entries are forgotten.
    pub(super) remembered: Remembered,
}

impl Schedule {
    /// Rebuilds the schedule from a ledger; `answered_alone` returns the time of an answer that belongs to no
    /// resource.
    pub(super) fn of(
        ledger: &dyn Ledger,
        answered_alone: fn(&str) -> Option<u64>,
    ) -> Result<Self, LedgerError> {
        let mut schedule = Schedule::default();
        for (_, text) in ledger.all(RESOURCES)? {
            schedule.announce(&Resource::read(&text)?);
        }
        for (slot, text) in ledger.all(REQUESTS)? {
            if let Some(at) = answered_alone(&text) {
                schedule.remembered.note(&slot, Some(at));
            }
        }
        Ok(schedule)
    }

    /// Adds the events of a resource.
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

    /// Forgets entries that are too old or too many. After an error the next call tries again.
    pub(super) fn forget(&mut self, ledger: &mut dyn Ledger, retention: &Retention, now: u64) {
        while let Some(id) = self.remembered.overdue(retention, now).map(str::to_owned) {
            let mut keys = match id
                .starts_with(RESOURCES)
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

/// Ids of resources, by time in milliseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Queue(BTreeSet<(u64, String)>);

impl Queue {
    pub(super) fn add(&mut self, at: u64, id: &str) {
        self.0.insert((at, id.to_owned()));
    }

    /// Takes the first entry that is due.
    pub(super) fn take(&mut self, now: u64) -> Option<(u64, String)> {
        let is_due = self.0.first().is_some_and(|(at, _)| *at <= now);
        is_due.then(|| self.0.pop_first()).flatten()
    }
}
