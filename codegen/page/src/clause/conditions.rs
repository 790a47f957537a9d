//! Finds the conditions in a passage, sentence by sentence.

use std::ops::Range;

use super::{Clause, Says, sentence};
use crate::condition::{self, About, Candidate, Reading};
use crate::facts::{ConditionKind, Test};
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
            let end = self.line_end(lexicon, start, end);
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
            let forbids_rest = candidate.is_some_and(Candidate::forbids_rest);
            let follows_required = all.last().is_some_and(|last| is_required(&last.says));
            if adjoins && forbids_rest && follows_required {
                let says = forbidden(text);
                all.push(Sentence { says, start, end });
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
            let forbids = forbids_rest && says.as_ref().is_some_and(is_required);
            all.extend(says.map(|says| Sentence { says, start, end }));
            all.extend(forbids.then(|| Sentence {
                says: forbidden(text),
                start,
                end,
            }));
            start = end;
        }
        all
    }

    /// Returns the end of a sentence without a full stop: that of its line, or the place where another one begins with
    /// the words of a condition.
    fn line_end(&self, lexicon: &Lexicon, start: usize, end: usize) -> usize {
        let end = self.own_line_end(start, end);
        let text = self.text.get(start..end).unwrap_or_default();
        let spaces = text.match_indices(' ').map(|(at, _)| at + 1);
        let mut places = spaces.filter(|at| {
            let before = text.get(..at - 1).unwrap_or_default();
            let is_word = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`'));
            let rest = text.get(*at..).unwrap_or_default();
            is_word && condition::begins_sentence(&lexicon.conditions, before, rest)
        });
        places.next().map_or(end, |at| start + at)
    }

    fn own_line_end(&self, start: usize, end: usize) -> usize {
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

/// Returns whether a test decides when the parameter is required.
fn is_required(says: &Says) -> bool {
    matches!(
        says,
        Says::Condition(ConditionKind::RequiredWhen, Test::Field { .. }, _)
    )
}

/// Returns the condition of a sentence that forbids the parameter otherwise, in its words.
fn forbidden(text: &str) -> Says {
    Says::Condition(ConditionKind::AbsentWhen, Test::Words, text.to_owned())
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
