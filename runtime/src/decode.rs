//! The doors: bytes to a message, bytes to a report, a message to bytes.

use crate::json::{Mistake, Node, NotJson, Reader, lenient_text};
use crate::read::read_object;
use crate::walk::Checked;
use crate::{Agreed, Direction, Message, Reading, RuleId, Validate, Violations};
use core::fmt;

/// Reads a message.
///
/// What comes in is read tolerantly. Unknown fields are ignored, unknown enum values are kept, numbers
/// and booleans may come natively or as texts, numbers may have exponents. And a message that comes in
/// is read field by field: a value that cannot be read (of another type, of another form, no JSON) is
/// dropped, and its field is absent; [`decode_reporting`] tells which. Where the type of an object
/// cannot do without the value, the whole object is dropped; a list is dropped with any of its elements.
/// A field that comes twice has no value: nobody knows which one counts. Only what decides must be
/// readable: see [`DecodeError::Undecidable`].
///
/// What the program itself sends is read strictly: everything must fit.
///
/// Rules are not checked: that is [`Validate`](crate::Validate), or [`check`] for what a typed value
/// cannot show. Other deserializers, such as `serde_json::from_slice`, read every message strictly: they
/// cannot go on behind a value that does not fit.
///
/// # Errors
///
/// When the bytes are no JSON, or when something does not fit that must: then with everything that is
/// wrong with the message, as [`check`] reports it.
#[inline]
pub fn decode<T: Message>(json: &[u8]) -> Result<T, DecodeError> {
    // Messages are large: this one is read into its place rather than passed from call to call.
    let mut place = None;
    drop(decode_into(json, &mut place)?);
    place.ok_or_else(|| Violations::new().into())
}

/// A message, with what could not be read of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The message.
    pub message: T,
    /// Why fields are absent although they should not be: values that could not be read, fields that came
    /// twice, and fields that every such message has. They stand among what [`check`] reports, in its
    /// words. Empty for nearly every message, and for every one that the program itself sends.
    pub dropped: Violations,
}

/// Reads a message as [`decode`] does, and tells what was dropped.
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

/// Reads a message that comes in as [`decode_reporting`] does, also when one of these fields cannot be read. Such a
/// message must not be judged.
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

/// Reads a message into its place, and gives what was dropped.
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

/// The rare path: something was lost. Looks at the message once more, this time for a report.
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
    } = crate::walk::check_sparing(&Node::parse_lenient(text)?, T::schema(), spared);
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
    // The rare path: read once more, this time for a complete report.
    let violations = crate::walk::check(&Node::parse(text)?, T::schema()).violations;
    if violations.has_errors() {
        Err(DecodeError::Violations(violations))
    } else {
        Err(NotJson::new(text, mistake).into())
    }
}

/// A date or a code that is `""` is read as absent. Where that is a violation, the typed message cannot
/// show it any more: then the message is refused.
fn refuse_empty_texts<T: Message>(message: &T, text: &str) -> Result<Violations, DecodeError> {
    let count = |violations: &Violations| {
        let rules = violations.iter().map(|violation| violation.rule);
        rules.filter(|rule| *rule == RuleId::NotEmpty).count()
    };
    let violations = crate::walk::check(&Node::parse(text)?, T::schema()).violations;
    if count(&violations) > count(&message.violations()) {
        return Err(violations.into());
    }
    Ok(Violations::new())
}

const NO_OBJECT: &str = "no value, expected an object";

/// Reads the message that is the whole text.
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
    read_object(&mut *reader, place, reading)?;
    reader.finish()
}

/// Checks a message as it stands, without reading it into its type: all that
/// [`Validate`](crate::Validate) checks, and also wrong JSON types, native scalars where the wire
/// wants texts, unknown fields, and fields that come twice. In a message that comes in, also single values
/// that are no JSON.
///
/// # Errors
///
/// When the bytes are no JSON.
pub fn check<T: Message>(json: &[u8]) -> Result<Violations, NotJson> {
    let schema = T::schema();
    let checked = match schema.direction {
        Some(Direction::Incoming) => {
            crate::walk::check(&Node::parse_lenient(&lenient_text(json)?)?, schema)
        }
        Some(Direction::Outgoing) | None => crate::walk::check(&Node::from_slice(json)?, schema),
    };
    Ok(checked.violations)
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
    /// The message came in, and what decides cannot be read: nothing follows from it.
    Undecidable(Box<Undecidable>),
}

/// Why nothing follows from a message that came in: one of the values that decide came twice or cannot
/// be read, or the message has not what every such message has. What decides are the status, the code,
/// the ids and the amounts that must agree with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecidable {
    violations: Violations,
    decisive: Violations,
}

impl Undecidable {
    /// Everything that is wrong with the message, as [`check`] reports it.
    pub fn violations(&self) -> &Violations {
        &self.violations
    }

    /// Those of the violations that stand in the way of a decision.
    pub fn decisive(&self) -> &Violations {
        &self.decisive
    }
}

impl DecodeError {
    /// Everything that is wrong with the message, when it is JSON.
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

/// Why a message could not be written.
#[derive(Debug)]
pub struct EncodeError(serde_json::Error);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the message cannot be written as JSON: {}", self.0)
    }
}

impl core::error::Error for EncodeError {}
