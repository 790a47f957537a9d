//! The phrases that state facts about a parameter. One pass over a text finds those that it may
//! have, so that the others cost nothing.

use super::Limit;
use super::word_search::WordSearch;
use crate::facts::{Format, ValuesKind};
use crate::template::Template;

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
    /// The words between the placeholders of all phrases, and those of each phrase.
    words: WordSearch,
    of_phrase: Vec<Vec<usize>>,
    /// The phrases by their longest word, and those that have only placeholders.
    by_word: Vec<Vec<usize>>,
    without: Vec<usize>,
}

impl Statements {
    pub(super) fn add(&mut self, kind: FactKind, phrases: &[String]) {
        let templates = phrases.iter().map(|text| (kind, Template::of(text)));
        self.all.extend(templates);
    }

    /// Makes the index of the words.
    pub(super) fn prepare(&mut self) {
        let mut words: Vec<&str> = self.all.iter().flat_map(|(_, one)| one.words()).collect();
        words.sort_unstable();
        words.dedup();
        self.by_word = vec![Vec::new(); words.len()];
        self.without.clear();
        self.of_phrase.clear();
        for (number, (_, template)) in self.all.iter().enumerate() {
            let own = template.words();
            let own: Vec<usize> = own
                .filter_map(|word| words.binary_search(&word).ok())
                .collect();
            let longest = own
                .iter()
                .max_by_key(|word| words.get(**word).map_or(0, |word| word.len()));
            match longest.and_then(|word| self.by_word.get_mut(*word)) {
                Some(phrases) => phrases.push(number),
                None => self.without.push(number),
            }
            self.of_phrase.push(own);
        }
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        self.words = WordSearch::default();
        self.words.extend(words);
        self.words.prepare();
    }

    /// Returns the phrases of which a text has all words, in their order. The text is in its normal
    /// form.
    pub(crate) fn candidates(&self, norm: &str) -> Vec<(FactKind, &Template)> {
        // The places are in the order of their words.
        let mut present: Vec<usize> = Vec::new();
        present.extend(self.words.places(norm).into_iter().map(|place| place.word));
        present.dedup();
        let has_all = |number: &&usize| {
            let mut words = self.of_phrase.get(**number).into_iter().flatten();
            words.all(|word| present.binary_search(word).is_ok())
        };
        let by_word = present.iter().filter_map(|word| self.by_word.get(*word));
        let with_words = by_word.flatten().filter(has_all);
        let mut numbers: Vec<usize> = self.without.iter().chain(with_words).copied().collect();
        numbers.sort_unstable();
        let found = numbers
            .into_iter()
            .filter_map(|number| self.all.get(number));
        found.map(|(kind, template)| (*kind, template)).collect()
    }
}
