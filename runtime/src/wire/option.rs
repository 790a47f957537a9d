//! Elements of lists and values of maps for which `null` is a value.

use crate::json::Node;
use crate::{Kind, Reading, Value, Wire};
use core::fmt;
use serde::de::{Deserializer, Error, Visitor};

/// Reads a value, or `null`.
struct OptionVisitor<'a, T>(&'a mut Option<Option<T>>, &'a mut Reading);

impl<'de, T: Wire> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.0 = Some(None);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let mut inside = None;
        T::read(from, &mut inside, self.1)?;
        *self.0 = inside.map(Some);
        Ok(())
    }
}

/// An element of a list, or a value of a map, that may be `null`. An optional field is no such value: the derive
/// handles its `Option`.
impl<T: Wire> Wire for Option<T> {
    const KIND: Kind = Kind::Nullable(&T::KIND);

    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            None => Value::Node(&Node::Null),
            Some(value) => value.value(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        from.deserialize_option(OptionVisitor(place, reading))
    }
}
