//! Matches phrases with placeholders against the words of a sentence.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use super::marks::Marks;
use super::name_words::words_of;
use super::names::Names;
use super::phrase_list::{PhraseList, longest, starts};
use super::tokens::{Token, split, tokens};
use super::vocabulary::WordSet;

/// A phrase with placeholders.
#[derive(Debug, Clone, Default)]
pub(super) struct Pattern(pub(super) Vec<Element>);

#[derive(Debug, Clone)]
pub(super) enum Element {
    Word(String),
    /// One of several phrases, the longest first.
    Class(Vec<Vec<String>>),
    /// The parameter that the text is about; if not `needed`, it may be left out.
    Own {
        needed: bool,
    },
    /// Another parameter.
    Field,
    /// Several parameters, joined by the words of these kinds.
    Fields(Join),
    /// Values of the parameter.
    Values,
    /// Any words up to the end of the clause.
    Any,
}

/// The words that join a list of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Any,
    And,
    Or,
}

/// The phrases that all patterns use.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Words that change nothing and are left out of phrases and sentences.
    pub(super) filler: PhraseList,
    /// The words for the parameter that the text is about.
    pub(super) own: PhraseList,
    pub(super) and: PhraseList,
    pub(super) or: PhraseList,
    /// Words before a list of values of which each one is enough.
    pub(super) one_of: PhraseList,
    /// The words for a parameter that pages call otherwise, with its name.
    pub(super) fields: Vec<(Vec<String>, String)>,
    /// The mark of words with which one of them begins.
    pub(super) begins_field: Marks,
    /// Words in capitals that are no values.
    pub(super) no_values: Vec<String>,
    /// The number of tables of patterns.
    pub(super) tables: usize,
}

/// The words of a sentence, with what is known about its page.
pub(super) struct Sentence<'s> {
    pub(super) tokens: Vec<Token<'s>>,
    pub(super) words: &'s Words,
    pub(super) names: &'s Names,
    /// The spellings of the parameter that the sentence is about.
    pub(super) own: &'s [String],
    /// The lists with a phrase that begins with any of the words.
    pub(super) begins: Marks,
    /// The words of phrases among the words.
    pub(super) known: WordSet,
    /// True if the words name the parameter itself.
    pub(super) has_own: bool,
    /// True if the words name another parameter.
    pub(super) has_field: bool,
    /// The end of the words for the parameter itself at each place.
    pub(super) own_ends: Vec<Option<usize>>,
    /// The other parameter at each place, with the end of the words for it.
    pub(super) fields: Vec<Option<(usize, Cow<'s, str>)>>,
    /// For each table, the numbers of the patterns whose words it has, once they were asked for.
    possible: Vec<OnceCell<Vec<usize>>>,
}

/// The contents of the placeholders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Captures {
    pub(super) fields: Vec<String>,
    pub(super) values: Vec<String>,
    /// True if the parameter that the text is about was named.
    pub(super) own: bool,
}

/// Returns the words of a phrase in lower case, without fillers and without the marks around it.
pub(super) fn phrase(text: &str, filler: &[Vec<String>]) -> Vec<String> {
    words_without(filler, tokens(text))
}

fn words_without(filler: &[Vec<String>], all: Vec<Token<'_>>) -> Vec<String> {
    let ends = |tokens: &[Token<'_>], at| longest(filler, tokens, at);
    let kept = without_filler(all, ends).into_iter();
    kept.map(|token| token.lower().to_owned()).collect()
}

/// Leaves the fillers out; `ends` returns the end of a filler at a place.
pub(super) fn without_filler<'t>(
    all: Vec<Token<'t>>,
    ends: impl Fn(&[Token<'t>], usize) -> Option<usize>,
) -> Vec<Token<'t>> {
    let mut is_filler = vec![false; all.len()];
    let mut at = 0;
    while let Some(token) = all.get(at) {
        // A single capital is a value: `the status is A`.
        let capital = token.raw.len() == 1 && token.raw != token.lower();
        match ends(&all, at).filter(|end| *end > at && !capital) {
            Some(end) => {
                is_filler
                    .iter_mut()
                    .take(end)
                    .skip(at)
                    .for_each(|one| *one = true);
                at = end;
            }
            None => at += 1,
        }
    }
    let kept = all.into_iter().zip(is_filler);
    kept.filter(|(_, is_filler)| !is_filler)
        .map(|(token, _)| token)
        .collect()
}

impl Pattern {
    /// Returns words of which each match has at least one: those of an element that are `known` as keys already, or
    /// else of the element whose shortest word is the longest, because short words are in most sentences.
    pub(super) fn keys<'p>(&'p self, known: &HashSet<String>) -> Vec<&'p str> {
        let words = self.0.iter().filter_map(|element| match element {
            Element::Word(word) => Some(vec![word.as_str()]),
            Element::Class(phrases) => {
                let longest = |phrase: &'p Vec<String>| phrase.iter().max_by_key(|word| word.len());
                // A class with an empty phrase needs no word.
                let words: Option<Vec<&String>> = phrases.iter().map(longest).collect();
                Some(words?.into_iter().map(String::as_str).collect())
            }
            Element::Own { .. }
            | Element::Field
            | Element::Fields(_)
            | Element::Values
            | Element::Any => None,
        });
        let shortest = |words: &Vec<&str>| words.iter().map(|word| word.len()).min();
        let is_known =
            |words: &Vec<&str>| !words.is_empty() && words.iter().all(|word| known.contains(*word));
        let best = words.max_by_key(|words| (is_known(words), shortest(words)));
        best.unwrap_or_default()
    }

    /// Reads a phrase; `<name>` stands for one of the phrases of a class.
    pub(super) fn of(
        text: &str,
        classes: &BTreeMap<String, Vec<String>>,
        filler: &[Vec<String>],
    ) -> Self {
        let mut elements = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '<']) {
            let close = if rest[at..].starts_with('{') {
                '}'
            } else {
                '>'
            };
            let Some(length) = rest[at..].find(close) else {
                break;
            };
            let words = words_without(filler, split(&rest[..at])).into_iter();
            elements.extend(words.map(Element::Word));
            let name = &rest[at + 1..at + length];
            elements.push(match (close, name) {
                ('>', class) => {
                    // A class may stand for marks.
                    let phrases = classes.get(class).into_iter().flatten();
                    let phrases = phrases.map(|one| words_without(filler, split(one)));
                    let mut phrases: Vec<_> = phrases.collect();
                    phrases.sort_by_key(|one| std::cmp::Reverse(one.len()));
                    Element::Class(phrases)
                }
                (_, "self") => Element::Own { needed: false },
                (_, "this") => Element::Own { needed: true },
                (_, "fields") => Element::Fields(Join::Any),
                (_, "both") => Element::Fields(Join::And),
                (_, "either") => Element::Fields(Join::Or),
                (_, "values") => Element::Values,
                (_, "any") => Element::Any,
                (_, _) => Element::Field,
            });
            rest = &rest[at + length + 1..];
        }
        let words = words_without(filler, split(rest)).into_iter();
        elements.extend(words.map(Element::Word));
        Pattern(elements)
    }

    /// Returns the pattern about the parameter itself instead of another one; [`None`] for one about several.
    pub(super) fn about_own(&self) -> Option<Self> {
        let turned = self.0.iter().map(|element| match element {
            Element::Field => Some(Element::Own { needed: true }),
            Element::Fields(_) => None,
            Element::Word(_)
            | Element::Class(_)
            | Element::Own { .. }
            | Element::Values
            | Element::Any => Some(element.clone()),
        });
        turned.collect::<Option<Vec<Element>>>().map(Pattern)
    }

    /// Returns the words of the pattern itself.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = &String> {
        self.0.iter().flat_map(|element| match element {
            Element::Word(word) => vec![word],
            Element::Class(phrases) => phrases.iter().flatten().collect(),
            Element::Own { .. }
            | Element::Field
            | Element::Fields(_)
            | Element::Values
            | Element::Any => Vec::new(),
        })
    }

    /// Matches the pattern at a word; returns its end.
    pub(super) fn at(&self, sentence: &Sentence<'_>, at: usize) -> Option<(usize, Captures)> {
        sentence.elements(&self.0, at, Captures::default())
    }
}

impl<'s> Sentence<'s> {
    /// Finds the parameters in the words; `own` has the spellings of the one that they are about.
    pub(super) fn new(
        tokens: Vec<Token<'s>>,
        words: &'s Words,
        names: &'s Names,
        own: &'s [String],
    ) -> Self {
        let mut begins = Marks::default();
        let mut known = WordSet::default();
        for token in &tokens {
            begins.add(token.known.begins);
            token
                .known
                .number
                .into_iter()
                .for_each(|number| known.insert(number));
        }
        let mut sentence = Sentence {
            own_ends: Vec::with_capacity(tokens.len()),
            fields: Vec::with_capacity(tokens.len()),
            tokens,
            words,
            names,
            own,
            begins,
            known,
            has_own: false,
            has_field: false,
            possible: vec![OnceCell::new(); words.tables],
        };
        let own_in_words = own.iter().map(|name| words_of(name));
        let own_in_words: Vec<Vec<String>> = own_in_words.filter(|words| words.len() > 1).collect();
        for at in 0..sentence.tokens.len() {
            let end = sentence.find_own(&own_in_words, at);
            sentence.own_ends.push(end);
            sentence.has_own |= end.is_some();
            let field = sentence.find_field(at, end.is_some());
            sentence.has_field |= field.is_some();
            sentence.fields.push(field);
        }
        sentence
    }

    /// Returns the numbers of the patterns of a table whose words it has; `find` finds them.
    pub(super) fn possible(&self, table: usize, find: impl FnOnce() -> Vec<usize>) -> &[usize] {
        let known = self.possible.get(table);
        known.map_or(&[], |known| known.get_or_init(find))
    }

    fn elements(
        &self,
        elements: &[Element],
        at: usize,
        mut captures: Captures,
    ) -> Option<(usize, Captures)> {
        let Some((first, rest)) = elements.split_first() else {
            return Some((at, captures));
        };
        match first {
            Element::Word(word) => {
                let fits = self.tokens.get(at).is_some_and(|token| token.fits(word));
                fits.then(|| self.elements(rest, at + 1, captures))?
            }
            Element::Class(phrases) => phrases.iter().find_map(|phrase| {
                let end = starts(&self.tokens, at, phrase)?;
                self.elements(rest, end, captures.clone())
            }),
            Element::Own { needed } => {
                if let Some(end) = self.own_at(at) {
                    let mut captures = captures.clone();
                    captures.own = true;
                    if let Some(found) = self.elements(rest, end, captures) {
                        return Some(found);
                    }
                }
                (!needed).then(|| self.elements(rest, at, captures))?
            }
            Element::Field => {
                let (end, field) = self.field_at(at)?;
                captures.fields.push(field.to_owned());
                self.elements(rest, end, captures)
            }
            Element::Fields(join) => {
                let end = self.fields_at(at, *join, &mut captures)?;
                self.elements(rest, end, captures)
            }
            Element::Values => {
                let end = self.values_at(at, &mut captures)?;
                self.elements(rest, end, captures)
            }
            Element::Any => {
                let clause = self.tokens.get(at..)?.iter();
                let longest = clause.take_while(|token| !token.ends_clause()).count();
                let mut ends = (0..=longest).rev().map(|skip| at + skip);
                ends.find_map(|end| {
                    self.may_begin(rest, end)
                        .then(|| self.elements(rest, end, captures.clone()))?
                })
            }
        }
    }

    /// Returns whether the word at a place can be the first one of some elements.
    fn may_begin(&self, elements: &[Element], at: usize) -> bool {
        let is_word = |word: &String| self.tokens.get(at).is_some_and(|one| one.fits(word));
        match elements.first() {
            Some(Element::Word(word)) => is_word(word),
            Some(Element::Class(phrases)) => {
                let mut firsts = phrases.iter().map(|phrase| phrase.first());
                firsts.any(|first| first.is_none_or(is_word))
            }
            Some(
                Element::Own { .. }
                | Element::Field
                | Element::Fields(_)
                | Element::Values
                | Element::Any,
            )
            | None => true,
        }
    }
}
