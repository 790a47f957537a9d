//! The last exchanges, for the status page and for those who follow it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::log_entry::LogEntry;

/// The number of exchanges that are kept and shown.
pub(super) const KEPT: usize = 100;

/// The last exchanges, each with its number; the first exchange has the number 1.
#[derive(Debug)]
pub(super) struct Recent {
    kept: Mutex<VecDeque<(u64, LogEntry)>>,
    /// The number of the last exchange.
    last: watch::Sender<u64>,
}

impl Default for Recent {
    fn default() -> Self {
        Recent {
            kept: Mutex::default(),
            last: watch::Sender::new(0),
        }
    }
}

impl Recent {
    fn kept(&self) -> MutexGuard<'_, VecDeque<(u64, LogEntry)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an exchange, and drops the oldest one when there are too many.
    pub(super) fn add(&self, record: LogEntry) {
        let mut kept = self.kept();
        let number = self.number() + 1;
        if kept.len() == KEPT {
            kept.pop_back();
        }
        kept.push_front((number, record));
        // Those who follow read the exchanges themselves, so that a slow one delays nobody.
        self.last.send_replace(number);
    }

    /// Returns the number of the last exchange, which is the number of all exchanges.
    pub(super) fn number(&self) -> u64 {
        *self.last.borrow()
    }

    /// Returns the last exchanges, the latest first.
    pub(super) fn all(&self) -> Vec<LogEntry> {
        self.kept().iter().map(|(_, one)| one.clone()).collect()
    }

    /// Returns the exchanges after this number that are still kept, the latest first.
    pub(super) fn after(&self, number: u64) -> Vec<(u64, LogEntry)> {
        let kept = self.kept();
        let new = kept.iter().take_while(|(one, _)| *one > number);
        new.cloned().collect()
    }

    /// Returns the number of the last exchange as it grows.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }
}
