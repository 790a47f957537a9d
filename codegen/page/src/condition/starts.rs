//! Finds the starts of clauses, for each place of a sentence once.

use super::pattern::Sentence;
use super::phrase_list::PhraseList;

/// The starts of the words that lead to each place of a sentence, if a clause starts with them.
pub(super) struct Starts {
    /// Behind words without a meaning of their own.
    clause: Vec<Option<usize>>,
    /// Behind words for the parameter itself.
    subject: Vec<Option<usize>>,
}

impl Starts {
    pub(super) fn of(sentence: &Sentence<'_>, lead: &PhraseList) -> Self {
        let tokens = &sentence.tokens;
        let count = tokens.len();
        let mut clause = vec![None; count + 1];
        for at in 0..=count {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            if before.is_none_or(|before| before.ends_clause()) {
                clause[at] = Some(at);
            }
            if let Some(start) = clause[at] {
                for end in lead.ends_at(tokens, at) {
                    clause[end].get_or_insert(start);
                }
            }
        }
        let mut subject = clause.clone();
        for (start, end) in sentence.own_ends.iter().enumerate() {
            let Some(end) = *end else { continue };
            let words = tokens.get(start..end).unwrap_or_default();
            if clause[end].is_none() && !words.iter().any(|word| word.ends_clause()) {
                // Of several phrases, the shortest one counts.
                subject[end] = clause[start];
            }
        }
        Starts { clause, subject }
    }

    /// Returns the start of the words that lead to a place, if a clause starts with them.
    pub(super) fn of_clause(&self, at: usize) -> Option<usize> {
        self.clause.get(at).copied().flatten()
    }

    /// Returns the start of a clause whose words up to a place only name the parameter itself.
    pub(super) fn of_subject(&self, at: usize) -> Option<usize> {
        self.subject.get(at).copied().flatten()
    }
}
