//! Compares the rules that only warn, and leaves out the changes that another rule already reports.

use std::collections::{BTreeMap, BTreeSet};

use super::accepts;
use super::fact::Fact;
use super::facts::Facts;
use super::location::Location;
use super::property::Property;
use super::relation::{Relation, restriction};
use payspec_model::value::Value;

/// Rules by the name of the property that they bound.
type Rules = BTreeMap<&'static str, Value>;

/// Returns how the set of values that cause no warning changes.
pub(super) fn relation(old: Option<&Fact>, new: Option<&Fact>) -> Relation {
    let (old, new) = (rules(old), rules(new));
    let mut differing = differing(&old, &new);
    let get = |rules: &Rules, property: Property| rules.get(property.as_str()).cloned();
    let listed = accepts::relation(
        |property| get(&old, property),
        |property| get(&new, property),
    );
    if listed.is_some() {
        differing.retain(|property| !accepts::TEXT_PROPERTIES.contains(property));
    }
    let own = differing
        .into_iter()
        .map(|property| restriction(get(&old, property).as_ref(), get(&new, property).as_ref()));
    own.fold(listed.unwrap_or(Relation::Same), Relation::and)
}

/// Returns whether the changed warnings at a place need no finding of their own, because what one
/// spec only warns about is an error in the other.
pub(super) fn is_covered([old, new]: [&Facts; 2], place: &Location) -> bool {
    let advice = [old, new].map(|facts| facts.get(place, Property::Advice));
    let [before, after] = advice.map(rules);
    let binds = |facts: &Facts, property: Property, rule: &Value| {
        let bound = facts.get(place, property);
        bound.is_some_and(|bound| {
            if property == Property::Field {
                return bound.value.is_true();
            }
            rule.covers(&bound.value)
        })
    };
    differing(&before, &after).into_iter().all(|property| {
        let name = property.as_str();
        match (before.get(name), after.get(name)) {
            (Some(gone), None) => binds(new, property, gone),
            (None, Some(come)) => binds(old, property, come),
            (Some(_), Some(_)) | (None, None) => false,
        }
    })
}

fn rules(advice: Option<&Fact>) -> Rules {
    match advice.map(|advice| &advice.value) {
        Some(Value::Rules(rules)) => rules.clone(),
        Some(_) | None => Rules::new(),
    }
}

/// The properties whose warnings differ.
fn differing(old: &Rules, new: &Rules) -> Vec<Property> {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let differing = names
        .into_iter()
        .filter(|name| old.get(name) != new.get(name));
    differing
        .filter_map(|name| {
            Property::ALL
                .iter()
                .copied()
                .find(|one| one.as_str() == name)
        })
        .collect()
}
