//! The headers that carry a proof: the places of its parts, how they are written and read.

use core::fmt;
use http::HeaderMap;

/// The greatest length of a header that is read, in bytes: many times what a list of signatures needs.
pub(super) const LONGEST: usize = 4096;

/// The place of a part of a proof in the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofPlace<'a> {
    /// The name of the header.
    pub header: &'a str,
    /// The form of the header, if it is a list `key=value,key=value`.
    pub list: Option<ProofList<'a>>,
    /// The text before it.
    pub prefix: &'a str,
}

/// A place in a header that is a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofList<'a> {
    /// The key.
    pub param: &'a str,
    /// The word before the list, as in `Authorization: SCHEME key=value`.
    pub scheme: Option<&'a str>,
    /// True if the values are in quotation marks.
    pub quoted: bool,
    /// True if keys, and values that are the same in each message, are compared without regard to letter case.
    pub ignore_case: bool,
}

impl<'a> ProofPlace<'a> {
    /// Returns the texts at this place, at least one.
    ///
    /// # Errors
    ///
    /// When the header is missing or cannot be read.
    pub fn texts<'h>(&self, headers: &'h HeaderMap) -> Result<Vec<&'h str>, Unread<'a>> {
        let unread = |problem: HeaderProblem| problem.of(self.header);
        let mut values = headers.get_all(self.header).iter();
        let value = match (values.next(), values.next()) {
            (None, _) => return Err(unread(HeaderProblem::Missing)),
            (Some(value), None) => value,
            (Some(_), Some(_)) => return Err(unread(HeaderProblem::Twice)),
        };
        if value.len() > LONGEST {
            return Err(unread(HeaderProblem::TooLong));
        }
        let value = value.to_str();
        let value = value.map_err(|_| unread(HeaderProblem::NotText))?.trim();
        let behind = |text: &'h str| text.strip_prefix(self.prefix).filter(|it| !it.is_empty());
        let Some(list) = self.list else {
            let text = behind(value).ok_or(unread(HeaderProblem::Missing))?;
            return Ok(vec![text]);
        };
        let rest = list.behind_scheme(value);
        let rest = rest.ok_or(unread(HeaderProblem::OtherScheme))?;
        let texts = list.pairs(rest).filter_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let is_it = list.is_same(key.trim(), list.param);
            is_it
                .then(|| behind(list.unquoted(value.trim())?))
                .flatten()
        });
        let texts: Vec<&str> = texts.collect();
        match texts.is_empty() {
            true => Err(HeaderProblem::NoParam.of(list.param)),
            false => Ok(texts),
        }
    }

    /// Returns the only text at this place.
    ///
    /// # Errors
    ///
    /// When the header is missing or cannot be read, or has several texts.
    pub fn text<'h>(&self, headers: &'h HeaderMap) -> Result<&'h str, Unread<'a>> {
        match (self.texts(headers)?.as_slice(), self.list) {
            ([text], _) => Ok(text),
            (_, Some(list)) => Err(HeaderProblem::ParamTwice.of(list.param)),
            (_, None) => Err(HeaderProblem::Twice.of(self.header)),
        }
    }

    /// Returns whether a text at this place is a value that each message has.
    pub(super) fn is_same(&self, text: &str, value: &str) -> bool {
        match self.list {
            Some(list) => list.is_same(text, value),
            None => text == value,
        }
    }

    /// Returns the problem of a place whose value is not the one that each message has.
    pub(super) fn other_value(&self) -> Unread<'a> {
        match self.list {
            Some(list) => HeaderProblem::OtherParam.of(list.param),
            None => HeaderProblem::OtherValue.of(self.header),
        }
    }

    /// Returns whether a value can be written here so that it is read the same.
    pub(super) fn carries(&self, value: &str) -> bool {
        let is_apart = |byte: u8| self.list.is_none() || !b",\"\\".contains(&byte);
        value
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && is_apart(byte))
    }

    /// Writes a value behind those that its header has.
    pub(super) fn write(&self, header: &mut String, value: &str) {
        let Some(list) = self.list else {
            header.push_str(self.prefix);
            header.push_str(value);
            return;
        };
        match (header.is_empty(), list.scheme) {
            (false, _) => header.push(','),
            (true, Some(scheme)) => {
                header.push_str(scheme);
                header.push(' ');
            }
            (true, None) => {}
        }
        let mark = if list.quoted { "\"" } else { "" };
        for text in [list.param, "=", mark, self.prefix, value, mark] {
            header.push_str(text);
        }
    }
}

impl ProofList<'_> {
    /// Returns the list behind the scheme; [`None`] if the header has another one.
    fn behind_scheme<'h>(&self, value: &'h str) -> Option<&'h str> {
        let Some(scheme) = self.scheme else {
            return Some(value);
        };
        let (sent, rest) = value.split_once(' ')?;
        // RFC 9110 compares schemes without regard to case.
        sent.eq_ignore_ascii_case(scheme).then_some(rest)
    }

    /// Splits a list into its pairs. A comma in quotation marks belongs to a value.
    fn pairs<'h>(&self, list: &'h str) -> impl Iterator<Item = &'h str> {
        let quoted = self.quoted;
        let mut is_inside = false;
        list.split(move |char: char| {
            if quoted && char == '"' {
                is_inside = !is_inside;
            }
            char == ',' && !is_inside
        })
    }

    fn is_same(&self, text: &str, expected: &str) -> bool {
        match self.ignore_case {
            true => text.eq_ignore_ascii_case(expected),
            false => text == expected,
        }
    }

    fn unquoted<'h>(&self, value: &'h str) -> Option<&'h str> {
        match self.quoted {
            true => value.strip_prefix('"')?.strip_suffix('"'),
            false => Some(value),
        }
    }
}

/// A header of a proof that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread<'a> {
    /// The name of the header; of some problems, of its key.
    pub name: &'a str,
    /// The problem.
    pub problem: HeaderProblem,
}

/// The reason why a header of a proof cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderProblem {
    /// It is missing, or lacks the text before its value.
    Missing,
    /// It occurs twice.
    Twice,
    /// It holds bytes that are not text.
    NotText,
    /// It is too long.
    TooLong,
    /// It begins with another scheme.
    OtherScheme,
    /// It has another value than each message of this kind has.
    OtherValue,
    /// The list of the header has another value of this key than each message of this kind has.
    OtherParam,
    /// The list of the header lacks this key, or the key has no value.
    NoParam,
    /// The list of the header has this key twice.
    ParamTwice,
}

impl HeaderProblem {
    /// Returns the problem of the header or key of this name.
    pub(super) fn of(self, name: &str) -> Unread<'_> {
        Unread {
            name,
            problem: self,
        }
    }
}

impl fmt::Display for Unread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match self.problem {
            HeaderProblem::Missing => write!(f, "it lacks the header `{name}`"),
            HeaderProblem::Twice => write!(f, "it carries the header `{name}` twice"),
            HeaderProblem::NotText => write!(f, "its header `{name}` is not text"),
            HeaderProblem::TooLong => write!(f, "its header `{name}` is too long"),
            HeaderProblem::OtherScheme => write!(f, "its header `{name}` has another scheme"),
            HeaderProblem::OtherValue => write!(f, "its header `{name}` has another value"),
            HeaderProblem::OtherParam => write!(f, "its header has another `{name}=…`"),
            HeaderProblem::NoParam => write!(f, "its header has no `{name}=…`"),
            HeaderProblem::ParamTwice => write!(f, "its header has `{name}=…` twice"),
        }
    }
}
