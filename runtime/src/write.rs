//! Serialization: passes every present value of the table to serde.

use crate::rules::BodyForm;
use crate::schema::{Discriminator, Encoding, Field, Inside};
use crate::value::{Entries, List, Reflect, Tagged, Variant};
use crate::{JsonShape, JsonType, Kind, Message, Schema, Value};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

/// Writes a message, in the form that its JSON has.
pub fn write_object<T: Message, S: Serializer>(object: &T, to: S) -> Result<S::Ok, S::Error> {
    match T::schema().form() {
        (_, None) | (BodyForm::Members, _) => Object(object).serialize(to),
        (BodyForm::Value, Some(index)) => whole_body(object, index).serialize(to),
        (BodyForm::ListOrMembers, Some(index)) => match object.get(index) {
            Value::Absent => Object(object).serialize(to),
            _ => whole_body(object, index).serialize(to),
        },
    }
}

/// Returns the value of the field with this index, which is the whole body.
fn whole_body<T: Message>(object: &T, index: usize) -> Item<'_> {
    let schema = T::schema();
    Item::of(schema, &schema.fields[index], object.get(index))
}

/// Returns the JSON of an object, for an object that travels as a text.
pub(crate) fn json_of(object: &dyn Reflect) -> String {
    // Fails only for a hand-written type whose scalars are not JSON, which cannot be sent either.
    serde_json::to_string(&Object(object)).unwrap_or_default()
}

struct Object<'a>(&'a dyn Reflect);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        write_fields(self.0, &mut map)?;
        map.end()
    }
}

fn write_fields<M: SerializeMap>(object: &dyn Reflect, map: &mut M) -> Result<(), M::Error> {
    let schema = object.schema();
    for (index, field) in schema.fields.iter().enumerate() {
        let value = object.value_at(index);
        // A typed message has `null` only where it is a value.
        if !matches!(value, Value::Absent) {
            map.serialize_entry(field.name, &Item::of(schema, field, value))?;
        }
    }
    Ok(())
}

/// Writes a value of a union; an object after its tag.
pub fn write_union<S: Serializer>(value: &dyn Tagged, to: S) -> Result<S::Ok, S::Error> {
    match (value.variant(), &value.schema().discriminator) {
        (Variant::Tagged(tag, object), Discriminator::Tag(tags)) => {
            if object.schema().position(tags.name).is_some() {
                let text = "an object of a union has a field with the name of the tag";
                return Err(Error::custom(text));
            }
            let mut map = to.serialize_map(None)?;
            map.serialize_entry(tags.name, tag)?;
            write_fields(object, &mut map)?;
            map.end()
        }
        (Variant::Tagged(_, object), Discriminator::Shape(_)) => Object(object).serialize(to),
        (Variant::Value(kind, value), _) => {
            let encoding = Encoding {
                json_type: kind.shape().and_then(JsonShape::json_type),
                strings: false,
            };
            Item {
                value,
                kind,
                inside: None,
                encoding,
            }
            .serialize(to)
        }
        (Variant::Unknown(json), _) => json.as_json().serialize(to),
    }
}

/// A value with its kind and its encoding on the wire.
struct Item<'a> {
    value: Value<'a>,
    kind: &'static Kind,
    inside: Option<&'static Inside>,
    encoding: Encoding,
}

impl<'a> Item<'a> {
    /// Returns the value of a field.
    fn of(schema: &'static Schema, field: &'static Field, value: Value<'a>) -> Self {
        Item {
            value,
            kind: &field.kind,
            inside: field.inside,
            encoding: Encoding {
                json_type: field.json_type,
                strings: schema.strings,
            },
        }
    }

    /// Returns an element of a list, or the value of an entry of a map.
    fn inner(&self, value: Value<'a>, kind: &'static Kind) -> Self {
        Item {
            value,
            kind,
            inside: self.inside.and_then(|inside| inside.inside),
            encoding: Encoding {
                json_type: Inside::json_type(self.inside),
                ..self.encoding
            },
        }
    }

    fn travels_as(&self, json_type: JsonType) -> bool {
        self.encoding.of(self.kind) == Some(json_type)
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Absent => to.serialize_unit(),
            Value::Text(text) | Value::Checked(text) if self.travels_as(JsonType::Number) => {
                // The digits as they are: a float would change them.
                let number: &RawValue = serde_json::from_str(text).map_err(Error::custom)?;
                number.serialize(to)
            }
            // This includes most decimals: as a JSON number, one would become a float for many readers.
            Value::Text(text) | Value::Checked(text) => to.serialize_str(text),
            Value::Integer(number) if self.travels_as(JsonType::String) => to.collect_str(&number),
            Value::Integer(number) => to.serialize_i64(number),
            Value::Boolean(value) if self.travels_as(JsonType::String) => {
                to.serialize_str(if value { "true" } else { "false" })
            }
            Value::Boolean(value) => to.serialize_bool(value),
            Value::Object(object) if matches!(self.kind, Kind::Json(_)) => {
                let text = serde_json::to_string(&Object(object));
                to.serialize_str(&text.map_err(Error::custom)?)
            }
            Value::Object(object) => Object(object).serialize(to),
            Value::List(list) => write_list(list, self, to),
            Value::Map(map) => write_map(map, self, to),
            Value::Union(value) => write_union(value, to),
            Value::Json(json) => json.serialize(to),
            Value::Node(node) => node.serialize(to),
        }
    }
}

fn write_list<S: Serializer>(list: &dyn List, item: &Item<'_>, to: S) -> Result<S::Ok, S::Error> {
    let kind = match item.kind {
        Kind::List(element) => element.without_null(),
        other => other,
    };
    let mut seq = to.serialize_seq(Some(list.count()))?;
    for index in 0..list.count() {
        seq.serialize_element(&item.inner(list.value_at(index), kind))?;
    }
    seq.end()
}

fn write_map<S: Serializer>(map: &dyn Entries, item: &Item<'_>, to: S) -> Result<S::Ok, S::Error> {
    let kind = match item.kind {
        Kind::Map(value) => value.without_null(),
        other => other,
    };
    let mut out = to.serialize_map(Some(map.count()))?;
    for (key, value) in (0..map.count()).filter_map(|index| map.entry_at(index)) {
        out.serialize_entry(key, &item.inner(value, kind))?;
    }
    out.end()
}
