//! The kinds of edits, and how an item was matched with one of another name.

use schemars::JsonSchema;
use serde::Serialize;

/// The kinds of edits of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// It allows less than before.
    Narrowed,
    /// It allows more than before.
    Widened,
    /// It has another value that is neither narrower nor wider.
    Changed,
    /// It has another name.
    Renamed,
    /// It is in another object.
    Moved,
}

impl Edit {
    /// The word in rule ids.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Edit::Added => "added",
            Edit::Removed => "removed",
            Edit::Narrowed => "narrowed",
            Edit::Widened => "widened",
            Edit::Changed => "changed",
            Edit::Renamed => "renamed",
            Edit::Moved => "moved",
        }
    }

    /// The edit that undoes this one.
    pub const fn mirrored(self) -> Self {
        match self {
            Edit::Added => Edit::Removed,
            Edit::Removed => Edit::Added,
            Edit::Narrowed => Edit::Widened,
            Edit::Widened => Edit::Narrowed,
            Edit::Changed | Edit::Renamed | Edit::Moved => self,
        }
    }

    /// Returns whether the item stays the same under another name or in another place.
    pub const fn keeps(self) -> bool {
        matches!(self, Edit::Renamed | Edit::Moved)
    }
}

/// The way in which two items were matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MatchedBy {
    /// One of the specs says so.
    Declared,
    /// They are similar, with this many of 100 points.
    Similar(u32),
}
