//! Finds many words in a text in one pass.

use aho_corasick::AhoCorasick;

/// Words to look for, and the automaton that finds them.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSearch {
    words: Vec<String>,
    /// [`None`] before [`prepare`](Self::prepare), and for more words than an automaton can have.
    automaton: Option<AhoCorasick>,
}

/// A place of a word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The number of the word.
    pub(crate) word: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl WordSearch {
    pub(crate) fn extend(&mut self, words: impl IntoIterator<Item = String>) {
        self.words.extend(words);
        self.automaton = None;
    }

    /// Sorts longer words before shorter ones.
    pub(crate) fn longest_first(&mut self) {
        let length = |word: &String| std::cmp::Reverse(word.len());
        self.words.sort_by_key(length);
        self.automaton = None;
    }

    /// Builds the automaton.
    pub(crate) fn prepare(&mut self) {
        let mut builder = AhoCorasick::builder();
        let builder = builder.ascii_case_insensitive(true);
        self.automaton = builder.build(&self.words).ok();
    }

    pub(crate) fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", String::as_str)
    }

    /// Returns whether a text has any of the words.
    pub(crate) fn has_any(&self, text: &str) -> bool {
        match &self.automaton {
            Some(automaton) => automaton.is_match(text),
            None => !self.places(text).is_empty(),
        }
    }

    /// Returns all places of all words, those of the first word first. The case of ASCII letters does
    /// not matter.
    pub(crate) fn places(&self, text: &str) -> Vec<Place> {
        let mut places: Vec<Place> = match &self.automaton {
            Some(automaton) => {
                let found = automaton.find_overlapping_iter(text);
                let place = |found: aho_corasick::Match| Place {
                    word: found.pattern().as_usize(),
                    start: found.start(),
                    end: found.end(),
                };
                found.map(place).collect()
            }
            None => {
                let lower = text.to_ascii_lowercase();
                let words = self.words.iter().enumerate();
                let places = words.flat_map(|(word, text)| {
                    let found = lower.match_indices(text.as_str());
                    found.map(move |(start, text)| Place {
                        word,
                        start,
                        end: start + text.len(),
                    })
                });
                places.collect()
            }
        };
        places.sort_unstable();
        places
    }
}
