//! Reads groups of parameters, and the announcement of a list of tests.

use super::patterns::Patterns;
use super::sentence::{ListedUnder, Reader, Reading, kind_of};
use super::tokens::LONGEST;
use crate::facts::{ConditionKind, Met, Test};

impl Reader<'_> {
    /// Reads the announcement of a list.
    pub(super) fn follows(&self) -> Option<Reading> {
        let find =
            |phrases| (0..self.count()).find(|at| self.sentence.phrase_at(phrases, *at).is_some());
        let at = find(&self.grammar.following)?;
        let effect = self.effects.first()?;
        // A list of anything else than cases has no tests: `the following fields must be given`.
        let is_case = |at| self.sentence.phrase_at(&self.grammar.cases, at).is_some();
        if self.connectives.is_empty() && !(at..self.count()).any(is_case) {
            return None;
        }
        let connective = self.connectives.iter().find(|one| one.start <= at);
        let negated = connective.is_some_and(|one| one.is.negated);
        let kind = kind_of(effect.is.effect, negated);
        let any = find(&self.grammar.any_following).is_some();
        let all = !any && find(&self.grammar.all_following).is_some();
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
    pub(super) fn group(&self) -> Option<Reading> {
        let find = |patterns: &Patterns<()>| {
            if !patterns.may_match(&self.sentence) {
                return None;
            }
            let places = 0..self.count();
            let mut found = places.flat_map(|at| {
                let matches = patterns.at(&self.sentence, at).into_iter();
                matches.map(move |(_, end, captures)| (at, end, captures))
            });
            found.find(|(_, end, captures)| !captures.fields.is_empty() && self.ends_clause(*end))
        };
        let vague_groups = &self.grammar.vague_groups;
        let may_be_vague = vague_groups.may_match(&self.sentence);
        let vague = (0..self.count()).any(|at| {
            let found = || vague_groups.at(&self.sentence, at);
            let starts = may_be_vague && self.clause_start(at).is_some();
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
}
