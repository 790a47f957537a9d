//! Finds sentences that state a condition only in their words, and those that state none.

use super::grammar::Effect;
use super::patterns::Patterns;
use super::sentence::{Connective, Effected, Outright, Reader, Reading, Span, kind_of};
use crate::facts::Test;
use crate::text::is_constant;

impl Reader<'_> {
    /// Returns whether the sentence starts with a restriction.
    pub(super) fn restricts(&self) -> bool {
        let unless = self.connectives.first();
        let unless = unless.is_some_and(|one| one.start == 0 && one.is.negated);
        let other = self
            .sentence
            .phrase_at(&self.grammar.otherwise, 0)
            .is_some();
        let joins = self.sentence.phrase_at(&self.grammar.joints, 0).is_some();
        unless || other || joins || self.is_negation(0)
    }

    /// Returns whether the sentence is about errors, users or the like.
    pub(super) fn says_what_another_does(&self) -> bool {
        let tokens = &self.sentence.tokens;
        let is_other = |at: usize| {
            let phrase = self.sentence.phrase_at(&self.grammar.others, at).is_some();
            let word = tokens.get(at).is_some_and(|one| {
                let own = self.sentence.own_at(at).is_some();
                is_constant(&one.raw) && one.raw.contains('_') && !own
            });
            phrase || word
        };
        self.effects.iter().any(|one| {
            let before = (0..one.start).rev().take_while(|at| !self.ends_clause(*at));
            let behind = (one.end..self.count()).take_while(|at| {
                let connective = self.connectives.iter().any(|span| span.start == *at);
                !connective && !self.ends_clause(*at)
            });
            // `More than this value is not allowed` is about what is compared.
            let is_compared = one.start.checked_sub(1).is_some_and(|before| {
                let comparisons = &self.grammar.comparisons;
                self.sentence.phrase_at(comparisons, before).is_some()
            });
            let is_subject = one.is.named && !is_compared;
            let weak = matches!(one.is.effect, Effect::Present | Effect::Absent) && !is_subject;
            // The test may name values, and errors: only the subject and the object count.
            let is_subject = |at: &usize| {
                let tested = self.connectives.iter().any(|span| {
                    span.end <= *at
                        && span.start < one.start
                        && (span.start..one.start).all(|at| !self.ends_clause(at))
                });
                !tested && is_other(*at)
            };
            weak && (before.into_iter().any(|at| is_subject(&at))
                || behind.into_iter().any(is_other))
        })
    }

    /// Returns whether all effects are those of another parameter, or of others.
    pub(super) fn is_about_another(&self) -> bool {
        let is_of_another: Vec<bool> = self
            .effects
            .iter()
            .filter(|one| !self.tests_own_effect(one))
            .map(|one| self.is_of_another(one))
            .collect();
        !is_of_another.is_empty() && is_of_another.into_iter().all(|one| one)
    }

    /// Returns whether the subject directly before an effect is another parameter, or one of those whose actions are no
    /// conditions: `the payer must be notified`.
    fn is_of_another(&self, effect: &Span<Effected>) -> bool {
        let Some(before) = effect.start.checked_sub(1).filter(|_| !effect.is.named) else {
            return false;
        };
        let others = &self.grammar.others;
        let is_other = self.sentence.phrase_at(others, before) == Some(effect.start);
        let field = self.sentence.field_at(before);
        let is_field = field.is_some_and(|(end, _)| end == effect.start);
        is_other
            || is_field && self.sentence.own_at(before).is_none()
            || self.depends_on_own(effect)
    }

    /// Returns whether the parameter itself is tested for an effect on something else: `the bank is not needed if
    /// this field is given`.
    fn depends_on_own(&self, effect: &Span<Effected>) -> bool {
        let mut connectives = self.connectives.iter();
        self.subject_start(effect.start).is_none()
            && connectives.any(|one| {
                let is_own = self.sentence.own_at(one.end).is_some();
                is_own && self.tests_own(one.end)
            })
    }

    /// Returns whether an effect on the parameter itself is the test of a condition: `if this is given`.
    fn tests_own_effect(&self, effect: &Span<Effected>) -> bool {
        effect.is.named && self.is_tested(effect)
    }

    /// Returns whether a test of the parameter itself starts at a place, and ends its clause.
    fn tests_own(&self, at: usize) -> bool {
        let tests = self.grammar.own_tests.at(&self.sentence, at).into_iter();
        tests
            .map(|(_, end, _)| self.behind_test(end).unwrap_or(end))
            .any(|end| self.ends_clause(end))
    }

    /// Returns a condition in words, if the sentence has the parts of one.
    pub(super) fn in_words(&self) -> Option<Reading> {
        let words =
            |effect, negated| Some(Reading::Condition(kind_of(effect, negated), Test::Words));
        // `May not be returned` forbids nothing, whatever follows.
        if self.states(&self.grammar.at_times, |end| {
            self.ends_clause(end) || self.connects(end)
        }) {
            return match self.connectives.is_empty() {
                true => Some(Reading::Outright(Outright::Optional)),
                false => words(Effect::Optional, false),
            };
        }
        for one in &self.effects {
            // Behind `if` it is the test.
            if self.is_tested(one) {
                continue;
            }
            let turned = self.is_turned(one.start);
            let words = |effect, negated: bool| words(effect, negated != turned);
            let starts_clause = self.subject_start(one.start).is_some();
            let next = self
                .connectives
                .iter()
                .find(|next| next.start == one.end || self.behind_mark(one.end) == next.start);
            if let Some(next) = next {
                if self.is_wish(next.end) {
                    return None;
                }
                return words(one.is.effect, next.is.negated);
            }
            if starts_clause && !self.tests_in_brackets(one.end).is_empty() {
                return words(one.is.effect, false);
            }
            let ends_clause = self.ends_clause(one.end);
            let mut before = self
                .connectives
                .iter()
                .filter(|other| other.end <= one.start);
            let tested = before.find(|other| self.subject_start(other.start).is_some());
            if let Some(tested) = tested
                && (one.is.named || (starts_clause || self.begins_with_then(one)) && ends_clause)
            {
                if self.is_wish(tested.end) {
                    return None;
                }
                return words(one.is.effect, tested.is.negated);
            }
            let closed = (0..one.start).any(|at| {
                let event = self.sentence.phrase_at(&self.grammar.after, at);
                let Some(end) = self.behind_test(at).or(event) else {
                    return false;
                };
                self.follows_test(end, one.start, false)
            });
            if closed && (one.is.named || ends_clause) && !self.is_wish(0) {
                return words(one.is.effect, false);
            }
            let else_ = one.start.checked_sub(1).is_some_and(|_| {
                let mut places = 0..one.start;
                places.any(|at| {
                    let end = self.sentence.phrase_at(&self.grammar.otherwise, at);
                    end.is_some_and(|end| self.behind_mark(end) == one.start || end == one.start)
                })
            });
            if else_ && ends_clause {
                return words(one.is.effect, true);
            }
        }
        let is_vague = self.states(&self.grammar.vague, |_| true);
        is_vague.then(|| words(Effect::Required, false)).flatten()
    }

    /// Returns the requirement of a clause by which the parameter is present in all cases: `always returned`. It is a
    /// condition in words if the rest of the sentence may change it.
    pub(super) fn always(&self) -> Option<Reading> {
        if !self.grammar.always.may_match(&self.sentence) {
            return None;
        }
        let (start, end) = (0..self.count()).find_map(|at| {
            let start = self.subject_start(at)?;
            let found = self.grammar.always.at(&self.sentence, at).into_iter();
            let mut ends = found.map(|(_, end, _)| end);
            Some((start, ends.find(|end| self.ends_clause(*end))?))
        })?;
        let is_plain = !self.leaves_doubt(0, start) && !self.leaves_doubt(end, self.count());
        Some(match is_plain {
            true => Reading::Outright(Outright::Required),
            false => Reading::Condition(kind_of(Effect::Present, false), Test::Words),
        })
    }

    /// Returns the requirement that a clause states without a test: `this field is required`. It is a condition in
    /// words if the rest of the sentence may change it.
    pub(super) fn outright(&self, announces: bool) -> Option<Reading> {
        let [one] = self.effects.as_slice() else {
            return None;
        };
        let is_whole = one.start == 0 && one.end == self.count();
        let is_clause = one.is.named && self.ends_clause(one.end);
        if announces || !self.connectives.is_empty() || !(is_whole || is_clause) {
            return None;
        }
        let turned = self.is_turned(one.start);
        let outright = match (one.is.effect, turned) {
            (Effect::Required, false) => Outright::Required,
            (Effect::Required, true) | (Effect::Optional, false) => Outright::Optional,
            // `It is never returned`, whatever the case may be.
            (Effect::Present, true) | (Effect::Absent, _) => {
                let kind = kind_of(one.is.effect, turned);
                return Some(Reading::Condition(kind, Test::Words));
            }
            (Effect::Optional, true) | (Effect::Present, false) => return None,
        };
        // Other words before it may say when it holds: `for gifts this field is required`.
        let is_plain = self.clause_start(one.start).is_some()
            && !self.leaves_doubt(0, one.start)
            && !self.leaves_doubt(one.end, self.count());
        Some(match is_plain {
            true => Reading::Outright(outright),
            false => Reading::Condition(kind_of(one.is.effect, turned), Test::Words),
        })
    }

    /// Returns whether a clause about the parameter itself begins with one of these patterns, which may end there.
    fn states(&self, patterns: &Patterns<()>, may_end: impl Fn(usize) -> bool) -> bool {
        let may_match = patterns.may_match(&self.sentence);
        may_match
            && (0..self.count()).any(|at| {
                let found = || patterns.at(&self.sentence, at);
                let is_name = self.sentence.tokens.get(at).is_some_and(|one| one.names);
                !is_name
                    && self.subject_start(at).is_some()
                    && found().iter().any(|(_, end, _)| may_end(*end))
            })
    }

    /// Returns whether a word such as `when` starts at a place.
    fn connects(&self, at: usize) -> bool {
        self.connectives.iter().any(|one| one.start == at)
    }

    /// Returns whether the phrase of an effect begins with a word between a test and an effect: `才返回`.
    fn begins_with_then(&self, effect: &Span<Effected>) -> bool {
        let then = self.sentence.phrase_at(&self.grammar.then, effect.start);
        then.is_some()
    }

    /// Returns whether an effect is the test of a condition: it stands behind a word such as `if`, perhaps negated.
    pub(super) fn is_tested(&self, effect: &Span<Effected>) -> bool {
        let mut connectives = self.connectives.iter();
        connectives.any(|one| {
            one.end <= effect.start && (one.end..effect.start).all(|at| self.is_negation(at))
        })
    }

    /// Returns whether a negation before an effect turns it: `not always required`. One in the test
    /// does not.
    pub(super) fn is_turned(&self, effect: usize) -> bool {
        let clause = (0..effect).rev().take_while(|at| !self.ends_clause(*at));
        let clause: Vec<usize> = clause.collect();
        let start = clause.last().copied().unwrap_or(effect);
        let connects = |one: &Span<Connective>| (start..effect).contains(&one.start);
        let tested = self.connectives.iter().any(connects)
            || clause.iter().any(|at| self.behind_test(*at).is_some());
        let next = effect.checked_sub(1);
        next.is_some_and(|at| self.is_negation(at))
            || !tested && clause.iter().any(|at| self.is_negation(*at))
    }

    /// Returns whether a test states a wish, which is not a condition of a message.
    pub(super) fn is_wish(&self, at: usize) -> bool {
        let clause = (at..self.count()).take_while(|at| !self.ends_clause(*at));
        clause
            .into_iter()
            .any(|at| self.sentence.phrase_at(&self.grammar.wishes, at).is_some())
    }
}
