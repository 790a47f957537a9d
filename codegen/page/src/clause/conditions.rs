//! Finds the conditions in a passage, sentence by sentence.

use std::ops::Range;

use super::{Clause, Says, sentence};
use crate::condition::{self, About, Candidate, Reading};
use crate::facts::Test;
use crate::lexicon::Lexicon;

/// A condition, and its place in the text.
pub(super) struct Sentence {
    pub(super) says: Says,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Clause {
    /// Reads each sentence as a condition. `taken` are the parts that other phrases took.
    pub(super) fn conditions(
        &self,
        lexicon: &Lexicon,
        about: About<'_>,
        taken: &[Range<usize>],
    ) -> Vec<Sentence> {
        let mut all: Vec<Sentence> = Vec::new();
        let mut start = 0;
        // True if the sentence before is the last condition.
        let mut adjoins = false;
        while start < self.text.len() {
            let (_, end) = sentence(&self.text, start);
            let end = self.line_end(start, end);
            let text = self.text[start..end].trim();
            let announces = self.announces() && end == self.text.len();
            let candidate = match lexicon.begins_example(text) {
                true => None,
                false => Candidate::of(&lexicon.conditions, text, about),
            };
            let candidate = candidate.as_ref();
            if adjoins
                && let Some(last) = all.last_mut()
                && let Says::Condition(kind, ..) | Says::Exemption(kind, ..) = &last.says
                && candidate.is_some_and(|one| one.states_rest_of(*kind))
            {
                last.end = end;
                start = end;
                continue;
            }
            let read = candidate.and_then(|one| one.read(announces));
            let says = read.map(|reading| said(reading, text));
            let restricts =
                says.is_none() && adjoins && condition::qualifies(&lexicon.conditions, text);
            let says = match says {
                None if !restricts && !is_taken(taken, start..end) => {
                    let begun = candidate.and_then(Candidate::begins);
                    begun.map(|reading| said(reading, text))
                }
                says => says,
            };
            if restricts
                && let Some(last) = all.last_mut()
                && let Says::Condition(_, test, text) | Says::Exemption(_, test, text) =
                    &mut last.says
            {
                *test = Test::Words;
                *text = self.text[last.start..end].trim().to_owned();
                last.end = end;
            }
            adjoins = says.is_some();
            all.extend(says.map(|says| Sentence { says, start, end }));
            start = end;
        }
        all
    }

    /// Returns the end of a sentence that ends with its line, without a full stop.
    fn line_end(&self, start: usize, end: usize) -> usize {
        let lines = self.parts.iter().map(|(at, _)| *at);
        let mut inside = lines.filter(|at| (start + 1..end).contains(at));
        let begins = |at: &usize| {
            let mut chars = self.text[*at..].chars();
            let capital = chars.next().is_some_and(char::is_uppercase);
            let word = chars.next().is_some_and(char::is_lowercase);
            let before = self.text[..*at].trim_end();
            capital && word && !before.ends_with([',', '，'])
        };
        inside.find(begins).unwrap_or(end)
    }
}

/// Returns whether another phrase took a part of a sentence.
fn is_taken(taken: &[Range<usize>], sentence: Range<usize>) -> bool {
    let mut taken = taken.iter();
    taken.any(|one| one.start < sentence.end && sentence.start < one.end)
}

fn said(reading: Reading, text: &str) -> Says {
    match reading {
        Reading::Condition(kind, test) => Says::Condition(kind, test, text.to_owned()),
        Reading::Exemption(kind, test) => Says::Exemption(kind, test, text.to_owned()),
        Reading::Outright(outright) => Says::Outright(outright, text.to_owned()),
        Reading::Follows(kind, under) => Says::ConditionsFollow(kind, under),
    }
}
