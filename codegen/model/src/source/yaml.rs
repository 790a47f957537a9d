//! Reads a checked tree into the types of [`crate::format`].

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::scalar::Plain;
use super::shape::{Schema, Shape};
use super::shape_check;
use super::tree::{At, Kind};

/// Reads a document that the shape check has accepted. The error is a text for the reader of the file.
pub(super) fn read<T: DeserializeOwned>(schema: &Schema, root: At<'_>) -> Result<T, String> {
    let reader = Reader { schema };
    let value = reader.value(schema.root(), root);
    serde_yaml::from_value(value).map_err(|error| error.to_string())
}

struct Reader<'s> {
    schema: &'s Schema,
}

impl Reader<'_> {
    /// Returns the value of a node. The shape decides whether `200` is a number or a text.
    // The nesting limit of `parse_yaml` bounds the depth of this recursion.
    fn value(&self, shape: &Shape, at: At<'_>) -> Value {
        match shape {
            Shape::AnyOf(options) => match shape_check::nearest(self.schema, options, at) {
                Some(shape) => self.value(shape, at),
                None => Value::Null,
            },
            Shape::Object {
                properties, others, ..
            } => {
                let pairs = at.entries().map(|entry| {
                    let key = entry.key().unwrap_or_default();
                    let shape = properties.get(key).copied().or(*others);
                    let value = shape.map(|shape| self.value(self.schema.shape(shape), entry));
                    (key.into(), value.unwrap_or_default())
                });
                Value::Mapping(pairs.collect())
            }
            Shape::List { items, .. } => {
                let shape = self.schema.shape(*items);
                Value::Sequence(at.items().map(|item| self.value(shape, item)).collect())
            }
            Shape::Text { .. } | Shape::Word(_) => text(at),
            Shape::Integer { .. } | Shape::Boolean | Shape::Any | Shape::Same(_) => plain(at),
        }
    }
}

fn text(at: At<'_>) -> Value {
    Value::String(at.text().unwrap_or_default().to_owned())
}

/// Returns a value by its spelling.
fn plain(at: At<'_>) -> Value {
    match at.kind() {
        Kind::Mapping => {
            let entries = at.entries();
            let pairs = entries.map(|entry| (entry.key().unwrap_or_default().into(), plain(entry)));
            Value::Mapping(pairs.collect())
        }
        Kind::Sequence => Value::Sequence(at.items().map(plain).collect()),
        Kind::Text => text(at),
        Kind::Plain => match Plain::of(at.text().unwrap_or_default()) {
            Plain::Null => Value::Null,
            Plain::Boolean => Value::Bool(
                at.text()
                    .is_some_and(|text| text.eq_ignore_ascii_case("true")),
            ),
            Plain::Integer(Some(number)) => number.into(),
            // No key of the format accepts such a number.
            Plain::Integer(None) | Plain::Float | Plain::Text => text(at),
        },
    }
}
