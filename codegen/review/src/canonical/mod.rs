//! Brings models that mean the same into one form.
//!
//! The generated crates of two specs are compared in this form, so that they differ only in what
//! messages, decisions or code that uses the crates can observe: see [`canonical`].

mod alternatives;
mod order;
mod placement;

use payspec_runtime::rules;

use payspec_model::model::{Constraint, Direction, FormatName, Model, Rule, Severity, Strength};
use payspec_model::value::Limit;

/// Returns two specs in canonical form: lists without a meaningful order are sorted, header names
/// are in lower case, rules are at the places that they bind, the same
/// demand has one form, and only the tighter of two rules of
/// a kind is kept.
pub(super) fn canonical(old: &Model, new: &Model) -> [Model; 2] {
    let mut pair = [old.clone(), new.clone()];
    alternatives::align(&mut pair);
    placement::align(&mut pair);
    for api in pair.iter_mut().flat_map(|model| &mut model.apis) {
        order::sort(api);
    }
    pair
}

/// Removes the rules that do not bind at their place, and merges rules of a kind.
fn simplify(constraints: &mut Vec<Constraint>, direction: Option<Direction>) {
    if let Some(direction) = direction {
        constraints.retain(|one| binds(&one.strength, direction));
        for one in constraints.iter_mut() {
            one.strength.direction = None;
        }
    }
    let mut kept: Vec<Constraint> = Vec::new();
    for one in constraints.drain(..) {
        let alike = |known: &&mut Constraint| {
            (known.strength.severity, known.strength.direction)
                == (one.strength.severity, one.strength.direction)
        };
        let mut known = kept.iter_mut().filter(alike);
        let merged = known.find_map(|known| {
            known.rule = both(&known.rule, &one.rule)?;
            Some(())
        });
        if merged.is_none() {
            kept.push(one);
        }
    }
    for one in &mut kept {
        one.rule = spelled(&one.rule);
    }
    let key = |one: &Constraint| {
        let (rank, pattern) = rank(&one.rule);
        (
            rank,
            pattern.to_owned(),
            one.strength.severity == Severity::Warning,
            one.strength.direction.map(|one| one == Direction::Incoming),
        )
    };
    kept.sort_by_cached_key(key);
    *constraints = kept;
}

fn binds(strength: &Strength, direction: Direction) -> bool {
    strength.direction.is_none_or(|only| only == direction)
}

/// Returns one rule that demands what two rules of a kind demand; [`None`] if no single rule can.
fn both(one: &Rule, other: &Rule) -> Option<Rule> {
    match (one, other) {
        (Rule::Required, Rule::Required) => Some(Rule::Required),
        (Rule::MinLength(one), Rule::MinLength(other)) => Some(Rule::MinLength(*one.max(other))),
        (Rule::MaxLength(one), Rule::MaxLength(other)) => Some(Rule::MaxLength(*one.min(other))),
        (Rule::MinItems(one), Rule::MinItems(other)) => Some(Rule::MinItems(*one.max(other))),
        (Rule::MaxItems(one), Rule::MaxItems(other)) => Some(Rule::MaxItems(*one.min(other))),
        (Rule::UniqueItems, Rule::UniqueItems) => Some(Rule::UniqueItems),
        (Rule::MultipleOf(one), Rule::MultipleOf(other)) => {
            if rules::multiple_of(one, other) {
                Some(Rule::MultipleOf(one.clone()))
            } else {
                rules::multiple_of(other, one).then(|| Rule::MultipleOf(other.clone()))
            }
        }
        (Rule::Min(one), Rule::Min(other)) => Some(Rule::Min(
            if rules::at_least(one, other) {
                one
            } else {
                other
            }
            .clone(),
        )),
        (Rule::Max(one), Rule::Max(other)) => Some(Rule::Max(
            if rules::at_most(one, other) {
                one
            } else {
                other
            }
            .clone(),
        )),
        (one @ (Rule::Const(_) | Rule::Values(_)), other @ (Rule::Const(_) | Rule::Values(_))) => {
            let [one, other] = [one, other].map(|rule| rule.texts().unwrap_or_default());
            let shared = one.iter().filter(|text| other.contains(text));
            Some(Rule::Values(shared.cloned().collect()))
        }
        (
            Rule::Required
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::UniqueItems
            | Rule::Const(_)
            | Rule::Values(_)
            | Rule::Pattern(_)
            | Rule::Format(_),
            other,
        ) => (one == other).then(|| one.clone()),
    }
}

/// Returns a rule in one spelling: numbers without redundant zeros, texts in order.
fn spelled(rule: &Rule) -> Rule {
    match rule {
        Rule::Min(limit) => Rule::Min(Limit::new(limit).to_string()),
        Rule::Max(limit) => Rule::Max(Limit::new(limit).to_string()),
        Rule::MultipleOf(step) => Rule::MultipleOf(Limit::new(step).to_string()),
        Rule::Values(texts) => {
            let mut texts = texts.clone();
            texts.sort();
            texts.dedup();
            Rule::Values(texts)
        }
        Rule::Required
        | Rule::Const(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::Pattern(_)
        | Rule::Format(_) => rule.clone(),
    }
}

/// The order of rules, and of several patterns.
fn rank(rule: &Rule) -> (u8, &str) {
    match rule {
        Rule::Required => (0, ""),
        Rule::Const(_) => (1, ""),
        Rule::Values(_) => (2, ""),
        Rule::MinLength(_) => (3, ""),
        Rule::MaxLength(_) => (4, ""),
        Rule::Pattern(pattern) => (5, pattern),
        Rule::Min(_) => (6, ""),
        Rule::Max(_) => (7, ""),
        Rule::MinItems(_) => (8, ""),
        Rule::MaxItems(_) => (9, ""),
        Rule::MultipleOf(step) => (12, step),
        Rule::UniqueItems => (13, ""),
        Rule::Format(FormatName::Mcc) => (10, ""),
        Rule::Format(FormatName::Json) => (11, ""),
    }
}
