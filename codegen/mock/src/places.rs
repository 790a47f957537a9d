//! The places of connections: no client holds one that another needs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long a connection keeps its place whatever comes: long enough to be read from, as one that is closed
/// with bytes unread is reset, which its client may take for a failure of the network.
const KEPT: Duration = Duration::from_millis(200);

/// So many connections at a time. When one more comes, the one that has been idle the longest goes: it
/// sends nothing, or slowly, or does not take its answer. One whose request is being answered stays.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    open: Mutex<Open>,
    freed: Notify,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    all: HashMap<u64, Place>,
}

#[derive(Debug)]
struct Place {
    /// Since when it is as it is.
    since: Instant,
    is_busy: bool,
    evicted: Arc<Notify>,
}

impl Places {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Places {
            most: most.max(1),
            open: Mutex::default(),
            freed: Notify::new(),
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place. It is waited for while all of them are busy, or have been idle for a moment only.
    pub(super) async fn take(self: &Arc<Self>) -> Held {
        loop {
            match self.try_take() {
                Ok(held) => return held,
                Err(wait) => {
                    // Either way it is looked again.
                    let _ = tokio::time::timeout(wait, self.freed.notified()).await;
                }
            }
        }
    }

    /// A place, or how long it takes at most until it is worth another look.
    fn try_take(self: &Arc<Self>) -> Result<Held, Duration> {
        let mut open = self.open();
        if open.all.len() >= self.most {
            let idle = open.all.iter().filter(|(_, place)| !place.is_busy);
            let oldest = idle.min_by_key(|(_, place)| place.since);
            let (oldest, since) = oldest.map(|(id, place)| (*id, place.since)).ok_or(KEPT)?;
            let wait = KEPT.saturating_sub(since.elapsed());
            if !wait.is_zero() {
                return Err(wait);
            }
            if let Some(place) = open.all.remove(&oldest) {
                place.evicted.notify_one();
            }
        }
        let id = open.next;
        open.next += 1;
        let evicted = Arc::new(Notify::new());
        let place = Place {
            since: Instant::now(),
            is_busy: false,
            evicted: Arc::clone(&evicted),
        };
        open.all.insert(id, place);
        drop(open);
        Ok(Held {
            places: Arc::clone(self),
            id,
            evicted,
        })
    }

    fn set(&self, id: u64, is_busy: bool) -> bool {
        let mut open = self.open();
        let Some(place) = open.all.get_mut(&id) else {
            return false;
        };
        (place.since, place.is_busy) = (Instant::now(), is_busy);
        drop(open);
        if !is_busy {
            // It can go now.
            self.freed.notify_one();
        }
        true
    }
}

/// The place of one connection.
#[derive(Debug)]
pub(super) struct Held {
    places: Arc<Places>,
    id: u64,
    evicted: Arc<Notify>,
}

impl Held {
    /// Waits until the place is given to another connection.
    pub(super) async fn lost(&self) {
        self.evicted.notified().await;
    }

    /// A whole request has come: until this is dropped the place is kept. [`None`] when it is lost.
    pub(super) fn busy(&self) -> Option<Busy<'_>> {
        self.places.set(self.id, true).then_some(Busy(self))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.places.open().all.remove(&self.id);
        self.places.freed.notify_one();
    }
}

/// A request is being answered.
#[derive(Debug)]
pub(super) struct Busy<'h>(&'h Held);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.places.set(self.0.id, false);
    }
}
