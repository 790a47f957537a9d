//! Finds sentences that begin like a condition, or name an exception from an effect. If no phrase
//! reads them, they are kept in the page's words.

use super::grammar::Effect;
use super::sentence::{Effected, Reader, Reading, Span, kind_of};
use crate::facts::Test;

impl Reader<'_> {
    /// Returns a condition in words for a sentence that begins like one.
    pub(super) fn begins(&self) -> Option<Reading> {
        let words =
            |effect, negated| Some(Reading::Condition(kind_of(effect, negated), Test::Words));
        if self.is_about_another() {
            return None;
        }
        let is_other = self.says_what_another_does();
        let excepts = !is_other && self.excepts();
        for one in &self.effects {
            // Behind `if` it is the test.
            if self.is_tested(one) || self.is_about_list(one) {
                continue;
            }
            let mut places = one.start..one.end;
            let marked = places.find(|at| self.starts(*at).is_some() && !self.is_name(*at));
            let goes_on = !self.ends_clause(one.end)
                && marked.is_some_and(|at| !self.is_plain(at))
                && !self.joins_another(one.end);
            // A sentence that begins with the effect is about nothing else.
            let start = self.subject_start(one.start);
            let begins = goes_on && start.is_some_and(|start| start == 0 || !is_other);
            let decides = match one.is.effect {
                Effect::Required | Effect::Optional => !self.is_name(one.start),
                Effect::Present | Effect::Absent => marked.is_some(),
            };
            if excepts && decides {
                // An exception does not negate the effect.
                let before = one.start.checked_sub(1);
                return words(one.is.effect, before.is_some_and(|at| self.is_negation(at)));
            }
            if begins {
                return words(one.is.effect, self.is_turned(one.start));
            }
        }
        // A bare word such as `only` says that there is a condition, not which one.
        let goes_on = self.starts(0).is_some_and(|end| end < self.count());
        let is_effect = self.effects.iter().any(|one| one.start == 0);
        let is_bare = goes_on && !is_effect && !self.is_plain(0) && !self.is_name(0);
        let applies = self.sentence.phrase_at(&self.grammar.applies, 0).is_some();
        let effect = if applies {
            Effect::Present
        } else {
            Effect::Required
        };
        is_bare.then(|| words(effect, false)).flatten()
    }

    /// Returns whether an effect is about a list that follows: `the following ones must be given`.
    fn is_about_list(&self, effect: &Span<Effected>) -> bool {
        let before = (0..effect.start).rev();
        let mut clause = before.take_while(|at| !self.ends_clause(*at));
        let following = &self.grammar.following;
        !effect.is.named && clause.any(|at| self.sentence.phrase_at(following, at).is_some())
    }

    fn starts(&self, at: usize) -> Option<usize> {
        self.sentence.phrase_at(&self.grammar.starts, at)
    }

    /// Returns whether a clause begins here that no condition begins with. `Returned by the bank if` goes on
    /// with a test.
    fn is_plain(&self, at: usize) -> bool {
        let plain = &self.grammar.plain_starts;
        let mut tests = self.connectives.iter();
        self.sentence.phrase_at(plain, at).is_some() && !tests.any(|one| one.start > at)
    }

    /// Returns whether a word is a part of a name.
    fn is_name(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|one| one.names)
    }

    /// Returns whether an effect is followed by another statement: `required and unique`.
    fn joins_another(&self, at: usize) -> bool {
        let and = &self.grammar.words.and;
        self.sentence.phrase_at(and, at).is_some()
    }

    fn excepts(&self) -> bool {
        let exceptions = &self.grammar.exceptions;
        let mut places = 0..self.count();
        exceptions.may_match(&self.sentence)
            && places.any(|at| !exceptions.at(&self.sentence, at).is_empty())
    }
}
