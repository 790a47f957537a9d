//! Other times, and other spellings of a time, that may have been signed.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use payspec_runtime::client::StampForm;

use super::super::case::Case;
use super::super::parts::Variations;

/// The largest difference to try between two readings of the clock, in the unit of the header.
const MILLIS_APART: i64 = 2_000;
const SECONDS_APART: i64 = 120;

/// Offsets in use that are not whole hours, in minutes.
const ODD_OFFSETS: [i32; 9] = [-210, 210, 270, 330, 345, 390, 525, 570, 630];

/// The number of digits of seconds since 1970, until the year 2286.
const DIGITS_OF_SECONDS: usize = 10;

/// Reads a time in any of the forms that people use. Only the doctor takes ten digits for seconds.
pub(in super::super) fn read(text: &str) -> Option<SystemTime> {
    if text.len() == DIGITS_OF_SECONDS && is_digits(text) {
        return UNIX_EPOCH.checked_add(Duration::from_secs(text.parse().ok()?));
    }
    StampForm::read(text).map(|(_, time)| time)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Moves a time by so many milliseconds.
fn moved(time: SystemTime, millis: i64) -> Option<SystemTime> {
    let by = Duration::from_millis(millis.unsigned_abs());
    match millis < 0 {
        true => time.checked_sub(by),
        false => time.checked_add(by),
    }
}

/// Adds the time of the header in every form.
pub(in super::super) fn form(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let Some(time) = read(to.time_now()) else {
        return;
    };
    forms(time, |text| to.time(&text));
}

/// Calls `take` with every spelling of a time.
fn forms(time: SystemTime, mut take: impl FnMut(String)) {
    let Ok(since) = time.duration_since(UNIX_EPOCH) else {
        return;
    };
    take(since.as_millis().to_string());
    take(since.as_secs().to_string());
    take(since.as_micros().to_string());
    take(since.as_nanos().to_string());
    let millis = since.subsec_millis();
    let fractions = ["".to_owned(), format!(".{millis:03}")];
    let whole_hours = (-12..=14).map(|hours| hours * 60);
    for offset in whole_hours.chain(ODD_OFFSETS) {
        let local = moved(time, i64::from(offset) * 60_000);
        let local = local.and_then(|local| StampForm::DateTime.write(local));
        let Some(local) = local else { continue };
        let local = local.trim_end_matches('Z');
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (i32::abs(offset) / 60, i32::abs(offset) % 60);
        for fraction in &fractions {
            take(format!("{local}{fraction}{sign}{hours:02}:{minutes:02}"));
            take(format!("{local}{fraction}{sign}{hours:02}{minutes:02}"));
            take(format!("{local}{fraction}"));
        }
        take(local.replace('T', " "));
        if offset == 0 {
            for zeros in ["", "000", "0000", "000000"] {
                take(format!("{local}.{millis:03}{zeros}Z"));
            }
            take(format!("{local}Z"));
        }
    }
}

/// Adds the times of other headers.
pub(in super::super) fn other_header(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let names = [
        case.signing.request_time.name.as_str(),
        case.signing.response_time.name.as_str(),
        "Date",
    ];
    for message in [Some(case.message), case.other].into_iter().flatten() {
        for name in names {
            if let Some(time) = message.value(name) {
                to.time(time);
            }
        }
    }
    to.time("");
    to.time("null");
}

/// Adds times shortly before and after that of the header, in the same form, and the milliseconds that a time
/// in seconds has lost.
pub(in super::super) fn other_moment(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let text = to.time_now();
    let Some(time) = read(text) else { return };
    let Ok(since) = time.duration_since(UNIX_EPOCH) else {
        return;
    };
    if is_digits(text) && text.len() != DIGITS_OF_SECONDS {
        let now = i64::try_from(since.as_millis()).unwrap_or_default();
        for apart in 1..=MILLIS_APART {
            to.time(&(now - apart).to_string());
            to.time(&(now + apart).to_string());
        }
        return;
    }
    for apart in 1..=SECONDS_APART {
        for apart in [-apart, apart] {
            let there = moved(time, apart * 1000);
            let Some(there) = there else { continue };
            match is_digits(text) {
                true => to.time(&seconds(there).to_string()),
                false => same_form(text, there, |text| to.time(&text)),
            }
        }
    }
    for millis in 1..1000 {
        to.time(&format!("{}{millis:03}", seconds(time)));
    }
}

fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Writes a time with the offset of another text.
fn same_form(text: &str, time: SystemTime, mut take: impl FnMut(String)) {
    let Ok(known) = text.parse::<payspec_runtime::DateTime>() else {
        return;
    };
    let local = moved(time, i64::from(known.offset_minutes()) * 60_000);
    let Some(local) = local.and_then(|local| StampForm::DateTime.write(local)) else {
        return;
    };
    let tail = text.get(19..).unwrap_or_default();
    take(local.trim_end_matches('Z').to_owned() + tail);
}
