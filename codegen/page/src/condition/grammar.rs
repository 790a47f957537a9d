//! The phrases of conditions, ready for matching.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::marks::Marks;
use super::pattern::{Pattern, Sentence, Words, phrase};
use super::patterns::Patterns;
use super::phrase_list::PhraseList;
use super::phrases::Phrases;
use super::tokens::{Kind, LONGEST, Token, tokens};
use super::vocabulary::Vocabulary;
use crate::word_search::WordSearch;

/// The effect on a parameter while a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Required,
    /// It may be left out, which a request must not do otherwise.
    Optional,
    Present,
    Absent,
}

/// The test of a condition, as a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestKind {
    Present,
    Absent,
    OneOf,
    NoneOf,
    AllAbsent,
    AnyPresent,
}

/// The phrases of all languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    pub(super) words: Words,
    /// Words before an effect that change nothing.
    pub(super) lead: PhraseList,
    /// Words between a test and an effect that change nothing.
    pub(super) then: PhraseList,
    pub(super) otherwise: PhraseList,
    pub(super) when: PhraseList,
    pub(super) only: PhraseList,
    pub(super) unless: PhraseList,
    /// Words such as `when`, if the test is closed.
    pub(super) when_closed: PhraseList,
    /// Words behind a test: 时.
    pub(super) behind: PhraseList,
    /// Words behind an event.
    pub(super) after: PhraseList,
    /// Words before an explanation.
    pub(super) namely: PhraseList,
    pub(super) effects: Patterns<Effect>,
    pub(super) tests: Patterns<TestKind>,
    /// The tests, of the parameter itself.
    pub(super) own_tests: Patterns<()>,
    /// Tests without a word such as `when`.
    pub(super) all_but: Patterns<TestKind>,
    pub(super) groups: Patterns<()>,
    pub(super) exclusive: Patterns<()>,
    /// Groups whose parameters are not named.
    pub(super) vague_groups: Patterns<()>,
    pub(super) following: PhraseList,
    pub(super) all_following: PhraseList,
    pub(super) any_following: PhraseList,
    pub(super) cases: PhraseList,
    pub(super) vague: Patterns<()>,
    pub(super) at_times: Patterns<()>,
    pub(super) always: Patterns<()>,
    /// Words with which a clause begins that states a condition, whatever follows.
    pub(super) starts: PhraseList,
    pub(super) plain_starts: PhraseList,
    /// Those that say where a parameter has a meaning.
    pub(super) applies: PhraseList,
    /// The phrases of both lists that have a filler, and are matched with it.
    whole_starts: PhraseList,
    whole_plain_starts: PhraseList,
    /// Words that contain one of an effect, or one behind a test.
    nouns: PhraseList,
    pub(super) exceptions: Patterns<()>,
    /// Words before the parameter itself that compare something with it.
    pub(super) comparisons: PhraseList,
    pub(super) others: PhraseList,
    pub(super) wishes: PhraseList,
    pub(super) asides: Patterns<()>,
    pub(super) negations: PhraseList,
    pub(super) joints: PhraseList,
    /// The words of the phrases.
    vocabulary: Vocabulary,
    /// The mark of words of which each condition has at least one; [`None`] if there can be one
    /// without.
    key: Option<Marks>,
    /// Finds these words in a text.
    keys: WordSearch,
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
            (&mut self.only, &file.only),
            (&mut self.unless, &file.unless),
            (&mut self.when_closed, &file.when_closed),
            (&mut self.behind, &file.behind),
            (&mut self.after, &file.after),
            (&mut self.namely, &file.namely),
            (&mut self.following, &file.following),
            (&mut self.all_following, &file.all_following),
            (&mut self.any_following, &file.any_following),
            (&mut self.cases, &file.cases),
            (&mut self.applies, &file.applies),
            (&mut self.nouns, &file.nouns),
            (&mut self.comparisons, &file.comparisons),
            (&mut self.others, &file.others),
            (&mut self.wishes, &file.wishes),
            (&mut self.negations, &file.negations),
            (&mut self.joints, &file.joints),
        ] {
            into.extend(phrases(list));
        }
        for (into, whole, list) in [
            (&mut self.starts, &mut self.whole_starts, &file.starts),
            (
                &mut self.plain_starts,
                &mut self.whole_plain_starts,
                &file.plain_starts,
            ),
        ] {
            let all = list.iter().map(|one| phrase(one, &[]));
            let has_filler = |words: &Vec<String>| phrase(&words.join(" "), &filler) != *words;
            let (with, without): (Vec<_>, Vec<_>) = all.partition(has_filler);
            whole.extend(with);
            into.extend(without);
        }
        for (into, list) in [
            (&mut self.groups, &file.groups),
            (&mut self.exclusive, &file.exclusive),
            (&mut self.vague_groups, &file.vague_groups),
            (&mut self.vague, &file.vague),
            (&mut self.at_times, &file.at_times),
            (&mut self.always, &file.always),
            (&mut self.exceptions, &file.exceptions),
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
            (TestKind::NoneOf, &file.tests.none_of),
            (TestKind::AllAbsent, &file.tests.all_absent),
            (TestKind::AnyPresent, &file.tests.any_present),
        ] {
            for pattern in patterns(list) {
                if let Some(own) = pattern.about_own() {
                    self.own_tests.add((), own);
                }
                self.tests.add(kind, pattern);
            }
        }
        for pattern in patterns(&file.tests.all_but) {
            self.all_but.add(TestKind::NoneOf, pattern);
        }
        for (name, list) in &file.fields {
            let named = phrases(list).into_iter().map(|words| (words, name.clone()));
            self.words.fields.extend(named);
        }
        // `NOT` and `EMPTY` are no values, whatever their letters.
        let phrases = [
            &self.when,
            &self.only,
            &self.unless,
            &self.negations,
            &self.words.and,
            &self.words.or,
        ];
        let phrases = phrases.into_iter().flat_map(PhraseList::words);
        let effects = self.effects.vocabulary();
        let tests = self.tests.vocabulary();
        let mut no_values: Vec<String> = phrases.chain(effects).chain(tests).cloned().collect();
        no_values.retain(|word| word.chars().count() > 1);
        no_values.sort();
        no_values.dedup();
        self.words.no_values = no_values;
        self.words.filler.extend(filler);
        self.mark();
    }

    /// Indexes the phrases by their words.
    fn mark(&mut self) {
        let mut vocabulary = Vocabulary::default();
        let mut add = |word: &str, mark: Marks| vocabulary.add(word, mark);
        let mut marks = (0..).map(Marks::of);
        let mut next = || marks.next().unwrap_or_default();
        for list in [
            &mut self.words.filler,
            &mut self.words.own,
            &mut self.words.and,
            &mut self.words.or,
            &mut self.words.one_of,
            &mut self.lead,
            &mut self.then,
            &mut self.otherwise,
            &mut self.when,
            &mut self.only,
            &mut self.unless,
            &mut self.when_closed,
            &mut self.behind,
            &mut self.after,
            &mut self.namely,
            &mut self.following,
            &mut self.all_following,
            &mut self.any_following,
            &mut self.cases,
            &mut self.applies,
            &mut self.nouns,
            &mut self.starts,
            &mut self.plain_starts,
            &mut self.whole_starts,
            &mut self.whole_plain_starts,
            &mut self.comparisons,
            &mut self.others,
            &mut self.wishes,
            &mut self.negations,
            &mut self.joints,
        ] {
            let mark = next();
            for word in list.marked(mark) {
                add(word, mark);
            }
        }
        self.words.begins_field = next();
        for (words, _) in &self.words.fields {
            if let Some(word) = words.first() {
                add(word, self.words.begins_field);
            }
        }
        self.effects.mark(0, next(), &mut add);
        self.tests.mark(1, next(), &mut add);
        self.all_but.mark(2, next(), &mut add);
        let mut tables = 3;
        for patterns in [
            &mut self.own_tests,
            &mut self.groups,
            &mut self.exclusive,
            &mut self.vague_groups,
            &mut self.vague,
            &mut self.at_times,
            &mut self.always,
            &mut self.exceptions,
            &mut self.asides,
        ] {
            patterns.mark(tables, next(), &mut add);
            tables += 1;
        }
        self.words.tables = tables;
        let keys = self.effects.keys(HashSet::new()).and_then(|mut all| {
            for patterns in [
                &self.groups,
                &self.exclusive,
                &self.vague_groups,
                &self.vague,
                &self.at_times,
                &self.always,
            ] {
                all = patterns.keys(all)?;
            }
            all.extend(self.starts.firsts().cloned());
            Some(all)
        });
        let key = next();
        let mut search = WordSearch::default();
        for word in keys.iter().flatten() {
            add(word, key);
            search.extend([word.clone(), word.replace('\'', "’")]);
        }
        search.prepare();
        self.key = keys.map(|_| key);
        self.keys = search;
        self.vocabulary = vocabulary;
    }

    /// Returns whether words behind a place close the test in the same clause.
    pub(super) fn is_closed(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let tokens = sentence.tokens.iter().enumerate().skip(at);
        // What brackets hold only explains the words before them.
        let is_bracket = |token: &Token<'_>| matches!(&*token.raw, "(" | ")");
        let mut clause = tokens.take_while(|(_, token)| !token.ends_clause() || is_bracket(token));
        clause.any(|(at, token)| !token.names && sentence.phrase_at(&self.behind, at).is_some())
    }

    /// Returns whether a text has a word of which each condition has at least one.
    pub(super) fn may_match(&self, text: &str) -> bool {
        self.key.is_none() || self.keys.has_any(text)
    }

    /// Returns whether one of the sentences of a text can be a condition.
    pub(super) fn may_state(&self, text: &str) -> bool {
        self.may_match(text) && {
            // A long text is cut.
            let tokens = self.tokens(text);
            tokens.len() > LONGEST || self.has_key(&tokens)
        }
    }

    /// Returns whether a text begins, with a capital, with a phrase with which conditions begin and a word such as
    /// `when`. Behind a negation it goes on: `NOT Required if`.
    pub(super) fn begins_sentence(&self, before: &str, text: &str) -> bool {
        let mut chars = text.chars();
        let is_capital = chars.next().is_some_and(|c| c.is_ascii_uppercase())
            && chars.next().is_some_and(|c| c.is_ascii_lowercase());
        // Most capitals begin another word.
        let word = text.split(|c: char| !c.is_alphanumeric()).next();
        let is_known = |word: &str| {
            let mut firsts = self.starts.firsts();
            firsts.any(|first| word.eq_ignore_ascii_case(first))
        };
        let end = text.floor_char_boundary(60);
        is_capital && word.is_some_and(is_known) && {
            let tokens = self.tokens(text.get(..end).unwrap_or_default());
            let connectives = [&self.when, &self.only, &self.unless];
            let begins = self.starts.end_at(&tokens, 0).is_some_and(|end| {
                let mut places = 1..=end;
                places.any(|at| {
                    connectives
                        .iter()
                        .any(|list| list.end_at(&tokens, at).is_some())
                })
            });
            begins && !self.negates(before)
        }
    }

    fn negates(&self, text: &str) -> bool {
        let tokens = self.tokens(text);
        let mut places = 0..tokens.len();
        places.any(|at| self.negations.end_at(&tokens, at).is_some())
    }

    fn has_key(&self, tokens: &[Token<'_>]) -> bool {
        // Text marked as code is a name or a value, never a word of a phrase: the value `ONE` does not mean "one of".
        let mut words = tokens.iter().filter(|token| token.kind != Kind::Code);
        let mut is_key = |key| words.any(|token| token.known.begins.has(key));
        self.key.is_none_or(&mut is_key)
    }

    /// Splits a sentence if it can be a condition. Most sentences cannot.
    pub(super) fn tokens_of<'t>(&self, text: &'t str) -> Option<Vec<Token<'t>>> {
        if !self.may_match(text) {
            return None;
        }
        let tokens = self.tokens(text);
        self.has_key(&tokens).then_some(tokens)
    }

    /// Marks the words that only name something: `the returned amount`. Fillers are still among the words.
    pub(super) fn mark_names(&self, tokens: &mut [Token<'_>]) {
        for at in 0..tokens.len() {
            let end = self.whole_plain_starts.end_at(tokens, at);
            let other = self.whole_starts.end_at(tokens, at);
            let end = end.filter(|end| other.is_none_or(|other| other < *end));
            let Some(end) = end.max(self.nouns.end_at(tokens, at)) else {
                continue;
            };
            let words = tokens.get_mut(at..end).into_iter().flatten();
            words.for_each(|token| token.names = true);
        }
    }

    /// Splits a sentence, and looks its words up.
    pub(super) fn tokens<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let mut tokens = tokens(text);
        for token in &mut tokens {
            token.known = self.vocabulary.get(token.lower());
        }
        tokens
    }
}
