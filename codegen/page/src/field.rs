//! Reads the line that names a parameter: `name Type REQUIRED`, `name (Type, REQUIRED)`,
//! `译名 (name) - Type - 必填`, `name String (32) MANDATORY`.

#[cfg(test)]
mod tests;
mod types;

use super::declared::Declared;
use super::facts::{Aspect, Confidence, Guess, Requirement, TypeKind};
use super::lexicon::{Lexicon, type_norm};
use super::limits;
use super::text::{is_chinese, is_wire_name};
use types::type_of;

/// The content of a line that names a parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FieldLine {
    pub(super) printed: String,
    pub(super) name: Option<String>,
    pub(super) declared: Declared,
    /// True if the type is in parentheses after the name, as in the provider's own Markdown.
    pub(super) in_parentheses: bool,
    /// The rest of the same line.
    pub(super) description: String,
    /// Words of the declaration that are not understood.
    pub(super) unknown: Option<String>,
}

/// The part of a line that must be understood for it to name a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// All of it, because it might be prose.
    Prose,
    /// The name is enough, because it is a heading.
    Heading,
    /// A name in any form is enough, because it is in the place of a name.
    Name,
}

/// The greatest length of a line that is not prose.
const LONGEST: usize = 300;

pub(super) fn field_line(
    lexicon: &Lexicon,
    text: &str,
    strictness: Strictness,
) -> Option<FieldLine> {
    if text.len() > LONGEST {
        return None;
    }
    let (printed, rest) = name(text)?;
    // Most lines are prose, and begin with a capital.
    if strictness == Strictness::Prose && !starts_as_name(&printed) {
        return None;
    }
    let mut line = FieldLine {
        name: dotted(&printed),
        printed,
        ..FieldLine::default()
    };
    let mut rest = rest;
    if let Some((inner, after)) = parenthesised(rest) {
        line.in_parentheses = true;
        // The translated name comes first: `译名 (name) - Type`.
        let inner = inner.trim_matches(['`', ' ']);
        if line.name.is_none() && is_wire_name(inner) && !declares(lexicon, inner) {
            line.name = Some(inner.to_owned());
            line.in_parentheses = false;
            rest = after;
        }
    }
    if line.name.is_none()
        && let Some((identifier, after)) = identifier(lexicon, text)
    {
        line.name = Some(identifier);
        line.in_parentheses = false;
        rest = after;
    }
    let is_name = line.name.is_some() || line.printed.chars().any(is_chinese);
    if !is_name {
        return None;
    }
    let (declared, mut unknown) = declared(lexicon, rest);
    line.declared = declared;
    if unknown.is_some()
        && line.name.is_some()
        && let Some(declared) = behind_title(lexicon, rest)
    {
        line.declared = declared;
        unknown = None;
    }
    if strictness == Strictness::Prose
        && unknown.is_some()
        && let Some((declared, description)) = opened(lexicon, rest, line.in_parentheses)
    {
        line.declared = declared;
        line.description = description.to_owned();
        unknown = None;
    }
    let fits = match strictness {
        Strictness::Prose => unknown.is_none() && line.declared.ty.is_some(),
        // In a heading, the type may be unknown, or missing if the name is clearly a wire name.
        Strictness::Heading => match (&line.declared.ty, unknown.as_deref()) {
            (Some(_), None) => true,
            (Some(_), Some(_)) | (None, Some(_)) => line.name.is_some() && line.in_parentheses,
            (None, None) => line.name.as_deref().is_some_and(is_camel),
        },
        Strictness::Name => unknown.is_none() && line.name.is_some(),
    };
    if !fits {
        return None;
    }
    if let Some(words) = unknown {
        line.declared.guesses.push(Guess {
            aspect: Aspect::Type,
            confidence: Confidence::Low,
            why: format!("unknown words after the name: `{words}`"),
        });
        line.unknown = Some(words);
    }
    if line.name.is_none() {
        line.declared.guesses.push(Guess {
            aspect: Aspect::Name,
            confidence: Confidence::Low,
            why: "the page prints a translation instead of the name".to_owned(),
        });
    }
    Some(line)
}

/// Returns a wire name, or several from the outermost to the innermost, with `[]` after those of
/// lists: `order.env`, `goods[].name`. Brackets around a name count as a dot: `payer[openid]`.
pub(super) fn dotted(text: &str) -> Option<String> {
    let mut dotted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let (inner, after) = after.split_once(']')?;
        dotted.push_str(before);
        let is_index = matches!(inner, "" | "*" | "n" | "i" | "N") || is_number(inner);
        if is_index {
            dotted.push_str("[]");
        } else {
            dotted.push('.');
            dotted.push_str(inner);
        }
        rest = after;
        if !rest.is_empty() && !rest.starts_with(['.', '[']) {
            return None;
        }
    }
    dotted.push_str(rest);
    let dotted = dotted.replace(".*", "[]");
    let mut parts = dotted.split('.');
    parts
        .all(|part| is_wire_name(part.strip_suffix("[]").unwrap_or(part)))
        .then_some(dotted)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Splits a line into the name at its start and the rest.
fn name(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let (name, rest) = match text.strip_prefix('`') {
        Some(inner) => inner.split_once('`')?,
        None => {
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '<'));
            let end = end.unwrap_or(text.len());
            // `env：Env`, not the label `示例值：10`.
            let colon = text.find([':', '：']).filter(|colon| *colon < end);
            let colon = colon.filter(|colon| text.get(..*colon).is_some_and(is_wire_name));
            text.split_at(colon.unwrap_or(end))
        }
    };
    let name = name.trim().trim_end_matches([':', '：']);
    let fits = !name.is_empty()
        && name.len() <= 64
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '*'));
    fits.then(|| (name.to_owned(), rest))
}

/// Returns whether a text starts like a name. Prose starts with a capital, names do not; translated
/// ones are short.
fn starts_as_name(name: &str) -> bool {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if is_chinese(first) => chars.count() < 10,
        Some('_') => chars
            .next()
            .is_some_and(|second| second.is_ascii_lowercase()),
        Some(first) => first.is_ascii_lowercase(),
        None => false,
    }
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.contains(|c: char| c.is_ascii_uppercase())
}

/// Reads a type and a requirement before a description. Both are needed, because a sentence may
/// start with the word for a type.
fn opened<'t>(
    lexicon: &Lexicon,
    rest: &'t str,
    in_parentheses: bool,
) -> Option<(Declared, &'t str)> {
    let (declared, description) = opening(lexicon, rest.trim_start());
    let ty = declared.ty.as_ref()?;
    let is_type = in_parentheses || ty.kind != TypeKind::Object || ty.name.is_some();
    (is_type && declared.required.is_some()).then_some((declared, description))
}

/// Reads the declaration behind a title for people: ` - 创建时间 - 日期时间`, ` 创建时间 日期时间`.
fn behind_title(lexicon: &Lexicon, rest: &str) -> Option<Declared> {
    let rest = rest.trim_start();
    if let Some((title, rest)) = rest.split_once(char::is_whitespace)
        && title
            .chars()
            .all(|c| is_chinese(c) || c.is_ascii_alphanumeric())
        && title.starts_with(is_chinese)
        && !declares(lexicon, title)
    {
        let (declared, unknown) = declared(lexicon, rest);
        return (unknown.is_none() && declared.ty.is_some()).then_some(declared);
    }
    let rest = rest.strip_prefix(DASHES)?;
    let (_, rest) = rest.split_once(|c: char| DASHES.contains(&c))?;
    let (declared, unknown) = declared(lexicon, rest);
    (unknown.is_none() && declared.ty.is_some()).then_some(declared)
}

/// Finds the identifier between a title for people and a declaration with a type: `tradeNo` in `交易号 tradeNo 字符串 必填`.
/// The second part is the declaration. A word with a capital may be the name of an object: `订单 Order 对象`.
fn identifier<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(String, &'t str)> {
    let text = text.trim_start();
    if !text.starts_with(is_chinese) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '*');
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (_, word) = rest.split_at(start);
        let end = word.find(|c: char| !is_part(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        if word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') {
            let name = dotted(word).filter(|_| !declares(lexicon, word))?;
            return declares(lexicon, after).then_some((name, after));
        }
        rest = after;
    }
    None
}

const DASHES: [char; 3] = ['-', '–', '—'];

/// Splits a text at its leading parentheses: the inside and the rest.
fn parenthesised(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start().strip_prefix(['(', '（'])?;
    inner.split_once([')', '）'])
}

fn declares(lexicon: &Lexicon, text: &str) -> bool {
    let (declared, unknown) = declared(lexicon, text);
    unknown.is_none() && declared.ty.is_some()
}

/// Reads the declaration after a name: type, requirement, length and range, in any order, with any
/// separators. The second part has the words that are none of these.
pub(super) fn declared(lexicon: &Lexicon, whole: &str) -> (Declared, Option<String>) {
    let mut declared = Declared::default();
    let mut words: Vec<&str> = Vec::new();
    let (text, limits) = limits::split(lexicon, whole);
    let separators = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | ';' | '|' | '`' | '(' | ')' | '（' | '）')
    };
    let around = ['-', '–', '—', ':', '：', '*', '\\'];
    let split = text.split(separators).map(|word| word.trim_matches(around));
    let mut rest = split.filter(|word| !word.is_empty()).peekable();
    while let Some(word) = rest.next() {
        let both = rest.peek().map(|next| type_norm(word) + &type_norm(next));
        if let Some(both) = both.and_then(|both| lexicon.requirement.get(&both)) {
            // `Not required`: the words alone would say the opposite.
            declared.required = Some(*both);
            rest.next();
            continue;
        }
        let (word, glued) = without_requirement(lexicon, word);
        declared.required = glued.or(declared.required);
        if !word.is_empty() {
            words.push(word);
        }
    }
    let printed = words.join(" ");
    let unknown = match type_of(lexicon, &printed, 0) {
        _ if words.is_empty() => None,
        Some((ty, guess)) => {
            declared.ty = Some(ty);
            declared.guesses.extend(guess);
            None
        }
        None if limits.is_empty() => Some(printed),
        // A limit may belong to words that are unknown.
        None => return (declared, Some(whole.trim().to_owned())),
    };
    let mut fits = true;
    for bounds in limits {
        fits &= limits::apply(&mut declared, bounds);
    }
    let unknown = unknown.or((!fits).then(|| whole.trim().to_owned()));
    (declared, unknown)
}

/// Splits off the requirement that a word is, or that is glued to a type: `StringRequired` in the text of a page whose
/// two elements have no space between them.
fn without_requirement<'t>(lexicon: &Lexicon, word: &'t str) -> (&'t str, Option<Requirement>) {
    if let Some(requirement) = lexicon.requirement.get(&type_norm(word)) {
        return ("", Some(*requirement));
    }
    let starts = word.char_indices().skip(1);
    let mut starts = starts.filter(|(_, c)| c.is_ascii_uppercase() || is_chinese(*c));
    let glued = starts.find_map(|(at, _)| {
        let (ty, requirement) = word.split_at(at);
        let requirement = lexicon.requirement.get(&type_norm(requirement))?;
        let is_object = ty.starts_with(|c: char| c.is_ascii_uppercase());
        let word = type_norm(ty);
        let is_type = lexicon.types.contains_key(&word) || lexicon.object.contains(&word);
        (is_object || is_type).then_some((ty, Some(*requirement)))
    });
    glued.unwrap_or((word, None))
}

/// Splits off a declaration such as `MANDATORY String (32)` from the description after it.
pub(super) fn opening<'t>(lexicon: &Lexicon, text: &'t str) -> (Declared, &'t str) {
    const WORDS: usize = 8;
    let mut best = (Declared::default(), text);
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    for end in ends.chain([text.len()]).take(WORDS) {
        let Some((start, rest)) = text.split_at_checked(end) else {
            continue;
        };
        let (found, unknown) = declared(lexicon, start);
        // A sentence may begin with a word that could be the name of an object.
        let is_type = found
            .ty
            .as_ref()
            .is_some_and(|ty| found.required.is_some() || ty.kind != TypeKind::Object);
        if unknown.is_none() && is_type {
            best = (found, rest.trim_start());
        }
    }
    best
}
