//! The doors: bytes to a message, bytes to a report, a message to bytes.

use crate::json::{Mistake, Node, NotJson, Reader};
use crate::read::read_object;
use crate::{Message, RuleId, Validate, Violations};
use core::fmt;

/// Reads a message.
///
/// What comes in is read tolerantly: unknown fields are ignored, unknown enum values are kept, numbers
/// and booleans may come natively or as texts. Rules are not checked: that is
/// [`Validate`](crate::Validate), or [`check`] for what a typed value cannot show.
///
/// # Errors
///
/// When the bytes are no JSON, or some value does not fit its type: then with everything that is
/// wrong with the message, as [`check`] reports it.
#[inline]
pub fn decode<T: Message>(json: &[u8]) -> Result<T, DecodeError> {
    // Messages are large: this one is read into its place rather than passed from call to call.
    let mut place = None;
    decode_into(json, &mut place)?;
    place.ok_or_else(|| Violations::new().into())
}

fn decode_into<T: Message>(json: &[u8], place: &mut Option<T>) -> Result<(), DecodeError> {
    let text = NotJson::utf8(json)?;
    let mut reader = Reader::new(text);
    let mistake = match whole::<T>(&mut reader, place) {
        Err(mistake) => mistake,
        Ok(()) => match place {
            Some(message) if reader.has_seen_empty_text() => {
                return refuse_empty_texts(message, text);
            }
            Some(_) => return Ok(()),
            None => reader.mistake(NO_OBJECT),
        },
    };
    // The rare path: read once more, this time for a complete report.
    let violations = crate::walk::check(&Node::parse(text)?, T::schema());
    if violations.has_errors() {
        Err(DecodeError::Violations(violations))
    } else {
        Err(NotJson::new(text, mistake).into())
    }
}

/// A date or a code that is `""` is read as absent. Where that is a violation, the typed message cannot
/// show it any more: then the message is refused.
fn refuse_empty_texts<T: Message>(message: &T, text: &str) -> Result<(), DecodeError> {
    let count = |violations: &Violations| {
        let rules = violations.iter().map(|violation| violation.rule);
        rules.filter(|rule| *rule == RuleId::NotEmpty).count()
    };
    let violations = crate::walk::check(&Node::parse(text)?, T::schema());
    if count(&violations) > count(&message.violations()) {
        return Err(violations.into());
    }
    Ok(())
}

const NO_OBJECT: &str = "no value, expected an object";

/// Reads the message that is the whole text.
pub(crate) fn read<T: Message>(text: &str) -> Result<T, Mistake> {
    let mut reader = Reader::new(text);
    let mut place = None;
    whole(&mut reader, &mut place)?;
    place.ok_or_else(|| reader.mistake(NO_OBJECT))
}

fn whole<'de, T: Message>(reader: &mut Reader<'de>, place: &mut Option<T>) -> Result<(), Mistake> {
    read_object(&mut *reader, place)?;
    reader.finish()
}

/// Checks a message as it stands, without reading it into its type: all that
/// [`Validate`](crate::Validate) checks, and also wrong JSON types, native scalars where the wire
/// wants texts, unknown fields, and fields that come twice.
///
/// # Errors
///
/// When the bytes are no JSON.
pub fn check<T: Message>(json: &[u8]) -> Result<Violations, NotJson> {
    Ok(crate::walk::check(&Node::from_slice(json)?, T::schema()))
}

/// Writes a message as compact JSON.
///
/// # Errors
///
/// Only when a hand-written [`Wire`](crate::Wire) type refuses to be written.
pub fn encode<T: Message + serde::Serialize>(message: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(message).map_err(EncodeError)
}

/// Why a message could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes are no JSON.
    NotJson(NotJson),
    /// The JSON is not the message: all that is wrong with it.
    Violations(Violations),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => error.fmt(f),
            Self::Violations(violations) => violations.fmt(f),
        }
    }
}

impl core::error::Error for DecodeError {}

impl From<NotJson> for DecodeError {
    fn from(error: NotJson) -> Self {
        Self::NotJson(error)
    }
}

impl From<Violations> for DecodeError {
    fn from(violations: Violations) -> Self {
        Self::Violations(violations)
    }
}

/// Why a message could not be written.
#[derive(Debug)]
pub struct EncodeError(serde_json::Error);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the message cannot be written as JSON: {}", self.0)
    }
}

impl core::error::Error for EncodeError {}
