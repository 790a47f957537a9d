//! The format of one entry: a line with a checksum.
//!
//! `CRC32 LENGTH JSON`, ended by a line feed: eight hexadecimal digits, the length of the JSON in bytes, and
//! an array of texts. The checksum covers length and JSON, and with them operation, id, state and body.
//!
//! A record never occurs inside the texts of another one: its JSON holds quotes, and inside a text each
//! quote has a backslash before it. So a reader that has lost its place can search for the next record
//! byte by byte.

use crate::client::millis;
use core::ops::Range;
use serde_json::Value as Json;
use std::time::SystemTime;

/// The format version that is written. Version 2 has no time of calls; the others are the same.
pub(super) const VERSION: &str = "3";

/// The format versions that are read.
pub(super) const READABLE: [&str; 2] = [VERSION_2, VERSION];
pub(super) const VERSION_2: &str = "2";

/// The content of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record<T> {
    /// The first line of each file.
    Header { version: T },
    /// A call is about to be sent.
    Call {
        operation: T,
        id: T,
        scope: T,
        body: T,
        /// The time of the first attempt; [`None`] if it is unknown, as in files of version 2.
        begun: Option<SystemTime>,
    },
    /// A payment begins, or had this state when the file was last rewritten.
    Payment {
        operation: T,
        id: T,
        scope: T,
        body: T,
        state: T,
    },
    /// A payment has a new state.
    Stands { operation: T, id: T, state: T },
    /// The outcome is decided.
    Decided { operation: T, id: T },
    /// Nothing was sent.
    NotSent { operation: T, id: T },
    /// An entry is unfinished, but its body could not be read.
    Lost { operation: T, id: T },
}

/// The first text of each kind of record. It differs from all those of format version 1.
const HEADER: &str = "payspec-journal";
const CALL: &str = "call";
const PAYMENT: &str = "payment";
const STANDS: &str = "state";
const DECIDED: &str = "done";
const NOT_SENT: &str = "unsent";
const LOST: &str = "lost";

impl Record<&str> {
    /// Returns the whole line, with its line feed.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Header { version } => line(&[HEADER, version]),
            Self::Call {
                operation,
                id,
                scope,
                body,
                begun,
            } => {
                let begun = begun.map(millis::write).unwrap_or_default();
                line(&[CALL, operation, id, scope, body, &begun])
            }
            Self::Payment {
                operation,
                id,
                scope,
                body,
                state,
            } => line(&[PAYMENT, operation, id, scope, body, state]),
            Self::Stands {
                operation,
                id,
                state,
            } => line(&[STANDS, operation, id, state]),
            Self::Decided { operation, id } => line(&[DECIDED, operation, id]),
            Self::NotSent { operation, id } => line(&[NOT_SENT, operation, id]),
            Self::Lost { operation, id } => line(&[LOST, operation, id]),
        }
    }
}

fn line(texts: &[&str]) -> String {
    let json = texts.iter().map(|text| Json::from(*text)).collect::<Json>();
    let json = json.to_string();
    let signed = format!("{} {json}", json.len());
    format!("{:08x} {signed}\n", crc32fast::hash(signed.as_bytes()))
}

impl Record<String> {
    /// Reads a record from its texts; [`None`] if they are not those of a record.
    pub(super) fn of(texts: Vec<String>) -> Option<Self> {
        let mut texts = texts.into_iter();
        let kind = texts.next()?;
        let mut next = || texts.next();
        let record = match kind.as_str() {
            HEADER => Self::Header { version: next()? },
            CALL => Self::Call {
                operation: next()?,
                id: next()?,
                scope: next()?,
                body: next()?,
                // A time that cannot be read must not hide the call: it is unknown, so it counts as long ago.
                begun: next().and_then(|text| millis::read(&text)),
            },
            PAYMENT => Self::Payment {
                operation: next()?,
                id: next()?,
                scope: next()?,
                body: next()?,
                state: next()?,
            },
            STANDS => Self::Stands {
                operation: next()?,
                id: next()?,
                state: next()?,
            },
            DECIDED => Self::Decided {
                operation: next()?,
                id: next()?,
            },
            NOT_SENT => Self::NotSent {
                operation: next()?,
                id: next()?,
            },
            LOST => Self::Lost {
                operation: next()?,
                id: next()?,
            },
            _ => return None,
        };
        // A header of a newer version may have more texts.
        let is_header = matches!(record, Self::Header { .. });
        (is_header || texts.next().is_none()).then_some(record)
    }
}

/// The thing that begins at a position in a file.
pub(super) enum At {
    /// A whole record, and its end without the line feed.
    Record(Record<String>, usize),
    /// Text that begins like a record, but is not one.
    Broken,
    /// Something else.
    Nothing,
}

/// The largest number of digits in a length: no file is that long.
const MOST_DIGITS: usize = 15;

/// Reads the record that begins at this position.
pub(super) fn at(bytes: &[u8], place: usize) -> At {
    let Some((crc, signed)) = form(bytes, place) else {
        return At::Nothing;
    };
    let Some(covered) = bytes.get(signed.clone()) else {
        return At::Broken;
    };
    if crc32fast::hash(covered) != crc {
        return At::Broken;
    }
    let space = covered.iter().position(|byte| *byte == b' ');
    // JSON may begin with a space, which the checksum covers too.
    let json = space.and_then(|space| covered.get(space..));
    let texts = json.and_then(|json| serde_json::from_slice(json).ok());
    match texts.and_then(Record::of) {
        Some(record) => At::Record(record, signed.end),
        None => At::Broken,
    }
}

/// Returns the checksum at this position, and the range that it covers.
fn form(bytes: &[u8], place: usize) -> Option<(u32, Range<usize>)> {
    let rest = bytes.get(place..)?;
    let (crc, rest) = rest.split_at_checked(8)?;
    let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if rest.first() != Some(&b' ') || !crc.iter().all(is_hex) {
        return None;
    }
    let crc = u32::from_str_radix(core::str::from_utf8(crc).ok()?, 16).ok()?;
    let start = place + 9;
    let rest = bytes.get(start..)?;
    let digits = rest.iter().take(MOST_DIGITS);
    let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
    let length: usize = core::str::from_utf8(rest.get(..digits)?)
        .ok()?
        .parse()
        .ok()?;
    (rest.get(digits) == Some(&b' ')).then_some(())?;
    let end = start.checked_add(digits + 1)?.checked_add(length)?;
    Some((crc, start..end))
}
