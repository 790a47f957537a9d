//! The texts of scalars.

use crate::Value;
use crate::json::Node;
use core::fmt::Write;

/// A buffer for the digits of an integer.
pub(super) struct Buffer {
    bytes: [u8; 20],
    len: usize,
}

impl Buffer {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; 20],
            len: 0,
        }
    }
}

impl Write for Buffer {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(core::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// Returns the text of a scalar as on a wire of texts; [`None`] if it is not a scalar.
pub(super) fn text_of<'a>(value: &Value<'a>, buffer: &'a mut Buffer) -> Option<&'a str> {
    match *value {
        Value::Text(text) | Value::Checked(text) => Some(text),
        Value::Node(Node::String(text)) => Some(text),
        Value::Node(Node::Number(digits)) => Some(digits),
        Value::Boolean(value) | Value::Node(&Node::Boolean(value)) => {
            Some(if value { "true" } else { "false" })
        }
        Value::Integer(number) => {
            buffer.len = 0;
            // Twenty bytes hold every 64-bit integer.
            write!(buffer, "{number}").ok()?;
            core::str::from_utf8(buffer.bytes.get(..buffer.len)?).ok()
        }
        Value::Absent
        | Value::Object(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Union(_)
        | Value::Json(_)
        | Value::Node(Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_)) => None,
    }
}
