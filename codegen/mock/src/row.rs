//! An exchange as one line of the status page, which unfolds.

use askama::Template;

use super::clock::shown;
use super::filter::Filter;
use super::log_entry::{LogEntry, Verdict};
use payspec_report::{Badge, Tone, plain};

/// A line of the page. The page has them from the beginning, and events add more.
#[derive(Template)]
#[template(path = "mock/row.html")]
struct Row<'r> {
    number: u64,
    record: &'r LogEntry,
    is_hidden: bool,
    stamp: String,
    time: String,
    method: String,
    /// The operation, or the path where there is none.
    what: String,
    to: String,
    key: String,
    group: String,
    group_link: String,
    badge: Badge,
    code: String,
    duration: String,
    /// More facts than the line has, without empty ones.
    facts: Vec<(&'static str, String)>,
    remarks: Vec<String>,
}

/// Writes the line of an exchange that no filter hides.
pub(super) fn written(number: u64, record: &LogEntry) -> String {
    filtered(number, record, &Filter::default())
}

/// Writes the line of an exchange, hidden if the filter leaves it out.
pub(super) fn filtered(number: u64, record: &LogEntry, filter: &Filter) -> String {
    let text = |text: &Option<String>| short(text.as_deref().unwrap_or_default());
    let path = short(&record.path);
    let (key, group) = (text(&record.key), text(&record.group));
    let code = match (&record.code, &record.status) {
        (Some(code), _) => short(code),
        (None, Some(status)) => short(status),
        (None, None) if record.http_status == 0 => String::new(),
        (None, None) => format!("HTTP {}", record.http_status),
    };
    let mut facts = vec![
        ("time", shown(record.at)),
        ("request", format!("{} {path}", short(&record.method))),
        ("sent to", text(&record.to)),
        ("client", text(&record.client_id)),
        ("key", key.clone()),
        (
            "HTTP status",
            match record.http_status {
                0 => "none".to_owned(),
                status => status.to_string(),
            },
        ),
        (
            "result",
            [text(&record.status), text(&record.code)].join(" "),
        ),
        ("injected faults", record.faults.join(", ")),
    ];
    if record.replayed {
        facts.push((
            "answer",
            "repeated: the same request was answered before".to_owned(),
        ));
    }
    facts.retain(|(_, fact)| !fact.trim().is_empty());
    let mut remarks: Vec<String> = record.note.iter().map(|note| short(note)).collect();
    remarks.extend(record.violations.iter().map(|one| short(&one.to_string())));
    payspec_report::written(&Row {
        number,
        record,
        is_hidden: !filter.shows(record),
        time: time_of_day(&shown(record.at)),
        stamp: shown(record.at),
        method: short(&record.method),
        what: record.operation.as_deref().map_or(path, short),
        to: text(&record.to),
        group_link: Filter::of_key(record.group.as_deref().unwrap_or_default()).link(),
        key,
        group,
        badge: badge(record),
        code,
        duration: record.duration.map_or_else(String::new, |duration| {
            format!("{} ms", duration.as_millis())
        }),
        facts,
        remarks,
    })
}

/// The largest number of characters of a text: a request of a megabyte must not make such a page.
const LONGEST: usize = 300;

/// Shortens a text and escapes what steers a browser's or a terminal's writing.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => plain(text.get(..end).unwrap_or_default()) + "…",
        None => plain(text),
    }
}

/// Returns the result as a word with a sign, so that it does not depend on its colour.
fn badge(record: &LogEntry) -> Badge {
    let (tone, word) = match record.verdict {
        Verdict::Succeeded if record.replayed => (Tone::Good, "✓ repeated"),
        Verdict::Succeeded => (Tone::Good, "✓ succeeded"),
        Verdict::Pending => (Tone::Warn, "… pending"),
        Verdict::Failed => (Tone::Bad, "✗ failed"),
        Verdict::NoAnswer => (Tone::Bad, "✗ no answer"),
    };
    Badge::new(tone, word)
}

/// Returns the time of day of a date and time.
fn time_of_day(at: &str) -> String {
    let time = at.split_once('T').map_or(at, |(_, time)| time);
    time.trim_end_matches('Z').to_owned()
}
