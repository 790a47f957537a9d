//! Reads the conditions under which a parameter must be present, or absent.

mod grammar;
mod group;
mod in_words;
mod names;
mod parsed;
mod pattern;
mod patterns;
mod phrases;
mod sentence;
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use grammar::Grammar;
pub(crate) use names::Names;
pub(crate) use phrases::Phrases;
pub(crate) use sentence::{ListedUnder, Reading};

use crate::facts::Test;
use pattern::{Sentence, without_filler, words_of};
use sentence::Reader;
use tokens::{Kind, Token, tokens};

/// The parameter that a text is about, and the others of its page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) names: &'a Names,
    /// The spellings of the parameter.
    pub(crate) own: &'a [String],
}

/// Reads a sentence. `announces` is true if a list follows it.
pub(crate) fn read(
    grammar: &Grammar,
    text: &str,
    about: About<'_>,
    announces: bool,
) -> Option<Reading> {
    let tokens = tokens(text);
    if !grammar.may_match(&tokens) {
        return None;
    }
    reader(grammar, tokens, about).read(announces)
}

/// Returns whether a sentence may be a condition.
pub(crate) fn may_state(grammar: &Grammar, text: &str) -> bool {
    grammar.may_match(&tokens(text))
}

/// Reads an item of a list of tests.
pub(crate) fn listed(
    grammar: &Grammar,
    text: &str,
    about: About<'_>,
    under: Option<ListedUnder>,
) -> Test {
    reader(grammar, tokens(text), about).listed(under)
}

/// Returns whether a sentence only restricts the one before it: `Unless …`, `But not …`.
pub(crate) fn qualifies(grammar: &Grammar, text: &str) -> bool {
    let about = About {
        names: &Names::default(),
        own: &[],
    };
    reader(grammar, tokens(text), about).restricts()
}

fn reader<'s>(grammar: &'s Grammar, tokens: Vec<Token>, about: About<'s>) -> Reader<'s> {
    let all = named(tokens, about.names);
    let own_in_words = about.own.iter().map(|name| words_of(name));
    let sentence = Sentence {
        tokens: without_filler(all, &grammar.words.filler),
        words: &grammar.words,
        names: about.names,
        own: about.own,
        own_in_words: own_in_words.filter(|words| words.len() > 1).collect(),
    };
    Reader::new(grammar, sentence)
}

/// Joins the characters of translated names, and takes `null` in backticks for the word.
fn named(all: Vec<Token>, names: &Names) -> Vec<Token> {
    let raw: Vec<&str> = all.iter().map(|token| token.raw.as_str()).collect();
    let mut joined = Vec::new();
    let mut at = 0;
    while let Some(token) = all.get(at) {
        let rest = raw.get(at..).filter(|_| !token.raw.is_ascii());
        let found = rest.and_then(|rest| names.translated(rest));
        if let Some((count, name)) = found {
            joined.push(Token {
                raw: name.to_owned(),
                lower: name.to_lowercase(),
                kind: Kind::Code,
            });
            at += count.max(1);
            continue;
        }
        let mut token = token.clone();
        if token.kind == Kind::Code && matches!(token.lower.as_str(), "null" | "empty") {
            token.kind = Kind::Word;
        }
        joined.push(token);
        at += 1;
    }
    joined
}
