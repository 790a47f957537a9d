//! Paths of a schema: names on the way from an object to a value inside it.

use crate::schema::Field;
use crate::{Schema, text::is_same};
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Names from an object to a value inside it.
///
/// Remembers at which index each name was found the last time, so that the next walk finds it at
/// once: only the deriving crate knows an object's own fields, and none knows those of the others
/// before the program runs.
#[derive(Debug)]
pub struct Path {
    names: &'static [&'static str],
    /// The index of each of the first eight names, one byte for each, the first in the lowest. No more
    /// than hints: what stands there is compared with the name.
    hints: AtomicU64,
}

impl Path {
    /// The path of these names.
    pub const fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            hints: AtomicU64::new(0),
        }
    }

    /// The names.
    pub const fn names(&self) -> &'static [&'static str] {
        self.names
    }

    /// The whole way.
    pub(crate) fn way(&'static self) -> Way {
        Way { path: self, at: 0 }
    }
}

/// What is left of a path.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    path: &'static Path,
    at: usize,
}

impl Way {
    /// Whether nothing is left.
    pub(crate) fn is_over(self) -> bool {
        self.at >= self.path.names.len()
    }

    /// The next name.
    pub(crate) fn name(self) -> Option<&'static str> {
        self.path.names.get(self.at).copied()
    }

    /// What is left behind the next name.
    pub(crate) fn rest(self) -> Self {
        Self {
            at: self.at + 1,
            ..self
        }
    }

    /// The field that the next name means in an object of this schema.
    #[inline]
    pub(crate) fn field(self, schema: &'static Schema) -> Option<(usize, &'static Field)> {
        let name = self.name()?;
        let shift = self.at as u32 * 8;
        let hints = self.path.hints.load(Relaxed);
        let hint = hints.checked_shr(shift).unwrap_or(0) as u8;
        match schema.fields.get(usize::from(hint)) {
            Some(field) if is_same(field.name, name) => Some((usize::from(hint), field)),
            _ => self.search(schema, name),
        }
    }

    #[cold]
    fn search(self, schema: &'static Schema, name: &str) -> Option<(usize, &'static Field)> {
        let index = schema.position(name)?;
        if self.at < 8 {
            let shift = self.at * 8;
            let others = self.path.hints.load(Relaxed) & !(0xff << shift);
            // Indexes are below `MAX_FIELDS`. When two threads store at once, one name is searched
            // for again.
            self.path
                .hints
                .store(others | (index as u64) << shift, Relaxed);
        }
        Some((index, schema.fields.get(index)?))
    }
}
