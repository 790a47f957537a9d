use super::inline::Inline;
use super::scalar;
use super::{FromText, text_traits};
use crate::rules::{Moment, parse_datetime};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Length of the longest text in bytes: nine digits of fraction and a numeric offset.
const LONGEST: usize = 35;

const OUT_OF_RANGE: super::WrongForm = super::WrongForm::new("a time in the years 0 to 9999");

/// A date and time with its offset from UTC, as [`rules::datetime`](crate::rules::datetime)
/// describes it.
///
/// It keeps the text and prints it unchanged, including offset and fraction. So two values that denote
/// the same instant in different texts are not equal; compare [`DateTime::unix_seconds`] and
/// [`DateTime::nanosecond`] instead.
///
/// ```
/// use payspec_runtime::DateTime;
///
/// let time: DateTime = "2019-11-27T12:01:01+08:00".parse()?;
/// assert_eq!(time.to_string(), "2019-11-27T12:01:01+08:00");
/// assert_eq!((time.hour(), time.offset_minutes()), (12, 480));
/// assert_eq!(time.unix_seconds(), 1_574_827_261);
/// assert!("2019-11-27T12:01:01".parse::<DateTime>().is_err());
/// # Ok::<(), payspec_runtime::WrongForm>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Inline<LONGEST>,
    moment: Moment,
}

impl DateTime {
    /// Makes the time that is this long after another one, in UTC and without the fraction of the second:
    /// `DateTime::after(SystemTime::now(), Duration::from_secs(180))` is in three minutes.
    ///
    /// The time itself is `DateTime::try_from(SystemTime::now())`.
    ///
    /// # Errors
    ///
    /// When the year does not have four digits.
    pub fn after(time: SystemTime, wait: Duration) -> Result<Self, super::WrongForm> {
        let time = time.checked_add(wait);
        time.ok_or(OUT_OF_RANGE)?.try_into()
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Returns the year, 0 to 9999.
    pub fn year(&self) -> u16 {
        self.moment.date.year
    }

    /// Returns the month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.moment.date.month
    }

    /// Returns the day of the month, from 1.
    pub fn day(&self) -> u8 {
        self.moment.date.day
    }

    /// Returns the hour, 0 to 23.
    pub fn hour(&self) -> u8 {
        self.moment.hour
    }

    /// Returns the minute, 0 to 59.
    pub fn minute(&self) -> u8 {
        self.moment.minute
    }

    /// Returns the second, 0 to 59.
    pub fn second(&self) -> u8 {
        self.moment.second
    }

    /// Returns the fraction of the second in nanoseconds, 0 to 999,999,999.
    pub fn nanosecond(&self) -> u32 {
        self.moment.nanosecond
    }

    /// Returns the offset from UTC in minutes, -1439 to 1439; positive in the east.
    pub fn offset_minutes(&self) -> i16 {
        self.moment.offset_minutes
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z; negative before. [`DateTime::nanosecond`]
    /// counts forward from there.
    pub fn unix_seconds(&self) -> i64 {
        let Moment { date, .. } = self.moment;
        let clock = (i64::from(self.hour()) * 60 + i64::from(self.minute())) * 60;
        days_since_1970(
            i64::from(date.year),
            i64::from(date.month),
            i64::from(date.day),
        ) * 86_400
            + clock
            + i64::from(self.second())
            - i64::from(self.offset_minutes()) * 60
    }
}

/// Returns the days from 1970-01-01 to a day of the Gregorian calendar. It counts years from March, so
/// that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    // 146097 days in 400 years; 719468 days from 0000-03-01 to 1970-01-01.
    era * 146_097 + day_of_era - 719_468
}

/// Returns the day that is this many days after 1970-01-01: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl FromText for DateTime {
    const EXPECTED: &'static str = "a date and time with offset";

    fn from_text(text: &str) -> Option<Self> {
        Some(Self {
            moment: parse_datetime(text)?,
            text: Inline::new(text)?,
        })
    }
}

text_traits!(DateTime, DateTime, Checked, scalar::read);

impl TryFrom<SystemTime> for DateTime {
    type Error = super::WrongForm;

    /// Converts to UTC and cuts the fraction of the second. Fails for years that do not have four
    /// digits.
    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).ok(),
            Err(before) => {
                let before = before.duration();
                let whole = i64::try_from(before.as_secs()).ok();
                whole.map(|whole| -whole - i64::from(before.subsec_nanos() > 0))
            }
        };
        // Far beyond the year 9999, and no overflow below.
        let seconds = seconds.filter(|seconds| seconds.unsigned_abs() < 1 << 40);
        let seconds = seconds.ok_or(OUT_OF_RANGE)?;
        let (year, month, day) = civil(seconds.div_euclid(86_400));
        let clock = seconds.rem_euclid(86_400);
        let (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60);
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        Self::from_text(&text).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<DateTime> for SystemTime {
    type Error = super::WrongForm;

    /// Fails for an instant that the system's clock cannot hold.
    fn try_from(time: DateTime) -> Result<Self, Self::Error> {
        let seconds = time.unix_seconds();
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let second = if seconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        second
            .and_then(|second| second.checked_add(Duration::from_nanos(time.nanosecond().into())))
            .ok_or(super::WrongForm::new(
                "a time that the system's clock can hold",
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime {
        text.parse().expect("a time")
    }

    #[test]
    fn in_three_minutes() {
        let now = UNIX_EPOCH + Duration::new(1_685_605_133, 900_000_000);
        let after = DateTime::after(now, Duration::from_secs(180)).map(|time| time.to_string());
        assert_eq!(after.as_deref(), Ok("2023-06-01T07:41:53Z"));
        let never = DateTime::after(now, Duration::MAX);
        assert_eq!(never, Err(OUT_OF_RANGE));
        assert!(DateTime::after(now, Duration::from_secs(1 << 38)).is_err());
    }

    #[test]
    fn instants() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.5Z", -1),
            ("1970-01-01T08:00:00+08:00", 0),
            ("2000-02-29T00:00:00Z", 951_782_400),
            ("2000-03-01T00:00:00Z", 951_868_800),
            ("2023-06-01T07:38:53Z", 1_685_605_133),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("0000-01-01T00:00:00+23:59", -62_167_305_540),
        ] {
            assert_eq!(time(text).unix_seconds(), seconds, "{text}");
        }
    }

    #[test]
    fn to_and_from_the_clock() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2024-02-29T23:59:59Z",
            "1969-12-31T23:59:59Z",
            "1900-03-01T00:00:00Z",
        ] {
            let clock = SystemTime::try_from(time(text)).expect("in range");
            assert_eq!(DateTime::try_from(clock).expect("in range").as_str(), text);
        }
        let half = UNIX_EPOCH - Duration::from_millis(500);
        assert_eq!(
            DateTime::try_from(half).expect("in range").as_str(),
            "1969-12-31T23:59:59Z"
        );
        assert_eq!(
            SystemTime::try_from(time("1969-12-31T23:59:59.5Z")),
            Ok(half)
        );
        let far = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
        assert!(DateTime::try_from(far).is_err());
    }

    #[test]
    fn every_day_of_four_centuries() {
        for days in -719_468..-573_000 {
            let (year, month, day) = civil(days);
            assert_eq!(days_since_1970(year, month, day), days);
        }
    }

    #[test]
    fn the_longest_text_fits() {
        let text = "2019-11-27T12:01:01.123456789+08:00";
        assert_eq!(text.len(), LONGEST);
        assert_eq!(time(text).as_str(), text);
    }
}
