//! What can be said of a spec, one value at a time.

use super::property::Property;
use super::relation::Relation;
use payspec_model::model::{Direction, Origin};
use payspec_model::value::Value;

/// One thing that a spec states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// Which property of the thing.
    pub property: Property,
    /// What the spec states.
    pub value: Value,
    /// Who sends what it binds.
    pub direction: Direction,
    /// Where it stands.
    pub origin: Origin,
}

impl Fact {
    /// Takes in another fact about the same property of the same thing.
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
