//! Reads a test in brackets that explains the words before it.

use super::parsed::Parsed;
use super::sentence::{Connective, Found, Reader, Span};

impl Reader<'_> {
    /// Returns the test in brackets that states what the words before it mean: `when it succeeds (status is S)`.
    pub(super) fn test_in_brackets(&self, connective: Span<Connective>) -> Vec<(usize, Parsed)> {
        let mut words = connective.end..self.count();
        let Some(open) = words.find(|at| self.ends_clause(*at)) else {
            return Vec::new();
        };
        // With another test or a negation in them, the words mean more than the brackets say.
        let gloss = connective.end..open;
        let is_plain = !gloss.is_empty() && gloss.into_iter().all(|at| !self.says_more(at));
        if connective.is.implied || !is_plain {
            return Vec::new();
        }
        self.closed_tests(open)
    }

    /// Returns the conditions whose test is in brackets behind the effect: `returned (status is S)`.
    pub(super) fn bracketed(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for one in &self.effects {
            let Some(start) = self.subject_start(one.start) else {
                continue;
            };
            for (end, test) in self.closed_tests(one.end) {
                found.extend(self.found((start, end, one.is.effect), &test, false));
            }
        }
        found
    }

    /// Returns the tests that are all that brackets hold which open at a place.
    fn closed_tests(&self, open: usize) -> Vec<(usize, Parsed)> {
        let tests = self.tests_in_brackets(open).into_iter();
        // The marks at the end of a sentence were left out, and the closing bracket with them.
        let closed = tests.filter(|(end, _)| *end == self.count() || self.is_mark(*end, ")"));
        // Words that belong to the test, or another mark, may follow the bracket.
        let behind = |end| {
            let mark = self.ends_clause(end + 1).then_some(end + 1);
            self.behind_test(end + 1).or(mark).unwrap_or(end)
        };
        closed.map(|(end, test)| (behind(end), test)).collect()
    }

    /// Returns the tests with which brackets begin that open at a place, with their ends.
    pub(super) fn tests_in_brackets(&self, open: usize) -> Vec<(usize, Parsed)> {
        if !self.is_mark(open, "(") {
            return Vec::new();
        }
        let namely = self.sentence.phrase_at(&self.grammar.namely, open + 1);
        let start = namely.map_or(open + 1, |end| self.behind_mark(end));
        let mut connectives = self.connectives.iter();
        let when = connectives.find(|one| one.start == start && !one.is.negated && !one.is.only);
        self.tests(when.map_or(start, |one| one.end))
    }

    fn is_mark(&self, at: usize, mark: &str) -> bool {
        let token = self.sentence.tokens.get(at);
        token.is_some_and(|token| token.ends_clause() && token.raw == mark)
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
