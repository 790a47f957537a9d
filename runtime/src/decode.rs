//! Decoding, checking and encoding of whole messages.

use crate::json::{Mistake, Node, NotJson, Reader, lenient_text};
use crate::read::read_message;
use crate::walk::Checked;
use crate::{Agreed, Direction, Message, Reading, RuleId, Validate, Violations, rules};
use core::fmt;

/// Decodes a message from JSON.
///
/// Incoming messages are read tolerantly: unknown fields are ignored, unknown enum values are kept,
/// numbers and booleans may be native or texts, and numbers may have exponents. A value that cannot be
/// read (of another type or form, or not JSON) is dropped, and its field is absent;
/// [`decode_reporting`] reports it. If an object's type requires the value, the whole object is
/// dropped; a list is dropped with any of its elements. A duplicate field has no value, because it is
/// unknown which one counts. Only the values that decide must be readable: see
/// [`DecodeError::Undecidable`].
///
/// Outgoing messages are read strictly: everything must fit.
///
/// Rules are not checked: use [`Validate`], or [`check`] for errors that a typed value
/// cannot show. Other deserializers, such as `serde_json::from_slice`, read every message strictly,
/// because they cannot continue after a value that does not fit.
///
/// # Errors
///
/// When the bytes are not JSON, or when a required value does not fit: then the error holds everything
/// that is wrong with the message, as [`check`] reports it.
#[inline]
pub fn decode<T: Message>(json: &[u8]) -> Result<T, DecodeError> {
    // Messages are large, so this one is read in place rather than moved from call to call.
    let mut place = None;
    drop(decode_into(json, &mut place)?);
    place.ok_or_else(|| Violations::new().into())
}

/// Decodes an answer as [`decode`] does. One without a body, such as that with the HTTP status 204, is an answer
/// without fields. Where the answers of an operation differ by HTTP status, it must have the fields that the one of its
/// status requires: nothing but its fields shows that the provider wrote it, and not a proxy on the way.
///
/// # Errors
///
/// As [`decode`], and [`DecodeError::Undecidable`] when a field is absent that the HTTP status requires.
pub fn decode_answer<T: Message>(http_status: u16, body: &[u8]) -> Result<T, DecodeError> {
    let json = rules::json_of_answer(http_status, body);
    let message = decode(json)?;
    require_all(&message, http_status, json)?;
    Ok(message)
}

/// Decodes an answer as [`decode_answer`] does, and reports the dropped values.
#[cfg(feature = "client")]
pub(crate) fn decode_answer_reporting<T: Message>(
    http_status: u16,
    body: &[u8],
) -> Result<Decoded<T>, DecodeError> {
    let json = rules::json_of_answer(http_status, body);
    let decoded = decode_reporting(json)?;
    require_all(&decoded.message, http_status, json)?;
    Ok(decoded)
}

/// Refuses an answer without a field that its HTTP status requires. One that cannot be read is in the answer.
fn require_all<T: Message>(message: &T, http_status: u16, json: &[u8]) -> Result<(), DecodeError> {
    let schema = T::schema();
    if schema.responses.is_empty() || crate::walk::has_all_required(message, http_status) {
        return Ok(());
    }
    let text = lenient_text(json)?;
    let node = schema.members(Node::parse_lenient(&text)?);
    let decisive = crate::walk::lacking(&node, schema, http_status);
    if decisive.is_empty() {
        return Ok(());
    }
    Err(DecodeError::Undecidable(Box::new(Undecidable {
        violations: crate::walk::check_answer(&node, schema, http_status),
        decisive,
    })))
}

/// A message, with the values that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The message.
    pub message: T,
    /// The reasons why fields are absent although they should not be: unreadable values, duplicate
    /// fields, and missing fields that every such message has. They are a part of the [`check`] report.
    /// Empty for nearly every message, and always for outgoing ones.
    pub dropped: Violations,
}

/// Decodes a message as [`decode`] does, and reports the dropped values.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use payspec_runtime::{DateTime, Message, decode_reporting};
///
/// #[derive(Clone, PartialEq, Message)]
/// #[message(direction = "incoming", decisive("/status"))]
/// pub struct Answer {
///     pub status: String,
///     #[field(name = "paymentTime")]
///     pub payment_time: Option<DateTime>,
/// }
///
/// let json = br#"{"status": "S", "paymentTime": "2026-11-02T15:16:02+0800"}"#;
/// let decoded = decode_reporting::<Answer>(json)?;
/// assert_eq!(decoded.message.status, "S");
/// assert_eq!(decoded.message.payment_time, None);
/// let dropped: Vec<String> = decoded.dropped.iter().map(|one| one.path.to_string()).collect();
/// assert_eq!(dropped, ["/paymentTime"]);
///
/// let json = br#"{"status": "S", "status": "F"}"#;
/// assert!(decode_reporting::<Answer>(json).is_err());
/// # }
/// # Ok::<(), payspec_runtime::DecodeError>(())
/// ```
///
/// # Errors
///
/// As [`decode`].
pub fn decode_reporting<T: Message>(json: &[u8]) -> Result<Decoded<T>, DecodeError> {
    let mut place = None;
    let dropped = decode_into(json, &mut place)?;
    match place {
        Some(message) => Ok(Decoded { message, dropped }),
        None => Err(Violations::new().into()),
    }
}

/// Decodes an incoming message as [`decode_reporting`] does, but also when one of these fields cannot
/// be read. Such a message must not be judged.
#[cfg(feature = "client")]
pub(crate) fn decode_sparing<T: Message>(
    json: &[u8],
    spared: &[Agreed<'_>],
) -> Result<Decoded<T>, DecodeError> {
    let text = lenient_text(json)?;
    let mut place = None;
    let read = whole::<T>(
        &mut Reader::lenient(&text),
        &mut place,
        &mut Reading::lenient(),
    );
    let dropped = judge_loss(&text, &place, read, spared)?;
    match place {
        Some(message) => Ok(Decoded { message, dropped }),
        None => Err(Violations::new().into()),
    }
}

/// Decodes a message in place, and returns the dropped values.
#[inline]
fn decode_into<T: Message>(json: &[u8], place: &mut Option<T>) -> Result<Violations, DecodeError> {
    match T::schema().direction {
        Some(Direction::Incoming) => decode_incoming(json, place),
        Some(Direction::Outgoing) | None => decode_outgoing(json, place),
    }
}

fn decode_incoming<T: Message>(
    json: &[u8],
    place: &mut Option<T>,
) -> Result<Violations, DecodeError> {
    let text = lenient_text(json)?;
    let mut reader = Reader::lenient(&text);
    let mut reading = Reading::lenient();
    let read = whole::<T>(&mut reader, place, &mut reading);
    if read.is_ok() && place.is_some() && !reading.has_lost() {
        return Ok(Violations::new());
    }
    judge_loss(&text, place, read, &[])
}

/// The rare path: something was lost. Reads the message again for a report.
#[cold]
fn judge_loss<T: Message>(
    text: &str,
    place: &Option<T>,
    read: Result<(), Mistake>,
    spared: &[Agreed<'_>],
) -> Result<Violations, DecodeError> {
    let Checked {
        violations,
        dropped,
        undecidable,
    } = crate::walk::check_sparing(
        &T::schema().members(Node::parse_lenient(text)?),
        T::schema(),
        spared,
    );
    match (place, read, undecidable) {
        (Some(_), Ok(()), None) => Ok(dropped),
        (_, Err(mistake), None) => Err(NotJson::new(text, mistake).into()),
        (_, _, decisive) => Err(DecodeError::Undecidable(Box::new(Undecidable {
            violations,
            decisive: decisive.unwrap_or_default(),
        }))),
    }
}

fn decode_outgoing<T: Message>(
    json: &[u8],
    place: &mut Option<T>,
) -> Result<Violations, DecodeError> {
    let text = NotJson::utf8(json)?;
    let mut reader = Reader::new(text);
    let mistake = match whole::<T>(&mut reader, place, &mut Reading::strict()) {
        Err(mistake) => mistake,
        Ok(()) => match place {
            Some(message) if reader.has_seen_empty_text() => {
                return refuse_empty_texts(message, text);
            }
            Some(_) => return Ok(Violations::new()),
            None => reader.mistake(NO_OBJECT),
        },
    };
    // The rare path: reads again for a complete report.
    let violations = strict_violations::<T>(text)?;
    if violations.has_errors() {
        Err(DecodeError::Violations(violations))
    } else {
        Err(NotJson::new(text, mistake).into())
    }
}

/// Refuses an outgoing message in which a date or a code is `""` although that is a violation: it is
/// read as absent, so the typed message could not show it.
fn refuse_empty_texts<T: Message>(message: &T, text: &str) -> Result<Violations, DecodeError> {
    let count = |violations: &Violations| {
        let rules = violations.iter().map(|violation| violation.rule);
        rules.filter(|rule| *rule == RuleId::NotEmpty).count()
    };
    let violations = strict_violations::<T>(text)?;
    if count(&violations) > count(&message.violations()) {
        return Err(violations.into());
    }
    Ok(Violations::new())
}

/// Checks an outgoing message.
fn strict_violations<T: Message>(text: &str) -> Result<Violations, NotJson> {
    let schema = T::schema();
    let node = schema.members(Node::parse(text)?);
    Ok(crate::walk::check(&node, schema).violations)
}

const NO_OBJECT: &str = "no value, expected an object";

/// Reads a message that spans the whole text.
pub(crate) fn read<T: Message>(text: &str, reading: &mut Reading) -> Result<T, Mistake> {
    let mut reader = match reading.is_lenient() {
        true => Reader::lenient(text),
        false => Reader::new(text),
    };
    let mut place = None;
    whole(&mut reader, &mut place, reading)?;
    place.ok_or_else(|| reader.mistake(NO_OBJECT))
}

fn whole<'de, T: Message>(
    reader: &mut Reader<'de>,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), Mistake> {
    read_message(&mut *reader, place, reading)?;
    reader.finish()
}

/// Checks a message without decoding it into its type. It finds everything that
/// [`Validate`] finds, and also wrong JSON types, native scalars where the wire format
/// uses texts, unknown fields, and duplicate fields; in incoming messages also single values that are
/// not JSON.
///
/// # Errors
///
/// When the bytes are not JSON.
pub fn check<T: Message>(json: &[u8]) -> Result<Violations, NotJson> {
    let schema = T::schema();
    let checked = match schema.direction {
        Some(Direction::Incoming) => {
            let text = lenient_text(json)?;
            let node = schema.members(Node::parse_lenient(&text)?);
            crate::walk::check(&node, schema).violations
        }
        Some(Direction::Outgoing) | None => strict_violations::<T>(NotJson::utf8(json)?)?,
    };
    Ok(checked)
}

/// Checks an answer with this HTTP status as [`check`] does. Where the answers of an operation differ by HTTP status, it
/// must have the fields that the one of its status requires, and other fields than those of its own are not checked. Of
/// an answer that is not described nothing is checked.
///
/// # Errors
///
/// When the bytes are not JSON.
pub fn check_answer<T: Message>(http_status: u16, body: &[u8]) -> Result<Violations, NotJson> {
    let json = rules::json_of_answer(http_status, body);
    let text = lenient_text(json)?;
    let node = T::schema().members(Node::parse_lenient(&text)?);
    Ok(crate::walk::check_answer(&node, T::schema(), http_status))
}

/// Encodes a message as compact JSON.
///
/// # Errors
///
/// Only when a hand-written [`Wire`](crate::Wire) type refuses to be serialized.
pub fn encode<T: Message + serde::Serialize>(message: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(message).map_err(EncodeError)
}

/// The reason why a message could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes are not JSON.
    NotJson(NotJson),
    /// The JSON is not such a message; holds everything that is wrong with it.
    Violations(Violations),
    /// A value of an incoming message that decides cannot be read, so nothing may be concluded from the
    /// message.
    Undecidable(Box<Undecidable>),
}

/// The reason why nothing may be concluded from an incoming message: a deciding value is duplicate or
/// unreadable, or a field is missing that every such message has, or every answer with its HTTP status. The deciding values are the status,
/// the code, the ids, and the amounts that must agree with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecidable {
    violations: Violations,
    decisive: Violations,
}

impl Undecidable {
    /// Returns everything that is wrong with the message, as [`check`] reports it.
    pub fn violations(&self) -> &Violations {
        &self.violations
    }

    /// Returns the violations that prevent a decision.
    pub fn decisive(&self) -> &Violations {
        &self.decisive
    }
}

impl DecodeError {
    /// Returns everything that is wrong with the message, if it is JSON.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::NotJson(_) => None,
            Self::Violations(violations) => Some(violations),
            Self::Undecidable(undecidable) => Some(&undecidable.violations),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => error.fmt(f),
            Self::Violations(violations) => violations.fmt(f),
            Self::Undecidable(undecidable) => undecidable.violations.fmt(f),
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

/// The reason why a message could not be encoded.
#[derive(Debug)]
pub struct EncodeError(serde_json::Error);

impl EncodeError {
    pub(crate) const fn new(error: serde_json::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the message cannot be written as JSON: {}", self.0)
    }
}

impl core::error::Error for EncodeError {}
