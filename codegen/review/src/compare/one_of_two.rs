//! Two ways to say that one of two fields must be present: a group of both, and a condition on one that
//! the other is absent. A change from one to the other changes nothing for messages.

use std::collections::BTreeSet;

use super::Sides;
use crate::facts::Facts;
use crate::location::{Item, Location};
use crate::property::Property;
use payspec_model::pointer;
use payspec_model::value::{Condition, Is, Value};

impl Sides<'_> {
    /// Returns whether each group that only one spec has is stated by a condition in the other.
    pub(super) fn groups_became_conditions(&self, place: &Location) -> bool {
        let [old, new] = self.both();
        let stated = |one: &Facts, other: &Facts| {
            let (own, others) = (groups(one, place), groups(other, place));
            own.difference(&others)
                .all(|group| has_condition(other, place, group))
        };
        stated(old, new) && stated(new, old)
    }

    /// Returns whether each condition that only one spec has is stated by a group in the other.
    pub(super) fn conditions_became_groups(&self, place: &Location) -> bool {
        let [old, new] = self.both();
        let stated = |one: &Facts, other: &Facts| {
            let (own, others) = (conditions(one, place), conditions(other, place));
            own.difference(&others)
                .all(|case| has_group(other, place, case))
        };
        stated(old, new) && stated(new, old)
    }
}

fn groups(facts: &Facts, place: &Location) -> BTreeSet<BTreeSet<String>> {
    match facts
        .get(place, Property::AtLeastOneOf)
        .map(|fact| &fact.value)
    {
        Some(Value::Groups(groups)) => groups.clone(),
        Some(_) | None => BTreeSet::new(),
    }
}

fn conditions(facts: &Facts, place: &Location) -> BTreeSet<Condition> {
    match facts
        .get(place, Property::RequiredWhen)
        .map(|fact| &fact.value)
    {
        Some(Value::Conditions(cases)) => cases.clone(),
        Some(_) | None => BTreeSet::new(),
    }
}

/// Returns whether one field of a group of two is required when the other is absent.
fn has_condition(facts: &Facts, holder: &Location, group: &BTreeSet<String>) -> bool {
    let names: Vec<&String> = group.iter().collect();
    let [one, other] = names.as_slice() else {
        return false;
    };
    let asks = |field: &str, absent: &str| {
        let case = path_of(&holder.field(absent)).map(|path| Condition {
            path,
            is: Is::Absent,
        });
        case.is_some_and(|case| conditions(facts, &holder.field(field)).contains(&case))
    };
    asks(one, other) || asks(other, one)
}

/// Returns whether the object that has the field has a group of it and the field of the case.
fn has_group(facts: &Facts, field: &Location, case: &Condition) -> bool {
    let (Some(own), Is::Absent) = (path_of(field), &case.is) else {
        return false;
    };
    let (Some((name, holder)), Some((other, beside))) = (own.split_last(), case.path.split_last())
    else {
        return false;
    };
    let Item::Field(side, _) = &field.subject else {
        return false;
    };
    let group = BTreeSet::from([name.clone(), other.clone()]);
    let place = match holder {
        [] => field.with(Item::Body(*side)),
        holder => field.with(Item::Field(*side, pointer::pointer(holder))),
    };
    holder == beside && groups(facts, &place).contains(&group)
}

fn path_of(field: &Location) -> Option<Vec<String>> {
    let Item::Field(_, pointer) = &field.subject else {
        return None;
    };
    Some(pointer::names(pointer))
}
