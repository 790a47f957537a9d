//! Time, passed in.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// A time: what the clock on the wall shows, and how far a clock has come that nobody sets.
///
/// A payment's life is measured by the second within a run of the program, so that it neither stops
/// nor jumps when the clock of the machine is set. The first signs messages, and tells how long the
/// program was down. A [`SystemTime`] alone makes a moment, too: then a clock that is set back costs
/// the life nothing but the time between two calls, and one that is set forward makes it older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    wall: SystemTime,
    steady: Option<Duration>,
}

impl Moment {
    /// The present moment, by the clocks of the system.
    pub fn now() -> Self {
        SystemClock.moment()
    }

    /// A moment of both clocks; `steady` is the time since any one point.
    pub fn new(wall: SystemTime, steady: Option<Duration>) -> Self {
        Self { wall, steady }
    }

    /// The time of day.
    pub fn wall(self) -> SystemTime {
        self.wall
    }

    /// The time since any one point, by the clock that nobody sets; [`None`] where there is none.
    pub fn steady(self) -> Option<Duration> {
        self.steady
    }

    /// Returns how much time has passed since an earlier moment.
    pub(super) fn since(self, earlier: Self) -> Duration {
        match (self.steady, earlier.steady) {
            (Some(now), Some(then)) => now.saturating_sub(then),
            (Some(_) | None, _) => self.wall.duration_since(earlier.wall).unwrap_or_default(),
        }
    }
}

impl From<SystemTime> for Moment {
    fn from(wall: SystemTime) -> Self {
        Self::new(wall, None)
    }
}

/// The time that has passed by the system's monotonic clock. It may stand still while the machine
/// sleeps.
fn steady() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The time and the pauses of a [`Client`](super::Client). A test brings its own.
pub trait Clock: Send + Sync {
    /// The time of day.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The time since any one point, by a clock that nobody sets; [`None`] where there is no such
    /// clock, and the time of day counts.
    fn steady(&self) -> Option<Duration> {
        None
    }

    /// Waits.
    fn sleep(&self, time: Duration);

    /// Both times.
    fn moment(&self) -> Moment {
        Moment::new(self.now(), self.steady())
    }
}

/// The time and the pauses of an [`AsyncClient`](super::AsyncClient).
pub trait AsyncClock: Send + Sync {
    /// The time of day.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// As [`Clock::steady`].
    fn steady(&self) -> Option<Duration> {
        None
    }

    /// Waits: with the timer of the runtime that the program is run by.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Both times.
    fn moment(&self) -> Moment {
        Moment::new(self.now(), self.steady())
    }
}

/// The clocks of the system, and the thread that sleeps.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl SystemClock {
    /// The time since any one point, by the monotonic clock of the system: what an [`AsyncClock`]
    /// of another timer gives as [`steady`](AsyncClock::steady).
    pub fn monotonic() -> Duration {
        steady()
    }
}

impl Clock for SystemClock {
    fn steady(&self) -> Option<Duration> {
        Some(steady())
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
