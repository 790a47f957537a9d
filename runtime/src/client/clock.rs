//! Clocks that the program passes in.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// A moment on two clocks: the wall clock, and a steady clock that nobody sets.
///
/// Within a run of the program, a payment is timed by the steady clock, so that it neither stops nor
/// jumps when the machine's clock is set. The wall clock signs messages, and measures how long the
/// program was down. A [`SystemTime`] alone also makes a moment: then a wall clock that is set back
/// loses only the time between two calls, and one that is set forward makes the payment look older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    wall: SystemTime,
    steady: Option<Duration>,
}

impl Moment {
    /// Returns the present moment, by the clocks of the system.
    pub fn now() -> Self {
        SystemClock.moment()
    }

    /// Makes a moment from both clocks; `steady` is the time since any fixed point.
    pub fn new(wall: SystemTime, steady: Option<Duration>) -> Self {
        Self { wall, steady }
    }

    /// Returns the wall-clock time.
    pub fn wall(self) -> SystemTime {
        self.wall
    }

    /// Returns the time since any fixed point, by the steady clock; [`None`] without one.
    pub fn steady(self) -> Option<Duration> {
        self.steady
    }

    /// Returns the time that has passed since an earlier moment.
    pub(super) fn since(self, earlier: Self) -> Duration {
        match (self.steady, earlier.steady) {
            (Some(now), Some(then)) => now.saturating_sub(then),
            (Some(_) | None, _) => self.wall.duration_since(earlier.wall).unwrap_or_default(),
        }
    }

    /// Returns the longest time that may have passed since an earlier moment: the steady clock may stand
    /// while the machine sleeps, and the wall clock may be set. [`None`] if the wall clock shows an earlier
    /// time and no steady clock measured both moments.
    pub(super) fn age_since(self, earlier: Self) -> Option<Duration> {
        let wall = self.wall.duration_since(earlier.wall).ok();
        let steady = self.steady.zip(earlier.steady);
        wall.max(steady.map(|(now, then)| now.saturating_sub(then)))
    }
}

impl From<SystemTime> for Moment {
    fn from(wall: SystemTime) -> Self {
        Self::new(wall, None)
    }
}

/// Returns the time that has passed on the system's monotonic clock. That clock may stop while the
/// machine sleeps.
fn steady() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The time and the pauses of a [`RawClient`](super::RawClient). A test passes its own.
pub trait Clock: Send + Sync {
    /// Returns the wall-clock time.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Returns the time since any fixed point, by a clock that nobody sets; [`None`] without such a
    /// clock: then the wall clock counts.
    fn steady(&self) -> Option<Duration> {
        None
    }

    /// Blocks the thread for this time.
    fn sleep(&self, time: Duration);

    /// Returns both times.
    fn moment(&self) -> Moment {
        Moment::new(self.now(), self.steady())
    }
}

/// The time and the pauses of an [`AsyncRawClient`](super::AsyncRawClient).
pub trait AsyncClock: Send + Sync {
    /// Returns the wall-clock time.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Returns the steady time, as [`Clock::steady`] does.
    fn steady(&self) -> Option<Duration> {
        None
    }

    /// Waits with the timer of the program's async runtime.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Returns both times.
    fn moment(&self) -> Moment {
        Moment::new(self.now(), self.steady())
    }
}

/// The clocks of the system; it sleeps by blocking the thread.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl SystemClock {
    /// Returns the time since any fixed point, by the monotonic clock of the system. Use it as
    /// [`steady`](AsyncClock::steady) of an [`AsyncClock`] with another timer.
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
