//! Reads the conditions under which a parameter must be present, or absent.

mod beginnings;
mod brackets;
mod doubt;
mod grammar;
mod group;
mod in_words;
mod marks;
mod name_words;
mod names;
mod needs;
mod parsed;
mod pattern;
mod patterns;
mod phrase_list;
mod phrases;
mod places;
mod sentence;
mod starts;
#[cfg(test)]
mod tests;
mod tokens;
mod vocabulary;

pub(crate) use grammar::Grammar;
pub(crate) use names::Names;
pub(crate) use phrases::Phrases;
pub(crate) use sentence::{ListedUnder, Outright, Reading};

use crate::facts::{ConditionKind, Test};
use pattern::{Sentence, without_filler};
use sentence::Reader;
use tokens::{Kind, Token};

/// The parameter that a text is about, and the others of its page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) names: &'a Names,
    /// The spellings of the parameter.
    pub(crate) own: &'a [String],
}

/// A sentence that can be a condition.
pub(crate) struct Candidate<'s>(Reader<'s>);

impl<'s> Candidate<'s> {
    /// Splits a sentence; [`None`] if it cannot be a condition.
    pub(crate) fn of(grammar: &'s Grammar, text: &'s str, about: About<'s>) -> Option<Self> {
        let tokens = grammar.tokens_of(text)?;
        Some(Candidate(reader(grammar, tokens, about)))
    }

    /// Reads it by the phrases. `announces` is true if a list follows it.
    pub(crate) fn read(&self, announces: bool) -> Option<Reading> {
        self.0.read(announces)
    }

    /// Returns whether it only says what holds otherwise, which a condition of this kind implies: `otherwise required`.
    pub(crate) fn states_rest_of(&self, kind: ConditionKind) -> bool {
        self.0.states_rest_of(kind)
    }

    /// Returns whether it forbids the parameter in all other cases than those of a condition before: `otherwise forbidden`.
    pub(crate) fn forbids_rest(&self) -> bool {
        self.0.ends_forbidding()
    }

    /// Reads it if it begins like a condition, and no phrase reads it.
    pub(crate) fn begins(&self) -> Option<Reading> {
        self.0.begins()
    }
}

/// Returns whether one of the sentences of a text may be a condition.
pub(crate) fn may_state(grammar: &Grammar, text: &str) -> bool {
    grammar.may_state(text)
}

/// Returns whether a text has a word of which each condition has at least one, perhaps inside another word.
pub(crate) fn may_match(grammar: &Grammar, text: &str) -> bool {
    grammar.may_match(text)
}

/// Returns whether a text begins, with a capital, like a sentence that states a condition: `Returned only when`.
pub(crate) fn begins_sentence(grammar: &Grammar, before: &str, text: &str) -> bool {
    grammar.begins_sentence(before, text)
}

/// Reads an item of a list of tests.
pub(crate) fn listed(
    grammar: &Grammar,
    text: &str,
    about: About<'_>,
    under: Option<ListedUnder>,
) -> Test {
    reader(grammar, grammar.tokens(text), about).listed(under)
}

/// Returns whether a sentence only restricts the one before it: `Unless …`, `But not …`.
pub(crate) fn qualifies(grammar: &Grammar, text: &str) -> bool {
    let about = About {
        names: &Names::default(),
        own: &[],
    };
    reader(grammar, grammar.tokens(text), about).restricts()
}

fn reader<'s>(grammar: &'s Grammar, tokens: Vec<Token<'s>>, about: About<'s>) -> Reader<'s> {
    let mut all = named(tokens, about.names);
    grammar.mark_names(&mut all);
    let filler = &grammar.words.filler;
    let tokens = without_filler(all, |tokens, at| filler.end_at(tokens, at));
    let sentence = Sentence::new(tokens, &grammar.words, about.names, about.own);
    Reader::new(grammar, sentence)
}

/// Joins the characters of translated names, and takes `null` in backticks for the word.
fn named<'t>(mut all: Vec<Token<'t>>, names: &'t Names) -> Vec<Token<'t>> {
    for token in &mut all {
        if token.kind == Kind::Code && matches!(token.lower(), "null" | "empty") {
            token.kind = Kind::Word;
        }
    }
    if !names.has_translated() {
        return all;
    }
    let mut joined = Vec::with_capacity(all.len());
    let mut left = all.as_slice();
    while let Some((token, after)) = left.split_first() {
        let found = names.translated(left);
        match found.and_then(|(count, name)| Some((name, left.get(count.max(1)..)?))) {
            Some((name, after)) => {
                joined.push(Token::new(name, Kind::Code));
                left = after;
            }
            None => {
                joined.push(token.clone());
                left = after;
            }
        }
    }
    joined
}
