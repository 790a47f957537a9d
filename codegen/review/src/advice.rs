//! The rules that only warn: how they change, and which of the changes another rule tells.

use std::collections::{BTreeMap, BTreeSet};

use super::accepts;
use super::facet::Facet;
use super::fact::Fact;
use super::facts::Facts;
use super::place::Place;
use super::relation::{Relation, restriction};
use payspec_model::value::Value;

/// Rules by the name of the property that they bound.
type Rules = BTreeMap<&'static str, Value>;

/// How what is warned of changes.
pub(super) fn relation(old: Option<&Fact>, new: Option<&Fact>) -> Relation {
    let (old, new) = (rules(old), rules(new));
    let mut differing = differing(&old, &new);
    let get = |rules: &Rules, facet: Facet| rules.get(facet.as_str()).cloned();
    let listed = accepts::relation(|facet| get(&old, facet), |facet| get(&new, facet));
    if listed.is_some() {
        differing.retain(|facet| !accepts::TEXT_FACETS.contains(facet));
    }
    let own = differing
        .into_iter()
        .map(|facet| restriction(get(&old, facet).as_ref(), get(&new, facet).as_ref()));
    own.fold(listed.unwrap_or(Relation::Same), Relation::and)
}

/// Whether nothing is left to tell of the warnings at a place, since what one spec warns of is an error in the
/// other.
pub(super) fn is_told([old, new]: [&Facts; 2], place: &Place) -> bool {
    let advice = [old, new].map(|facts| facts.get(place, Facet::Advice));
    let [before, after] = advice.map(rules);
    let binds = |facts: &Facts, facet: Facet, rule: &Value| {
        let bound = facts.get(place, facet);
        bound.is_some_and(|bound| match facet {
            Facet::Field => bound.value.is_true(),
            _ => rule.covers(&bound.value),
        })
    };
    differing(&before, &after).into_iter().all(|facet| {
        let name = facet.as_str();
        match (before.get(name), after.get(name)) {
            (Some(gone), None) => binds(new, facet, gone),
            (None, Some(come)) => binds(old, facet, come),
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

/// The properties of which something else is warned.
fn differing(old: &Rules, new: &Rules) -> Vec<Facet> {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let differing = names
        .into_iter()
        .filter(|name| old.get(name) != new.get(name));
    differing
        .filter_map(|name| Facet::ALL.iter().copied().find(|one| one.as_str() == name))
        .collect()
}
