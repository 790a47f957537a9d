//! How two values of a property relate: which of them lets more through.

use super::change::Edit;
use payspec_model::value::Value;

/// What a change does to the set of messages that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The set stays.
    Same,
    /// Some messages are no longer allowed, and no new ones are.
    Narrows,
    /// More messages are allowed, and none less.
    Widens,
    /// Some messages are no longer allowed and others are, or nobody can tell.
    Incomparable,
}

impl Relation {
    /// All relations.
    pub const ALL: [Relation; 4] = [
        Relation::Same,
        Relation::Narrows,
        Relation::Widens,
        Relation::Incomparable,
    ];

    /// From the old set being part of the new one, and the new one of the old.
    pub fn of(old_in_new: bool, new_in_old: bool) -> Self {
        match (old_in_new, new_in_old) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Widens,
            (false, true) => Relation::Narrows,
            (false, false) => Relation::Incomparable,
        }
    }

    /// Returns what two changes at once do.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Relation::Same, relation) | (relation, Relation::Same) => relation,
            (own, other) if own == other => own,
            _ => Relation::Incomparable,
        }
    }

    /// The relation the other way around.
    pub fn mirrored(self) -> Self {
        match self {
            Relation::Same => Relation::Same,
            Relation::Narrows => Relation::Widens,
            Relation::Widens => Relation::Narrows,
            Relation::Incomparable => Relation::Incomparable,
        }
    }
}

/// How the values of a property are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Whether a field must be there. No value: there is no such field, and a message that has it
    /// all the same may be refused.
    Presence,
    /// That something exists; no value: it does not.
    Existence,
    /// That something is asked for, or laid down; no value: it is not, so that more is allowed.
    Demand,
    /// Whether more is allowed than what is listed; no value: it is.
    Permission,
    /// A least number; no value: no bound.
    Least,
    /// A greatest number; no value: no bound.
    Greatest,
    /// The texts allowed; no value: all.
    Allowed,
    /// Restrictions that all hold; the more, the narrower. No value: none.
    Restrictions,
    /// Groups of fields, `a|b`, of each of which at least one must be there. No value: none.
    Groups,
    /// Steps by currency, `IDR 100`. No value: none.
    Steps,
    /// The form that a value has on the wire.
    Kind,
    /// What must not reach a log; no value: anything may.
    Secrecy,
    /// What the same message means; no value: nothing is laid down. Other is other.
    Setting,
    /// Anything else that messages depend on: other is other.
    Opaque,
    /// What no message depends on.
    Text,
}

impl Comparison {
    /// The edits that a property with this comparison can see.
    pub fn edits(self) -> &'static [Edit] {
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

    /// Returns how the old value relates to the new one; [`None`] where the property has no value.
    pub fn relation(self, old: Option<&Value>, new: Option<&Value>) -> Relation {
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

/// Returns whether a field may and must be there: `(may, must)`.
fn presence(old: Option<&Value>, new: Option<&Value>) -> Relation {
    let sets = |value: Option<&Value>| match value {
        None => (false, false),
        Some(value) => (true, value.is_true()),
    };
    let ((old_may, old_must), (new_may, new_must)) = (sets(old), sets(new));
    // A message without the field is allowed unless it must be there, one with it if it may.
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
