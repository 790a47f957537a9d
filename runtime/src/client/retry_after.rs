//! The header `Retry-After`.

use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::time::{Duration, SystemTime};

/// Returns the time that a `Retry-After` header requests to wait: seconds, or the time from now to a
/// date. [`None`] without the header, for several different ones, and for a text that is neither.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let mut values = headers.get_all(RETRY_AFTER).iter();
    let first = values.next()?;
    if values.any(|value| value != first) {
        return None;
    }
    let text = first.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number with too many digits counts as the largest one; the caller limits it.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::retry_after;
    use http::HeaderMap;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (values, expected) in [
            (&["7"][..], Some(7)),
            (&[" 7 "], Some(7)),
            (&["0"], Some(0)),
            (&["7", "7"], Some(7)),
            (&["7", "8"], None),
            (&["99999999999999999999999"], Some(u64::MAX)),
            (&["Sun, 06 Nov 1994 08:50:00 GMT"], Some(23)),
            (&["Sunday, 06-Nov-94 08:50:00 GMT"], Some(23)),
            (&["Sun Nov  6 08:50:00 1994"], Some(23)),
            (&["Sun, 06 Nov 1994 08:49:00 GMT"], Some(0)),
            (&["-7"], None),
            (&["7.5"], None),
            (&["soon"], None),
            (&[""], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("retry-after", value.parse().expect("a value"));
            }
            let expected = expected.map(Duration::from_secs);
            assert_eq!(retry_after(&headers, now), expected, "{values:?}");
        }
    }
}
