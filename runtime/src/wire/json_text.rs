use crate::read::{deserialize, read_object};
use crate::{Kind, Message, Reading, Value, Wire};
use core::fmt;
use core::ops::{Deref, DerefMut};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// An object that travels as a text holding its JSON.
///
/// Also reads the object itself, because some senders forget the text around it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct JsonText<T>(pub T);

impl<T> JsonText<T> {
    /// Returns the object.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for JsonText<T> {
    fn from(object: T) -> Self {
        Self(object)
    }
}

impl<T> Deref for JsonText<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for JsonText<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

struct JsonVisitor<'a, T>(&'a mut Option<JsonText<T>>, &'a mut Reading);

impl<'de, T: Message> Visitor<'de> for JsonVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that is a JSON object")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text.is_empty() {
            return Ok(());
        }
        let object = crate::decode::read(text, self.1).map_err(E::custom)?;
        *self.0 = Some(JsonText(object));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut object = None;
        read_object(MapAccessDeserializer::new(map), &mut object, self.1)?;
        *self.0 = object.map(JsonText);
        Ok(())
    }

    absent_is_none!();
    scalars_are_wrong!();
    lists_are_wrong!();
}

impl<T: Message> Wire for JsonText<T> {
    const KIND: Kind = Kind::Json(T::schema);

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Object(&self.0)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        from.deserialize_any(JsonVisitor(place, reading))
    }
}

impl<T: Message + Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        to.serialize_str(&text)
    }
}

impl<'de, T: Message> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from, "a text that is a JSON object")
    }
}
