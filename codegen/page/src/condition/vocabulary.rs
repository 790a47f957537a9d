//! The words of all phrases, by number, so that a word of a sentence is looked up once.

use std::collections::HashMap;

use super::marks::Marks;

/// The words of all phrases.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary(HashMap<String, Known>);

/// A word of phrases.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// The number of the word; [`None`] if no phrase has the word.
    pub(super) number: Option<usize>,
    /// The lists with a phrase that begins with it.
    pub(super) begins: Marks,
}

impl Vocabulary {
    /// Adds a word, and returns its number.
    pub(super) fn add(&mut self, word: &str, marks: Marks) -> usize {
        let next = self.0.len();
        let known = match self.0.get_mut(word) {
            Some(known) => known,
            None => self.0.entry(word.to_owned()).or_default(),
        };
        known.begins.add(marks);
        *known.number.get_or_insert(next)
    }

    /// Looks a word up.
    pub(super) fn get(&self, word: &str) -> Known {
        self.0.get(word).copied().unwrap_or_default()
    }
}

/// A set of words, by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct WordSet(Vec<u64>);

impl WordSet {
    pub(super) fn insert(&mut self, number: usize) {
        let at = number / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= 1 << (number % 64);
        }
    }

    pub(super) fn has(&self, number: usize) -> bool {
        let bits = self.0.get(number / 64);
        bits.is_some_and(|bits| bits & (1 << (number % 64)) != 0)
    }
}
