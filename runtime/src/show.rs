//! `Debug` of a message: wire names, present fields only, sensitive values masked.

use crate::json::Node;
use crate::value::{Entries, List, Reflect, Tagged, Variant};
use crate::{Message, Value};
use core::fmt;

/// Prints an object for debugging.
pub fn debug_object<T: Message>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&Object(object), f)
}

/// Prints a value of a union for debugging; an object after its tag.
pub fn debug_union(value: &dyn Tagged, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value.variant() {
        Variant::Tagged(tag, object) => f.debug_map().entry(&tag, &Object(object)).finish(),
        Variant::Value(_, value) => fmt::Debug::fmt(&Item(value), f),
        Variant::Unknown(json) => fmt::Debug::fmt(json, f),
    }
}

struct Object<'a>(&'a dyn Reflect);

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schema = self.0.schema();
        let mut out = f.debug_struct(schema.name);
        for (index, field) in schema.fields.iter().enumerate() {
            let value = self.0.value_at(index);
            match field.sensitive {
                _ if matches!(value, Value::Absent) => {}
                Some(sensitive) => {
                    out.field(field.name, &format_args!("{}", sensitive.mask()));
                }
                None => {
                    out.field(field.name, &Item(value));
                }
            }
        }
        out.finish()
    }
}

struct Item<'a>(Value<'a>);

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Absent => f.write_str("None"),
            Value::Text(text) | Value::Checked(text) => text.fmt(f),
            Value::Integer(number) => number.fmt(f),
            Value::Boolean(value) => value.fmt(f),
            Value::Object(object) => Object(object).fmt(f),
            Value::List(list) => Items(list).fmt(f),
            Value::Map(map) => Pairs(map).fmt(f),
            Value::Union(value) => debug_union(value, f),
            Value::Node(Node::Null) => f.write_str("null"),
            // The table does not say which parts of this JSON are sensitive, so nothing of it is shown.
            Value::Json(_) | Value::Node(_) => f.write_str("[json]"),
        }
    }
}

struct Items<'a>(&'a dyn List);

impl fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = (0..self.0.count()).map(|index| Item(self.0.value_at(index)));
        f.debug_list().entries(items).finish()
    }
}

struct Pairs<'a>(&'a dyn Entries);

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = (0..self.0.count()).filter_map(|index| self.0.entry_at(index));
        let entries = entries.map(|(key, value)| (key, Item(value)));
        f.debug_map().entries(entries).finish()
    }
}
