//! The rule for forgetting old resources.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// The number of payments, refunds and registrations that a gateway remembers, and their age.
///
/// Ended resources are forgotten when they are old, and those that ended first when there are too many.
/// Resources that are open, or still to be reported, are forgotten only when no ended one is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// The largest number of resources; a payment takes about 4 KB of memory or of the state file.
    pub most: usize,
    /// The time that a resource is remembered after its end.
    pub age: Duration,
}

impl Default for Retention {
    /// 50,000, and 30 days.
    fn default() -> Self {
        Retention {
            most: 50_000,
            age: Duration::from_secs(30 * 24 * 60 * 60),
        }
    }
}

/// Ids of remembered entries, in the order in which they are forgotten.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    next: u64,
    /// By the time of the end, in milliseconds since 1970.
    settled: BTreeMap<(u64, u64), String>,
    /// By the order of arrival.
    open: BTreeMap<u64, String>,
    places: HashMap<String, Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    number: u64,
    ended: Option<u64>,
}

impl Remembered {
    /// Remembers an id; `ended` is the time of its end if nothing more is due for it.
    pub(super) fn note(&mut self, id: &str, ended: Option<u64>) {
        let before = self.places.get(id).copied();
        if before.is_some_and(|place| place.ended == ended) {
            return;
        }
        let number = before.map_or(self.next, |place| place.number);
        self.next = self.next.max(number + 1);
        self.remove(id);
        match ended {
            Some(at) => drop(self.settled.insert((at, number), id.to_owned())),
            None => drop(self.open.insert(number, id.to_owned())),
        }
        self.places.insert(id.to_owned(), Place { number, ended });
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(Place { number, ended }) = self.places.remove(id) else {
            return;
        };
        match ended {
            Some(at) => drop(self.settled.remove(&(at, number))),
            None => drop(self.open.remove(&number)),
        }
    }

    /// Returns the id to forget next, if one is too old or there are too many.
    pub(super) fn overdue(&self, retention: &Retention, now: u64) -> Option<&str> {
        let settled = self.settled.first_key_value();
        let age = u64::try_from(retention.age.as_millis()).unwrap_or(u64::MAX);
        let is_old = settled.is_some_and(|((at, _), _)| at.saturating_add(age) < now);
        if !is_old && self.places.len() <= retention.most {
            return None;
        }
        let open = self.open.first_key_value().map(|(_, id)| id);
        settled.map(|(_, id)| id).or(open).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Remembered, Retention};
    use std::time::Duration;

    #[test]
    fn what_ended_first_goes_first_and_what_is_open_last() {
        let rule = Retention {
            most: 2,
            age: Duration::from_secs(10),
        };
        let mut all = Remembered::default();
        all.note("open", None);
        all.note("late", Some(2_000));
        assert_eq!(all.overdue(&rule, 3_000), None);
        all.note("early", Some(1_000));
        assert_eq!(all.overdue(&rule, 3_000), Some("early"));
        all.remove("early");
        assert_eq!(all.overdue(&rule, 3_000), None);
        assert_eq!(all.overdue(&rule, 12_001), Some("late"));
        all.remove("late");
        all.note("open", None);
        all.note("also open", None);
        all.note("third", None);
        assert_eq!(all.overdue(&rule, 12_001), Some("open"));
        all.note("third", Some(5_000));
        assert_eq!(all.overdue(&rule, 12_001), Some("third"));
    }
}
