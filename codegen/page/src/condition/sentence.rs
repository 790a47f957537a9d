//! Reads a sentence as a condition: an effect, a word such as `when`, and a test.
//!
//! A sentence is understood if its words fit the phrases one by one. A negation that no phrase
//! accounts for, and a test that goes on behind its phrase, leave it in the page's words.

use super::grammar::{Effect, Grammar};
use super::parsed::Parsed;
use super::pattern::Sentence;
use super::starts::Starts;
use super::tokens::LONGEST;
use crate::facts::{ConditionKind, Test};

/// The reading of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A condition.
    Condition(ConditionKind, Test),
    /// The condition that remains where the parameter may be left out: `not needed if X is given`. It is
    /// none for a parameter that is optional anyway.
    Exemption(ConditionKind, Test),
    /// A requirement without a condition.
    Outright(Outright),
    /// The announcement of a list of tests. [`None`] if one of them is not enough.
    Follows(ConditionKind, Option<ListedUnder>),
}

/// A requirement that a sentence states in no stated case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outright {
    /// The parameter must be given.
    Required,
    /// The parameter is absent at times.
    Optional,
}

/// The effect of tests that follow in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListedUnder {
    pub(super) effect: Effect,
    pub(super) negated: bool,
}

/// A phrase at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<T> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is: T,
}

/// An effect at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effected {
    pub(super) effect: Effect,
    /// True if the phrase names the parameter itself.
    pub(super) named: bool,
}

/// A word such as `when`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Connective {
    pub(super) negated: bool,
    /// True if the test is necessary, and may not be enough: `only if`.
    pub(super) only: bool,
    /// True if only the words behind the test show that there is one: `X 为空时`.
    pub(super) implied: bool,
}

/// A condition as its phrases say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) effect: Effect,
    pub(super) kind: ConditionKind,
    pub(super) test: Test,
    /// True if it says when the parameter may be left out.
    pub(super) exempts: bool,
}

pub(super) struct Reader<'s> {
    pub(super) grammar: &'s Grammar,
    pub(super) sentence: Sentence<'s>,
    pub(super) effects: Vec<Span<Effected>>,
    pub(super) connectives: Vec<Span<Connective>>,
    starts: Starts,
}

impl<'s> Reader<'s> {
    pub(super) fn new(grammar: &'s Grammar, sentence: Sentence<'s>) -> Self {
        let count = sentence.tokens.len();
        let mut effects = Vec::new();
        let mut connectives = Vec::new();
        for at in 0..count {
            let matches = grammar.effects.at(&sentence, at).into_iter();
            let matches = matches.map(|(effect, end, captures)| {
                let named = captures.own;
                let is = Effected { effect, named };
                Span { start: at, end, is }
            });
            // `返回信息` only names something.
            let is_name = sentence.tokens.get(at).is_some_and(|token| token.names);
            effects.extend(
                matches
                    .max_by_key(|span| (span.end, span.is.named))
                    .filter(|_| !is_name),
            );
            let closed = sentence.phrase_at(&grammar.when_closed, at);
            let closed = closed.filter(|end| grammar.is_closed(&sentence, *end));
            for (end, negated, only) in [
                (sentence.phrase_at(&grammar.when, at), false, false),
                (sentence.phrase_at(&grammar.only, at), false, true),
                (sentence.phrase_at(&grammar.unless, at), true, false),
                (closed, false, false),
            ] {
                let is = Connective {
                    negated,
                    only,
                    implied: false,
                };
                connectives.extend(end.map(|end| Span { start: at, end, is }));
            }
        }
        let effects = outermost(effects);
        let connectives = outermost(connectives);
        Reader {
            grammar,
            starts: Starts::of(&sentence, &grammar.lead),
            sentence,
            effects,
            connectives,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.sentence
            .tokens
            .get(at)
            .is_none_or(|token| token.ends_clause())
    }

    /// Skips one mark.
    pub(super) fn behind_mark(&self, at: usize) -> usize {
        at + usize::from(at < self.count() && self.ends_clause(at))
    }

    /// Returns the start of the words that lead to this place, if a clause starts with them.
    pub(super) fn clause_start(&self, at: usize) -> Option<usize> {
        self.starts.of_clause(at)
    }

    /// Returns the end of the words behind a test that belong to it.
    pub(super) fn behind_test(&self, at: usize) -> Option<usize> {
        let token = self.sentence.tokens.get(at)?;
        // `小时` ends with `时`.
        (!token.names).then(|| self.sentence.phrase_at(&self.grammar.behind, at))?
    }

    /// Returns all tests that start at a place, with their ends.
    pub(super) fn tests(&self, at: usize) -> Vec<(usize, Parsed)> {
        let tests = self.grammar.tests.at(&self.sentence, at).into_iter();
        let tests = tests.map(|(kind, end, captures)| (end, Parsed::of(kind, captures)));
        tests.collect()
    }

    /// Reads the sentence.
    pub(super) fn read(&self, announces: bool) -> Option<Reading> {
        if self.says_what_another_does() {
            return None;
        }
        if announces && let Some(follows) = self.follows() {
            return Some(follows);
        }
        if let Some(group) = self.group() {
            return Some(group);
        }
        if self.is_about_another() {
            return None;
        }
        let mut found = self.conditions();
        found.retain(|one| self.accounts_for(one.start, one.end, one.effect));
        let longest = found.iter().map(|one| one.end - one.start).max();
        let mut best: Vec<&Found> = found
            .iter()
            .filter(|one| Some(one.end - one.start) == longest)
            .collect();
        best.dedup_by(|one, other| one.kind == other.kind && one.test == other.test);
        if let ([one], true) = (best.as_slice(), self.count() <= LONGEST) {
            let (kind, test) = (one.kind, one.test.clone());
            return Some(match one.exempts {
                true => Reading::Exemption(kind, test),
                false => Reading::Condition(kind, test),
            });
        }
        let always = self.always();
        if let Some(Reading::Outright(_)) = always {
            return always;
        }
        self.in_words()
            .or(always)
            .or_else(|| self.outright(announces))
    }

    /// Reads an item of a list of tests.
    pub(super) fn listed(&self, under: Option<ListedUnder>) -> Test {
        let words = Test::Words;
        let Some(under) = under else { return words };
        let connective = self.connectives.iter().find(|one| one.start == 0);
        let start = match connective {
            Some(one) if one.is.negated => return words,
            Some(one) => one.end,
            None => 0,
        };
        for (end, test) in self.tests(start) {
            let end = self.behind_test(end).unwrap_or(end);
            let is_whole = self.ends_clause(end) && !self.leaves_doubt(end, self.count());
            let Sentence { own, names, .. } = &self.sentence;
            let read = test.under(under.effect, under.negated, own, names);
            if let (true, Some((_, test))) = (is_whole, read) {
                return test;
            }
        }
        words
    }

    /// Returns all ways to read the sentence as a condition.
    pub(super) fn conditions(&self) -> Vec<Found> {
        let mut found = Vec::new();
        if self.effects.is_empty() {
            return found;
        }
        let implied = (0..self.count())
            .filter(|at| self.subject_start(*at).is_some())
            .map(|at| Span {
                start: at,
                end: at,
                is: Connective {
                    negated: false,
                    only: false,
                    implied: true,
                },
            });
        for connective in self.connectives.iter().copied().chain(implied) {
            let tests = self.tests(connective.end).into_iter();
            for (end, test) in tests.chain(self.test_in_brackets(connective)) {
                let behind = self.behind_test(end);
                let then = || self.sentence.phrase_at(&self.grammar.then, end);
                if connective.is.implied && behind.or_else(then).is_none() {
                    continue;
                }
                let end = behind.unwrap_or(end);
                for (start, end, effect) in self.effects_around(connective, end) {
                    // `Empty only if X is given` does not say that it must be empty then.
                    if connective.is.only && effect == Effect::Absent {
                        continue;
                    }
                    found.extend(self.found((start, end, effect), &test, connective.is.negated));
                }
            }
        }
        found.extend(self.exempting());
        found.extend(self.bracketed());
        found
    }

    /// Returns the conditions that exempt values, with no word such as `when`: `returned for all statuses but U`.
    fn exempting(&self) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.grammar.all_but.may_match(&self.sentence) {
            return found;
        }
        for start in 0..self.count() {
            let at_all = Span {
                start,
                end: start,
                is: Connective {
                    negated: false,
                    only: false,
                    implied: true,
                },
            };
            for (kind, end, captures) in self.grammar.all_but.at(&self.sentence, start) {
                let test = Parsed::of(kind, captures);
                for around in self.effects_around(at_all, end) {
                    found.extend(self.found(around, &test, false));
                }
            }
        }
        found
    }

    /// Returns the condition of an effect at its place, if the test can be one.
    pub(super) fn found(
        &self,
        (start, end, effect): (usize, usize, Effect),
        test: &Parsed,
        negated: bool,
    ) -> Option<Found> {
        let Sentence { own, names, .. } = &self.sentence;
        let (kind, test) = test.clone().under(effect, negated, own, names)?;
        Some(Found {
            start,
            end,
            effect,
            kind,
            test,
            exempts: effect == Effect::Optional && !negated,
        })
    }

    /// Returns the start of a clause whose words up to here only name the parameter itself.
    pub(super) fn subject_start(&self, at: usize) -> Option<usize> {
        self.starts.of_subject(at)
    }

    /// Returns the effects that a test decides, each with the start and the end of the condition.
    pub(super) fn effects_around(
        &self,
        connective: Span<Connective>,
        end: usize,
    ) -> Vec<(usize, usize, Effect)> {
        let mut found = Vec::new();
        for one in &self.effects {
            let before = one.end == connective.start
                || one.end < connective.start && self.behind_mark(one.end) == connective.start;
            let forbids_rest = || one.is.effect == Effect::Required && self.forbids_rest(end);
            if before
                && (self.ends_clause(end) || forbids_rest())
                && let Some(start) = self.clause_start(one.start)
            {
                found.push((start, end, one.is.effect));
            }
            let Some(start) = self.subject_start(connective.start) else {
                continue;
            };
            let follows = self.follows_test(end, one.start, connective.is.negated);
            if follows && self.ends_clause(one.end) {
                found.push((start, one.end, one.is.effect));
            }
        }
        found
    }

    /// Returns whether only words without a meaning are between a test and this place.
    pub(super) fn follows_test(&self, end: usize, to: usize, negated: bool) -> bool {
        let mut places = vec![self.behind_mark(end)];
        while let Some(at) = places.pop() {
            if at == to {
                return true;
            }
            // `Unless X is given, otherwise required`, as some languages say it.
            let otherwise = negated.then_some(&self.grammar.otherwise);
            let phrases = [
                Some(&self.grammar.then),
                Some(&self.grammar.lead),
                otherwise,
            ];
            let after = phrases.into_iter().flatten();
            let after = after.filter_map(|phrases| self.sentence.phrase_at(phrases, at));
            places.extend(after.filter(|after| *after <= to));
        }
        false
    }
}

/// Returns the spans that are not inside another one.
fn outermost<T: Copy>(spans: Vec<Span<T>>) -> Vec<Span<T>> {
    let mut end = 0;
    let mut kept = Vec::new();
    // They are in the order of their starts.
    for span in spans {
        if span.end > end {
            end = span.end;
            kept.push(span);
        }
    }
    kept
}

/// Returns the kind of a condition in words.
pub(super) fn kind_of(effect: Effect, negated: bool) -> ConditionKind {
    match (effect, negated) {
        (Effect::Required, false) | (Effect::Optional, true) => ConditionKind::RequiredWhen,
        (Effect::Required, true) | (Effect::Optional, false) => ConditionKind::OptionalWhen,
        (Effect::Present, false) | (Effect::Absent, true) => ConditionKind::PresentWhen,
        (Effect::Present, true) | (Effect::Absent, false) => ConditionKind::AbsentWhen,
    }
}
