//! A JSON message as a small borrowed tree: what is checked when a message cannot, or need not, be
//! read into its type.

use core::fmt;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Deepest nesting that is read. A scalar has depth 0, `[]` has depth 1.
pub const MAX_DEPTH: usize = 64;

/// A JSON value. Keeps the text of numbers, the order of fields, and fields that come twice.
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
    /// A number, as it is written.
    Number(&'a str),
    /// A string without its escapes.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Reads a message.
    ///
    /// # Errors
    ///
    /// When the bytes are not UTF-8, not JSON, have half of a surrogate pair, or are nested deeper
    /// than [`MAX_DEPTH`].
    pub fn from_slice(json: &'a [u8]) -> Result<Self, NotJson> {
        Self::parse(NotJson::utf8(json)?)
    }

    /// Reads a message.
    ///
    /// # Errors
    ///
    /// As [`Node::from_slice`].
    pub fn parse(json: &'a str) -> Result<Self, NotJson> {
        let raw: &RawValue =
            serde_json::from_str(json).map_err(|error| NotJson::new(json, 0, &error))?;
        level(json, raw.get(), 0)
    }

    /// The value of a field of an object, the first one of that name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields
                .iter()
                .find(|field| field.0 == name)
                .map(|field| &field.1),
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::String(_) | Self::Array(_) => {
                None
            }
        }
    }
}

/// Reads one value whose extent is known. Every level of nesting is read from the raw text of the
/// level above, because that is the way to the digits of a number without a float.
fn level<'a>(whole: &'a str, raw: &'a str, depth: usize) -> Result<Node<'a>, NotJson> {
    let offset = raw.as_ptr() as usize - whole.as_ptr() as usize;
    let failed = |error: serde_json::Error| NotJson::new(whole, offset, &error);
    match raw.as_bytes().first() {
        Some(b'{' | b'[') if depth == MAX_DEPTH => Err(NotJson::at(
            whole,
            offset,
            format!("nested deeper than {MAX_DEPTH} levels"),
        )),
        Some(b'{') => {
            let Fields(fields) = serde_json::from_str(raw).map_err(failed)?;
            let node = |(Text(name), value): (_, &'a RawValue)| {
                Ok((name, level(whole, value.get(), depth + 1)?))
            };
            fields
                .into_iter()
                .map(node)
                .collect::<Result<_, _>>()
                .map(Node::Object)
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(raw).map_err(failed)?;
            let node = |value: &'a RawValue| level(whole, value.get(), depth + 1);
            elements
                .into_iter()
                .map(node)
                .collect::<Result<_, _>>()
                .map(Node::Array)
        }
        Some(b'"') => serde_json::from_str(raw)
            .map(|Text(text)| Node::String(text))
            .map_err(failed),
        Some(b'n') => Ok(Node::Null),
        Some(b't') => Ok(Node::Boolean(true)),
        Some(b'f') => Ok(Node::Boolean(false)),
        _ => Ok(Node::Number(raw)),
    }
}

/// The fields of one object, in order, all of them.
struct Fields<'a>(Vec<(Text<'a>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        from.deserialize_map(FieldsVisitor)
    }
}

/// A text that borrows from the message unless it has escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        from.deserialize_str(TextVisitor)
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

/// Why a message cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    line: usize,
    column: usize,
    reason: String,
}

impl NotJson {
    /// Line of the mistake, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column of the mistake in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The text of a message.
    pub(crate) fn utf8(json: &[u8]) -> Result<&str, Self> {
        core::str::from_utf8(json).map_err(|error| {
            let valid = json.get(..error.valid_up_to()).unwrap_or_default();
            let valid = core::str::from_utf8(valid).unwrap_or_default();
            Self::at(valid, valid.len(), "not UTF-8".to_owned())
        })
    }

    /// A mistake that serde_json found in the part of the message that starts at the offset.
    pub(crate) fn new(whole: &str, offset: usize, error: &serde_json::Error) -> Self {
        let reason = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let reason = reason.strip_suffix(&place).unwrap_or(&reason).to_owned();
        let part = whole.get(offset..).unwrap_or_default();
        let line_start: usize = part
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        Self::at(
            whole,
            offset + line_start + error.column().saturating_sub(1),
            reason,
        )
    }

    /// A mistake at a byte of the message.
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
