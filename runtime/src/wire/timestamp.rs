//! Times as numbers since 1970-01-01T00:00:00Z.

use super::scalar;
use super::{FromText, WrongForm};
use crate::read::deserialize;
use crate::{Epoch, Kind, Reading, Value, Wire, rules};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const OUT_OF_RANGE: WrongForm = WrongForm::new("a time in the years 1970 to 9999");

/// Declares the type of one unit.
macro_rules! timestamp {
    ($(#[$doc:meta])* $name:ident, $unit:expr, $expected:literal, $from:path, $into:path) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i64);

        impl $name {
            /// Makes the time with this number.
            ///
            /// # Errors
            ///
            /// Unless the time is in the years 1970 to 9999. So a number in the wrong unit is mostly found.
            pub fn new(number: i64) -> Result<Self, WrongForm> {
                Self::from_native_integer(number).ok_or(OUT_OF_RANGE)
            }

            /// Returns the number, as on the wire.
            pub fn get(self) -> i64 {
                self.0
            }

            /// Returns the whole seconds since 1970-01-01T00:00:00Z.
            pub fn unix_seconds(self) -> i64 {
                self.0.div_euclid($unit.per_second())
            }
        }

        impl FromText for $name {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str) -> Option<Self> {
                Self::from_native_integer(rules::parse_integer(text)?)
            }

            fn from_native_integer(number: i64) -> Option<Self> {
                $unit.holds(number).then_some(Self(number))
            }

            fn from_exponent(text: &str) -> Option<Self> {
                Self::from_native_integer(rules::exact_integer(text)?)
            }
        }

        impl core::str::FromStr for $name {
            type Err = WrongForm;

            fn from_str(text: &str) -> Result<Self, WrongForm> {
                Self::from_text(text).ok_or(WrongForm::new(Self::EXPECTED))
            }
        }

        impl TryFrom<SystemTime> for $name {
            type Error = WrongForm;

            /// Cuts what is less than the unit. Fails for a time before 1970 or after 9999.
            fn try_from(time: SystemTime) -> Result<Self, WrongForm> {
                let since = time.duration_since(UNIX_EPOCH).map_err(|_| OUT_OF_RANGE)?;
                let number = i64::try_from($into(&since)).map_err(|_| OUT_OF_RANGE)?;
                Self::new(number)
            }
        }

        impl TryFrom<$name> for SystemTime {
            type Error = WrongForm;

            /// Fails for a time that the system's clock cannot hold.
            fn try_from(time: $name) -> Result<Self, WrongForm> {
                let since = $from(time.0.unsigned_abs());
                let time = UNIX_EPOCH.checked_add(since);
                time.ok_or(WrongForm::new("a time that the system's clock can hold"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl Wire for $name {
            const KIND: Kind = Kind::Timestamp($unit);

            #[inline]
            fn value(&self) -> Value<'_> {
                Value::Integer(self.0)
            }

            fn read<'de, D: Deserializer<'de>>(
                from: D,
                place: &mut Option<Self>,
                reading: &mut Reading,
            ) -> Result<(), D::Error> {
                scalar::read(from, place, reading)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_i64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                deserialize(from, Self::EXPECTED)
            }
        }
    };
}

timestamp! {
    /// A time in whole seconds since 1970-01-01T00:00:00Z, in the years 1970 to 9999.
    ///
    /// ```
    /// use payspec_runtime::EpochSeconds;
    /// use std::time::{Duration, SystemTime};
    ///
    /// let time = EpochSeconds::new(1_700_000_000)?;
    /// assert_eq!(SystemTime::try_from(time)?, SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    /// // A number of milliseconds is not taken for one of seconds.
    /// assert!(EpochSeconds::new(1_700_000_000_000).is_err());
    /// # Ok::<(), payspec_runtime::WrongForm>(())
    /// ```
    EpochSeconds, Epoch::Seconds, "seconds since 1970-01-01T00:00:00Z", Duration::from_secs, Duration::as_secs
}

timestamp! {
    /// A time in whole milliseconds since 1970-01-01T00:00:00Z, in the years 1970 to 9999.
    ///
    /// ```
    /// use payspec_runtime::EpochMillis;
    ///
    /// let time: EpochMillis = "1700000000123".parse()?;
    /// assert_eq!((time.get(), time.unix_seconds()), (1_700_000_000_123, 1_700_000_000));
    /// # Ok::<(), payspec_runtime::WrongForm>(())
    /// ```
    EpochMillis, Epoch::Millis, "milliseconds since 1970-01-01T00:00:00Z", Duration::from_millis, Duration::as_millis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_and_from_the_clock() {
        let clock = UNIX_EPOCH + Duration::new(1_700_000_000, 123_999_999);
        let millis = EpochMillis::try_from(clock).expect("in range");
        assert_eq!(millis.get(), 1_700_000_000_123);
        let seconds = EpochSeconds::try_from(clock).expect("in range");
        assert_eq!(
            (seconds.get(), seconds.to_string()),
            (1_700_000_000, "1700000000".to_owned())
        );
        let back = SystemTime::try_from(millis).expect("in range");
        assert_eq!(back, UNIX_EPOCH + Duration::from_millis(1_700_000_000_123));
        for outside in [
            UNIX_EPOCH - Duration::from_secs(1),
            UNIX_EPOCH + Duration::from_secs(253_402_300_800),
        ] {
            assert!(
                EpochSeconds::try_from(outside).is_err() && EpochMillis::try_from(outside).is_err()
            );
        }
    }

    #[test]
    fn messages() {
        for (json, number) in [
            ("1700000000", Some(1_700_000_000)),
            ("\"1700000000\"", Some(1_700_000_000)),
        ] {
            let time: Option<EpochSeconds> = serde_json::from_str(json).ok();
            assert_eq!(time.map(EpochSeconds::get), number, "{json}");
        }
        for json in [
            "1700000000000",
            "-1",
            "1.5",
            "true",
            "\"2023-11-14T22:13:20Z\"",
            "\"\"",
            "null",
        ] {
            assert!(
                serde_json::from_str::<EpochSeconds>(json).is_err(),
                "{json}"
            );
        }
    }
}
