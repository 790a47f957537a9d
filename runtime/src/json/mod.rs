//! A JSON message as a small borrowed tree, for checks of messages that cannot, or need not, be decoded
//! into their type.

mod deserializer;
#[cfg(feature = "client")]
pub(crate) mod locate;
mod mistake;
mod reader;
mod shape;
mod tag;

pub(crate) use deserializer::OnlyField;
pub(crate) use mistake::Mistake;
pub use mistake::{NotJson, wide_encoding};
pub(crate) use reader::Reader;
pub use reader::is_damaged_name;
pub(crate) use tag::tag;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Deepest nesting that is accepted. A scalar has depth 0, `[]` has depth 1.
pub const MAX_DEPTH: usize = 64;

/// Capacity that is enough for the fields of most objects.
const FIELDS: usize = 8;

/// Returns the text of an incoming message, which may be partly invalid UTF-8: each invalid sequence
/// becomes a control character, so that [`Node::parse_lenient`] treats the string around it as damaged.
///
/// A byte after an invalid one may be half of a character too: the second byte of many characters of
/// GBK is a backslash. It is treated like that if the message cannot be read otherwise.
///
/// # Errors
///
/// When the first bytes show UTF-16, UTF-32 or a byte order mark.
pub fn lenient_text(json: &[u8]) -> Result<Cow<'_, str>, NotJson> {
    NotJson::plain(json)?;
    if let Ok(text) = core::str::from_utf8(json) {
        return Ok(Cow::Borrowed(text));
    }
    let text = without_damage(json, false);
    let is_whole = |text: &str| {
        let mut reader = Reader::lenient(text);
        reader.skip().is_ok() && reader.finish().is_ok()
    };
    if !is_whole(&text) {
        let other = without_damage(json, true);
        if is_whole(&other) {
            return Ok(Cow::Owned(other));
        }
    }
    Ok(Cow::Owned(text))
}

/// Returns the text with a control character for each sequence that is not UTF-8, optionally including
/// the backslash after it.
fn without_damage(json: &[u8], takes_backslash: bool) -> String {
    let mut text = String::with_capacity(json.len());
    let mut was_damaged = false;
    for chunk in json.utf8_chunks() {
        let valid = chunk.valid();
        let is_half = takes_backslash && was_damaged;
        text.push_str(
            is_half
                .then(|| valid.strip_prefix('\\'))
                .flatten()
                .unwrap_or(valid),
        );
        was_damaged = !chunk.invalid().is_empty();
        if was_damaged {
            text.push('\u{1}');
        }
    }
    text
}

/// The kind of damage of a value that is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// A string with half of a surrogate pair, an unknown escape, a control character, or bytes that
    /// are not UTF-8.
    Text,
    /// A bare word, such as `NaN`, `01` or `None`.
    Word,
}

/// A JSON value. Keeps the text of numbers, the order of fields, and duplicate fields.
///
/// ```
/// use payspec_runtime::json::Node;
///
/// let node = Node::parse(r#"{"value": 1.10, "value": null}"#)?;
/// let Node::Object(fields) = node else { panic!("an object") };
/// assert_eq!(fields[0], ("value".into(), Node::Number("1.10")));
/// assert_eq!(fields[1], ("value".into(), Node::Null));
/// # Ok::<(), payspec_runtime::NotJson>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, exactly as written.
    Number(&'a str),
    /// A string with its escapes resolved.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    /// A value that is not JSON. Only [`Node::parse_lenient`] makes it.
    Damaged(Damage),
}

impl<'a> Node<'a> {
    /// Parses a message.
    ///
    /// # Errors
    ///
    /// When the bytes are not UTF-8 or not JSON, contain half of a surrogate pair, or are nested deeper
    /// than [`MAX_DEPTH`].
    pub fn from_slice(json: &'a [u8]) -> Result<Self, NotJson> {
        Self::parse(NotJson::utf8(json)?)
    }

    /// Parses a message.
    ///
    /// # Errors
    ///
    /// As [`Node::from_slice`].
    pub fn parse(json: &'a str) -> Result<Self, NotJson> {
        Self::whole(json, Reader::new(json))
    }

    /// Parses an incoming message as far as possible: a value that is not JSON becomes
    /// [`Node::Damaged`], as long as its end is clear. See [`lenient_text`] for bytes.
    ///
    /// ```
    /// use payspec_runtime::json::{Damage, Node};
    ///
    /// let node = Node::parse_lenient(r#"{"rate": NaN, "name": "\ud83d", "id": "1"}"#)?;
    /// assert_eq!(node.get("rate"), Some(&Node::Damaged(Damage::Word)));
    /// assert_eq!(node.get("name"), Some(&Node::Damaged(Damage::Text)));
    /// assert_eq!(node.get("id"), Some(&Node::String("1".into())));
    /// # Ok::<(), payspec_runtime::NotJson>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the message is incomplete, continues after its end, is nested deeper than [`MAX_DEPTH`],
    /// lacks punctuation, or is not a JSON value at all.
    pub fn parse_lenient(json: &'a str) -> Result<Self, NotJson> {
        Self::whole(json, Reader::lenient(json))
    }

    fn whole(json: &'a str, mut reader: Reader<'a>) -> Result<Self, NotJson> {
        let read = |reader: &mut Reader<'a>| {
            let node = Self::read(reader)?;
            reader.finish()?;
            match node {
                // Only a value inside a message may be damaged.
                Self::Damaged(_) => Err(Mistake::new(0, "expected a value")),
                node => Ok(node),
            }
        };
        read(&mut reader).map_err(|mistake| NotJson::new(json, mistake))
    }

    /// Reads the next value.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Mistake> {
        Ok(match reader.peek() {
            Some(b'"') => match reader.text_or_damage()? {
                Some(text) => Self::String(text),
                None => Self::Damaged(Damage::Text),
            },
            Some(b'{') => {
                reader.open()?;
                let mut fields = Vec::with_capacity(FIELDS);
                let mut is_first = true;
                while let Some(name) = reader.next_name(is_first)? {
                    fields.push((name, Self::read(reader)?));
                    is_first = false;
                }
                Self::Object(fields)
            }
            Some(b'[') => {
                let mut elements = Vec::new();
                reader.open()?;
                while reader.next_element(elements.is_empty())? {
                    elements.push(Self::read(reader)?);
                }
                Self::Array(elements)
            }
            _ => {
                let start = reader.mark();
                match Self::word(reader) {
                    Err(_) if reader.is_lenient() => {
                        reader.go_back(start);
                        reader.bare_word()?;
                        Self::Damaged(Damage::Word)
                    }
                    word => word?,
                }
            }
        })
    }

    /// Reads `null`, a boolean or a number.
    fn word(reader: &mut Reader<'a>) -> Result<Self, Mistake> {
        Ok(match reader.peek() {
            Some(b'n') => {
                reader.word("null")?;
                Self::Null
            }
            Some(b't') => {
                reader.word("true")?;
                Self::Boolean(true)
            }
            Some(b'f') => {
                reader.word("false")?;
                Self::Boolean(false)
            }
            _ => Self::Number(reader.number()?),
        })
    }

    /// Returns the first damage of the value or of a value inside it.
    pub fn damage(&self) -> Option<Damage> {
        match self {
            Self::Damaged(damage) => Some(*damage),
            Self::Array(elements) => elements.iter().find_map(Self::damage),
            Self::Object(fields) => fields.iter().find_map(|(_, value)| value.damage()),
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// Returns the value of the first field with this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields
                .iter()
                .find(|field| field.0 == name)
                .map(|field| &field.1),
            Self::Null
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::String(_)
            | Self::Array(_)
            | Self::Damaged(_) => None,
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Boolean(value) => to.serialize_bool(*value),
            Self::Number(digits) => {
                let digits = RawValue::from_string((*digits).to_owned());
                digits.map_err(serde::ser::Error::custom)?.serialize(to)
            }
            Self::String(text) => to.serialize_str(text),
            Self::Damaged(_) => Err(serde::ser::Error::custom("a value that is not JSON")),
            Self::Array(elements) => to.collect_seq(elements),
            Self::Object(fields) => {
                let mut map = to.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
