//! Finds the values that a passage names, or announces.

use super::{Clause, Says, Statement, of_kind, outermost, sentence};
use crate::facts::ValuesKind;
use crate::lexicon::{FactKind, Lexicon};
use crate::template::{Found, Template, is_unfinished};
use crate::text::{Norm, is_constant, norm};

impl Clause {
    /// Returns the values that it names, or announces.
    pub(super) fn values(
        &self,
        lexicon: &Lexicon,
        phrases: &[(FactKind, &Template)],
        norm: &Norm,
    ) -> Vec<(ValuesKind, Found)> {
        let kinds = [ValuesKind::Examples, ValuesKind::Fixed, ValuesKind::OneOf];
        let found = kinds.into_iter().flat_map(|kind| {
            let templates = of_kind(phrases, FactKind::Values(kind));
            let found = templates.filter_map(|one| one.find(norm, &self.text));
            let found = found.filter(move |found| {
                let is_single = kind == ValuesKind::OneOf && found.values.len() == 1;
                !(is_single || kind == ValuesKind::Fixed) || !self.is_tied(lexicon, found)
            });
            let found = found.filter(move |found| {
                kind != ValuesKind::Examples || !self.in_circumstance(lexicon, found)
            });
            found.map(move |found| (kind, found))
        });
        let found = found.filter_map(|(kind, found)| {
            let kind = match kind {
                ValuesKind::Fixed | ValuesKind::OneOf | ValuesKind::Examples
                    if self.goes_on(lexicon, &found) =>
                {
                    ValuesKind::Examples
                }
                ValuesKind::Fixed if found.values.len() > 1 => ValuesKind::OneOf,
                ValuesKind::Fixed | ValuesKind::OneOf | ValuesKind::Examples => kind,
            };
            // `The fixed value is:` announces as well, `is fixed to A. Note:` does not.
            let is_last = norm.after(found.end) >= norm.text.len();
            let is_line = kind == ValuesKind::OneOf
                && is_last
                && self.parts.iter().any(|(at, _)| *at == found.start);
            let follows = (kind != ValuesKind::Fixed || is_last) && self.announces() || is_line;
            (!found.values.is_empty() || follows).then_some((kind, found))
        });
        let alternatives = self.alternatives().into_iter();
        let alternatives = alternatives.map(|found| (ValuesKind::OneOf, found));
        let mut found = outermost(found.chain(alternatives).collect());
        // A phrase without values adds nothing to one with values, other than examples.
        let lists = |(kind, one): &(ValuesKind, Found)| {
            *kind != ValuesKind::Examples && !one.values.is_empty()
        };
        if found.iter().any(lists) {
            found.retain(|(_, one)| !one.values.is_empty());
        }
        found
    }

    /// Returns the lines that are nothing but constants with slashes between them: `SUCCESS/FAIL`.
    fn alternatives(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let ends = self.parts.iter().skip(1).map(|(next, _)| next - 1);
        let ends = ends.chain([self.text.len()]);
        for ((start, _), end) in self.parts.iter().zip(ends) {
            let line = self.text.get(*start..end).unwrap_or_default();
            let mut values = Vec::new();
            let mut at = *start;
            for part in line.split('/') {
                let value = part.trim_start();
                let place = at + part.len() - value.len();
                values.push((place, value.trim_end().to_owned()));
                at += part.len() + 1;
            }
            // `USD/CNY` is a pair of currencies, and one value.
            let is_code = |(_, value): &(usize, String)| value.len() == 3;
            let is_pair = values.len() == 2 && values.iter().all(is_code);
            let is_list = values.len() > 1 && !is_pair;
            if is_list && values.iter().all(|(_, value)| is_constant(value)) {
                let start = *start;
                found.push(Found {
                    start,
                    end,
                    values,
                    ..Found::default()
                });
            }
        }
        found
    }

    /// Returns whether examples belong to a circumstance before the main clause, not to the parameter.
    fn in_circumstance(&self, lexicon: &Lexicon, found: &Found) -> bool {
        let (start, _) = sentence(&self.text, found.start);
        let before = self.text.get(start..found.start).unwrap_or_default();
        let first = before.split_whitespace().next().map(norm);
        let begins = first.is_some_and(|first| lexicon.circumstances.contains(&first));
        let rest = self.text.get(found.end..).unwrap_or_default();
        begins
            && rest
                .trim_start_matches(['`', ' '])
                .starts_with([',', '，', '）', ')'])
    }

    /// Returns whether a value holds only in a case: `must be set to A for creating …`.
    fn is_tied(&self, lexicon: &Lexicon, found: &Found) -> bool {
        let rest = self.text.get(found.end..).unwrap_or_default();
        let rest = rest.trim_start_matches(['`', '"', ' ']);
        let rest: String = rest.chars().take(40).collect();
        let rest = rest.to_lowercase();
        lexicon.tied.iter().any(|words| {
            let after = rest.strip_prefix(words.as_str());
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        })
    }

    /// Returns whether a list of values is not complete: `A, B, etc.`
    fn goes_on(&self, lexicon: &Lexicon, found: &Found) -> bool {
        if found.values.is_empty() {
            return false;
        }
        let rest = self.text.get(found.end..).unwrap_or_default();
        if is_unfinished(rest) {
            return true;
        }
        let rest: String = rest.chars().take(40).collect();
        let rest = norm(&rest);
        let mut ends = lexicon.open_end.iter();
        ends.any(|end| rest.starts_with(end.as_str()))
    }

    /// Returns the values that the phrases of the lexicon find in it.
    pub(crate) fn listed_values(&self, lexicon: &Lexicon) -> Vec<Statement> {
        let norm = Norm::of(&self.text);
        let phrases = lexicon.statements.candidates(&norm.text);
        let found = self.values(lexicon, &phrases, &norm).into_iter();
        found.map(|found| self.values_statement(found)).collect()
    }

    pub(super) fn values_statement(&self, (kind, found): (ValuesKind, Found)) -> Statement {
        let placed = |(at, value): &(usize, String)| (self.item_at(*at), value.clone());
        let says = if found.values.is_empty() {
            Says::ValuesFollow(kind)
        } else {
            Says::Values(kind, found.values.iter().map(placed).collect())
        };
        Statement {
            says,
            items: self.between(found.start, found.end),
            range: found.start..found.end,
        }
    }
}
