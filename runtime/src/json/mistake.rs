//! Errors of JSON.

use core::fmt;
use std::borrow::Cow;

/// An error at a byte. Boxed, because it is rare and passes through every level.
#[derive(Debug)]
pub(crate) struct Mistake(Box<Inner>);

#[derive(Debug)]
struct Inner {
    at: usize,
    reason: Cow<'static, str>,
}

impl Mistake {
    #[cold]
    pub(super) fn new(at: usize, reason: impl Into<Cow<'static, str>>) -> Self {
        let reason = reason.into();
        Self(Box::new(Inner { at, reason }))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.reason)
    }
}

impl core::error::Error for Mistake {}

impl serde::de::Error for Mistake {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(0, reason.to_string())
    }
}

/// The reason why a message is not valid JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    line: usize,
    column: usize,
    reason: String,
}

impl NotJson {
    /// Returns the line of the error, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the error in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Returns the reason, in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the text of a message.
    pub(crate) fn utf8(json: &[u8]) -> Result<&str, Self> {
        Self::plain(json)?;
        core::str::from_utf8(json).map_err(|error| {
            let valid = json.get(..error.valid_up_to()).unwrap_or_default();
            let valid = core::str::from_utf8(valid).unwrap_or_default();
            Self::at(valid, valid.len(), "not UTF-8".to_owned())
        })
    }

    /// Checks that the first bytes are those of plain UTF-8.
    pub(super) fn plain(json: &[u8]) -> Result<(), Self> {
        let encoding = match json {
            [0xef, 0xbb, 0xbf, ..] => "UTF-8 with a byte order mark",
            _ => match wide_encoding(json) {
                Some(encoding) => encoding,
                None => return Ok(()),
            },
        };
        Err(Self::at("", 0, format!("{encoding}, expected plain UTF-8")))
    }

    /// Makes an error in this text.
    pub(crate) fn new(text: &str, mistake: Mistake) -> Self {
        Self::at(text, mistake.0.at, mistake.0.reason.into_owned())
    }

    /// Makes an error at a byte of the message.
    fn at(whole: &str, byte: usize, reason: String) -> Self {
        let mut end = byte.min(whole.len());
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        let before = &whole[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            reason,
        }
    }
}

/// Returns the name of an encoding with more than one byte for each character, judged by the first bytes:
/// JSON and YAML begin with an ASCII character.
///
/// ```
/// use payspec_runtime::json::wide_encoding;
///
/// assert_eq!(wide_encoding(b"\xff\xfe{\0"), Some("UTF-16"));
/// assert_eq!(wide_encoding(b"{}"), None);
/// assert_eq!(wide_encoding(b"\0\0\0\0"), None);
/// ```
pub fn wide_encoding(text: &[u8]) -> Option<&'static str> {
    match text {
        [0, 0, 0xfe, 0xff, ..] | [0xff, 0xfe, 0, 0, ..] => Some("UTF-32"),
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => Some("UTF-16"),
        // Zeros only are a hole in a file, not an encoding.
        [0, 0, 0, c, ..] | [c, 0, 0, 0, ..] if *c != 0 => Some("UTF-32"),
        [0, c, ..] | [c, 0, ..] if *c != 0 => Some("UTF-16"),
        _ => None,
    }
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not JSON: {} at line {} column {}",
            self.reason, self.line, self.column
        )
    }
}

impl core::error::Error for NotJson {}
