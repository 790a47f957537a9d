//! The phrases of conditions, ready for matching.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::pattern::{Pattern, Words, phrase};
use super::patterns::Patterns;
use super::phrases::Phrases;
use super::tokens::Token;

/// What a sentence states about a parameter while its condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Required,
    /// It may be left out, which a request must not do otherwise.
    Optional,
    Present,
    Absent,
}

/// What a condition tests, as a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestKind {
    Present,
    Absent,
    OneOf,
    AllAbsent,
    AnyPresent,
}

/// The phrases of all languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    pub(super) words: Words,
    /// Words before an effect that change nothing.
    pub(super) lead: Vec<Vec<String>>,
    /// Words between a test and an effect that change nothing.
    pub(super) then: Vec<Vec<String>>,
    pub(super) otherwise: Vec<Vec<String>>,
    pub(super) when: Vec<Vec<String>>,
    pub(super) unless: Vec<Vec<String>>,
    /// Words behind a test: 时.
    pub(super) behind: Vec<Vec<String>>,
    pub(super) effects: Patterns<Effect>,
    pub(super) tests: Patterns<TestKind>,
    pub(super) groups: Patterns<()>,
    pub(super) exclusive: Patterns<()>,
    /// Groups whose parameters are not named.
    pub(super) vague_groups: Patterns<()>,
    pub(super) following: Vec<Vec<String>>,
    pub(super) all_following: Vec<Vec<String>>,
    pub(super) vague: Patterns<()>,
    pub(super) others: Vec<Vec<String>>,
    pub(super) wishes: Vec<Vec<String>>,
    pub(super) asides: Patterns<()>,
    pub(super) negations: Vec<Vec<String>>,
    pub(super) joints: Vec<Vec<String>>,
    /// Words of which each condition has at least one; [`None`] if there can be one without.
    keys: Option<HashSet<String>>,
    /// The classes of the files so far.
    classes: BTreeMap<String, Vec<String>>,
}

impl Grammar {
    /// Returns the names that stand for phrases in patterns.
    pub(crate) fn class_names(&self) -> BTreeSet<String> {
        self.classes.keys().cloned().collect()
    }

    /// Adds the phrases of a language.
    pub(crate) fn add(&mut self, file: &Phrases) {
        let filler: Vec<Vec<String>> = file.filler.iter().map(|one| phrase(one, &[])).collect();
        let phrases = |list: &[String]| -> Vec<Vec<String>> {
            let all = list.iter().map(|one| phrase(one, &filler));
            all.filter(|words| !words.is_empty()).collect()
        };
        // A file that has a class of this name means its own.
        let mut classes = self.classes.clone();
        classes.extend(file.classes.clone());
        for (name, list) in &file.classes {
            let all = self.classes.entry(name.clone()).or_default();
            all.extend(list.iter().cloned());
        }
        let patterns = |list: &[String]| -> Vec<Pattern> {
            let all = list.iter();
            all.map(|one| Pattern::of(one, &classes, &filler)).collect()
        };
        for (into, list) in [
            (&mut self.words.own, &file.own),
            (&mut self.words.and, &file.and),
            (&mut self.words.or, &file.or),
            (&mut self.words.one_of, &file.one_of),
            (&mut self.lead, &file.lead),
            (&mut self.then, &file.then),
            (&mut self.otherwise, &file.otherwise),
            (&mut self.when, &file.when),
            (&mut self.unless, &file.unless),
            (&mut self.behind, &file.behind),
            (&mut self.following, &file.following),
            (&mut self.all_following, &file.all_following),
            (&mut self.others, &file.others),
            (&mut self.wishes, &file.wishes),
            (&mut self.negations, &file.negations),
            (&mut self.joints, &file.joints),
        ] {
            into.extend(phrases(list));
        }
        for (into, list) in [
            (&mut self.groups, &file.groups),
            (&mut self.exclusive, &file.exclusive),
            (&mut self.vague_groups, &file.vague_groups),
            (&mut self.vague, &file.vague),
            (&mut self.asides, &file.asides),
        ] {
            for pattern in patterns(list) {
                into.add((), pattern);
            }
        }
        for (effect, list) in [
            (Effect::Required, &file.effects.required),
            (Effect::Optional, &file.effects.optional),
            (Effect::Present, &file.effects.present),
            (Effect::Absent, &file.effects.absent),
        ] {
            for pattern in patterns(list) {
                self.effects.add(effect, pattern);
            }
        }
        for (kind, list) in [
            (TestKind::Present, &file.tests.present),
            (TestKind::Absent, &file.tests.absent),
            (TestKind::OneOf, &file.tests.one_of),
            (TestKind::AllAbsent, &file.tests.all_absent),
            (TestKind::AnyPresent, &file.tests.any_present),
        ] {
            for pattern in patterns(list) {
                self.tests.add(kind, pattern);
            }
        }
        for (name, list) in &file.fields {
            let named = phrases(list).into_iter().map(|words| (words, name.clone()));
            self.words.fields.extend(named);
        }
        // `NOT` and `EMPTY` are no values, whatever their letters.
        let phrases = [&self.when, &self.unless, &self.negations, &self.words.and];
        let phrases = phrases.into_iter().flatten().flatten();
        let effects = self.effects.vocabulary();
        let tests = self.tests.vocabulary();
        let mut no_values: Vec<String> = phrases
            .chain(effects)
            .chain(tests)
            .chain(self.words.or.iter().flatten())
            .cloned()
            .collect();
        no_values.retain(|word| word.chars().count() > 1);
        no_values.sort();
        no_values.dedup();
        self.words.no_values = no_values;
        self.words.filler.extend(filler);
        self.keys = self.effects.keys().and_then(|mut all| {
            for patterns in [
                &self.groups,
                &self.exclusive,
                &self.vague_groups,
                &self.vague,
            ] {
                all.extend(patterns.keys()?);
            }
            Some(all)
        });
    }

    /// Returns whether a sentence with these words can be a condition. Most sentences cannot.
    pub(super) fn may_match(&self, tokens: &[Token]) -> bool {
        let Some(keys) = &self.keys else { return true };
        tokens.iter().any(|token| keys.contains(&token.lower))
    }
}
