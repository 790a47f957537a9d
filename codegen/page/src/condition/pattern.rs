//! Matches phrases with placeholders against the words of a sentence.

use std::collections::BTreeMap;

use super::names::{Names, is_name};
use super::phrase_list::{Marks, PhraseList, longest, starts};
use super::tokens::{Kind, Token, split, tokens};
use crate::text::{is_chinese, is_constant, is_wire_name};

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
}

/// The words of a sentence, with what is known about its page.
pub(super) struct Sentence<'s> {
    pub(super) tokens: Vec<Token>,
    pub(super) words: &'s Words,
    pub(super) names: &'s Names,
    /// The spellings of the parameter that the sentence is about.
    pub(super) own: &'s [String],
    /// The lists with a phrase that begins with any of the words.
    pub(super) begins: Marks,
    /// The end of the words for the parameter itself at each place.
    own_ends: Vec<Option<usize>>,
    /// The other parameter at each place, with the end of the words for it.
    fields: Vec<Option<(usize, String)>>,
}

/// The contents of the placeholders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Captures {
    pub(super) fields: Vec<String>,
    pub(super) values: Vec<String>,
    /// True if the parameter that the text is about was named.
    pub(super) own: bool,
}

/// Returns the words of a phrase in lower case, without fillers.
pub(super) fn phrase(text: &str, filler: &[Vec<String>]) -> Vec<String> {
    words_without(filler, tokens(text))
}

fn words_without(filler: &[Vec<String>], all: Vec<Token>) -> Vec<String> {
    let ends = |tokens: &[Token], at| longest(filler, tokens, at);
    let kept = without_filler(all, ends).into_iter();
    kept.map(|token| token.lower().to_owned()).collect()
}

/// Leaves the fillers out; `ends` returns the end of a filler at a place.
pub(super) fn without_filler(
    all: Vec<Token>,
    ends: impl Fn(&[Token], usize) -> Option<usize>,
) -> Vec<Token> {
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
    /// Returns words of which each match has at least one: those of the element whose shortest word
    /// is the longest, because short words are in most sentences.
    pub(super) fn keys<'p>(&'p self) -> Vec<&'p str> {
        let words = self.0.iter().filter_map(|element| match element {
            Element::Word(word) => Some(vec![word.as_str()]),
            Element::Class(phrases) => {
                let longest = |phrase: &'p Vec<String>| phrase.iter().max_by_key(|word| word.len());
                let words = phrases.iter().filter_map(longest);
                Some(words.map(String::as_str).collect())
            }
            Element::Own { .. }
            | Element::Field
            | Element::Fields(_)
            | Element::Values
            | Element::Any => None,
        });
        let shortest = |words: &Vec<&str>| words.iter().map(|word| word.len()).min();
        words.max_by_key(shortest).unwrap_or_default()
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
                    let phrases = classes.get(class).into_iter().flatten();
                    let mut phrases: Vec<_> = phrases.map(|one| phrase(one, filler)).collect();
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
        tokens: Vec<Token>,
        words: &'s Words,
        names: &'s Names,
        own: &'s [String],
    ) -> Self {
        let mut begins = Marks::default();
        tokens.iter().for_each(|token| begins.add(token.begins));
        let mut sentence = Sentence {
            own_ends: Vec::with_capacity(tokens.len()),
            fields: Vec::with_capacity(tokens.len()),
            tokens,
            words,
            names,
            own,
            begins,
        };
        let own_in_words = own.iter().map(|name| words_of(name));
        let own_in_words: Vec<Vec<String>> = own_in_words.filter(|words| words.len() > 1).collect();
        for at in 0..sentence.tokens.len() {
            let end = sentence.find_own(&own_in_words, at);
            sentence.own_ends.push(end);
            let field = sentence.find_field(at, end.is_some());
            sentence.fields.push(field);
        }
        sentence
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
                captures.fields.push(field.clone());
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

    /// Returns the end of the words for the parameter itself.
    pub(super) fn own_at(&self, at: usize) -> Option<usize> {
        self.own_ends.get(at).copied().flatten()
    }

    fn find_own(&self, own_in_words: &[Vec<String>], at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let named =
            |name: &String| *name == token.raw || name.rsplit('.').next() == Some(&token.raw);
        if token.kind != Kind::Comma && self.own.iter().any(named) {
            return Some(at + 1);
        }
        let in_words = longest(own_in_words, &self.tokens, at);
        in_words.max(self.phrase_at(&self.words.own, at))
    }

    /// Returns another parameter at a place, with the end of the words for it.
    pub(super) fn field_at(&self, at: usize) -> Option<(usize, &String)> {
        let (end, name) = self.fields.get(at)?.as_ref()?;
        Some((*end, name))
    }

    fn find_field(&self, at: usize, is_own: bool) -> Option<(usize, String)> {
        let token = self.tokens.get(at)?;
        let fits = match token.kind {
            Kind::Code => {
                let lower = token.raw.starts_with(|c: char| c.is_ascii_lowercase());
                is_name(&token.raw)
                    || lower && is_wire_name(&token.raw)
                    || self.names.knows(&token.raw)
            }
            Kind::Word => is_name(&token.raw) || self.names.knows(&token.raw),
            Kind::Break | Kind::Comma => false,
        };
        if fits && !is_own {
            return Some((at + 1, token.raw.clone()));
        }
        if !token.begins.has(self.words.begins_field) {
            return None;
        }
        let named = self.words.fields.iter().filter_map(|(words, name)| {
            let end = starts(&self.tokens, at, words)?;
            Some((end, name))
        });
        let (end, name) = named.max_by_key(|(end, _)| *end)?;
        Some((end, name.clone()))
    }

    fn fields_at(&self, at: usize, join: Join, captures: &mut Captures) -> Option<usize> {
        // `与 X 不能同时为空` has the parameter itself on its other side.
        let implied = self.phrase_at(&self.words.and, at);
        let implied = implied.filter(|after| join == Join::Any && self.field_at(*after).is_some());
        captures.own |= implied.is_some();
        let mut count = usize::from(implied.is_some());
        let (mut start, mut end) = (implied.unwrap_or(at), at);
        loop {
            end = if let Some(after) = self.own_at(start) {
                captures.own = true;
                after
            } else if let Some((after, field)) = self.field_at(start) {
                captures.fields.push(field.clone());
                after
            } else {
                break;
            };
            count += 1;
            match self.joint_at(end, join) {
                Some(after) => start = after,
                None => break,
            }
        }
        (count >= 2 && !captures.fields.is_empty()).then_some(end)
    }

    /// Returns the end of what joins two items of a list.
    fn joint_at(&self, at: usize, join: Join) -> Option<usize> {
        let comma = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|one| one.kind == Kind::Comma)
        };
        let word = |at| match join {
            Join::And => self.phrase_at(&self.words.and, at),
            Join::Or => self.phrase_at(&self.words.or, at),
            Join::Any => self
                .phrase_at(&self.words.and, at)
                .or_else(|| self.phrase_at(&self.words.or, at)),
        };
        match (comma(at), word(at)) {
            (true, _) => word(at + 1).or(Some(at + 1)),
            (false, found) => found,
        }
    }

    /// Returns the end of a phrase that starts at a word.
    pub(super) fn phrase_at(&self, phrases: &PhraseList, at: usize) -> Option<usize> {
        phrases.end_at(&self.tokens, at)
    }

    fn values_at(&self, at: usize, captures: &mut Captures) -> Option<usize> {
        let lead = self.phrase_at(&self.words.one_of, at);
        // Behind `one of`, `A, B and C` are alternatives; elsewhere `and` may mean both at once.
        let join = if lead.is_some() { Join::Any } else { Join::Or };
        let mut end = lead.unwrap_or(at);
        let mut start = end;
        while let Some(value) = self.value_at(start, captures.fields.last()) {
            captures.values.push(value);
            end = start + 1;
            match self.joint_at(end, join) {
                Some(after) => start = after,
                None => break,
            }
        }
        (!captures.values.is_empty()).then_some(end)
    }

    /// Returns the value at a word. A word that a page may use in a sentence is none.
    fn value_at(&self, at: usize, field: Option<&String>) -> Option<String> {
        const ABBREVIATIONS: [&str; 9] = [
            "API", "URL", "ID", "ISO", "JSON", "HTTP", "HTTPS", "UTC", "GGW",
        ];
        let token = self.tokens.get(at)?;
        let raw = token.raw.as_str();
        let listed = field.is_some_and(|field| self.names.has_value(field, raw));
        let is_value = match token.kind {
            Kind::Code => !self.names.knows(raw) || listed,
            Kind::Word => {
                let capitals = raw.bytes().filter(u8::is_ascii_uppercase).count();
                let letter = raw.len() == 1 && capitals == 1;
                let camel = capitals >= 2 && raw.starts_with(|c: char| c.is_ascii_uppercase());
                let number = raw.bytes().all(|byte| byte.is_ascii_digit());
                let shaped = letter || number || is_constant(raw) || camel && is_wire_name(raw);
                let shaped = shaped || raw == "true" || raw == "false";
                let word = self.words.no_values.iter().any(|one| one == token.lower());
                listed || shaped && !word && !ABBREVIATIONS.contains(&raw)
            }
            Kind::Break | Kind::Comma => false,
        };
        is_value.then(|| raw.to_owned())
    }
}

/// Splits a name like `settlementQuote` into its words.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for char in name.chars() {
        if (char.is_uppercase() || char == '_' || char == '.')
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && char.is_alphanumeric()
            && !is_chinese(char)
        {
            word.extend(char.to_lowercase());
        }
    }
    words
}
