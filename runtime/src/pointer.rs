//! JSON Pointers that are written only when they are read.

use crate::Schema;
use crate::lazy::reads_as_text;
use crate::schema::Kind;
use core::fmt::{self, Write};
use std::borrow::Cow;

/// The place of a value: a JSON Pointer (RFC 6901) into the message. `""` is the message itself.
///
/// Shown with [`Display`](fmt::Display). Equal to, ordered and hashed like the text that it shows.
///
/// ```
/// use payspec_runtime::Pointer;
///
/// let pointer = Pointer::from("/order/goods/0".to_owned());
/// assert_eq!(pointer, "/order/goods/0");
/// assert_eq!(pointer.text(), "/order/goods/0");
/// ```
#[derive(Clone)]
pub struct Pointer(Inner);

#[derive(Clone)]
enum Inner {
    Later(Steps),
    Now(Box<str>),
}

/// The path from a message to a value, as indexes of fields and elements.
#[derive(Clone, Copy)]
pub(crate) struct Steps {
    pub(crate) message: &'static Schema,
    pub(crate) indexes: [u16; Self::MOST],
    pub(crate) count: u8,
}

impl Steps {
    /// Largest number of steps that are kept without writing them.
    pub(crate) const MOST: usize = 11;

    fn is_same(&self, other: &Self) -> bool {
        core::ptr::eq(self.message, other.message)
            && self.count == other.count
            && self.indexes == other.indexes
    }
}

// Violations are copied, so keep them small.
const _: () = assert!(size_of::<Pointer>() <= 32);

impl Pointer {
    /// Escapes a name as a part of a pointer: `~` and `/`.
    ///
    /// ```
    /// use payspec_runtime::Pointer;
    ///
    /// assert_eq!(Pointer::escape("a/b~c"), "a~1b~0c");
    /// assert_eq!(Pointer::unescape("a~1b~0c"), "a/b~c");
    /// ```
    pub fn escape(name: &str) -> Cow<'_, str> {
        // Hardly any name needs an escape, but every message has many names.
        match name.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            true => Cow::Owned(name.replace('~', "~0").replace('/', "~1")),
            false => Cow::Borrowed(name),
        }
    }

    /// Returns the name that a part of a pointer denotes.
    pub fn unescape(part: &str) -> Cow<'_, str> {
        match part.contains('~') {
            true => Cow::Owned(part.replace("~1", "/").replace("~0", "~")),
            false => Cow::Borrowed(part),
        }
    }

    /// Makes a pointer from steps, to be written later.
    pub(crate) const fn later(steps: Steps) -> Self {
        Self(Inner::Later(steps))
    }

    /// Returns the text; writes it first if necessary.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Inner::Later(steps) => Cow::Owned(steps.to_string()),
            Inner::Now(text) => Cow::Borrowed(text),
        }
    }

    /// Returns whether it denotes the place of this pointer, or one inside it.
    pub(crate) fn is_within(&self, outer: &str) -> bool {
        let text = self.text();
        let rest = text.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns whether both denote the same place, mostly without writing a text.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Later(one), Inner::Later(other)) => one.is_same(other),
            (Inner::Now(_), _) | (_, Inner::Now(_)) => self == other,
        }
    }
}

impl From<String> for Pointer {
    fn from(text: String) -> Self {
        Self(Inner::Now(text.into_boxed_str()))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Later(steps) => steps.fmt(f),
            Inner::Now(text) => f.write_str(text),
        }
    }
}

reads_as_text!(Pointer);

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut inside = Inside::Object(self.message);
        for index in self.indexes.iter().take(usize::from(self.count)) {
            let kind = match inside {
                Inside::Object(schema) => {
                    let Some(field) = schema.fields.get(usize::from(*index)) else {
                        break;
                    };
                    write_name(f, field.name)?;
                    &field.kind
                }
                Inside::List(element) => {
                    write!(f, "/{index}")?;
                    element.without_null()
                }
                Inside::Scalar => break,
            };
            inside = match kind {
                Kind::Object(schema) | Kind::Json(schema) => Inside::Object(schema()),
                Kind::List(element) => Inside::List(element),
                Kind::Text
                | Kind::Integer
                | Kind::Decimal
                | Kind::Boolean
                | Kind::DateTime
                | Kind::Date
                | Kind::Uuid
                | Kind::Binary
                | Kind::Timestamp(_)
                | Kind::Url
                | Kind::Country
                | Kind::Currency(_)
                | Kind::Any
                | Kind::Nullable(_)
                // A key has no index, and the index of a field does not name the object of a union: steps never lead
                // through these.
                | Kind::Map(_)
                | Kind::Union(_)
                | Kind::Enum(_) => Inside::Scalar,
            };
        }
        Ok(())
    }
}

/// The container that the next index counts in.
enum Inside {
    Object(&'static Schema),
    List(&'static Kind),
    Scalar,
}

/// Writes one step of a pointer, escaped.
pub(crate) fn write_name(out: &mut impl Write, name: &str) -> fmt::Result {
    out.write_char('/')?;
    out.write_str(&Pointer::escape(name))
}
