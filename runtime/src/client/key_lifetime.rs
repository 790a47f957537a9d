//! The time for which a provider keeps the key of a request.

use core::fmt;
use std::time::Duration;

/// A request was not sent again, because the provider may have forgotten its key: it would be a new request, and could
/// move the money twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyExpired {
    lifetime: Duration,
    age: Option<Duration>,
}

impl KeyExpired {
    /// Returns the time for which the provider keeps the key, by the description of the API.
    pub fn lifetime(self) -> Duration {
        self.lifetime
    }

    /// Returns the time since the first attempt to send the request; [`None`] if it is unknown: no time was recorded, or
    /// the clock shows an earlier time than the recorded one.
    pub fn age(self) -> Option<Duration> {
        self.age
    }
}

impl fmt::Display for KeyExpired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lifetime = self.lifetime.as_secs();
        write!(
            f,
            "not sent again, since the provider keeps its key for {lifetime} s and "
        )?;
        match self.age {
            Some(age) => write!(f, "the first attempt was {} s ago", age.as_secs())?,
            None => f.write_str("the time of the first attempt is unknown")?,
        }
        f.write_str("; inquire about it, or let a person ask the provider")
    }
}

impl core::error::Error for KeyExpired {}

/// Checks that the provider still keeps the key of a request that may have arrived. An unknown age counts as too old; an
/// unknown lifetime never expires.
pub(super) fn check(lifetime: Option<Duration>, age: Option<Duration>) -> Result<(), KeyExpired> {
    let Some(lifetime) = lifetime else {
        return Ok(());
    };
    match age {
        Some(age) if age < lifetime => Ok(()),
        Some(_) | None => Err(KeyExpired { lifetime, age }),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::client::clock::Moment;
    use std::time::{Duration, UNIX_EPOCH};

    const DAY: Duration = Duration::from_secs(86_400);

    fn moment(wall: u64, steady: Option<u64>) -> Moment {
        let wall = UNIX_EPOCH + Duration::from_secs(1_795_435_200 + wall);
        Moment::new(wall, steady.map(Duration::from_secs))
    }

    #[test]
    fn a_key_expires_at_its_lifetime() {
        let age = |seconds| Some(Duration::from_secs(seconds));
        check(Some(DAY), age(86_399)).expect("it is kept");
        let expired = check(Some(DAY), age(86_400)).expect_err("it is not");
        assert_eq!((expired.lifetime(), expired.age()), (DAY, Some(DAY)));
        check(Some(DAY), None).expect_err("it may be old");
        check(None, None).expect("no lifetime is known");
        check(None, age(u64::MAX)).expect("no lifetime is known");
    }

    /// The longer of both times counts; a wall clock alone that was set back proves nothing.
    #[test]
    fn the_age_is_on_the_safe_side() {
        let age = |first: Moment, now: Moment| now.age_since(first).map(|age| age.as_secs());
        let first = moment(100, Some(10));
        assert_eq!(age(first, moment(160, Some(70))), Some(60));
        // The steady clock stood while the machine slept.
        assert_eq!(age(first, moment(100_000, Some(11))), Some(99_900));
        // The wall clock was set back.
        assert_eq!(age(first, moment(0, Some(70))), Some(60));
        assert_eq!(age(first, moment(160, None)), Some(60));
        assert_eq!(age(moment(100, None), moment(99, Some(70))), None);
        assert_eq!(age(moment(100, None), moment(100, None)), Some(0));
    }
}
