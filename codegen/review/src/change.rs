//! The differences between two specs: one property of one item at a time.

use super::edit::{Edit, MatchedBy};
use super::fact::Fact;
use super::location::Location;
use super::property::Property;
use super::relation::{Comparison, Relation};
use payspec_model::model::{Direction, Origin, StatusClass};
use payspec_model::value::Value;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item that changed, by its place in the new spec.
    pub place: Location,
    /// The place in the old spec, if it differs. The old value is then translated into the new
    /// names.
    pub was: Option<Location>,
    /// The property that changed.
    pub property: Property,
    /// The kind of edit.
    pub edit: Edit,
    /// The statement of the old spec.
    pub old: Option<Point>,
    /// The statement of the new spec.
    pub new: Option<Point>,
    /// The effect on the set of allowed messages.
    pub relation: Relation,
    /// The direction in which the messages are sent.
    pub direction: Direction,
    /// True if it is about values that readers keep even if they do not know them.
    pub tolerated: bool,
    /// True if it is about the currency or the number of an amount of money.
    pub(crate) amount: bool,
    /// True if it is about a dispute, a code or a header that decides whether money moves, or the default of a field
    /// that does.
    pub(crate) decisive: bool,
    /// The status class that a result code comes with, in each spec.
    pub(crate) classes: [Option<StatusClass>; 2],
    /// The way in which two items of different names or places were matched; [`None`] for other
    /// changes.
    pub(crate) matched_by: Option<MatchedBy>,
    /// True if it is about a value of an enum that was closed, so that code can match on all its
    /// values.
    pub(crate) closed: bool,
}

/// A value and its position in the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The stated value.
    pub value: Value,
    /// The position in the spec.
    pub(crate) origin: Origin,
}

impl Change {
    /// Returns whether no message depends on it.
    pub fn is_text(&self) -> bool {
        self.property.comparison() == Comparison::Text
    }
}

/// Returns the edit that two values of a property show.
pub(super) fn edit_of(
    property: Property,
    old: Option<&Fact>,
    new: Option<&Fact>,
    relation: Relation,
) -> Edit {
    match (old, new, relation) {
        (None, _, _) if property.comes_and_goes() => Edit::Added,
        (_, None, _) if property.comes_and_goes() => Edit::Removed,
        (_, _, Relation::Narrows) => Edit::Narrowed,
        (_, _, Relation::Widens) => Edit::Widened,
        (_, _, Relation::Same | Relation::Incomparable) => Edit::Changed,
    }
}
