//! A fact: one value that a spec states about one item.

use super::property::Property;
use super::relation::Relation;
use payspec_model::model::{Direction, Origin};
use payspec_model::value::Value;

/// One statement of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// The property of the item.
    pub(crate) property: Property,
    /// The stated value.
    pub(crate) value: Value,
    /// The direction of the messages that it binds.
    pub(crate) direction: Direction,
    /// The position in the spec.
    pub(crate) origin: Origin,
}

impl Fact {
    /// Merges in another fact about the same property of the same item.
    pub(super) fn add(&mut self, other: Fact) {
        if let (Value::Names(names), Value::Names(more)) = (&mut self.value, &other.value) {
            names.extend(more.iter().cloned());
            return;
        }
        let comparison = self.property.comparison();
        if comparison.relation(Some(&self.value), Some(&other.value)) == Relation::Narrows {
            self.value = other.value;
            self.origin = other.origin;
        }
    }
}
