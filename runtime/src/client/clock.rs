//! Time, passed in.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

/// The time and the pauses of a [`Client`](super::Client). A test brings its own.
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The time and the pauses of an [`AsyncClient`](super::AsyncClient).
pub trait AsyncClock: Send + Sync {
    /// The time.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits: with the timer of the runtime that the program is run by.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The clock of the system, and the thread that sleeps.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
