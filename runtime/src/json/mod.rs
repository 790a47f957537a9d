//! A JSON message as a small borrowed tree: what is checked when a message cannot, or need not, be
//! read into its type.

mod deserializer;
mod mistake;
mod reader;

pub(crate) use mistake::Mistake;
pub use mistake::NotJson;
pub(crate) use reader::Reader;

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
        let mut reader = Reader::new(json);
        let read = |reader: &mut Reader<'a>| {
            let node = Self::read(reader)?;
            reader.finish()?;
            Ok(node)
        };
        read(&mut reader).map_err(|mistake| NotJson::new(json, mistake))
    }

    /// Reads the value that comes next.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Mistake> {
        Ok(match reader.peek() {
            Some(b'"') => Self::String(reader.string()?),
            Some(b'{') => {
                let mut fields = Vec::new();
                reader.open()?;
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
