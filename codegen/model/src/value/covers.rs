//! Compares how much two values allow.

use std::collections::{BTreeMap, BTreeSet};

use payspec_runtime::rules;

use super::{Beyond, Bound, Condition, Is, Limit, Value, beyond};

impl Value {
    /// Returns whether this value allows everything that the other one does. A value of another
    /// variant, or one that is not a restriction, covers only an equal value.
    pub fn covers(&self, other: &Value) -> bool {
        if self == other {
            return true;
        }
        match self {
            Value::Flag(own) => matches!(other, Value::Flag(other) if *own || !other),
            Value::Kind(own) => matches!(other, Value::Kind(other) if own.covers(*other, false)),
            Value::Limit(bound, own) => {
                matches!(other, Value::Limit(_, other) if bound.is_looser(own, other))
            }
            Value::Multiples(own) => {
                matches!(other, Value::Multiples(other) if multiples(own, other))
            }
            Value::Count(bound, own) => {
                matches!(other, Value::Count(_, other) if bound.is_looser(own, other))
            }
            Value::Texts(own) => matches!(other, Value::Texts(other) if own.is_superset(other)),
            // More of these allow less.
            Value::Patterns(own) => {
                matches!(other, Value::Patterns(other) if patterns(own, other))
            }
            Value::Forms(own) => matches!(other, Value::Forms(other) if own.is_subset(other)),
            Value::Conditions(own) => {
                matches!(other, Value::Conditions(other) if conditions(own, other))
            }
            Value::Groups(own) => matches!(other, Value::Groups(other) if groups(own, other)),
            Value::SameCurrency(own) => {
                matches!(other, Value::SameCurrency(other) if own.is_subset(other))
            }
            Value::Steps(own) => matches!(other, Value::Steps(other) if steps(own, other)),
            Value::Type(_)
            | Value::Places(_)
            | Value::Amounts(_)
            | Value::Quote { .. }
            | Value::Path(_)
            | Value::Choice(_)
            | Value::Order(_)
            | Value::Address(_)
            | Value::Principal(..)
            | Value::Operations(_)
            | Value::Carried(_)
            | Value::Target(_)
            | Value::Role(_)
            | Value::Pauses(_)
            | Value::Decide(_)
            | Value::NextStep(_)
            | Value::Resend(_)
            | Value::StatusClass(_)
            | Value::Recipe(_)
            | Value::Word(_)
            | Value::WordSet(_)
            | Value::Name(_)
            | Value::Names(_)
            | Value::Words(_) => false,
            Value::Rules(own) => matches!(other, Value::Rules(other) if advice(own, other)),
            // Fields that must be present, and fields that must agree.
            Value::Paths(own) => matches!(other, Value::Paths(other) if own.is_subset(other)),
        }
    }
}

impl Bound {
    fn is_looser<T: Ord>(self, one: &T, other: &T) -> bool {
        match self {
            Bound::Least => one <= other,
            Bound::Greatest => one >= other,
        }
    }
}

/// Each text that matches the tighter side matches the looser one.
fn patterns(loose: &BTreeSet<String>, tight: &BTreeSet<String>) -> bool {
    loose.is_subset(tight) || beyond(tight, loose) == Beyond::Nothing
}

/// Each case of the looser side is one of the tighter side, or a text that the tighter side has with any
/// value.
fn conditions(loose: &BTreeSet<Condition>, tight: &BTreeSet<Condition>) -> bool {
    loose.iter().all(|case| {
        let with = |is| Condition {
            path: case.path.clone(),
            is,
        };
        tight.contains(case)
            || match case.is {
                Is::Text(_) => tight.contains(&with(Is::Present)),
                Is::Present | Is::Absent => false,
            }
    })
}

/// Each group of the looser side holds one of the tighter side.
fn groups(loose: &BTreeSet<BTreeSet<String>>, tight: &BTreeSet<BTreeSet<String>>) -> bool {
    loose
        .iter()
        .all(|group| tight.iter().any(|smaller| smaller.is_subset(group)))
}

/// Each number of the looser side divides one of the tighter side.
fn multiples(loose: &BTreeSet<Limit>, tight: &BTreeSet<Limit>) -> bool {
    loose.iter().all(|step| {
        let mut tight = tight.iter();
        tight.any(|tight| rules::multiple_of(tight.as_str(), step.as_str()))
    })
}

/// Each step of the looser side divides that of the tighter side.
fn steps(loose: &BTreeMap<String, u32>, tight: &BTreeMap<String, u32>) -> bool {
    loose.iter().all(|(currency, step)| {
        let tight = tight.get(currency);
        tight.is_some_and(|tight| tight.checked_rem(*step) == Some(0))
    })
}

/// Each rule of the looser side covers one of the tighter side.
fn advice(loose: &BTreeMap<&'static str, Value>, tight: &BTreeMap<&'static str, Value>) -> bool {
    loose.iter().all(|(name, rule)| {
        let tight = tight.get(name);
        tight.is_some_and(|tight| rule.covers(tight))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both_ways(loose: &Value, tight: &Value) {
        assert!(loose.covers(tight), "{loose:?} {tight:?}");
        assert!(!tight.covers(loose), "{loose:?} {tight:?}");
    }

    #[test]
    fn the_looser_covers_the_tighter() {
        let limit = |bound, text| Value::Limit(bound, Limit::new(text));
        both_ways(
            &limit(Bound::Greatest, "0.2"),
            &limit(Bound::Greatest, "0.1234567890"),
        );
        both_ways(&limit(Bound::Least, "-1"), &limit(Bound::Least, "0"));
        let multiples = |steps: &[&str]| {
            let steps = steps.iter().map(|step| Limit::new(step));
            Value::Multiples(steps.collect())
        };
        both_ways(&multiples(&["0.01"]), &multiples(&["0.5"]));
        both_ways(&multiples(&["2"]), &multiples(&["2", "3"]));
        both_ways(&multiples(&["2"]), &multiples(&["6"]));
        assert!(!multiples(&["4"]).covers(&multiples(&["6"])));
        both_ways(
            &Value::Count(Bound::Greatest, 64),
            &Value::Count(Bound::Greatest, 32),
        );
        let texts = |texts: &[&str]| -> BTreeSet<String> {
            texts.iter().map(|&text| text.to_owned()).collect()
        };
        both_ways(
            &Value::Texts(texts(&["a", "b"])),
            &Value::Texts(texts(&["a"])),
        );
        both_ways(
            &Value::Patterns(texts(&["a"])),
            &Value::Patterns(texts(&["a", "b"])),
        );
        both_ways(
            &Value::Patterns(texts(&["[a-z0-9]+"])),
            &Value::Patterns(texts(&["[a-z]+"])),
        );
        let case = |is: Is| Condition {
            path: vec!["kind".to_owned()],
            is,
        };
        let cases = |cases: &[Is]| Value::Conditions(cases.iter().cloned().map(case).collect());
        let text = || Is::Text("A".to_owned());
        both_ways(&cases(&[text()]), &cases(&[Is::Present]));
        both_ways(&cases(&[text()]), &cases(&[text(), Is::Absent]));
        assert!(!cases(&[text()]).covers(&cases(&[Is::Absent])));
        assert!(!cases(&[Is::Absent]).covers(&cases(&[Is::Present])));
        assert!(!cases(&[Is::Present]).covers(&cases(&[Is::Absent])));
        both_ways(
            &Value::Groups([texts(&["a", "b"])].into()),
            &Value::Groups([texts(&["a"])].into()),
        );
        let paths = |names: &[&str]| -> Vec<Vec<String>> {
            names.iter().map(|&name| vec![name.to_owned()]).collect()
        };
        both_ways(
            &Value::SameCurrency([paths(&["a", "b"])].into()),
            &Value::SameCurrency([paths(&["a", "b"]), paths(&["a", "c"])].into()),
        );
        let steps = |step| Value::Steps([("IDR".to_owned(), step)].into());
        both_ways(&steps(10), &steps(100));
        assert!(!steps(10).covers(&steps(15)) && !steps(15).covers(&steps(10)));
        assert!(!steps(10).covers(&Value::Flag(true)));
        let rules = |rules: &[(&'static str, Value)]| Value::Rules(rules.iter().cloned().collect());
        both_ways(
            &rules(&[("amount-steps", steps(10))]),
            &rules(&[("amount-steps", steps(100)), ("field", Value::Flag(true))]),
        );
    }
}
