//! Boxes and lists of wire types.

use crate::read::ListVisitor;
use crate::{Kind, Value, Wire};
use core::marker::PhantomData;
use serde::Deserializer;

impl<T: Wire> Wire for Box<T> {
    const KIND: Kind = T::KIND;

    fn value(&self) -> Value<'_> {
        T::value(self)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        Ok(T::read(from)?.map(Box::new))
    }
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);

    fn value(&self) -> Value<'_> {
        Value::List(self)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        from.deserialize_any(ListVisitor(PhantomData))
    }
}
