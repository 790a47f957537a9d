//! Reading the values of enums.

use super::{Reading, present, wrong};
use crate::{OpenEnum, rules};
use core::fmt;
use serde::de::{Deserializer, Error, Visitor};

/// Reads an enum value, `null`, or `""` for an absent one.
pub fn read_enum<'de, T: OpenEnum, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), D::Error> {
    from.deserialize_any(EnumVisitor(place, *reading))
}

/// Reads an enum value that must be present.
pub fn deserialize_enum<'de, T: OpenEnum, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut place = None;
    read_enum(from, &mut place, &mut Reading::strict())?;
    present(
        place,
        if T::SCHEMA.numbers {
            "a number"
        } else {
            "a text"
        },
    )
}

/// Reads an enum value.
struct EnumVisitor<'a, T>(&'a mut Option<T>, Reading);

impl<T: OpenEnum> EnumVisitor<'_, T> {
    fn put<E: Error>(self, text: &str, actual: &str) -> Result<(), E> {
        *self.0 = Some(T::parse(text).ok_or_else(|| wrong(actual, &self))?);
        Ok(())
    }

    fn number<E: Error>(self, number: Option<i64>) -> Result<(), E> {
        match number {
            Some(number) if T::SCHEMA.numbers => self.put(&number.to_string(), "an unknown number"),
            Some(_) | None => Err(wrong("a number", &self)),
        }
    }
}

impl<'de, T: OpenEnum> Visitor<'de> for EnumVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = if T::SCHEMA.numbers {
            "numbers"
        } else {
            "texts"
        };
        write!(f, "one of the {values} of {}", T::SCHEMA.name)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text.is_empty() {
            return Ok(());
        }
        if T::SCHEMA.numbers && self.1.is_lenient() {
            if let Some(number) = rules::exact_integer(text) {
                return self.number(Some(number));
            }
        }
        self.put(text, "an unknown text")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.number(Some(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.number(i64::try_from(number).ok())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Err(wrong("a boolean", &self))
    }

    absent_is_none!();
    floats_are_wrong!();
    lists_are_wrong!();
    objects_are_wrong!();
}
