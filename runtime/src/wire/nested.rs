//! Messages and lists as wire types.

use crate::read::{ListVisitor, read_object};
use crate::{Fields, Kind, Message, Reading, Schema, Value, Wire};
use serde::Deserializer;
use serde::de::MapAccess;

/// A boxed message is a message, so that types can be recursive.
impl<T: Message> Message for Box<T> {
    fn schema() -> &'static Schema {
        T::schema()
    }

    fn get(&self, index: usize) -> Value<'_> {
        T::get(self, index)
    }

    fn read<'de, A: MapAccess<'de>>(
        fields: &mut Fields<'_, A>,
        place: &mut Option<Self>,
    ) -> Result<(), A::Error> {
        let mut inside = None;
        T::read(fields, &mut inside)?;
        *place = inside.map(Box::new);
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Message> Wire for T {
    const KIND: Kind = Kind::Object(T::schema);

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Object(self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        read_object(from, place, reading)
    }
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        from.deserialize_any(ListVisitor(place, reading))
    }
}
