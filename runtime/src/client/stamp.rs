//! Times in headers.

use super::recipe::StampForm;
use crate::DateTime;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl StampForm {
    /// Formats a time; [`None`] for a time before 1970 or after the year 9999.
    ///
    /// ```
    /// use payspec_runtime::client::StampForm;
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let time = UNIX_EPOCH + Duration::from_millis(1_685_599_933_871);
    /// assert_eq!(StampForm::EpochMillis.write(time).as_deref(), Some("1685599933871"));
    /// assert_eq!(StampForm::DateTime.write(time).as_deref(), Some("2023-06-01T06:12:13Z"));
    /// ```
    pub fn write(self, time: SystemTime) -> Option<String> {
        let since = time.duration_since(UNIX_EPOCH).ok()?;
        let text = DateTime::try_from(time).ok()?;
        Some(match self {
            StampForm::EpochMillis => since.as_millis().to_string(),
            StampForm::DateTime => text.to_string(),
        })
    }

    /// Parses a time in either format, and returns the format with it: digits only are milliseconds
    /// since 1970, anything else must be a date and time with offset.
    ///
    /// ```
    /// use payspec_runtime::client::StampForm;
    ///
    /// let (form, time) = StampForm::read("2023-06-01T14:12:13+08:00").ok_or("no time")?;
    /// assert_eq!(form, StampForm::DateTime);
    /// assert_eq!(StampForm::read("1685599933000"), Some((StampForm::EpochMillis, time)));
    /// assert_eq!(StampForm::read("yesterday"), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn read(text: &str) -> Option<(Self, SystemTime)> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let time = UNIX_EPOCH.checked_add(Duration::from_millis(text.parse().ok()?));
            return Some((StampForm::EpochMillis, time?));
        }
        let time = text.parse::<DateTime>().ok()?.try_into().ok()?;
        Some((StampForm::DateTime, time))
    }
}
