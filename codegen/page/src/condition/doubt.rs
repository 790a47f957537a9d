//! Decides whether the words around a condition may change it.

use super::grammar::Effect;
use super::sentence::Reader;
use crate::facts::ConditionKind;

impl Reader<'_> {
    /// Returns whether the words around a condition leave its meaning as it is.
    pub(super) fn accounts_for(&self, start: usize, end: usize, effect: Effect) -> bool {
        !self.leaves_doubt(0, start) && !self.leaves_doubt_behind(end, effect)
    }

    /// Returns whether the sentence only says what holds otherwise, which a condition of this kind implies.
    pub(super) fn states_rest_of(&self, kind: ConditionKind) -> bool {
        let Some(end) = self.sentence.phrase_at(&self.grammar.otherwise, 0) else {
            return false;
        };
        let at = self.behind_mark(end);
        let mut effects = self.effects.iter();
        let stated = effects.find(|one| one.start == at && one.end == self.count());
        stated.is_some_and(|one| match one.is.effect {
            Effect::Required | Effect::Optional => {
                matches!(
                    kind,
                    ConditionKind::RequiredWhen | ConditionKind::OptionalWhen
                )
            }
            Effect::Present | Effect::Absent => {
                matches!(kind, ConditionKind::PresentWhen | ConditionKind::AbsentWhen)
            }
        })
    }

    /// Returns whether the rest of the sentence forbids the parameter in all other cases: `and forbidden otherwise`,
    /// `otherwise forbidden`.
    pub(super) fn forbids_rest(&self, from: usize) -> bool {
        let mark = self.behind_mark(from);
        let and = self.sentence.phrase_at(&self.grammar.words.and, mark);
        let start = and.unwrap_or(mark);
        let otherwise = self.sentence.phrase_at(&self.grammar.otherwise, start);
        let start = otherwise.map_or(start, |end| self.behind_mark(end));
        let absent = self.effects.iter().find(|one| one.start == start);
        let absent = absent.filter(|one| one.is.effect == Effect::Absent);
        absent.is_some_and(|one| match otherwise {
            Some(_) => one.end == self.count(),
            None => {
                let otherwise = self.sentence.phrase_at(&self.grammar.otherwise, one.end);
                otherwise == Some(self.count())
            }
        })
    }

    /// Returns whether the end of the sentence forbids the parameter in all other cases.
    pub(super) fn ends_forbidding(&self) -> bool {
        (0..self.count())
            .any(|at| (at == 0 || self.ends_clause(at) || self.joins(at)) && self.forbids_rest(at))
    }

    fn joins(&self, at: usize) -> bool {
        self.sentence
            .phrase_at(&self.grammar.words.and, at)
            .is_some()
    }

    pub(super) fn leaves_doubt_behind(&self, end: usize, effect: Effect) -> bool {
        // A condition of its own.
        if effect == Effect::Required && self.forbids_rest(end) {
            return false;
        }
        let from = self.behind_mark(end);
        // "required when …, otherwise optional": the second half only repeats the meaning of the first.
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

    pub(super) fn is_negation(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let short = tokens
            .get(at)
            .is_some_and(|one| one.lower().ends_with("n't"));
        short
            || self
                .sentence
                .phrase_at(&self.grammar.negations, at)
                .is_some()
    }

    /// Returns whether words outside a condition may change it.
    pub(super) fn leaves_doubt(&self, from: usize, to: usize) -> bool {
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
}
