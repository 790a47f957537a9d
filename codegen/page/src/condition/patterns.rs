//! Tables of patterns. A sentence is matched only against those whose words it has.

use std::collections::{HashMap, HashSet};

use super::marks::Marks;
use super::needs::Needs;
use super::pattern::{Captures, Pattern, Sentence};

/// Patterns, each with its meaning.
#[derive(Debug, Clone)]
pub(super) struct Patterns<T> {
    all: Vec<(T, Pattern)>,
    /// The words without which each pattern does not match.
    needs: Vec<Needs>,
    /// The patterns by their rarest words, and those without words.
    by_key: HashMap<usize, Vec<usize>>,
    keyless: Vec<usize>,
    /// The mark of words of which each pattern has one.
    keys: Option<Marks>,
    /// The number of the table among those of the grammar.
    table: usize,
}

impl<T> Default for Patterns<T> {
    fn default() -> Self {
        Patterns {
            all: Vec::new(),
            needs: Vec::new(),
            by_key: HashMap::new(),
            keyless: Vec::new(),
            keys: None,
            table: 0,
        }
    }
}

impl<T: Copy> Patterns<T> {
    pub(super) fn add(&mut self, is: T, pattern: Pattern) {
        self.all.push((is, pattern));
    }

    /// Returns words of which each match has at least one, with those that are `known` already; [`None`] if there can be a
    /// match without.
    pub(super) fn keys(&self, known: HashSet<String>) -> Option<HashSet<String>> {
        let mut all = known;
        for (_, pattern) in &self.all {
            let keys = pattern.keys(&all);
            if keys.is_empty() {
                return None;
            }
            all.extend(keys.into_iter().map(str::to_owned));
        }
        Some(all)
    }

    /// Gives the table its number, and the words of which each pattern has one their mark.
    pub(super) fn mark(
        &mut self,
        table: usize,
        key: Marks,
        add: &mut impl FnMut(&str, Marks) -> usize,
    ) {
        self.table = table;
        let keys = self.keys(HashSet::new());
        self.keys = keys.as_ref().map(|_| key);
        for word in keys.iter().flatten() {
            add(word, key);
        }
        let mut number = |word: &str| add(word, Marks::default());
        let all = self.all.iter();
        self.needs = all
            .map(|(_, pattern)| Needs::of(pattern, &mut number))
            .collect();
        self.by_key.clear();
        self.keyless.clear();
        for (number, (_, pattern)) in self.all.iter().enumerate() {
            let keys = pattern.keys(&HashSet::new());
            if keys.is_empty() {
                self.keyless.push(number);
            }
            for key in keys {
                let numbers = self.by_key.entry(add(key, Marks::default()));
                numbers.or_default().push(number);
            }
        }
    }

    pub(super) fn vocabulary(&self) -> impl Iterator<Item = &String> {
        self.all
            .iter()
            .flat_map(|(_, pattern)| pattern.vocabulary())
    }

    /// Returns whether a sentence has the words without which no pattern matches.
    pub(super) fn may_match(&self, sentence: &Sentence<'_>) -> bool {
        self.keys.is_none_or(|keys| sentence.begins.has(keys))
    }

    /// Returns the patterns that match at a word, each with its end.
    pub(super) fn at(&self, sentence: &Sentence<'_>, at: usize) -> Vec<(T, usize, Captures)> {
        let possible = sentence.possible(self.table, || self.possible(sentence));
        let all = possible.iter().filter_map(|number| self.all.get(*number));
        all.filter_map(|(is, pattern)| {
            let (end, captures) = pattern.at(sentence, at)?;
            (end > at).then_some((*is, end, captures))
        })
        .collect()
    }

    /// Returns the numbers of the patterns whose words a sentence has.
    fn possible(&self, sentence: &Sentence<'_>) -> Vec<usize> {
        if !self.may_match(sentence) {
            return Vec::new();
        }
        let known = sentence
            .tokens
            .iter()
            .filter_map(|token| token.known.number);
        let with_key = known.filter_map(|word| self.by_key.get(&word)).flatten();
        let mut possible: Vec<usize> = self.keyless.iter().chain(with_key).copied().collect();
        possible.retain(|number| {
            self.needs
                .get(*number)
                .is_some_and(|needs| needs.met_by(sentence))
        });
        possible.sort_unstable();
        possible.dedup();
        possible
    }
}
