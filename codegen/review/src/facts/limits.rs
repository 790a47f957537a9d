//! Joins the rules for one value into the bounds that remain when all of them hold.

use std::collections::BTreeSet;

use crate::property::Property;
use payspec_model::model::{Constraint, Origin, Rule};
use payspec_model::value::{Bound, Limit, Value};

/// Returns the bounds that remain when all constraints hold, together with the texts that a type
/// lists. Each bound has the line that states it.
pub(super) fn limits(
    constraints: &[&Constraint],
    listed: Option<BTreeSet<String>>,
) -> Vec<(Property, Value, Option<Origin>)> {
    let mut allowed = listed;
    let mut restrict = |texts: &mut dyn Iterator<Item = &String>| {
        let texts: BTreeSet<String> = texts.cloned().collect();
        allowed = Some(match allowed.take() {
            Some(before) => before.intersection(&texts).cloned().collect(),
            None => texts,
        });
    };
    let (mut patterns, mut forms, mut limits) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut multiples = BTreeSet::new();
    for constraint in constraints {
        let least = |count: u32| Value::Count(Bound::Least, count);
        let greatest = |count: u32| Value::Count(Bound::Greatest, count);
        let (property, limit) = match &constraint.rule {
            Rule::Required => continue,
            Rule::Const(text) => {
                restrict(&mut std::iter::once(text));
                continue;
            }
            Rule::Values(texts) => {
                restrict(&mut texts.iter());
                continue;
            }
            Rule::Pattern(pattern) => {
                patterns.insert(pattern.clone());
                continue;
            }
            Rule::Format(format) => {
                forms.insert(*format);
                continue;
            }
            Rule::MinLength(limit) => (Property::MinLength, least(*limit)),
            Rule::MaxLength(limit) => (Property::MaxLength, greatest(*limit)),
            Rule::Min(limit) => (Property::Min, Value::Limit(Bound::Least, Limit::new(limit))),
            Rule::Max(limit) => (
                Property::Max,
                Value::Limit(Bound::Greatest, Limit::new(limit)),
            ),
            Rule::MultipleOf(step) => {
                multiples.insert(Limit::new(step));
                continue;
            }
            Rule::UniqueItems => (Property::UniqueItems, Value::Flag(false)),
            Rule::MinItems(limit) => (Property::MinItems, least(*limit)),
            Rule::MaxItems(limit) => (Property::MaxItems, greatest(*limit)),
        };
        limits.push((property, limit, Some(constraint.origin)));
    }
    let stated = [
        (Property::Allowed, allowed.map(Value::Texts)),
        (
            Property::Pattern,
            (!patterns.is_empty()).then_some(Value::Patterns(patterns)),
        ),
        (
            Property::MultipleOf,
            (!multiples.is_empty()).then_some(Value::Multiples(multiples)),
        ),
        (
            Property::Format,
            (!forms.is_empty()).then_some(Value::Forms(forms)),
        ),
    ];
    let stated = stated.into_iter();
    limits.extend(stated.filter_map(|(property, value)| Some((property, value?, None))));
    limits
}

/// Returns the bounds of the keys of a map, each with the line that states it.
pub(super) fn key_limits(constraints: &[&Constraint]) -> Vec<(Property, Value, Origin)> {
    // Only patterns, which several constraints may state together, have no line of their own.
    let patterns = constraints
        .iter()
        .filter(|one| matches!(one.rule, Rule::Pattern(_)));
    let line = patterns.map(|one| one.origin).next().unwrap_or_default();
    let limits = limits(constraints, None).into_iter();
    let of_keys = limits.filter_map(|(property, value, origin)| {
        let property = property.of_keys()?;
        Some((property, value, origin.unwrap_or(line)))
    });
    of_keys.collect()
}
