//! The phrases that state facts about a parameter. One pass over a text finds those that it may
//! have, so that the others cost nothing.

use super::Limit;
use crate::facts::{Format, ValuesKind};
use crate::template::Template;
use crate::word_search::WordSearch;

/// The fact that a phrase states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKind {
    Limit(Limit),
    Format(Format),
    Values(ValuesKind),
    Default,
    UniqueItems,
    Idempotency,
    Deprecated,
}

/// Phrases, each with the fact that it states.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    all: Vec<(FactKind, Template)>,
    /// Words of which each phrase has some.
    words: WordSearch,
    /// The phrases with each word, and those that have only placeholders.
    with_word: Vec<usize>,
    without: Vec<usize>,
}

impl Statements {
    pub(super) fn add(&mut self, kind: FactKind, phrases: &[String]) {
        let templates = phrases.iter().map(|text| (kind, Template::of(text)));
        self.all.extend(templates);
    }

    /// Makes the index of the words.
    pub(super) fn prepare(&mut self) {
        self.words = WordSearch::default();
        self.with_word.clear();
        self.without.clear();
        for (number, (_, template)) in self.all.iter().enumerate() {
            let words = template.anchor();
            if words.is_empty() {
                self.without.push(number);
            } else {
                self.with_word.push(number);
                self.words.extend([words.to_owned()]);
            }
        }
        self.words.prepare();
    }

    /// Returns the phrases of which a text has some words, in their order. The text is in its normal
    /// form.
    pub(crate) fn candidates(&self, norm: &str) -> Vec<(FactKind, &Template)> {
        let mut numbers = self.without.clone();
        let places = self.words.places(norm).into_iter();
        numbers.extend(places.filter_map(|place| self.with_word.get(place.word)));
        numbers.sort_unstable();
        numbers.dedup();
        let found = numbers
            .into_iter()
            .filter_map(|number| self.all.get(number));
        found.map(|(kind, template)| (*kind, template)).collect()
    }
}
