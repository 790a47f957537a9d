use serde_json::Value;

use crate::pointer::{names, pointer};
use payspec_runtime::JsonShape;
use payspec_runtime::json::Node;

use super::{Api, ObjectId, Origin, SourceIds, Type, UnionId};

/// Several types, of which a value is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// The name in the spec.
    pub name: String,
    /// The description.
    pub description: String,
    /// The former name.
    pub renamed_from: Option<String>,
    /// The part of a value that says of which type it is.
    pub discriminator: Discriminator,
    /// True if the provider may add types.
    pub open: bool,
    /// The types, in the page's order.
    pub variants: Vec<Variant>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// The part of a value that says of which type of a union it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discriminator {
    /// A text inside the object. No object has it as a field.
    Field {
        /// The name on the wire.
        name: String,
        /// The place in the spec.
        origin: Origin,
    },
    /// The JSON type of the value.
    JsonType,
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The text of the discriminator, or the [JSON type](JsonShape).
    pub tag: String,
    /// The type: an object, or where the JSON type decides also a text, number or boolean.
    pub ty: Type,
    /// The meaning.
    pub description: String,
    /// The name to use in Rust, if it differs.
    pub rust_name: Option<String>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The discriminator in a path of the review where the JSON type decides: not a field, and so in brackets.
const JSON_TYPE: &str = "[json_type]";

impl Discriminator {
    /// Returns the name of the text inside the object, if it decides.
    pub fn field(&self) -> Option<&str> {
        match self {
            Discriminator::Field { name, .. } => Some(name),
            Discriminator::JsonType => None,
        }
    }

    /// Returns the name of the discriminator in a path of the review: `type`, or `[json_type]`, which is not a field.
    pub fn step(&self) -> &str {
        self.field().unwrap_or(JSON_TYPE)
    }
}

impl Union {
    /// Returns the variant with this text of the discriminator, or this JSON type.
    pub fn variant(&self, tag: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.tag == tag)
    }

    /// Returns the variant of a value.
    pub fn variant_of(&self, value: &Value) -> Option<&Variant> {
        match &self.discriminator {
            Discriminator::Field { name, .. } => self.variant(value.get(name)?.as_str()?),
            Discriminator::JsonType => self.variant(shape_of(value)?.as_str()),
        }
    }

    /// Returns the variant of a value of a message.
    pub fn variant_of_node(&self, node: &Node<'_>) -> Option<&Variant> {
        match &self.discriminator {
            Discriminator::Field { name, .. } => match node.get(name)? {
                Node::String(tag) => self.variant(tag),
                Node::Null
                | Node::Boolean(_)
                | Node::Number(_)
                | Node::Array(_)
                | Node::Object(_)
                | Node::Damaged(_) => None,
            },
            Discriminator::JsonType => self.variant(node.shape()?.as_str()),
        }
    }

    /// Returns the JSON types of its values, where they decide.
    pub fn shapes(&self) -> impl Iterator<Item = JsonShape> {
        let tags = self.tags().filter_map(JsonShape::parse);
        tags.filter(|_| self.discriminator == Discriminator::JsonType)
    }

    /// Returns the name that leads from the union to one of its types in a path that has such names:
    /// `/method/[type=card]/number`.
    pub fn step(&self, variant: &Variant) -> String {
        match self.discriminator.field() {
            Some(name) => format!("[{name}={}]", variant.tag),
            None => format!("[json_type={}]", variant.tag),
        }
    }

    /// Returns the discriminator in a name that leads from a union to one of its types.
    pub fn discriminator_of_step(step: &str) -> Option<&str> {
        let (discriminator, tag) = step.strip_prefix('[')?.split_once('=')?;
        let is_shape = || tag.strip_suffix(']').and_then(JsonShape::parse).is_some();
        match discriminator {
            "json_type" if is_shape() => Some(JSON_TYPE),
            field => Some(field),
        }
    }

    /// Returns the type to which a name leads from the union.
    pub fn at_step(&self, name: &str) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| self.step(variant) == name)
    }

    /// Iterates over the texts of the discriminator, or the JSON types.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|variant| variant.tag.as_str())
    }
}

/// Returns the JSON type of a value; [`None`] for `null`.
fn shape_of(value: &Value) -> Option<JsonShape> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(JsonShape::Boolean),
        Value::Number(_) => Some(JsonShape::Number),
        Value::String(_) => Some(JsonShape::String),
        Value::Array(_) => Some(JsonShape::List),
        Value::Object(_) => Some(JsonShape::Object),
    }
}

/// Returns whether a name of a path of the review leads from a union to one of its types, or to a discriminator that is not
/// a field.
pub fn is_step(name: &str) -> bool {
    name == JSON_TYPE || (name.starts_with('[') && name.ends_with(']') && name.contains('='))
}

/// Returns the JSON Pointer into a message of a path with [`Union::step`]s.
pub fn without_steps(path: &str) -> String {
    let names = names(path).into_iter().filter(|name| !is_step(name));
    pointer(&names.collect::<Vec<_>>())
}

impl Variant {
    /// Returns the object, if it is one.
    pub fn object(&self) -> Option<ObjectId> {
        self.ty.object()
    }

    /// Returns the name to use in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.tag)
    }
}

impl Type {
    /// Returns the JSON type of values that are [written as](Api::written_as) this type in a union that it tells apart;
    /// [`None`] if it cannot.
    pub(crate) fn shape(&self) -> Option<JsonShape> {
        match self {
            Type::Integer | Type::Decimal | Type::Timestamp(_) => Some(JsonShape::Number),
            Type::Boolean => Some(JsonShape::Boolean),
            Type::String
            | Type::Enum(_)
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_) => Some(JsonShape::String),
            Type::Object(_) => Some(JsonShape::Object),
            Type::List(_) | Type::Map(_) | Type::Json(_) | Type::Union(_) | Type::Any => None,
        }
    }

    /// Returns the union, if it is one.
    pub fn union(&self) -> Option<UnionId> {
        match self {
            Type::Union(id) => Some(*id),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Json(_) => None,
        }
    }
}

impl Api {
    /// Returns the meaning of a type of a union: its own, unless the union states another one.
    pub fn meaning_of<'m>(&'m self, variant: &'m Variant) -> &'m str {
        match (&variant.ty, variant.description.as_str()) {
            (Type::Object(id), "") => &self.object(*id).description,
            (Type::Enum(id), "") => &self.enumeration(*id).description,
            (_, "") => match JsonShape::parse(&variant.tag) {
                Some(JsonShape::String) => "A JSON string.",
                Some(JsonShape::Number) => "A JSON number.",
                Some(JsonShape::Boolean) => "A JSON boolean.",
                Some(JsonShape::Object | JsonShape::List) | None => "",
            },
            (_, own) => own,
        }
    }

    /// Returns the objects that a value of a type can be, directly or in a JSON text: one, or those of a union.
    pub fn objects_of(&self, ty: &Type) -> Vec<ObjectId> {
        match ty.union() {
            Some(id) => {
                let variants = &self.union(id).variants;
                variants.iter().filter_map(Variant::object).collect()
            }
            None => ty.object().into_iter().collect(),
        }
    }
}
