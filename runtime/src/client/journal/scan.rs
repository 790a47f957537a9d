//! Reads a whole file: the intact records, and the damaged places.

use super::legacy;
use super::parts::Parts;
use super::record::{self, At, Record, VERSION_2};
use core::fmt;

/// A part of a journal that could not be read when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Damage {
    /// The line in the original file, counted from 1.
    pub line: usize,
    /// The kind of damage.
    pub kind: DamageKind,
    /// Operation and id that the line seems to name, as far as they can be read. No checksum confirms
    /// them.
    pub names: Option<(String, String)>,
}

/// The kind of damage of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DamageKind {
    /// The end of the file is cut off: the machine or the program stopped while it was written. The
    /// request of that line was not sent.
    CutOff,
    /// It has the form of an entry, but its checksum does not match.
    Checksum,
    /// It holds zeros, as files do after a crash of the machine.
    Zeros,
    /// It is not UTF-8.
    NotText,
    /// It is not an entry.
    NotAnEntry,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, kind, names } = self;
        let what = match kind {
            DamageKind::CutOff => "is cut off",
            DamageKind::Checksum => "does not fit its checksum",
            DamageKind::Zeros => "holds zeros",
            DamageKind::NotText => "is not UTF-8",
            DamageKind::NotAnEntry => "is not an entry",
        };
        write!(f, "line {line} {what}")?;
        match names {
            Some((operation, id)) => write!(
                f,
                "; it seems to be `{}` {}",
                operation.escape_debug(),
                id.escape_debug()
            ),
            None => Ok(()),
        }
    }
}

/// The records and the damage of a file.
pub(super) struct Scan {
    pub(super) records: Vec<Record<String>>,
    pub(super) damage: Vec<Damage>,
    /// True if the file has an earlier format version.
    pub(super) is_old: bool,
}

/// Reads every intact record, whatever surrounds it.
pub(super) fn scan(bytes: &[u8]) -> Scan {
    let read = records(bytes);
    let is_legacy = read.records.is_empty() && legacy::begins(bytes);
    let Parts { records, gaps } = match is_legacy {
        false => read,
        true => legacy::records(bytes),
    };
    let is_2 = |record: &Record<String>| matches!(record, Record::Header { version } if version == VERSION_2);
    let is_old = is_legacy || records.iter().any(is_2);
    let mut lines = Lines {
        bytes,
        at: 0,
        line: 1,
    };
    let mut damage = Vec::new();
    for (from, to) in gaps {
        lines.damage(from, to, &mut damage);
    }
    Scan {
        records,
        damage,
        is_old,
    }
}

fn records(bytes: &[u8]) -> Parts {
    Parts::read(bytes, |place| match record::at(bytes, place) {
        At::Record(record, end) => Some((Some(record), end)),
        At::Broken | At::Nothing => None,
    })
}

/// Counts the lines up to a position.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Adds an entry for each line between two positions. Calls must come in order.
    fn damage(&mut self, from: usize, to: usize, damage: &mut Vec<Damage>) {
        let passed = self.bytes.get(self.at..from).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = from;
        let gap = self.bytes.get(from..to).unwrap_or_default();
        let is_last = to == self.bytes.len();
        let parts: Vec<&[u8]> = gap.split(|byte| *byte == b'\n').collect();
        for (index, part) in parts.iter().enumerate() {
            let is_cut = is_last && index + 1 == parts.len();
            if !part.is_empty() {
                damage.push(Damage {
                    line: self.line + index,
                    kind: kind(part, is_cut),
                    names: names(part),
                });
            } else if parts.len() == 1 {
                damage.push(Damage {
                    line: self.line,
                    kind: DamageKind::NotAnEntry,
                    names: None,
                });
            }
        }
    }
}

fn kind(part: &[u8], is_cut: bool) -> DamageKind {
    if part.contains(&0) {
        return DamageKind::Zeros;
    }
    if is_cut {
        return DamageKind::CutOff;
    }
    if core::str::from_utf8(part).is_err() {
        return DamageKind::NotText;
    }
    match record::at(part, 0) {
        At::Broken => DamageKind::Checksum,
        At::Record(..) | At::Nothing => DamageKind::NotAnEntry,
    }
}

/// Returns the second and third text of the array that seems to begin in a line.
fn names(part: &[u8]) -> Option<(String, String)> {
    let start = part.windows(2).position(|two| two == b"[\"")?;
    let mut rest = part.get(start + 1..)?;
    let mut texts = Vec::new();
    while texts.len() < 3 {
        let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<String>();
        texts.push(stream.next()?.ok()?);
        let end = stream.byte_offset();
        rest = rest.get(end..)?.strip_prefix(b",")?;
    }
    let id = texts.pop()?;
    Some((texts.pop()?, id))
}
