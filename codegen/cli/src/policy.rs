//! The rules of a team for findings: its approvals file, and the date on which it is read.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::args;
use super::failure::Failure;
use super::output::{note, plain};
use payspec_review::approvals::{FILE_NAME, is_date};
use payspec_review::report::Entry;
use payspec_review::{Approvals, Report};

/// Applies the approvals to a report.
pub(super) fn apply(report: &mut Report, spec: &Path, args: &args::Policy) -> Result<(), Failure> {
    let today = day(args)?.unwrap_or_else(today);
    if let Some(path) = file(spec, args) {
        let approvals = Approvals::read(&path)?;
        report.apply(&approvals, &today)?;
    }
    Ok(())
}

/// Returns the date of `--today`.
pub(super) fn day(args: &args::Policy) -> Result<Option<String>, Failure> {
    match &args.today {
        Some(today) if is_date(today) => Ok(Some(today.clone())),
        Some(word) => {
            let word = plain(word);
            let message = format!("`{word}` is not a date; write one as in `--today 2026-12-31`");
            Err(Failure::Usage(message))
        }
        None => Ok(None),
    }
}

/// Returns the approvals file: the named one, or the one beside the spec folder if it exists.
fn file(spec: &Path, args: &args::Policy) -> Option<PathBuf> {
    args.approvals.clone().or_else(|| {
        let beside = spec.with_file_name(FILE_NAME);
        beside.is_file().then_some(beside)
    })
}

/// Returns the approvals entries for findings: a whole file, or the part to add to the existing file.
pub(super) fn entries(
    report: &Report,
    fingerprints: &[String],
    spec: &Path,
    args: &args::Policy,
) -> Result<String, Failure> {
    let entries = fingerprints.iter().map(|fingerprint| {
        let mut findings = report.findings.iter();
        let found = findings.find(|entry| entry.fingerprint == *fingerprint);
        found.map(Entry::approval).ok_or_else(|| {
            let message = format!(
                "no finding has the fingerprint `{}`\nhelp: the report as HTML or JSON shows the fingerprint of each finding",
                plain(fingerprint)
            );
            Failure::Usage(message)
        })
    });
    let entries = entries.collect::<Result<String, _>>()?;
    Ok(match file(spec, args).filter(|file| file.is_file()) {
        Some(file) => {
            let file = file.display().to_string();
            note(format_args!(
                "add this below `approvals:` in {}",
                plain(&file)
            ));
            entries
        }
        None => format!("approvals:\n{entries}"),
    })
}

/// Returns today's date by the system's clock, in UTC.
pub(super) fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    date(since.map_or(0, |since| since.as_secs() / 86_400))
}

/// Returns the date this many days after 1970-01-01.
fn date(days: u64) -> String {
    // Years begin in March here, so that the leap day is the last day of its year; 400 years always have the
    // same number of days.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, next) = (day - (153 * month + 2) / 5 + 1, month >= 10);
    let month = if next { month - 9 } else { month + 3 };
    let year = era * 400 + year + u64::from(next);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_453, "2025-12-31"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
