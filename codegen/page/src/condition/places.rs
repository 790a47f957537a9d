//! Finds parameters and values among the words of a sentence.

use std::borrow::Cow;

use super::names::is_name;
use super::pattern::{Captures, Join, Sentence};
use super::phrase_list::{PhraseList, longest, starts};
use super::tokens::Kind;
use crate::text::{is_constant, is_wire_name};

impl<'s> Sentence<'s> {
    /// Returns the end of the words for the parameter itself.
    pub(super) fn own_at(&self, at: usize) -> Option<usize> {
        self.own_ends.get(at).copied().flatten()
    }

    pub(super) fn find_own(&self, own_in_words: &[Vec<String>], at: usize) -> Option<usize> {
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
    pub(super) fn field_at(&self, at: usize) -> Option<(usize, &str)> {
        let (end, name) = self.fields.get(at)?.as_ref()?;
        Some((*end, name))
    }

    pub(super) fn find_field(&self, at: usize, is_own: bool) -> Option<(usize, Cow<'s, str>)> {
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
        let own = (fits && !is_own).then(|| (at + 1, token.raw.clone()));
        if !token.known.begins.has(self.words.begins_field) {
            return own;
        }
        let named = self.words.fields.iter().filter_map(|(words, name)| {
            let end = starts(&self.tokens, at, words)?;
            Some((end, Cow::Borrowed(name.as_str())))
        });
        // `result status` is not the field `result`.
        let named = named.max_by_key(|(end, _)| *end);
        match (own, named) {
            (Some(own), Some(named)) if named.0 > own.0 => Some(named),
            (own, named) => own.or(named),
        }
    }

    pub(super) fn fields_at(
        &self,
        at: usize,
        join: Join,
        captures: &mut Captures,
    ) -> Option<usize> {
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
                captures.fields.push(field.to_owned());
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

    pub(super) fn values_at(&self, at: usize, captures: &mut Captures) -> Option<usize> {
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
        let raw = &*token.raw;
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
