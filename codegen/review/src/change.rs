//! What differs between two specs, one property of one thing at a time.

use super::fact::Fact;
use super::location::Location;
use super::property::Property;
use super::relation::{Comparison, Relation};
use super::rename_detection::MatchedBy;
use payspec_model::model::{Direction, Origin, StatusClass};
use payspec_model::value::Value;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about, as the new spec calls it.
    pub place: Location,
    /// What the old spec called it, or would have, where that is another place. Then the old value is told in the
    /// new names.
    pub was: Option<Location>,
    /// Which property of it.
    pub property: Property,
    /// What happened.
    pub edit: Edit,
    /// What the old spec states.
    pub old: Option<Point>,
    /// What the new spec states.
    pub new: Option<Point>,
    /// What it does to the set of allowed messages.
    pub relation: Relation,
    /// Who sends what it is about.
    pub direction: Direction,
    /// True if it is about values of which readers keep those that they do not know.
    pub tolerated: bool,
    /// True if it is about the currency or the number of an amount of money.
    pub amount: bool,
    /// True if it is about a dispute, a code or a header that decides whether money moves, or the default of a field
    /// that does.
    pub decisive: bool,
    /// What the status says of a call that a result code comes with, in each spec.
    pub classes: [Option<StatusClass>; 2],
    /// How two things of different names or places were taken for one; [`None`] for other changes.
    pub recognised: Option<MatchedBy>,
    /// True if it is about a value of an enum that was closed, so that code names all of them.
    pub closed: bool,
}

/// A value, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What is stated.
    pub value: Value,
    /// Where.
    pub origin: Origin,
}

/// What happened to a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// The thing is new.
    Added,
    /// The thing is gone.
    Removed,
    /// It allows less than before.
    Narrowed,
    /// It allows more than before.
    Widened,
    /// It is something else.
    Changed,
    /// It has another name.
    Renamed,
    /// It stands in another object.
    Moved,
}

impl Edit {
    /// All edits.
    pub const ALL: [Edit; 7] = [
        Edit::Added,
        Edit::Removed,
        Edit::Narrowed,
        Edit::Widened,
        Edit::Changed,
        Edit::Renamed,
        Edit::Moved,
    ];

    /// The word in rule ids.
    pub const fn as_str(self) -> &'static str {
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

    /// Returns whether the thing is what it was, under another name or in another place.
    pub const fn keeps(self) -> bool {
        matches!(self, Edit::Renamed | Edit::Moved)
    }

    pub(super) fn of(
        property: Property,
        old: Option<&Fact>,
        new: Option<&Fact>,
        relation: Relation,
    ) -> Self {
        match (old, new, relation) {
            (None, _, _) if property.comes_and_goes() => Edit::Added,
            (_, None, _) if property.comes_and_goes() => Edit::Removed,
            (_, _, Relation::Narrows) => Edit::Narrowed,
            (_, _, Relation::Widens) => Edit::Widened,
            (_, _, Relation::Same | Relation::Incomparable) => Edit::Changed,
        }
    }
}

impl Change {
    /// Returns whether no message depends on it.
    pub fn is_text(&self) -> bool {
        self.property.comparison() == Comparison::Text
    }
}
