//! Values for which `null` is a value of its own.

use crate::json::Node;
use crate::read::deserialize;
use crate::{Kind, Reading, Value, Wire};
use core::fmt;
use core::ops::Deref;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A value, or JSON `null` as a value that is not an absent one.
///
/// An optional field is an `Option<Nullable<T>>`: [`None`] is not sent, [`Nullable::Null`] is sent as `null`.
///
/// ```
/// use payspec_runtime::Nullable;
///
/// let note: Nullable<String> = "wrapped".into();
/// assert_eq!(note.as_deref(), Some("wrapped"));
/// assert_eq!(serde_json::to_string(&note).ok().as_deref(), Some("\"wrapped\""));
/// assert_eq!(serde_json::from_str::<Nullable<String>>("null").ok(), Some(Nullable::Null));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// JSON `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value; [`None`] for `null`.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns what the value dereferences to, such as the `str` of a `String`; [`None`] for `null`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_option().map(T::deref)
    }

    /// Converts into the value; [`None`] for `null`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// Reads a value, or `null`.
struct NullableVisitor<'a, T>(&'a mut Option<Nullable<T>>, &'a mut Reading);

impl<'de, T: Wire> Visitor<'de> for NullableVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.0 = Some(Nullable::Null);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let mut inside = None;
        T::read(from, &mut inside, self.1)?;
        *self.0 = inside.map(Nullable::Value);
        Ok(())
    }
}

impl<T: Wire> Wire for Nullable<T> {
    const KIND: Kind = T::KIND;

    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Node(&Node::Null),
            Self::Value(value) => value.value(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        from.deserialize_option(NullableVisitor(place, reading))
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Value(value) => value.serialize(to),
        }
    }
}

impl<'de, T: Wire> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from, "a value or null")
    }
}
