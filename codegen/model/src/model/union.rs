use crate::pointer::{names, pointer};

use super::{Api, ObjectId, Origin, SourceIds, Type, UnionId};

/// Several objects, of which a value is one. A text inside it says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// The name in the spec.
    pub name: String,
    /// The description.
    pub description: String,
    /// The former name.
    pub renamed_from: Option<String>,
    /// The name on the wire of the text that says which object it is. No object has it as a field.
    pub discriminator: String,
    /// True if the provider may add objects.
    pub open: bool,
    /// The objects, in the page's order.
    pub variants: Vec<Variant>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
    /// The place of its discriminator.
    pub discriminator_origin: Origin,
}

/// One of the objects of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The text of the discriminator.
    pub tag: String,
    /// The object.
    pub object: ObjectId,
    /// The meaning.
    pub description: String,
    /// The name to use in Rust, if it differs.
    pub rust_name: Option<String>,
    /// The place in the spec.
    pub origin: Origin,
}

impl Union {
    /// Returns the variant with this text of the discriminator.
    pub fn variant(&self, tag: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.tag == tag)
    }

    /// Returns the name that leads from the union to one of its objects in a path that has such names:
    /// `/method/[type=card]/number`.
    pub fn step(&self, variant: &Variant) -> String {
        format!("[{}={}]", self.discriminator, variant.tag)
    }

    /// Returns the discriminator in a name that leads from a union to one of its objects.
    pub fn discriminator_of_step(step: &str) -> Option<&str> {
        let (discriminator, _) = step.strip_prefix('[')?.split_once('=')?;
        Some(discriminator)
    }

    /// Returns the object to which a name leads from the union.
    pub fn at_step(&self, name: &str) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| self.step(variant) == name)
    }

    /// Iterates over the texts of the discriminator.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|variant| variant.tag.as_str())
    }
}

/// Returns whether a name of a path of the review leads from a union to one of its objects.
pub fn is_step(name: &str) -> bool {
    name.starts_with('[') && name.ends_with(']') && name.contains('=')
}

/// Returns the JSON Pointer into a message of a path with [`Union::step`]s.
pub fn without_steps(path: &str) -> String {
    let names = names(path).into_iter().filter(|name| !is_step(name));
    pointer(&names.collect::<Vec<_>>())
}

impl Variant {
    /// Returns the name to use in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.tag)
    }
}

impl Type {
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
    /// Returns the objects that a value of a type can be, directly or in a JSON text: one, or those of a union.
    pub fn objects_of(&self, ty: &Type) -> Vec<ObjectId> {
        match ty.union() {
            Some(id) => {
                let variants = &self.union(id).variants;
                variants.iter().map(|variant| variant.object).collect()
            }
            None => ty.object().into_iter().collect(),
        }
    }
}
