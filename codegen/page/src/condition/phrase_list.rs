//! Phrases without placeholders. Each word of a sentence is looked up once, which tells the lists
//! that have a phrase with this first word.

use super::marks::Marks;
use super::tokens::Token;

/// A list of phrases.
#[derive(Debug, Clone, Default)]
pub(super) struct PhraseList {
    all: Vec<Vec<String>>,
    /// The mark of words with which one of the phrases begins.
    mark: Marks,
}

impl PhraseList {
    pub(super) fn extend(&mut self, phrases: impl IntoIterator<Item = Vec<String>>) {
        self.all.extend(phrases);
    }

    /// Gives the list its mark, and returns the words that get it.
    pub(super) fn marked(&mut self, mark: Marks) -> impl Iterator<Item = &String> {
        self.mark = mark;
        self.firsts()
    }

    /// Returns the first words of the phrases.
    pub(super) fn firsts(&self) -> impl Iterator<Item = &String> {
        self.all.iter().filter_map(|phrase| phrase.first())
    }

    /// Returns the words of all phrases.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        self.all.iter().flatten()
    }

    /// Returns the end of the longest phrase that starts at a word.
    pub(super) fn end_at(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let may_start = tokens.get(at)?.known.begins.has(self.mark);
        may_start.then(|| longest(&self.all, tokens, at))?
    }

    /// Returns the ends of all phrases that start at a word.
    pub(super) fn ends_at(&self, tokens: &[Token<'_>], at: usize) -> Vec<usize> {
        let may_start = tokens
            .get(at)
            .is_some_and(|one| one.known.begins.has(self.mark));
        let all: &[Vec<String>] = if may_start { &self.all } else { &[] };
        let ends = all.iter().filter_map(|words| starts(tokens, at, words));
        ends.collect()
    }
}

/// Returns the end of the longest phrase that starts at a word.
pub(super) fn longest(phrases: &[Vec<String>], tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let found = phrases.iter();
    found.filter_map(|words| starts(tokens, at, words)).max()
}

/// Returns the end of a phrase that starts at a word.
pub(super) fn starts(tokens: &[Token<'_>], at: usize, words: &[String]) -> Option<usize> {
    let here = tokens.get(at..)?;
    for (number, word) in words.iter().enumerate() {
        if !here.get(number)?.fits(word) {
            return None;
        }
    }
    Some(at + words.len())
}
