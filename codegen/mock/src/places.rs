//! Places for connections: when all of them are taken, an idle connection makes room for a new one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// The shortest time that a connection keeps its place, so that its bytes can be read. A connection that is
/// closed with unread bytes is reset, and its client may take that for a failure of the network.
const KEPT: Duration = Duration::from_millis(200);

/// A limit on the number of connections. When one more comes, the connection that has been idle the longest is
/// closed: it sends nothing, or slowly, or does not take its answer. A connection whose request is being
/// answered stays.
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
    /// The time of the last change between idle and busy.
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

    /// Takes a place. Waits while all of them are busy, or have been idle only for a moment.
    pub(super) async fn take(self: &Arc<Self>) -> Held {
        loop {
            match self.try_take() {
                Ok(held) => return held,
                Err(wait) => {
                    // Notified or timed out: try again.
                    let _ = tokio::time::timeout(wait, self.freed.notified()).await;
                }
            }
        }
    }

    /// Takes a place, or returns the longest time to wait before the next attempt.
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
            // Another connection can take it now.
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

    /// Marks the place as busy, for a request that has arrived whole, until the result is dropped. Returns
    /// [`None`] when the place is lost.
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

/// A guard that keeps a place busy while a request is answered.
#[derive(Debug)]
pub(super) struct Busy<'h>(&'h Held);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.places.set(self.0.id, false);
    }
}
