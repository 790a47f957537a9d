use super::inline::Inline;
use super::scalar;
use super::{FromText, text_traits};
use crate::rules::{Day, parse_date};

/// A calendar day, `YYYY-MM-DD`.
///
/// ```
/// use payspec_runtime::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert!("2023-02-29".parse::<Date>().is_err());
/// # Ok::<(), payspec_runtime::WrongForm>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    // First field, because it determines the order.
    day: Day,
    text: Inline<10>,
}

impl Date {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// Returns the year, 0 to 9999.
    pub fn year(&self) -> u16 {
        self.day.year
    }

    /// Returns the month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.day.month
    }

    /// Returns the day of the month, from 1.
    pub fn day(&self) -> u8 {
        self.day.day
    }
}

impl FromText for Date {
    const EXPECTED: &'static str = "a date, YYYY-MM-DD";

    fn from_text(text: &str) -> Option<Self> {
        Some(Self {
            day: parse_date(text.as_bytes())?,
            text: Inline::new(text)?,
        })
    }
}

text_traits!(Date, Date, Checked, scalar::read);
