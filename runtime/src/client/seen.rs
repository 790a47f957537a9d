//! The memory of notifications that arrived.

use core::fmt;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Remembers notifications, so that a repeated one is acknowledged again but acted upon once.
///
/// A notification that arrives again while the first one is still being booked is neither new nor done:
/// reply that it is not taken in yet, so that the provider sends it again, since the first booking may
/// fail. Implement this over the program's database, so that "done" is written in one transaction with
/// the booking and survives a crash.
pub trait SeenNotifications {
    /// Marks the notification with this [id](super::Received::id) as in work, if it is new.
    fn begin(&self, id: &str, now: SystemTime) -> Seen;

    /// Marks it as done.
    fn finish(&self, id: &str, now: SystemTime);

    /// Forgets it because it could not be acted upon: when it arrives again, it is new.
    fn forget(&self, id: &str);

    /// Works like [`begin`](Self::begin), but returns a guard that [forgets](Self::forget) the
    /// notification when it is dropped before it is [finished](InWork::finish), even by a panic or a
    /// dropped future.
    ///
    /// # Errors
    ///
    /// When the notification is not new.
    fn take(&self, id: &str, now: SystemTime) -> Result<InWork<'_, Self>, Seen> {
        match self.begin(id, now) {
            Seen::New => Ok(InWork {
                seen: self,
                id: Some(id.to_owned()),
            }),
            seen @ (Seen::InWork | Seen::Done) => Err(seen),
        }
    }
}

/// The state of a notification that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "only a new notification is acted upon"]
pub enum Seen {
    /// It is new, and now in work.
    New,
    /// It arrived before and is still being acted upon. Reply that it is not taken in yet, so that it
    /// is sent again.
    InWork,
    /// It was acted upon before. Acknowledge it.
    Done,
}

/// A new notification that is being acted upon.
#[must_use = "it is forgotten when it is dropped"]
pub struct InWork<'s, S: SeenNotifications + ?Sized> {
    seen: &'s S,
    /// [`None`] when it is finished.
    id: Option<String>,
}

impl<S: SeenNotifications + ?Sized> InWork<'_, S> {
    /// Marks it as done.
    pub fn finish(mut self, now: SystemTime) {
        if let Some(id) = self.id.take() {
            self.seen.finish(&id, now);
        }
    }
}

impl<S: SeenNotifications + ?Sized> Drop for InWork<'_, S> {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            self.seen.forget(&id);
        }
    }
}

impl<S: SeenNotifications + ?Sized> fmt::Debug for InWork<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InWork").field(&self.id).finish()
    }
}

/// A [`SeenNotifications`] in the memory of this process.
///
/// The cost of a query does not depend on the number of notifications that it remembers.
#[derive(Debug)]
pub struct SeenInMemory {
    age: Duration,
    seen: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The time at which each was done; [`None`] while it is in work.
    all: HashMap<String, Option<SystemTime>>,
    /// The finished ones, the earliest first: those that are too old are removed from the front.
    done: VecDeque<(SystemTime, String)>,
}

impl Known {
    fn forget_older(&mut self, is_young: impl Fn(SystemTime) -> bool) {
        while self.done.front().is_some_and(|(at, _)| !is_young(*at)) {
            let Some((at, id)) = self.done.pop_front() else {
                return;
            };
            // It may have become new again, and be in work or done later.
            if self.all.get(&id) == Some(&Some(at)) {
                self.all.remove(&id);
            }
        }
    }
}

impl SeenInMemory {
    /// Makes a memory that keeps finished notifications for this time. It must be longer than the
    /// provider repeats a notification.
    pub fn for_as_long_as(age: Duration) -> Self {
        Self {
            age,
            seen: Mutex::default(),
        }
    }
}

impl SeenNotifications for SeenInMemory {
    fn begin(&self, id: &str, now: SystemTime) -> Seen {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_young = |since: SystemTime| {
            let age = now.duration_since(since);
            age.map_or(true, |age| age <= self.age)
        };
        seen.forget_older(is_young);
        match seen.all.get(id) {
            // If the clock was set back, older entries can be behind younger ones.
            Some(Some(done)) if is_young(*done) => Seen::Done,
            Some(None) => Seen::InWork,
            Some(Some(_)) | None => {
                seen.all.insert(id.to_owned(), None);
                Seen::New
            }
        }
    }

    fn finish(&self, id: &str, now: SystemTime) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.all.insert(id.to_owned(), Some(now));
        seen.done.push_back((now, id.to_owned()));
    }

    fn forget(&self, id: &str) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.all.remove(id);
    }
}
