//! An index of patterns by their first words.

use std::collections::{HashMap, HashSet};

use super::marks::Marks;
use super::needs::Needs;
use super::pattern::{Captures, Element, Pattern, Sentence};
use super::tokens::Kind;

/// Patterns by the words that they can start with.
#[derive(Debug, Clone)]
pub(super) struct Patterns<T> {
    all: Vec<(T, Pattern)>,
    /// The words without which each pattern does not match.
    needs: Vec<Needs>,
    by_word: HashMap<String, Vec<usize>>,
    by_own: Vec<usize>,
    by_field: Vec<usize>,
    by_any: Vec<usize>,
    /// The marks of words with which a pattern begins, and of those of which each has one.
    begins: Marks,
    keys: Option<Marks>,
}

impl<T> Default for Patterns<T> {
    fn default() -> Self {
        Patterns {
            all: Vec::new(),
            needs: Vec::new(),
            by_word: HashMap::new(),
            by_own: Vec::new(),
            by_field: Vec::new(),
            by_any: Vec::new(),
            begins: Marks::default(),
            keys: None,
        }
    }
}

impl<T: Copy> Patterns<T> {
    pub(super) fn add(&mut self, is: T, pattern: Pattern) {
        let number = self.all.len();
        for element in &pattern.0 {
            let words = match element {
                Element::Word(word) => vec![word.clone()],
                Element::Class(phrases) => {
                    let first = phrases.iter().filter_map(|phrase| phrase.first());
                    first.cloned().collect()
                }
                Element::Own { needed } => {
                    self.by_own.push(number);
                    if *needed {
                        break;
                    }
                    continue;
                }
                Element::Field | Element::Fields(_) => {
                    self.by_field.push(number);
                    break;
                }
                Element::Values | Element::Any => {
                    self.by_any.push(number);
                    break;
                }
            };
            for word in words {
                let numbers = self.by_word.entry(word).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
            break;
        }
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

    /// Gives the patterns their marks: the first one to the words with which they begin, the second
    /// one to the words of which each has one.
    pub(super) fn mark(
        &mut self,
        [begins, key]: [Marks; 2],
        add: &mut impl FnMut(&str, Marks) -> usize,
    ) {
        self.begins = begins;
        for word in self.by_word.keys() {
            add(word, begins);
        }
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
        let Some(token) = sentence.tokens.get(at) else {
            return Vec::new();
        };
        if !self.may_match(sentence) {
            return Vec::new();
        }
        let mut numbers = self.by_any.clone();
        if token.kind == Kind::Word && token.known.begins.has(self.begins) {
            numbers.extend(self.by_word.get(token.lower()).into_iter().flatten());
        }
        let own = sentence.own_at(at).is_some();
        if own {
            numbers.extend(&self.by_own);
        }
        let joins = || sentence.phrase_at(&sentence.words.and, at).is_some();
        if own || sentence.field_at(at).is_some() || joins() {
            numbers.extend(&self.by_field);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let all = numbers.into_iter().filter_map(|number| {
            let needs = self.needs.get(number)?;
            needs.met_by(sentence).then(|| self.all.get(number))?
        });
        all.filter_map(|(is, pattern)| {
            let (end, captures) = pattern.at(sentence, at)?;
            (end > at).then_some((*is, end, captures))
        })
        .collect()
    }
}
