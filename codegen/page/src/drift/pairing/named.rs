//! The fields and values that a condition in words names. Two sides may word a condition
//! differently, but what they name must be the same.

use std::collections::BTreeSet;

use crate::text::{is_compound_name, is_constant, is_wire_name};

/// The names in some words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The last names of fields.
    fields: BTreeSet<String>,
    values: BTreeSet<String>,
}

/// Words in capitals that pages use in sentences.
const WORDS: [&str; 14] = [
    "A", "I", "API", "URL", "ID", "ISO", "JSON", "HTTP", "HTTPS", "UTC", "TODO", "NOT", "OR", "AND",
];

impl Named {
    /// Finds the names in a text. `name` returns the name that the spec has for a field; `own` is the
    /// field that the condition is about, which each side may name or not.
    pub(super) fn of(text: &str, own: &str, name: impl Fn(&str) -> String) -> Self {
        let mut named = Named::default();
        for (at, part) in text.split('`').enumerate() {
            let is_marked = at % 2 == 1;
            let is_joint = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '/');
            for word in part.split(is_joint) {
                let word = word.trim_matches(['.', '/', '_']);
                let last = word.rsplit(['.', '/']).next().unwrap_or(word);
                let is_dotted = last.len() < word.len();
                let starts_small = last.starts_with(|c: char| c.is_ascii_lowercase());
                let is_field = is_compound_name(last)
                    || starts_small
                        && is_wire_name(last)
                        && (is_marked || is_dotted && last.len() > 2);
                let is_letter =
                    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
                let is_value = is_constant(word) || is_letter;
                if is_value && (is_marked || !WORDS.contains(&word)) {
                    named.values.insert(word.to_owned());
                } else if is_field {
                    let field = name(last);
                    if last != own && field != own {
                        named.fields.insert(field);
                    }
                }
            }
        }
        named
    }

    /// Returns whether both sides name the same, as far as both name something.
    pub(super) fn agrees_with(&self, other: &Named) -> bool {
        let agree = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            one.is_empty() || other.is_empty() || one == other
        };
        agree(&self.fields, &other.fields) && agree(&self.values, &other.values)
    }

    /// Returns whether both sides name the same, and something.
    pub(super) fn is_same(&self, other: &Named) -> bool {
        *self != Named::default() && self == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (Vec<String>, Vec<String>) {
        let named = Named::of(text, "wagon", str::to_owned);
        let list = |set: BTreeSet<String>| set.into_iter().collect();
        (list(named.fields), list(named.values))
    }

    #[test]
    fn fields_and_values_are_found_in_words() {
        for (text, fields, values) in [
            ("Required for voyages that are not short.", &[][..], &[][..]),
            (
                "A merchant of order.billType is TRAIN.",
                &["billType"],
                &["TRAIN"],
            ),
            ("`wagon` and `deck`, if S or `A`", &["deck"], &["A", "S"]),
            ("The API of an e.g. URL.", &[], &[]),
            ("当 bill_type 为`TRAM`时", &["bill_type"], &["TRAM"]),
        ] {
            let (found, named) = named(text);
            assert_eq!(
                (found.as_slice(), named.as_slice()),
                (
                    fields
                        .iter()
                        .map(|one| (*one).to_owned())
                        .collect::<Vec<_>>()
                        .as_slice(),
                    values
                        .iter()
                        .map(|one| (*one).to_owned())
                        .collect::<Vec<_>>()
                        .as_slice(),
                ),
                "{text}"
            );
        }
    }
}
