//! Relates two values of a property: which of them allows more.

#[cfg(test)]
use super::edit::Edit;
use payspec_model::value::Value;

/// The effect of a change on the set of allowed messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The set stays the same.
    Same,
    /// Some messages are no longer allowed, and no new ones are.
    Narrows,
    /// More messages are allowed, and none fewer.
    Widens,
    /// Some messages are no longer allowed and others are, or it cannot be decided.
    Incomparable,
}

impl Relation {
    /// Makes a relation from two facts: whether each set contains the other.
    pub(crate) fn of(old_in_new: bool, new_in_old: bool) -> Self {
        match (old_in_new, new_in_old) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Widens,
            (false, true) => Relation::Narrows,
            (false, false) => Relation::Incomparable,
        }
    }

    /// Combines two changes at once.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Relation::Same, relation) | (relation, Relation::Same) => relation,
            (Relation::Narrows, Relation::Narrows) => Relation::Narrows,
            (Relation::Widens, Relation::Widens) => Relation::Widens,
            (Relation::Narrows, Relation::Widens)
            | (Relation::Widens, Relation::Narrows)
            | (Relation::Incomparable, _)
            | (_, Relation::Incomparable) => Relation::Incomparable,
        }
    }
}

/// The order on the values of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Absent, optional or required. No value: the field does not exist, and a message that has it
    /// may be refused.
    Presence,
    /// The existence of an item. No value: it does not exist.
    Existence,
    /// Something that is demanded or defined. No value: it is not, so that more is allowed.
    Demand,
    /// A permission for more than the listed values. No value: it is given.
    Permission,
    /// A least number. No value: no bound.
    Least,
    /// A greatest number. No value: no bound.
    Greatest,
    /// The allowed texts. No value: all.
    Allowed,
    /// Restrictions that must all hold; more of them allow less. No value: none.
    Restrictions,
    /// Groups of fields, `a|b`, each of which needs at least one present field. No value: none.
    Groups,
    /// Steps by currency, `IDR 100`. No value: none.
    Steps,
    /// The form that a value has on the wire.
    Kind,
    /// A value that must not appear in a log. No value: every value may.
    Secrecy,
    /// The meaning of an unchanged message. No value: undefined. Two different values are
    /// incomparable.
    Setting,
    /// Anything else that messages depend on. Two different values are incomparable.
    Opaque,
    /// A text that no message depends on.
    Text,
}

impl Comparison {
    /// Returns the edits that a comparison of such a property can produce.
    #[cfg(test)]
    pub(crate) fn edits(self) -> &'static [Edit] {
        match self {
            Comparison::Existence | Comparison::Demand => &[Edit::Added, Edit::Removed],
            Comparison::Setting => &[Edit::Added, Edit::Removed, Edit::Changed],
            Comparison::Presence => &[Edit::Added, Edit::Removed, Edit::Narrowed, Edit::Widened],
            Comparison::Least | Comparison::Greatest | Comparison::Permission => {
                &[Edit::Narrowed, Edit::Widened]
            }
            Comparison::Allowed
            | Comparison::Restrictions
            | Comparison::Groups
            | Comparison::Steps
            | Comparison::Secrecy
            | Comparison::Kind => &[Edit::Narrowed, Edit::Widened, Edit::Changed],
            Comparison::Opaque | Comparison::Text => &[Edit::Changed],
        }
    }

    /// Returns how the old value relates to the new one; [`None`] for a property without a value.
    pub(crate) fn relation(self, old: Option<&Value>, new: Option<&Value>) -> Relation {
        if old == new {
            return Relation::Same;
        }
        match self {
            Comparison::Presence => presence(old, new),
            Comparison::Existence => Relation::of(old.is_none(), new.is_none()),
            Comparison::Demand => Relation::of(new.is_none(), old.is_none()),
            Comparison::Permission => permission(old, new),
            Comparison::Least
            | Comparison::Greatest
            | Comparison::Allowed
            | Comparison::Restrictions
            | Comparison::Groups
            | Comparison::Steps
            | Comparison::Secrecy
            | Comparison::Kind => restriction(old, new),
            Comparison::Opaque | Comparison::Setting => Relation::Incomparable,
            Comparison::Text => Relation::Same,
        }
    }
}

/// Compares the presence of a field, by whether it may and whether it must be there.
fn presence(old: Option<&Value>, new: Option<&Value>) -> Relation {
    let sets = |value: Option<&Value>| match value {
        None => (false, false),
        Some(value) => (true, value.is_true()),
    };
    let ((old_may, old_must), (new_may, new_must)) = (sets(old), sets(new));
    // A message without the field is allowed unless the field is required, a message with it if the
    // field exists.
    let old_in_new = (old_must || !new_must) && (!old_may || new_may);
    let new_in_old = (new_must || !old_must) && (!new_may || old_may);
    Relation::of(old_in_new, new_in_old)
}

fn permission(old: Option<&Value>, new: Option<&Value>) -> Relation {
    let allows = |value: Option<&Value>| value.is_none_or(Value::is_true);
    let (old, new) = (allows(old), allows(new));
    Relation::of(new || !old, old || !new)
}

/// Returns how a restriction changes. No value restricts nothing.
pub(super) fn restriction(old: Option<&Value>, new: Option<&Value>) -> Relation {
    match (old, new) {
        (None, None) => Relation::Same,
        (None, Some(_)) => Relation::Narrows,
        (Some(_), None) => Relation::Widens,
        (Some(old), Some(new)) => Relation::of(new.covers(old), old.covers(new)),
    }
}
