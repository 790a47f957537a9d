//! The position of a fact.

use payspec_model::model::Origin;

/// The position of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A line of a page.
    Line(u32),
    /// A place of a spec.
    Spec(Origin),
}

impl Place {
    /// Returns the line, if it is in a page.
    pub(crate) fn line(self) -> Option<u32> {
        match self {
            Place::Line(line) => Some(line),
            Place::Spec(_) => None,
        }
    }
}
