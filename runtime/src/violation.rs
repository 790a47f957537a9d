//! Violations of the rules of a message.

use crate::{Phrase, Pointer, RuleId, Severity};
use core::fmt::{self, Write};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Violation {
    /// The place: a JSON Pointer (RFC 6901) into the message. `""` is the message itself.
    pub path: Pointer,
    /// The broken rule.
    pub rule: RuleId,
    /// The severity.
    pub severity: Severity,
    /// The expected value, in words.
    pub expected: Phrase,
    /// The actual value, in words; `[pii]` or `[secret]` for a sensitive value.
    pub actual: Phrase,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.text();
        if path.is_empty() {
            f.write_str("(message)")?;
        }
        for char in path.chars() {
            // The name of an unknown field may contain anything.
            if char.is_control() {
                write!(f, "{}", char.escape_unicode())?;
            } else {
                f.write_char(char)?;
            }
        }
        write!(
            f,
            ": {} [{}]: expected {}, found {}",
            self.severity, self.rule, self.expected, self.actual
        )
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_struct("Violation", 5)?;
        out.serialize_field("path", &self.path)?;
        out.serialize_field("rule", self.rule.as_str())?;
        out.serialize_field("severity", self.severity.as_str())?;
        out.serialize_field("expected", &self.expected)?;
        out.serialize_field("actual", &self.actual)?;
        out.end()
    }
}

/// The room for a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// One that is kept stands for it.
    Covered,
    /// It can only be counted.
    Full,
    Free,
}

/// Returns whether a violation that is kept stands for another one of the same rule at the same place: a warning must
/// not hide that the message is refused.
fn covers(kept: Severity, other: Severity) -> bool {
    kept == Severity::Error || other == Severity::Warning
}

/// The violations of a message, in the order of its schema.
///
/// At most [`Violations::LIMIT`] are kept, the rest is counted. No two have the same path and rule: an error takes the
/// place of a warning.
/// Serializes as an array of objects with `path`, `rule`, `severity`, `expected` and `actual`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a message that breaks a rule must not be sent"]
pub struct Violations {
    kept: Vec<Violation>,
    omitted: usize,
    omitted_errors: usize,
}

impl Violations {
    /// Largest number of violations that are kept.
    pub const LIMIT: usize = 100;

    /// Makes an empty list. It allocates nothing.
    pub const fn new() -> Self {
        Self {
            kept: Vec::new(),
            omitted: 0,
            omitted_errors: 0,
        }
    }

    /// Adds a violation, unless one with its path and rule exists that is not weaker; only counts it if the list is
    /// full.
    pub fn push(&mut self, violation: Violation) {
        let (rule, severity) = (violation.rule, violation.severity);
        match self.room(&violation.path, rule, severity) {
            Room::Covered => {}
            Room::Full => self.omit(severity),
            Room::Free => self.keep(violation),
        }
    }

    /// Adds a violation for which there is room, in the place of a weaker one if there is one.
    pub(crate) fn keep(&mut self, violation: Violation) {
        if let Some(weaker) = self.known(&violation.path, violation.rule) {
            self.kept[weaker] = violation;
            return;
        }
        // Enough for most reports, but not so much that an allocator takes its slow path.
        if self.kept.is_empty() {
            self.kept.reserve(11);
        }
        self.kept.push(violation);
    }

    /// Removes the kept violations for which this is false.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Violation) -> bool) {
        self.kept.retain(is_kept);
    }

    /// Returns the position of the violation with this path and rule.
    fn known(&self, path: &Pointer, rule: RuleId) -> Option<usize> {
        let mut kept = self.kept.iter();
        kept.position(|kept| kept.rule == rule && kept.path.is_same(path))
    }

    /// Returns what happens to a violation with this path, rule and severity.
    pub(crate) fn room(&self, path: &Pointer, rule: RuleId, severity: Severity) -> Room {
        match self.known(path, rule) {
            Some(at) if covers(self.kept[at].severity, severity) => Room::Covered,
            None if self.is_full() => Room::Full,
            Some(_) | None => Room::Free,
        }
    }

    /// Returns whether more violations are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= Self::LIMIT
    }

    /// Counts a violation that is not kept.
    pub(crate) fn omit(&mut self, severity: Severity) {
        self.omitted += 1;
        if severity == Severity::Error {
            self.omitted_errors += 1;
        }
    }

    /// Returns the violations that are kept.
    pub fn as_slice(&self) -> &[Violation] {
        &self.kept
    }

    /// Iterates over the violations that are kept.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.kept.iter()
    }

    /// Returns the number of violations that are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Returns whether there is no violation at all.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns the number of violations that were found but not kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Returns whether one of them is an error, so that the message must not be sent.
    pub fn has_errors(&self) -> bool {
        self.omitted_errors > 0 || self.errors().next().is_some()
    }

    /// Iterates over the kept violations that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Violation> {
        self.iter().filter(|kept| kept.severity == Severity::Error)
    }

    /// Iterates over the kept violations that are warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Violation> {
        self.iter()
            .filter(|kept| kept.severity == Severity::Warning)
    }
}

impl fmt::Display for Violations {
    /// One line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.kept.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl core::error::Error for Violations {}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = core::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        for violation in violations {
            self.push(violation);
        }
    }
}

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(&self.kept)
    }
}
