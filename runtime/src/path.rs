//! Paths of a schema: names on the way from an object to a value inside it.

use crate::Schema;
use crate::schema::Field;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The names from an object to a value inside it.
///
/// Remembers the index at which each name was found, so that the next walk goes there directly: a
/// deriving crate knows an object's own fields, but not those of the objects inside it.
#[derive(Debug)]
pub struct Path {
    names: &'static [&'static str],
    /// The index of each of the first eight names plus one, a byte for each, the first in the lowest;
    /// zero if it has not been looked up yet.
    indexes: AtomicU64,
}

impl Path {
    /// Makes a path of these names.
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            indexes: AtomicU64::new(0),
        }
    }

    /// Returns the names.
    pub const fn names(&self) -> &'static [&'static str] {
        self.names
    }

    /// Returns the index of each name, if all have been found before.
    pub(crate) fn indexes(&self) -> Option<Indexes> {
        let last = self.names.len().checked_sub(1)?;
        let indexes = self.indexes.load(Relaxed);
        (byte(indexes, last) > 0).then_some(Indexes(indexes))
    }

    /// Returns the whole path, not yet walked.
    pub(crate) fn way(&'static self) -> Way {
        Way { path: self, at: 0 }
    }
}

fn byte(indexes: u64, at: usize) -> u8 {
    indexes.to_le_bytes().get(at).copied().unwrap_or_default()
}

/// The indexes of the names on a path.
pub(crate) struct Indexes(u64);

impl Indexes {
    /// Returns the next index, and whether it is the last one.
    pub(crate) fn next(&mut self) -> (usize, bool) {
        let index = usize::from(byte(self.0, 0)).saturating_sub(1);
        self.0 >>= 8;
        (index, self.0 == 0)
    }
}

/// The rest of a path.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    path: &'static Path,
    at: usize,
}

impl Way {
    /// Returns whether nothing is left.
    pub(crate) fn is_over(self) -> bool {
        self.at >= self.path.names.len()
    }

    /// Returns the next name.
    pub(crate) fn name(self) -> Option<&'static str> {
        self.path.names.get(self.at).copied()
    }

    /// Returns the rest after the next name.
    pub(crate) fn rest(self) -> Self {
        Self {
            at: self.at + 1,
            ..self
        }
    }

    /// Returns the field that the next name denotes in an object of this schema.
    pub(crate) fn field(self, schema: &'static Schema) -> Option<(usize, &'static Field)> {
        let name = self.name()?;
        let found = byte(self.path.indexes.load(Relaxed), self.at);
        let index = usize::from(found)
            .checked_sub(1)
            .or_else(|| schema.position(name))?;
        let field = schema.fields.get(index)?;
        if found == 0 && self.at < 8 {
            let byte = (index as u64 + 1) << (self.at * 8);
            self.path.indexes.fetch_or(byte, Relaxed);
        }
        Some((index, field))
    }
}
