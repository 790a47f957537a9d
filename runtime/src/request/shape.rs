//! The types of fields, as far as a query or form must know them.

use super::RequestField;
use crate::schema::{Encoding, Field, Inside};
use crate::{JsonType, Kind, Location, MediaType, Schema, Style};

/// The structure of a value that travels as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Text(TextForm),
    /// A list.
    List(Box<Shape>),
    /// An object with free keys.
    Map(Box<Shape>),
    /// The object with this number in [`RequestLayout::objects`](super::RequestLayout::objects).
    Object(usize),
    /// JSON: in a JSON body, or as one text.
    Json,
    /// Any JSON as one text; `null` is a value.
    Any,
}

/// The JSON that a text in a path, query, header or form denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl TextForm {
    /// Returns the form of a value that is of this type in JSON, if it has only one.
    pub const fn of(json_type: Option<JsonType>) -> Self {
        match json_type {
            Some(JsonType::Number) => Self::Number,
            Some(JsonType::Boolean) => Self::Boolean,
            Some(JsonType::String) | None => Self::Text,
        }
    }
}

/// Collects the shapes of objects, so that recursive types end.
#[derive(Debug)]
pub struct Shapes<'a, K> {
    known: Vec<K>,
    objects: Vec<Vec<(&'a str, Shape)>>,
}

impl<K> Default for Shapes<'_, K> {
    fn default() -> Self {
        Self {
            known: Vec::new(),
            objects: Vec::new(),
        }
    }
}

impl<'a, K: PartialEq> Shapes<'a, K> {
    /// Returns the shape of an object. `key` names its type; `fields` returns its fields.
    pub fn object(
        &mut self,
        key: K,
        fields: impl FnOnce(&mut Self) -> Vec<(&'a str, Shape)>,
    ) -> Shape {
        if let Some(at) = self.known.iter().position(|known| *known == key) {
            return Shape::Object(at);
        }
        let at = self.known.len();
        self.known.push(key);
        self.objects.push(Vec::new());
        let fields = fields(self);
        self.objects[at] = fields;
        Shape::Object(at)
    }

    /// Returns the fields of all objects.
    pub fn into_objects(self) -> Vec<Vec<(&'a str, Shape)>> {
        self.objects
    }
}

/// Returns whether a value in this place of a request is written as `name=value` pairs.
const fn is_in_pairs(location: Location, media_type: Option<MediaType>) -> bool {
    match (location, media_type) {
        (Location::Query, _) | (Location::Body, Some(MediaType::Form)) => true,
        (Location::Body, Some(MediaType::Json) | None)
        | (Location::Path | Location::Header | Location::WholeBody, _) => false,
    }
}

impl<'a> RequestField<'a> {
    /// Makes a field. `shape` is that of its type; only a query or form needs it.
    pub fn new(
        (name, location, style): (&'a str, Location, Style),
        media_type: Option<MediaType>,
        shape: impl FnOnce() -> Shape,
    ) -> Self {
        let is_json = match location {
            Location::Path | Location::Header => false,
            Location::Query | Location::Body | Location::WholeBody => {
                !is_in_pairs(location, media_type)
            }
        };
        let shape = if is_json { Shape::Json } else { shape() };
        let shape = match (shape, style) {
            (Shape::List(_) | Shape::Map(_) | Shape::Object(_), Style::Json) => Shape::Json,
            (shape, _) => shape,
        };
        Self {
            name,
            location,
            style,
            shape,
        }
    }
}

/// Returns the shape of values of this kind, which are written in this way. `inside` has the rules of what they contain.
pub(super) fn shape(
    kind: &Kind,
    encoding: Encoding,
    inside: Option<&'static Inside>,
    shapes: &mut Shapes<'static, *const Schema>,
) -> Shape {
    let mut each = |kind| {
        let json_type = Inside::json_type(inside);
        let encoding = Encoding {
            json_type,
            ..encoding
        };
        Box::new(shape(kind, encoding, Inside::values(inside).1, shapes))
    };
    match kind {
        Kind::Integer
        | Kind::Timestamp(_)
        | Kind::Boolean
        | Kind::Text
        | Kind::Decimal
        | Kind::DateTime
        | Kind::Date
        | Kind::Uuid
        | Kind::Binary
        | Kind::Url
        | Kind::Country
        | Kind::Currency(_)
        | Kind::Enum(_)
        // A text that holds JSON.
        | Kind::Json(_) => Shape::Text(TextForm::of(encoding.of(kind))),
        Kind::List(element) => Shape::List(each(element)),
        Kind::Map(value) => Shape::Map(each(value)),
        Kind::Object(schema) => {
            let schema = schema();
            shapes.object(schema, |shapes| {
                let fields = schema.fields.iter();
                fields.map(|one| (one.name, of_field(one, schema, shapes))).collect()
            })
        }
        // Only JSON contains a union.
        Kind::Union(_) => Shape::Json,
        Kind::Any => Shape::Any,
        // Only JSON contains `null`.
        Kind::Nullable(_) => Shape::Json,
    }
}

/// Returns the shape of a field of this schema.
pub(super) fn of_field(
    field: &Field,
    schema: &Schema,
    shapes: &mut Shapes<'static, *const Schema>,
) -> Shape {
    let encoding = Encoding {
        json_type: field.json_type,
        strings: schema.strings,
    };
    shape(&field.kind, encoding, field.inside, shapes)
}
