//! Times as text: digits that count milliseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Writes a time; one before 1970 becomes 0.
pub(super) fn write(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_millis().to_string()
}

/// Reads a time.
pub(super) fn read(text: &str) -> Option<SystemTime> {
    // `parse` would also accept a plus sign.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let millis = text.parse().ok().filter(|_| is_number)?;
    UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}
