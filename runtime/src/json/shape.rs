//! The JSON type of a value.

use super::Node;
use crate::JsonShape;

impl Node<'_> {
    /// Returns the JSON type of the value; [`None`] for `null` and for a damaged value.
    pub fn shape(&self) -> Option<JsonShape> {
        match self {
            Node::String(_) => Some(JsonShape::String),
            Node::Number(_) => Some(JsonShape::Number),
            Node::Boolean(_) => Some(JsonShape::Boolean),
            Node::Object(_) => Some(JsonShape::Object),
            Node::Array(_) => Some(JsonShape::List),
            Node::Null | Node::Damaged(_) => None,
        }
    }
}

impl JsonShape {
    /// Returns the JSON type of a value by its first byte; [`None`] for `null`.
    pub(crate) const fn of_start(byte: u8) -> Option<Self> {
        match byte {
            b'"' => Some(JsonShape::String),
            b'{' => Some(JsonShape::Object),
            b'[' => Some(JsonShape::List),
            b't' | b'f' => Some(JsonShape::Boolean),
            b'n' => None,
            _ => Some(JsonShape::Number),
        }
    }
}
