//! The rules of a place that only warn.

use std::collections::BTreeMap;

use crate::property::Property;
use payspec_model::value::Value;

/// Rules that only warn, by what they bound.
#[derive(Default)]
pub(super) struct Advice(pub(super) BTreeMap<&'static str, Value>);

impl Advice {
    /// Adds a rule; of two for one property the tighter one is kept.
    pub(super) fn add(&mut self, property: Property, rule: Value) {
        let known = self
            .0
            .entry(property.as_str())
            .or_insert_with(|| rule.clone());
        if known.covers(&rule) {
            *known = rule;
        }
    }

    pub(super) fn push_opt(&mut self, property: Property, rule: Option<Value>) {
        rule.into_iter().for_each(|rule| self.add(property, rule));
    }
}
