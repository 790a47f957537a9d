//! Reads a sentence as a condition: an effect, a word such as `when`, and a test.
//!
//! A sentence is understood if its words fit the phrases one by one. A negation that no phrase
//! accounts for, and a test that goes on behind its phrase, leave it in the page's words.

use super::grammar::{Effect, Grammar, TestKind};
use super::pattern::{Captures, Patterns, Sentence, starts};
use super::tokens::LONGEST;
use crate::facts::{ConditionKind, Met, Test};
use crate::text::is_constant;

/// The reading of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A condition.
    Condition(ConditionKind, Test),
    /// The announcement of a list of tests. [`None`] if one of them is not enough.
    Follows(ConditionKind, Option<ListedUnder>),
}

/// The effect of tests that follow in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListedUnder {
    pub(super) effect: Effect,
    pub(super) negated: bool,
}

/// A phrase at its place.
#[derive(Debug, Clone, Copy)]
struct Span<T> {
    start: usize,
    end: usize,
    is: T,
}

/// An effect at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Effected {
    effect: Effect,
    /// True if the phrase names the parameter itself.
    named: bool,
}

/// A word such as `when`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Connective {
    negated: bool,
    /// True if only the words behind the test show that there is one: `X 为空时`.
    implied: bool,
}

/// A condition as its phrases say it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    start: usize,
    end: usize,
    effect: Effect,
    kind: ConditionKind,
    test: Test,
}

pub(super) struct Reader<'s> {
    grammar: &'s Grammar,
    sentence: Sentence<'s>,
    effects: Vec<Span<Effected>>,
    connectives: Vec<Span<Connective>>,
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
            effects.extend(matches.max_by_key(|span| span.end));
            for (phrases, negated) in [(&grammar.when, false), (&grammar.unless, true)] {
                let end = sentence.phrase_at(phrases, at);
                let is = Connective {
                    negated,
                    implied: false,
                };
                connectives.extend(end.map(|end| Span { start: at, end, is }));
            }
        }
        let effects = outermost(effects);
        let connectives = outermost(connectives);
        Reader {
            grammar,
            sentence,
            effects,
            connectives,
        }
    }

    fn count(&self) -> usize {
        self.sentence.tokens.len()
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.sentence
            .tokens
            .get(at)
            .is_none_or(|token| token.ends_clause())
    }

    /// Skips one mark.
    fn behind_mark(&self, at: usize) -> usize {
        at + usize::from(at < self.count() && self.ends_clause(at))
    }

    /// Returns the start of the words that lead to this place, if a clause starts with them.
    fn clause_start(&self, at: usize) -> Option<usize> {
        let mut start = at;
        loop {
            let Some(before) = start.checked_sub(1) else {
                return Some(start);
            };
            if self.ends_clause(before) {
                return Some(start);
            }
            let tokens = &self.sentence.tokens;
            let lead = self.grammar.lead.iter().find_map(|words| {
                let from = start.checked_sub(words.len())?;
                (starts(tokens, from, words) == Some(start)).then_some(from)
            });
            start = lead?;
        }
    }

    /// Returns the end of the words behind a test that belong to it.
    fn behind_test(&self, at: usize) -> Option<usize> {
        self.sentence.phrase_at(&self.grammar.behind, at)
    }

    /// Returns all tests that start at a place, with their ends.
    fn tests(&self, at: usize) -> Vec<(usize, Parsed)> {
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
        let mut found = self.conditions();
        found.retain(|one| self.accounts_for(one.start, one.end, one.effect));
        let longest = found.iter().map(|one| one.end - one.start).max();
        let mut best: Vec<&Found> = found
            .iter()
            .filter(|one| Some(one.end - one.start) == longest)
            .collect();
        best.dedup_by(|one, other| one.kind == other.kind && one.test == other.test);
        if let ([one], true) = (best.as_slice(), self.count() <= LONGEST) {
            return Some(Reading::Condition(one.kind, one.test.clone()));
        }
        self.in_words()
    }

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
            let read = test.under(under.effect, under.negated, self.sentence.own);
            if let (true, Some((_, test))) = (is_whole, read) {
                return test;
            }
        }
        words
    }

    /// Returns whether the sentence is about errors, users or the like.
    fn says_what_another_does(&self) -> bool {
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
            let weak = matches!(one.is.effect, Effect::Present | Effect::Absent) && !one.is.named;
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

    /// Reads the announcement of a list.
    fn follows(&self) -> Option<Reading> {
        let find =
            |phrases| (0..self.count()).find(|at| self.sentence.phrase_at(phrases, *at).is_some());
        let at = find(&self.grammar.following)?;
        let effect = self.effects.first()?;
        let connective = self.connectives.iter().find(|one| one.start <= at);
        let negated = connective.is_some_and(|one| one.is.negated);
        let kind = kind_of(effect.is.effect, negated);
        let all = find(&self.grammar.all_following).is_some();
        let outside = |at: usize| !(effect.start..effect.end).contains(&at);
        let negations = (0..self.count())
            .filter(|at| outside(*at))
            .any(|at| self.is_negation(at));
        let under = (!all && !negations).then_some(ListedUnder {
            effect: effect.is.effect,
            negated,
        });
        Some(Reading::Follows(kind, under))
    }

    /// Reads a group of parameters.
    fn group(&self) -> Option<Reading> {
        let find = |patterns: &Patterns<()>| {
            let places = 0..self.count();
            let mut found = places.flat_map(|at| {
                let matches = patterns.at(&self.sentence, at).into_iter();
                matches.map(move |(_, end, captures)| (at, end, captures))
            });
            found.find(|(_, end, captures)| !captures.fields.is_empty() && self.ends_clause(*end))
        };
        let vague = (0..self.count()).any(|at| {
            let found = || self.grammar.vague_groups.at(&self.sentence, at);
            let starts = self.clause_start(at).is_some();
            starts && found().iter().any(|(_, end, _)| self.ends_clause(*end))
        });
        let exclusive = find(&self.grammar.exclusive);
        let is_group = exclusive.is_none();
        let found = exclusive.or_else(|| find(&self.grammar.groups));
        let Some((start, end, captures)) = found else {
            let words = Reading::Condition(ConditionKind::AtLeastOneOf, Test::Words);
            return vague.then_some(words);
        };
        let start = self.clause_start(start);
        let sure = start.is_some_and(|start| {
            self.count() <= LONGEST
                && !self.leaves_doubt(0, start)
                && !self.leaves_doubt(end, self.count())
        });
        let mut fields = captures.fields;
        fields.extend(
            captures
                .own
                .then(|| self.sentence.own.first().cloned())
                .flatten(),
        );
        fields.sort();
        fields.dedup();
        let words = Test::Words;
        if is_group {
            let test = match sure && fields.len() > 1 {
                true => Test::Group { fields },
                false => words,
            };
            return Some(Reading::Condition(ConditionKind::AtLeastOneOf, test));
        }
        // Of two that exclude each other, one must be absent when the other is present.
        let own = |name: &String| self.sentence.own.contains(name);
        let others: Vec<&String> = fields.iter().filter(|one| !own(one)).collect();
        let test = match others.as_slice() {
            [other] if sure && fields.len() == 2 => Test::Field {
                field: (*other).clone(),
                met: Met::Present,
            },
            _ => words,
        };
        Some(Reading::Condition(ConditionKind::AbsentWhen, test))
    }

    /// Returns all ways to read the sentence as a condition.
    fn conditions(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let implied = (0..self.count())
            .filter(|at| self.subject_start(*at).is_some())
            .map(|at| Span {
                start: at,
                end: at,
                is: Connective {
                    negated: false,
                    implied: true,
                },
            });
        for connective in self.connectives.iter().copied().chain(implied) {
            for (end, test) in self.tests(connective.end) {
                let behind = self.behind_test(end);
                let then = || self.sentence.phrase_at(&self.grammar.then, end);
                if connective.is.implied && behind.or_else(then).is_none() {
                    continue;
                }
                let end = behind.unwrap_or(end);
                for (start, end, effect) in self.effects_around(connective, end) {
                    let read = test
                        .clone()
                        .under(effect, connective.is.negated, self.sentence.own);
                    found.extend(read.map(|(kind, test)| Found {
                        start,
                        end,
                        effect,
                        kind,
                        test,
                    }));
                }
            }
        }
        found
    }

    /// Returns the start of a clause whose words up to here only name the parameter itself.
    fn subject_start(&self, at: usize) -> Option<usize> {
        if let Some(start) = self.clause_start(at) {
            return Some(start);
        }
        let mut starts = (0..at).rev().take_while(|start| !self.ends_clause(*start));
        let start = starts.find(|start| self.sentence.own_at(*start) == Some(at))?;
        self.clause_start(start)
    }

    /// Returns the effects that a test decides, each with the start and the end of the condition.
    fn effects_around(
        &self,
        connective: Span<Connective>,
        end: usize,
    ) -> Vec<(usize, usize, Effect)> {
        let mut found = Vec::new();
        for one in &self.effects {
            let before = one.end == connective.start
                || one.end < connective.start && self.behind_mark(one.end) == connective.start;
            if before
                && self.ends_clause(end)
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
    fn follows_test(&self, end: usize, to: usize, negated: bool) -> bool {
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

    /// Returns whether the words around a condition leave its meaning as it is.
    fn accounts_for(&self, start: usize, end: usize, effect: Effect) -> bool {
        !self.leaves_doubt(0, start) && !self.leaves_doubt_behind(end, effect)
    }

    fn leaves_doubt_behind(&self, end: usize, effect: Effect) -> bool {
        let from = self.behind_mark(end);
        // `Required when …, otherwise optional` says nothing new.
        if let Some(else_) = self.sentence.phrase_at(&self.grammar.otherwise, from) {
            let opposite = match effect {
                Effect::Required => Effect::Optional,
                Effect::Optional => Effect::Required,
                Effect::Present => Effect::Absent,
                Effect::Absent => Effect::Present,
            };
            let at = self.behind_mark(else_);
            let mut effects = self.effects.iter();
            let says_it = effects.find(|one| one.start == at && one.is.effect == opposite);
            if let Some(one) = says_it.filter(|one| self.ends_clause(one.end)) {
                return self.leaves_doubt(one.end, self.count());
            }
            return true;
        }
        self.leaves_doubt(end, self.count())
    }

    fn is_negation(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let short = tokens.get(at).is_some_and(|one| one.lower.ends_with("n't"));
        short
            || self
                .sentence
                .phrase_at(&self.grammar.negations, at)
                .is_some()
    }

    /// Returns whether words outside a condition may change it.
    fn leaves_doubt(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let end = (at..to).find(|at| self.ends_clause(*at)).unwrap_or(to);
            let asides = self.grammar.asides.at(&self.sentence, at);
            let aside = asides.iter().any(|(_, after, _)| *after == end);
            let joins = self.sentence.phrase_at(&self.grammar.joints, at).is_some();
            let inside = |start: usize| (at..end).contains(&start);
            let connects = self.connectives.iter().any(|one| inside(one.start));
            let tests = (at..end).any(|at| self.behind_test(at).is_some());
            let negates = (at..end).any(|at| self.is_negation(at));
            let has_effect = self.effects.iter().any(|one| inside(one.start));
            if !aside
                && (joins && from > 0 || connects || tests || negates || has_effect && from > 0)
            {
                return true;
            }
            at = end + 1;
        }
        false
    }

    /// Returns a condition in words, if the sentence has the parts of one.
    fn in_words(&self) -> Option<Reading> {
        let words =
            |effect, negated| Some(Reading::Condition(kind_of(effect, negated), Test::Words));
        for one in &self.effects {
            // Behind `if` it is the test.
            if self.connectives.iter().any(|other| other.end == one.start) {
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
            let ends_clause = self.ends_clause(one.end);
            let mut before = self
                .connectives
                .iter()
                .filter(|other| other.end <= one.start);
            let tested = before.find(|other| self.subject_start(other.start).is_some());
            if let Some(tested) = tested
                && (one.is.named || starts_clause && ends_clause)
            {
                if self.is_wish(tested.end) {
                    return None;
                }
                return words(one.is.effect, tested.is.negated);
            }
            let closed = (0..one.start).any(|at| {
                let Some(end) = self.behind_test(at) else {
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
        let vague = (0..self.count()).any(|at| {
            let found = || self.grammar.vague.at(&self.sentence, at);
            self.subject_start(at).is_some() && !found().is_empty()
        });
        vague.then(|| words(Effect::Required, false)).flatten()
    }

    /// Returns whether a negation before an effect turns it: `not always required`. One in the test
    /// does not.
    fn is_turned(&self, effect: usize) -> bool {
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

    /// Returns whether a test says what somebody wants, which is no condition of a message.
    fn is_wish(&self, at: usize) -> bool {
        let clause = (at..self.count()).take_while(|at| !self.ends_clause(*at));
        clause
            .into_iter()
            .any(|at| self.sentence.phrase_at(&self.grammar.wishes, at).is_some())
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
fn kind_of(effect: Effect, negated: bool) -> ConditionKind {
    match (effect, negated) {
        (Effect::Required, false) | (Effect::Optional, true) => ConditionKind::RequiredWhen,
        (Effect::Required, true) | (Effect::Optional, false) => ConditionKind::OptionalWhen,
        (Effect::Present, false) | (Effect::Absent, true) => ConditionKind::PresentWhen,
        (Effect::Present, true) | (Effect::Absent, false) => ConditionKind::AbsentWhen,
    }
}

/// A test as its phrase says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parsed {
    Field(String, Met),
    NotOneOf,
    AllAbsent(Vec<String>),
    AnyPresent(Vec<String>),
    /// Fields that the phrase lacks.
    Nothing,
}

impl Parsed {
    fn of(kind: TestKind, captures: Captures) -> Self {
        let Captures {
            fields,
            values,
            own,
        } = captures;
        if own {
            return Parsed::Nothing;
        }
        let field = fields.first().cloned();
        let on = |met| field.map_or(Parsed::Nothing, |field| Parsed::Field(field, met));
        match kind {
            TestKind::Present => on(Met::Present),
            TestKind::Absent => on(Met::Absent),
            TestKind::OneOf => on(Met::OneOf { values }),
            TestKind::AllAbsent => Parsed::AllAbsent(fields),
            TestKind::AnyPresent => Parsed::AnyPresent(fields),
        }
    }

    fn negated(self) -> Self {
        match self {
            Parsed::Field(field, Met::Present) => Parsed::Field(field, Met::Absent),
            Parsed::Field(field, Met::Absent) => Parsed::Field(field, Met::Present),
            Parsed::Field(_, Met::OneOf { .. }) => Parsed::NotOneOf,
            Parsed::AllAbsent(fields) => Parsed::AnyPresent(fields),
            Parsed::AnyPresent(fields) => Parsed::AllAbsent(fields),
            Parsed::NotOneOf | Parsed::Nothing => Parsed::Nothing,
        }
    }

    /// Returns the condition that has this effect while the test passes, or while it fails.
    fn under(self, effect: Effect, negated: bool, own: &[String]) -> Option<(ConditionKind, Test)> {
        let (kind, negated) = match (effect, negated) {
            (Effect::Required, negated) => (ConditionKind::RequiredWhen, negated),
            // What may be left out under a condition must be given otherwise.
            (Effect::Optional, negated) => (ConditionKind::RequiredWhen, !negated),
            (Effect::Present, negated) => (ConditionKind::PresentWhen, negated),
            (Effect::Absent, negated) => (ConditionKind::AbsentWhen, negated),
        };
        let parsed = if negated { self.negated() } else { self };
        match (kind, parsed) {
            (kind, Parsed::Field(field, met)) => Some((kind, Test::Field { field, met })),
            (ConditionKind::RequiredWhen, Parsed::AllAbsent(mut fields)) => {
                fields.extend(own.first().cloned());
                fields.sort();
                fields.dedup();
                Some((ConditionKind::AtLeastOneOf, Test::Group { fields }))
            }
            (
                ConditionKind::RequiredWhen
                | ConditionKind::OptionalWhen
                | ConditionKind::PresentWhen
                | ConditionKind::AbsentWhen
                | ConditionKind::AtLeastOneOf,
                Parsed::AllAbsent(_) | Parsed::AnyPresent(_) | Parsed::NotOneOf | Parsed::Nothing,
            ) => None,
        }
    }
}
