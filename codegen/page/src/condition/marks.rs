//! Sets of lists of phrases.

/// A set of lists, one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    /// Returns the set of only the list with this number.
    pub(super) fn of(number: u32) -> Self {
        Marks(1_u64.checked_shl(number).unwrap_or(0))
    }

    pub(super) fn add(&mut self, other: Marks) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }
}
