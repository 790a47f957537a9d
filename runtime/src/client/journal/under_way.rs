//! The entries that the running program holds.

use core::fmt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The entries of a journal that this program holds: calls under way, and the doubts and payments that
/// some part of it keeps. No other part of the program takes them for unfinished.
#[derive(Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<Name, Holders>>>);

/// Operation and id.
type Name = (String, String);

#[derive(Clone, Copy, Default)]
struct Holders {
    /// All holders.
    all: usize,
    /// The holders that are sending.
    sending: usize,
}

impl UnderWay {
    fn names(&self) -> MutexGuard<'_, HashMap<Name, Holders>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds an entry, unless it is held already.
    pub(in crate::client) fn claim(&self, operation: &str, id: &str) -> Option<Lease> {
        let name = (operation.to_owned(), id.to_owned());
        let mut names = self.names();
        if names.contains_key(&name) {
            return None;
        }
        let holders = Holders { all: 1, sending: 0 };
        names.insert(name.clone(), holders);
        drop(names);
        Some(Lease {
            of: self.clone(),
            name,
            is_sending: false,
        })
    }

    /// Holds an entry.
    pub(in crate::client) fn hold(&self, operation: &str, id: &str) -> Lease {
        let name = (operation.to_owned(), id.to_owned());
        self.names().entry(name.clone()).or_default().all += 1;
        Lease {
            of: self.clone(),
            name,
            is_sending: false,
        }
    }

    /// Holds an entry that is about to be sent; [`None`] if it is being sent already.
    pub(in crate::client) fn send(&self, operation: &str, id: &str) -> Option<Lease> {
        let name = (operation.to_owned(), id.to_owned());
        let mut names = self.names();
        let holders = names.entry(name.clone()).or_default();
        if holders.sending > 0 {
            return None;
        }
        holders.all += 1;
        holders.sending += 1;
        drop(names);
        Some(Lease {
            of: self.clone(),
            name,
            is_sending: true,
        })
    }
}

impl fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names().keys()).finish()
    }
}

/// Holds an entry until it is dropped.
pub(in crate::client) struct Lease {
    of: UnderWay,
    name: Name,
    is_sending: bool,
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lease").field(&self.name).finish()
    }
}

impl Lease {
    /// Adds a second holder, which does not send.
    pub(in crate::client) fn share(&self) -> Self {
        self.of.hold(&self.name.0, &self.name.1)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut names = self.of.names();
        let Some(holders) = names.get_mut(&self.name) else {
            return;
        };
        holders.all -= 1;
        holders.sending -= usize::from(self.is_sending);
        if holders.all == 0 {
            names.remove(&self.name);
        }
    }
}
