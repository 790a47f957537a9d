//! Shared code of text enums.

use core::fmt;
use serde::ser::{Error, Serializer};

/// A text that an open enum does not know.
///
/// It is kept so that a message is written as it was read. It deliberately cannot be read or compared
/// with a text, because such code would break on the day the text becomes a documented value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Keeps an unknown text.
pub fn unknown_value(text: &str) -> UnknownValue {
    UnknownValue(text.into())
}

/// Returns whether a text can be a value of an enum of numbers.
pub fn is_number(text: &str) -> bool {
    crate::rules::integer(text)
}

/// Writes a value of an enum of numbers.
///
/// # Errors
///
/// When the text is not a whole number of 64 bits.
pub fn write_number<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    let number = crate::rules::parse_integer(text);
    to.serialize_i64(number.ok_or_else(|| S::Error::custom("a value that is not a number"))?)
}

/// Returns the unknown text.
#[inline]
pub fn unknown_text(value: &UnknownValue) -> &str {
    &value.0
}

/// Returns a view of an enum value.
#[inline]
pub fn enum_value<T: crate::OpenEnum>(value: &T) -> crate::Value<'_> {
    if value.is_known() {
        crate::Value::Checked(value.as_str())
    } else {
        crate::Value::Text(value.as_str())
    }
}

/// A value is not one of the values of a closed enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAValue {
    name: &'static str,
}

impl NotAValue {
    /// Makes the error for the enum with this name.
    pub const fn of(name: &'static str) -> Self {
        Self { name }
    }
}

impl fmt::Display for NotAValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value is not one of the values of {}", self.name)
    }
}

impl core::error::Error for NotAValue {}
