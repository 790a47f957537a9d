//! Texts that are written only when they are read, so that reporting a violation costs no more than
//! noting the broken rule.

use crate::lazy::reads_as_text;
use crate::{Condition, Met};
use core::fmt::{self, Write};
use std::borrow::Cow;

/// One side of a [`Violation`](crate::Violation) in words: the expected or the actual value.
///
/// Shown with [`Display`](fmt::Display). Equal to, ordered and hashed like the text that it shows.
/// Never holds a sensitive value.
///
/// ```
/// use payspec_runtime::{Phrase, violation_text};
///
/// let phrase: Phrase = violation_text::expected_max_length(64);
/// assert_eq!(phrase, "at most 64 characters");
/// assert_eq!(phrase.to_string(), "at most 64 characters");
/// ```
#[derive(Clone)]
pub struct Phrase(Inner);

#[derive(Clone)]
enum Inner {
    Later(Words<'static>),
    Now(Box<str>),
}

/// Words about borrowed texts.
///
/// Texts of a schema live as long as the program: then [`From`] turns the words into a [`Phrase`]
/// without writing them. For other texts, [`Words::to_phrase`] writes them.
#[derive(Debug, Clone)]
pub struct Words<'a, S = &'a str>(pub(crate) Form<'a, S>);

/// The statement, with its arguments.
#[derive(Debug, Clone)]
pub(crate) enum Form<'a, S> {
    Fixed(&'static str),
    Const(&'a str),
    Values(&'a [S]),
    RequiredWhen(&'static Condition),
    ForbiddenWhen(&'static Condition),
    AtLeastOneOf(&'a [S]),
    Pattern(&'a str),
    KeyPattern(&'a str),
    AtLeast(&'a str),
    AtMost(&'a str),
    Count(Bound, u32, Unit),
    AmountStep(u32, &'a str),
    Decimals(u8, &'a str),
    MultipleOf(&'a str),
}

/// The relation between a count and its limit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    Exactly,
    AtLeast,
    AtMost,
}

/// The counted things.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Character,
    /// A character of the key of an entry.
    KeyCharacter,
    Element,
}

impl Phrase {
    /// Makes a phrase from a fixed text.
    pub const fn fixed(text: &'static str) -> Self {
        Self(Inner::Later(Words(Form::Fixed(text))))
    }

    pub(crate) const fn count(bound: Bound, count: u32, unit: Unit) -> Self {
        Self(Inner::Later(Words(Form::Count(bound, count, unit))))
    }

    /// Returns the text; writes it first if necessary.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Inner::Later(Words(Form::Fixed(text))) => Cow::Borrowed(text),
            Inner::Later(words) => Cow::Owned(words.to_string()),
            Inner::Now(text) => Cow::Borrowed(text),
        }
    }
}

// Each violation holds two phrases and is copied, so keep a phrase to three machine words.
const _: () = assert!(size_of::<Phrase>() <= 24);

impl<S: AsRef<str>> Words<'_, S> {
    /// Writes the words.
    pub fn to_phrase(&self) -> Phrase {
        self.to_string().into()
    }
}

impl From<Words<'static>> for Phrase {
    fn from(words: Words<'static>) -> Self {
        Self(Inner::Later(words))
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self(Inner::Now(text.into_boxed_str()))
    }
}

impl From<&'static str> for Phrase {
    fn from(text: &'static str) -> Self {
        Self::fixed(text)
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Later(words) => words.fmt(f),
            Inner::Now(text) => f.write_str(text),
        }
    }
}

reads_as_text!(Phrase);

impl<S: AsRef<str>> fmt::Display for Words<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Fixed(text) => f.write_str(text),
            Form::Const(value) => write!(f, "`{value}`"),
            Form::Values(values) => one_of(f, values),
            Form::RequiredWhen(Condition { path, met, .. }) => because(f, "present", path, *met),
            Form::ForbiddenWhen(Condition { path, met, .. }) => because(f, "absent", path, *met),
            Form::AtLeastOneOf(fields) => {
                f.write_str("at least one of ")?;
                quoted(f, fields)
            }
            Form::Pattern(pattern) => write!(f, "a text that matches `{pattern}`"),
            Form::KeyPattern(pattern) => write!(f, "a key that matches `{pattern}`"),
            Form::AtLeast(limit) => write!(f, "at least {limit}"),
            Form::AtMost(limit) => write!(f, "at most {limit}"),
            Form::Count(bound, count, unit) => counted(f, *bound, *count, *unit),
            Form::MultipleOf(step) => write!(f, "a multiple of {step}"),
            Form::AmountStep(step, currency) => {
                write!(
                    f,
                    "a multiple of {step}, because the currency is {currency}"
                )
            }
            Form::Decimals(places, currency) => {
                match places {
                    0 => f.write_str("no decimal places")?,
                    1 => f.write_str("at most 1 decimal place")?,
                    places => write!(f, "at most {places} decimal places")?,
                }
                write!(f, ", because the currency is {currency}")
            }
        }
    }
}

/// Writes the consequence of a condition: `present, because /terminalType is ...`.
pub(crate) fn because(
    f: &mut impl Write,
    what: &str,
    path: &[impl AsRef<str>],
    met: Met<'_, impl AsRef<str>>,
) -> fmt::Result {
    write!(f, "{what}, because ")?;
    condition(f, path, met)
}

/// Writes a condition: the field at a path, and what it must be.
pub(crate) fn condition(
    f: &mut impl Write,
    path: &[impl AsRef<str>],
    met: Met<'_, impl AsRef<str>>,
) -> fmt::Result {
    for name in path {
        write!(f, "/{}", name.as_ref())?;
    }
    f.write_str(" is ")?;
    match met {
        Met::Present => f.write_str("present"),
        Met::Absent => f.write_str("absent"),
        Met::OneOf(values) => one_of(f, values),
    }
}

fn one_of(f: &mut impl Write, values: &[impl AsRef<str>]) -> fmt::Result {
    if values.len() != 1 {
        f.write_str("one of ")?;
    }
    quoted(f, values)
}

fn quoted(f: &mut impl Write, words: &[impl AsRef<str>]) -> fmt::Result {
    for (index, word) in words.iter().enumerate() {
        f.write_str(if index == 0 { "`" } else { ", `" })?;
        f.write_str(word.as_ref())?;
        f.write_char('`')?;
    }
    Ok(())
}

fn counted(f: &mut fmt::Formatter<'_>, bound: Bound, count: u32, unit: Unit) -> fmt::Result {
    if let Unit::KeyCharacter = unit {
        f.write_str("a key of ")?;
    }
    f.write_str(match bound {
        Bound::Exactly => "",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    })?;
    let unit = match unit {
        Unit::Character | Unit::KeyCharacter => "character",
        Unit::Element => "element",
    };
    write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
}
