//! Dates and times in the profile of RFC 3339 that payment APIs use, and times as numbers.

use super::parse_integer;
use crate::Epoch;

/// Returns whether the text is a date and time with offset: `YYYY-MM-DDThh:mm:ss`, an optional fraction
/// of one to nine digits, then `Z` or `+hh:mm` or `-hh:mm`. The day must exist; a second 60 is not
/// allowed.
pub fn datetime(text: &str) -> bool {
    parse_datetime(text).is_some()
}

/// Returns whether the text is a date, `YYYY-MM-DD`, of a day that exists.
pub fn date(text: &str) -> bool {
    parse_date(text.as_bytes()).is_some()
}

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// Returns whether the text is a time in whole seconds since 1970-01-01T00:00:00Z, not after the year 9999. So a number
/// of milliseconds is not taken for one of seconds.
///
/// ```
/// use payspec_runtime::rules::epoch_seconds;
///
/// assert!(epoch_seconds("1700000000"));
/// assert!(!epoch_seconds("1700000000000"));
/// ```
pub fn epoch_seconds(text: &str) -> bool {
    parse_integer(text).is_some_and(|number| Epoch::Seconds.holds(number))
}

/// Returns whether the text is a time in whole milliseconds since 1970-01-01T00:00:00Z, not after the year 9999.
pub fn epoch_millis(text: &str) -> bool {
    parse_integer(text).is_some_and(|number| Epoch::Millis.holds(number))
}

impl Epoch {
    /// Returns whether a number is a time in this unit, in the years 1970 to 9999.
    pub(crate) fn holds(self, number: i64) -> bool {
        (0..=self.last()).contains(&number)
    }

    /// Returns the number of the last time in the year 9999.
    ///
    /// ```
    /// use payspec_runtime::Epoch;
    ///
    /// assert_eq!(Epoch::Seconds.last(), 253_402_300_799);
    /// assert_eq!(Epoch::Millis.last(), 253_402_300_799_999);
    /// ```
    pub const fn last(self) -> i64 {
        (LAST_SECOND + 1) * self.per_second() - 1
    }

    /// Returns how many of the unit are a second.
    pub(crate) const fn per_second(self) -> i64 {
        match self {
            Epoch::Seconds => 1,
            Epoch::Millis => 1_000,
        }
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// A date and time in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) date: Day,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) nanosecond: u32,
    pub(crate) offset_minutes: i16,
}

pub(crate) fn parse_datetime(text: &str) -> Option<Moment> {
    let (date, rest) = text.as_bytes().split_at_checked(10)?;
    let date = parse_date(date)?;
    let (clock, rest) = rest.split_at_checked(9)?;
    let &[b'T', h1, h2, b':', m1, m2, b':', s1, s2] = clock else {
        return None;
    };
    let (hour, minute, second) = (
        below([h1, h2], 24)?,
        below([m1, m2], 60)?,
        below([s1, s2], 60)?,
    );
    let (nanosecond, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        rest => (0, rest),
    };
    let offset_minutes = match *rest {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let minutes = i16::from(below([h1, h2], 24)?) * 60 + i16::from(below([m1, m2], 60)?);
            if sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    Some(Moment {
        date,
        hour,
        minute,
        second,
        nanosecond,
        offset_minutes,
    })
}

pub(crate) fn parse_date(text: &[u8]) -> Option<Day> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = u16::from(below([y1, y2], 100)?) * 100 + u16::from(below([y3, y4], 100)?);
    let (month, day) = (below([m1, m2], 13)?, below([d1, d2], 32)?);
    (month >= 1 && day >= 1 && day <= days_in(year, month)).then_some(Day { year, month, day })
}

/// Returns the number of two digits, if it is below the limit.
fn below(digits: [u8; 2], limit: u8) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = (digits[0] - b'0') * 10 + (digits[1] - b'0');
    (number < limit).then_some(number)
}

/// Parses one to nine digits as nanoseconds, and returns the rest.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&digits) {
        return None;
    }
    let (digits, rest) = text.split_at(digits);
    let number = digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    Some((number * 10u32.pow(9 - digits.len() as u32), rest))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datetimes() {
        for text in [
            "2019-11-27T12:01:01+08:00",
            "2019-11-27T12:01:01-23:59",
            "2000-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999+00:00",
            "2019-11-27T12:01:01.5Z",
        ] {
            assert!(datetime(text), "{text}");
        }
        for text in [
            "",
            "2019-11-27",
            "2019-11-27T12:01:01",
            "2019-11-27 12:01:01Z",
            "2019-11-27t12:01:01z",
            "2019-11-27T12:01Z",
            "2019-11-27T24:00:00Z",
            "2019-11-27T12:60:00Z",
            "2019-11-27T12:01:60Z",
            "1900-02-29T00:00:00Z",
            "2019-02-29T00:00:00Z",
            "2019-04-31T00:00:00Z",
            "2019-00-10T00:00:00Z",
            "2019-13-10T00:00:00Z",
            "2019-01-00T00:00:00Z",
            "2019-11-27T12:01:01.Z",
            "2019-11-27T12:01:01.1234567890Z",
            "2019-11-27T12:01:01+24:00",
            "2019-11-27T12:01:01+08:60",
            "2019-11-27T12:01:01+0800",
            "2019-11-27T12:01:01+08",
            "2019-11-27T12:01:01Z ",
            "+2019-11-27T12:01:01Z",
            "２019-11-27T12:01:01Z",
            "2019-11-2é12:01:01Z",
        ] {
            assert!(!datetime(text), "{text}");
        }
    }

    #[test]
    fn numbers() {
        for text in ["0", "1700000000", "253402300799"] {
            assert!(epoch_seconds(text) && epoch_millis(text), "{text}");
        }
        for text in ["253402300800", "1700000000000", "253402300799999"] {
            assert!(!epoch_seconds(text) && epoch_millis(text), "{text}");
        }
        for text in [
            "",
            "-1",
            "-0",
            "01",
            "1.5",
            "1e9",
            "253402300800000",
            "9223372036854775808",
            "2023-11-14T22:13:20Z",
        ] {
            assert!(!epoch_seconds(text) && !epoch_millis(text), "{text}");
        }
    }

    #[test]
    fn parts() {
        let moment = parse_datetime("2019-11-27T12:01:02.5-08:30");
        let date = Day {
            year: 2019,
            month: 11,
            day: 27,
        };
        let expected = Moment {
            date,
            hour: 12,
            minute: 1,
            second: 2,
            nanosecond: 500_000_000,
            offset_minutes: -510,
        };
        assert_eq!(moment, Some(expected));
    }

    #[test]
    fn dates() {
        assert!(date("2024-02-29") && date("2019-12-31"));
        assert!(!date("2023-02-29") && !date("2019-1-01") && !date("20191201") && !date(""));
    }
}
