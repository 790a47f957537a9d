//! The decisions of incoming messages: one row for each combination of values that decides.

use std::fmt;

use super::{Origin, SourceIds};
use crate::format::{Decide, PendingAction};
use crate::pointer::pointer;

/// One row of the table of decisions: that of a status, alone or with values of other fields. At most one
/// row of a result matches a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The status. Of an HTTP status also a class, such as `4XX`: it holds for the statuses of the class that
    /// have no case of their own.
    pub status: String,
    /// The other fields, with the values that they must have, from the outer split to the inner one.
    pub cases: Vec<Case>,
    /// The decision.
    pub decide: Decide,
    /// The name, `snake_case`. Decisions with the same name are one outcome.
    pub name: String,
    /// The action to take.
    pub description: String,
    /// Path of the object that the decision hands over.
    pub payload: Option<Vec<String>>,
    /// Paths of the fields that must be present for the decision.
    pub needs: Vec<Vec<String>>,
    /// For `pending`: the actions that are allowed on the payment.
    pub actions: Vec<PendingAction>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// A value that a field must have for a decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// Path of the field.
    pub by: Vec<String>,
    /// The value.
    pub value: CaseValue,
}

/// The values that fit a case. An absent value fits none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseValue {
    /// This one.
    Listed(String),
    /// Every value but these, which have cases of their own.
    Other(Vec<String>),
}

impl CaseValue {
    /// Returns whether a value fits.
    pub fn fits(&self, value: &str) -> bool {
        match self {
            CaseValue::Listed(listed) => listed == value,
            CaseValue::Other(listed) => !listed.iter().any(|one| one == value),
        }
    }
}

/// Writes the value for people: `SUCCESS`, or `other`.
impl fmt::Display for CaseValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseValue::Listed(value) => f.write_str(value),
            CaseValue::Other(_) => f.write_str("other"),
        }
    }
}

/// Writes the case for people: `/paymentStatus = SUCCESS`.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { by, value } = self;
        write!(f, "{} = {value}", pointer(by))
    }
}
