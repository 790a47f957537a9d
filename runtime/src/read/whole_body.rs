//! Reading of messages whose JSON is one of their fields.

use super::{present, read_fields, read_object};
use crate::json::{Mistake, OnlyField, Reader};
use crate::rules::BodyForm;
use crate::{Message, Reading};
use core::fmt;
use core::marker::PhantomData;
use serde::de::value::{BorrowedStrDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Reads a message, in whatever form its JSON has.
pub(crate) fn read_message<'de, T: Message>(
    reader: &mut Reader<'de>,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), Mistake> {
    let schema = T::schema();
    match schema.form() {
        (_, None) | (BodyForm::Members, _) => read_object(reader, place, reading),
        (BodyForm::ListOrMembers, Some(index)) if reader.peek() == Some(b'{') => {
            reader.deserialize_any(Others(place, reading, index))
        }
        (BodyForm::Value | BodyForm::ListOrMembers, Some(index)) => {
            let value = OnlyField::new(reader, schema.fields[index].name);
            read_fields(value, place, reading, None)
        }
    }
}

/// Reads a message that must be present.
pub fn deserialize_object<'de, T: Message, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let schema = T::schema();
    match schema.form() {
        (_, None) | (BodyForm::Members, _) => deserialize_members(from),
        (BodyForm::Value, Some(index)) => {
            let value = Only {
                name: Some(schema.fields[index].name),
                from: Some(from),
            };
            read_only(value)
        }
        (BodyForm::ListOrMembers, Some(index)) => {
            from.deserialize_any(ListOrMembers(index, PhantomData))
        }
    }
}

fn deserialize_members<'de, T: Message, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut place = None;
    read_object(from, &mut place, &mut Reading::strict())?;
    present(place, "an object")
}

fn read_only<'de, T: Message, A: MapAccess<'de>>(value: A) -> Result<T, A::Error> {
    let mut place = None;
    read_fields(value, &mut place, &mut Reading::strict(), None)?;
    present(place, "a value")
}

/// Reads the other fields of an object: a member with the name of the whole body is none.
struct Others<'a, T>(&'a mut Option<T>, &'a mut Reading, usize);

impl<'de, T: Message> Visitor<'de> for Others<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        read_fields(map, self.0, self.1, Some(self.2))
    }
}

/// Reads a list as the whole body, or an object with the other fields.
struct ListOrMembers<T>(usize, PhantomData<T>);

impl<'de, T: Message> Visitor<'de> for ListOrMembers<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut place = None;
        let mut reading = Reading::strict();
        Others(&mut place, &mut reading, self.0).visit_map(map)?;
        present(place, "an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        read_only(Only {
            name: Some(T::schema().fields[self.0].name),
            from: Some(SeqAccessDeserializer::new(list)),
        })
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Err(super::wrong("a boolean", &self))
    }

    numbers_are_wrong!();
    texts_are_wrong!();
}

/// The only field of an object, with a value that can be read once.
struct Only<D> {
    name: Option<&'static str>,
    from: Option<D>,
}

impl<'de, D: Deserializer<'de>> MapAccess<'de> for Only<D> {
    type Error = D::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, D::Error> {
        let name = self.name.take();
        name.map(|name| seed.deserialize(BorrowedStrDeserializer::new(name)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, D::Error> {
        match self.from.take() {
            Some(from) => seed.deserialize(from),
            None => Err(D::Error::custom("no value, expected one after its name")),
        }
    }
}
