//! The parts of a sentence without which a pattern does not match. Most patterns lack one in most
//! sentences, so that few are matched word by word.

use super::pattern::{Element, Pattern, Sentence};

/// The parts that a pattern needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    /// For each element with words, the numbers of those of which a match has one.
    words: Vec<Vec<usize>>,
    /// True if the parameter itself is named.
    own: bool,
    /// True if another parameter is named.
    field: bool,
}

impl Needs {
    /// Returns what a pattern needs; `number` returns the number of a word.
    pub(super) fn of(pattern: &Pattern, number: &mut impl FnMut(&str) -> usize) -> Self {
        let mut needs = Needs::default();
        for element in &pattern.0 {
            match element {
                Element::Word(word) => needs.words.push(vec![number(word)]),
                Element::Class(phrases) => {
                    let firsts: Option<Vec<&String>> =
                        phrases.iter().map(|one| one.first()).collect();
                    // A class with an empty phrase needs nothing.
                    if let Some(firsts) = firsts {
                        needs
                            .words
                            .push(firsts.into_iter().map(|word| number(word)).collect());
                    }
                }
                Element::Own { needed } => needs.own |= needed,
                Element::Field | Element::Fields(_) => needs.field = true,
                Element::Values | Element::Any => {}
            }
        }
        needs
    }

    /// Returns whether a sentence has all of them.
    pub(super) fn met_by(&self, sentence: &Sentence<'_>) -> bool {
        let has = |words: &Vec<usize>| words.iter().any(|word| sentence.known.has(*word));
        (!self.own || sentence.has_own)
            && (!self.field || sentence.has_field)
            && self.words.iter().all(has)
    }
}
