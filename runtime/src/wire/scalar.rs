//! Texts, integers and booleans, and the shared code of all scalars.

use crate::read::wrong;
use crate::{Kind, Reading, Value, Wire, rules};
use core::fmt;
use serde::de::{Deserializer, Error, Visitor};

/// A scalar that is read from a text, or from a native number or boolean.
pub(crate) trait FromText: Sized {
    /// The expected form, in words.
    const EXPECTED: &'static str;

    /// True if `""` is a value of its own and not an absent one.
    const EMPTY_IS_VALUE: bool = false;

    fn from_text(text: &str) -> Option<Self>;

    fn from_native_integer(_: i64) -> Option<Self> {
        None
    }

    fn from_native_boolean(_: bool) -> Option<Self> {
        None
    }

    /// Returns the value of a number with an exponent, exactly.
    fn from_exponent(_: &str) -> Option<Self> {
        None
    }
}

/// Reads a scalar.
struct ScalarVisitor<'a, T>(&'a mut Option<T>, Reading);

impl<T: FromText> ScalarVisitor<'_, T> {
    #[inline]
    fn put<E: Error>(self, value: Option<T>, actual: &str) -> Result<(), E> {
        if value.is_none() {
            return Err(wrong(actual, &self));
        }
        *self.0 = value;
        Ok(())
    }
}

impl<'de, T: FromText> Visitor<'de> for ScalarVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text.is_empty() && !T::EMPTY_IS_VALUE {
            return Ok(());
        }
        let mut value = T::from_text(text);
        if value.is_none() && self.1.is_lenient() {
            value = T::from_exponent(text);
        }
        self.put(value, "a text of another form")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.put(T::from_native_integer(number), "a number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        let number = i64::try_from(number).ok();
        self.put(number.and_then(T::from_native_integer), "a number")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(T::from_native_boolean(value), "a boolean")
    }

    absent_is_none!();
    floats_are_wrong!();
    lists_are_wrong!();
    objects_are_wrong!();
}

/// Reads a scalar into its place.
pub(crate) fn read<'de, T: FromText, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), D::Error> {
    from.deserialize_any(ScalarVisitor(place, *reading))
}

impl FromText for String {
    const EXPECTED: &'static str = "a text";
    const EMPTY_IS_VALUE: bool = true;

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromText for i64 {
    const EXPECTED: &'static str = "an integer";

    fn from_text(text: &str) -> Option<Self> {
        rules::parse_integer(text)
    }

    fn from_native_integer(number: i64) -> Option<Self> {
        Some(number)
    }

    fn from_exponent(text: &str) -> Option<Self> {
        rules::exact_integer(text)
    }
}

impl FromText for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_text(text: &str) -> Option<Self> {
        rules::boolean(text).then_some(text == "true")
    }

    fn from_native_boolean(value: bool) -> Option<Self> {
        Some(value)
    }
}

impl Wire for String {
    const KIND: Kind = Kind::Text;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        read(from, place, reading)
    }
}

impl Wire for i64 {
    const KIND: Kind = Kind::Integer;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Integer(*self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        read(from, place, reading)
    }
}

impl Wire for bool {
    const KIND: Kind = Kind::Boolean;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        read(from, place, reading)
    }
}

/// A text does not have the form of its type. The error does not show the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongForm {
    expected: &'static str,
}

impl WrongForm {
    pub(crate) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for WrongForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl core::error::Error for WrongForm {}

/// Implements `FromStr`, `TryFrom`, `Display`, `Debug`, `Wire`, `Serialize` and `Deserialize` for a
/// type that is written as its text.
macro_rules! text_traits {
    ($name:ident, $kind:ident, $view:ident, $read:path) => {
        impl core::str::FromStr for $name {
            type Err = $crate::wire::WrongForm;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <Self as $crate::wire::FromText>::from_text(text).ok_or(
                    $crate::wire::WrongForm::new(<Self as $crate::wire::FromText>::EXPECTED),
                )
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::wire::WrongForm;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.as_str())
            }
        }

        impl $crate::Wire for $name {
            const KIND: $crate::Kind = $crate::Kind::$kind;

            #[inline]
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::$view(self.as_str())
            }

            fn read<'de, D: serde::Deserializer<'de>>(
                from: D,
                place: &mut Option<Self>,
                reading: &mut $crate::Reading,
            ) -> Result<(), D::Error> {
                $read(from, place, reading)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::read::deserialize(from, <Self as $crate::wire::FromText>::EXPECTED)
            }
        }
    };
}

pub(crate) use text_traits;
