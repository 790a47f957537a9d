//! What the running program has in its hands.

use core::fmt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The entries of a journal that this program has in its hands: calls under way, and doubts and payments that
/// some part of it holds. They are not unfinished business for another part of it.
#[derive(Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<Name, Holders>>>);

/// Operation and id.
type Name = (String, String);

#[derive(Clone, Copy, Default)]
struct Holders {
    /// All of them.
    all: usize,
    /// Those that are sending.
    sending: usize,
}

impl UnderWay {
    fn names(&self) -> MutexGuard<'_, HashMap<Name, Holders>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds an entry that nobody holds.
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

    /// Holds an entry that is to be sent; [`None`] when it is being sent.
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

/// An entry that is held until this is dropped.
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
    /// The same in other hands, which do not send.
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
