//! The reader as a serde deserializer.

use super::mistake::Mistake;
use super::reader::{Mark, Reader};
use crate::rules;
use serde::de::value::{BorrowedStrDeserializer, BytesDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Mistake;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.peek() {
            Some(b'"') => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b'{') => {
                let depth = self.depth();
                self.open()?;
                let fields = Fields {
                    value: self.mark(),
                    reader: self,
                    is_first: true,
                };
                let value = visitor.visit_map(fields)?;
                self.closed(depth)?;
                Ok(value)
            }
            Some(b'[') => {
                let depth = self.depth();
                self.open()?;
                let elements = Elements {
                    reader: self,
                    is_first: true,
                };
                let value = visitor.visit_seq(elements)?;
                self.closed(depth)?;
                Ok(value)
            }
            Some(b'n') => {
                self.word("null")?;
                visitor.visit_unit()
            }
            Some(b't') => {
                self.word("true")?;
                visitor.visit_bool(true)
            }
            Some(b'f') => {
                self.word("false")?;
                visitor.visit_bool(false)
            }
            _ => {
                let digits = self.number()?;
                if digits == "-0" {
                    return Err(self.mistake("a negative zero"));
                }
                match (digits.parse::<u64>(), digits.parse()) {
                    (Ok(number), _) => visitor.visit_u64(number),
                    (_, Ok(number)) => visitor.visit_i64(number),
                    // Never convert it to a float; `Decimal` takes the digits.
                    _ => match self.is_lenient().then(|| rules::exact_integer(digits)) {
                        Some(Some(number)) => visitor.visit_i64(number),
                        Some(None) | None => {
                            Err(self.mistake("a number that is not a 64-bit integer"))
                        }
                    },
                }
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.peek() {
            Some(b'n') => {
                self.word("null")?;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    /// A name that starts with `$` comes from serde_json's `RawValue`, which requests the text of a
    /// value as a map with that name as its only key.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        if !name.starts_with('$') {
            return visitor.visit_newtype_struct(self);
        }
        let text = self.skip()?;
        visitor.visit_map(Raw {
            name: Some(name),
            text,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                visitor.visit_enum(text.into_deserializer())
            }
            _ => Err(self.mistake("expected a text")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.skip()?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

impl Reader<'_> {
    /// Checks that the visitor read the array or object to its end.
    fn closed(&self, depth: usize) -> Result<(), Mistake> {
        match self.depth() == depth {
            true => Ok(()),
            false => Err(self.mistake("more elements than expected")),
        }
    }
}

/// The fields of an object.
///
/// A caller that could not read a value may request it again: it is read from its beginning. This is
/// how [`crate::Fields`] skips a value that does not fit.
struct Fields<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_first: bool,
    /// The position where the value of the last name begins.
    value: Mark,
}

/// Bytes that are not text, so no table has a field with this name.
const NO_NAME: &[u8] = b"\xff";

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Mistake;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let comes = self.reader.next_field(self.is_first)?;
        self.is_first = false;
        if !comes {
            return Ok(None);
        }
        let key = match self.reader.plain_string() {
            Some(name) => seed.deserialize(BorrowedStrDeserializer::new(name))?,
            None => match self.reader.text_or_damage()? {
                Some(name) => seed.deserialize(name.into_deserializer())?,
                None => seed.deserialize(BytesDeserializer::new(NO_NAME))?,
            },
        };
        self.reader.colon()?;
        self.value = self.reader.mark();
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        self.reader.go_back(self.value);
        seed.deserialize(&mut *self.reader)
    }
}

/// The only field of an object whose value a reader stands at. The value can be requested again, as that of [`Fields`].
pub(crate) struct OnlyField<'r, 'de> {
    reader: &'r mut Reader<'de>,
    name: Option<&'static str>,
    value: Mark,
}

impl<'r, 'de> OnlyField<'r, 'de> {
    pub(crate) fn new(reader: &'r mut Reader<'de>, name: &'static str) -> Self {
        Self {
            name: Some(name),
            value: reader.mark(),
            reader,
        }
    }
}

impl<'de> MapAccess<'de> for OnlyField<'_, 'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let name = self.name.take();
        name.map(|name| seed.deserialize(BorrowedStrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        self.reader.go_back(self.value);
        seed.deserialize(&mut *self.reader)
    }
}

/// The elements of an array.
struct Elements<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_first: bool,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        let comes = self.reader.next_element(self.is_first)?;
        self.is_first = false;
        if comes {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

/// The text of a value, under the name that requested it.
struct Raw<'de> {
    name: Option<&'static str>,
    text: &'de str,
}

impl<'de> MapAccess<'de> for Raw<'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let name = self.name.take();
        name.map(|name| seed.deserialize(BorrowedStrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        seed.deserialize(BorrowedStrDeserializer::<Mistake>::new(self.text))
            .map_err(Mistake::custom)
    }
}
