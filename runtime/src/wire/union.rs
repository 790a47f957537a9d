//! Unions as wire types.

use super::json::{Json, is_json};
use crate::json::{Mistake, Reader, tag};
use crate::read::{deserialize, read_object};
use crate::schema::{Discriminator, Tags};
use crate::value::{Tagged, Variant};
use crate::{JsonShape, Message, Reading, Union, UnionSchema, Wire};
use core::fmt;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::value::RawValue;

/// A value that an open union does not know.
///
/// It is kept so that a message is written as it was read. It deliberately cannot be read or made, because such code would
/// break on the day the value becomes a documented one. `Debug` shows nothing of it, because nobody knows what is in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownJson(Json);

impl UnknownJson {
    /// Returns the text that came.
    pub(crate) const fn as_json(&self) -> &Json {
        &self.0
    }
}

impl fmt::Debug for UnknownJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Union> Tagged for T {
    fn schema(&self) -> &'static UnionSchema {
        &T::SCHEMA
    }

    fn variant(&self) -> Variant<'_> {
        Union::variant(self)
    }
}

/// Reads a value of a union, or `null`. The tag can come after the fields that depend on it, so an object is read twice.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), D::Error> {
    let json = Box::<RawValue>::deserialize(from)?;
    read_text(json, place, reading).map_err(D::Error::custom)
}

fn read_text<T: Union>(
    json: Box<RawValue>,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), Mistake> {
    let text = json.get();
    let reader = || match reading.is_lenient() {
        true => Reader::lenient(text),
        false => Reader::new(text),
    };
    if text == "null" {
        return Ok(());
    }
    let (mut first, mut second) = (reader(), reader());
    let (index, mistake) = match &T::SCHEMA.discriminator {
        Discriminator::Tag(tags) => (
            position_of_tag(&mut first, tags)?,
            "an object with an unknown tag",
        ),
        Discriminator::Shape(shapes) => {
            let shape = first.peek().and_then(JsonShape::of_start);
            (
                shape.and_then(|shape| shapes.position(shape)),
                "a value of another JSON type",
            )
        }
    };
    if let Some(index) = index {
        return T::read(index, &mut second, place, reading);
    }
    let is_kept = T::SCHEMA.open && (!reading.is_lenient() || is_json(text));
    if is_kept {
        *place = T::unknown(UnknownJson(Json(json)));
        return Ok(());
    }
    Err(first.mistake(mistake))
}

/// Returns the index of the object that the tag names.
fn position_of_tag(reader: &mut Reader<'_>, tags: &Tags) -> Result<Option<usize>, Mistake> {
    match tag(reader, tags.name)? {
        Some(tag) => Ok(tags.position(&tag)),
        None => Err(reader.mistake("an object without its tag")),
    }
}

/// Reads one of the objects of a union.
pub fn read_object_of_union<'de, T: Message, U, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<U>,
    reading: &mut Reading,
    of: fn(T) -> U,
) -> Result<(), D::Error> {
    let mut object = None;
    read_object(from, &mut object, reading)?;
    *place = object.map(of);
    Ok(())
}

/// Reads a value of one of the types of a union. An empty text that stands for an absent value is none.
pub fn read_value_of_union<'de, T: Wire, U, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<U>,
    reading: &mut Reading,
    of: fn(T) -> U,
) -> Result<(), D::Error> {
    let mut value = None;
    T::read(from, &mut value, reading)?;
    match value {
        Some(value) => *place = Some(of(value)),
        None => return Err(D::Error::custom("an empty text")),
    }
    Ok(())
}

/// Reads a value of a union that must be present.
pub fn deserialize_union<'de, T: Union + Wire, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    deserialize(from, "a value of the union")
}
