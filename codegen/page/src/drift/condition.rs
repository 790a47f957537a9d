//! Conditions of fields, and groups of fields of which one must be present.

use std::collections::BTreeSet;
use std::fmt;

use super::place::Place;
use payspec_model::model::{Side, SourceIds};

/// A condition under which a field must be present, or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) kind: Kind,
    pub(crate) test: Test,
    /// The words of the page or of the spec.
    pub(crate) words: String,
    pub(crate) place: Place,
    /// The sources of the condition, if it is from a spec.
    pub(crate) sources: SourceIds,
}

/// The effect of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Required,
    /// May be absent; a spec has no key for it.
    Optional,
    /// Present in a response; a spec calls it required, often as a warning.
    Returned,
    Absent,
}

/// The test of a message that decides a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// The last name of the deciding field, and what it must be.
    Field(String, Met),
    /// Fields of which one must be present, until they are known to be fields of one object.
    Group(Vec<String>),
    /// No test that a program understands.
    Words,
}

/// The state or the values of a field for which a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Met {
    Present,
    Absent,
    OneOf(BTreeSet<String>),
}

/// Fields of one object of which at least one must be present.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) side: Side,
    /// The field that contains them.
    pub(crate) parent: Option<usize>,
    pub(crate) members: BTreeSet<usize>,
    pub(crate) place: Place,
    pub(crate) sources: SourceIds,
}

impl Kind {
    /// Returns whether a spec states both kinds by the same key.
    fn is_same(self, other: Kind) -> bool {
        let key = |kind| match kind {
            Kind::Required | Kind::Returned => Kind::Required,
            Kind::Optional => Kind::Optional,
            Kind::Absent => Kind::Absent,
        };
        key(self) == key(other)
    }
}

impl Condition {
    pub(crate) fn is_in_words(&self) -> bool {
        self.test == Test::Words
    }

    /// Returns whether a spec states both by the same key.
    pub(crate) fn has_kind_of(&self, other: &Condition) -> bool {
        self.kind.is_same(other.kind)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Required => "required when ",
            Kind::Optional => "optional when ",
            Kind::Returned => "returned when ",
            Kind::Absent => "absent when ",
        })?;
        match &self.test {
            Test::Words => f.write_str("(in words)"),
            Test::Group(names) => write!(f, "none of {} is present", names.join(", ")),
            Test::Field(field, Met::Present) => write!(f, "{field} is present"),
            Test::Field(field, Met::Absent) => write!(f, "{field} is absent"),
            Test::Field(field, Met::OneOf(values)) => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                write!(f, "{field} is {}", values.join(" or "))
            }
        }
    }
}
