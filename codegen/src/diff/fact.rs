//! What can be said of a spec, one value at a time.

use std::fmt;

use super::facet::Facet;
use super::relation::Relation;
use crate::model::{Direction, Origin};

/// One thing that a spec states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// Which property of the thing.
    pub facet: Facet,
    /// What the spec states.
    pub value: Value,
    /// Who sends what it binds.
    pub direction: Direction,
    /// Where it stands.
    pub origin: Origin,
}

impl Fact {
    /// Takes in another fact about the same facet of the same thing.
    pub(super) fn add(&mut self, other: Fact) {
        match (&mut self.value, other.value) {
            (Value::Texts(texts), Value::Texts(more)) => texts.extend(more),
            (_, value) => {
                let relation = self
                    .facet
                    .algebra()
                    .relation(Some(&self.value), Some(&value));
                if relation == Relation::Narrows {
                    self.value = value;
                    self.origin = other.origin;
                }
            }
        }
    }
}

/// The value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number, a word or a sentence.
    Text(String),
    /// Several, in an order that means nothing unless the facet says so.
    Texts(Vec<String>),
}

impl Value {
    /// Whether it is a yes.
    pub fn is_true(&self) -> bool {
        *self == Value::Flag(true)
    }

    /// The texts, one for a single text.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Value::Flag(flag) => vec![flag.to_string()],
            Value::Text(text) => vec![text.clone()],
            Value::Texts(texts) => texts.clone(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => write!(f, "{}", if *flag { "yes" } else { "no" }),
            Value::Text(text) => f.write_str(text),
            Value::Texts(texts) => f.write_str(&texts.join(", ")),
        }
    }
}
