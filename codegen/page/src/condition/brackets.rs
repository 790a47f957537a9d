//! Reads a test in brackets that explains the words before it.

use super::parsed::Parsed;
use super::sentence::{Connective, Reader, Span};

impl Reader<'_> {
    /// Returns the test in brackets that states what the words before it mean: `when it succeeds (status is S)`.
    pub(super) fn test_in_brackets(&self, connective: Span<Connective>) -> Vec<(usize, Parsed)> {
        let is_mark = |at: usize, mark: &str| {
            let token = self.sentence.tokens.get(at);
            token.is_some_and(|token| token.ends_clause() && token.raw == mark)
        };
        let mut words = connective.end..self.count();
        let Some(open) = words.find(|at| self.ends_clause(*at)) else {
            return Vec::new();
        };
        // With another test or a negation in them, the words mean more than the brackets say.
        let gloss = connective.end..open;
        let is_plain = !gloss.is_empty() && gloss.into_iter().all(|at| !self.says_more(at));
        if connective.is.implied || !is_mark(open, "(") || !is_plain {
            return Vec::new();
        }
        let namely = self.sentence.phrase_at(&self.grammar.namely, open + 1);
        let start = namely.map_or(open + 1, |end| self.behind_mark(end));
        let tests = self.tests(start).into_iter();
        // The marks at the end of a sentence were left out, and the closing bracket with them.
        let closed = tests.filter(|(end, _)| *end == self.count() || is_mark(*end, ")"));
        // Words that belong to the test, or another mark, may follow the bracket.
        let behind = |end| {
            let mark = self.ends_clause(end + 1).then_some(end + 1);
            self.behind_test(end + 1).or(mark).unwrap_or(end)
        };
        closed.map(|(end, test)| (behind(end), test)).collect()
    }

    /// Returns whether a word can add to a test, or turn it.
    fn says_more(&self, at: usize) -> bool {
        let words = &self.sentence.words;
        self.is_negation(at)
            || [&words.and, &words.or, &self.grammar.joints]
                .into_iter()
                .any(|phrases| self.sentence.phrase_at(phrases, at).is_some())
    }
}
