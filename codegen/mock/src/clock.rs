//! The clock of the gateway.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use payspec_runtime::client::StampForm;

/// The source of the current time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// The time of a clock that is set by hand.
    at: Option<Arc<Mutex<SystemTime>>>,
}

impl Clock {
    /// Returns the clock of the machine.
    pub fn real() -> Self {
        Clock::default()
    }

    /// Returns a clock that stands still until it is [advanced](Self::advance). Clones show the same time.
    pub fn standing(at: SystemTime) -> Self {
        Clock {
            at: Some(Arc::new(Mutex::new(at))),
        }
    }

    /// Returns the current time.
    pub fn now(&self) -> SystemTime {
        match &self.at {
            Some(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
            None => SystemTime::now(),
        }
    }

    /// Lets time pass on a clock that is set by hand. Returns false on the machine's clock, and does nothing.
    pub fn advance(&self, by: Duration) -> bool {
        let Some(at) = &self.at else {
            return false;
        };
        let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = at.checked_add(by).unwrap_or(*at);
        true
    }
}

/// The last second of the year 9999, in seconds since 1970.
const LAST: u64 = 253_402_300_799;

/// Moves a time into the range that messages can carry: from 1970 to the end of 9999.
pub(super) fn within_range(at: SystemTime) -> SystemTime {
    let last = UNIX_EPOCH.checked_add(Duration::from_secs(LAST));
    at.max(UNIX_EPOCH).min(last.unwrap_or(at))
}

/// Formats a time for people.
pub(super) fn shown(at: SystemTime) -> String {
    StampForm::DateTime.write(at).unwrap_or_default()
}
