//! The elements of lists, and the values of maps.

use super::{Constraint, Type};
use payspec_runtime::JsonType;

/// An object with free keys and values of one type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Map {
    /// The rules of each key: [`Rule::MaxLength`](super::Rule::MaxLength) and [`Rule::Pattern`](super::Rule::Pattern).
    pub keys: Vec<Constraint>,
    /// The values.
    pub values: Element,
}

/// Each element of a list, or each value of a map.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Element {
    /// The type.
    pub ty: Type,
    /// The JSON type of each, if it differs from that of the API's other values.
    pub json_type: Option<JsonType>,
    /// True if `null` is a value.
    pub nullable: bool,
    /// The rules of each, in the order of [`Rule`](super::Rule).
    pub constraints: Vec<Constraint>,
}

impl Element {
    /// Makes an element without rules.
    pub const fn plain(ty: Type) -> Self {
        Self {
            ty,
            json_type: None,
            nullable: false,
            constraints: Vec::new(),
        }
    }

    /// Returns whether `null` is a value of it.
    pub fn holds_null(&self) -> bool {
        self.nullable || self.ty.holds_null()
    }

    /// Returns whether both are the same type in Rust.
    fn is_same(&self, other: &Element) -> bool {
        self.nullable == other.nullable && self.ty.is_same(&other.ty)
    }
}

impl Type {
    /// Returns the rules of the keys of a map.
    pub fn key_rules(&self) -> &[Constraint] {
        match self {
            Type::Map(map) => &map.keys,
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::Union(_)
            | Type::List(_)
            | Type::Json(_) => &[],
        }
    }

    /// Returns what a list or map contains.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Type::List(element) => Some(element),
            Type::Map(map) => Some(&map.values),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }

    /// Returns what a list or map contains, to change it.
    pub fn element_mut(&mut self) -> Option<&mut Element> {
        match self {
            Type::List(element) => Some(element),
            Type::Map(map) => Some(&mut map.values),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }

    /// Returns the rules of everything that values of this type contain: keys, elements, and those inside them.
    pub fn inner_rules(&self) -> Vec<&Constraint> {
        let mut rules: Vec<&Constraint> = self.key_rules().iter().collect();
        if let Some(element) = self.element() {
            rules.extend(&element.constraints);
            rules.extend(element.ty.inner_rules());
        }
        rules
    }

    /// Returns whether both are the same type in Rust: the rules of what they contain do not matter.
    pub fn is_same(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::List(one), Type::List(other)) => one.is_same(other),
            (Type::Map(one), Type::Map(other)) => one.values.is_same(&other.values),
            (one, other) => one == other,
        }
    }

    /// Returns the type of the innermost elements or values of a list or map; of another type, the type itself.
    pub fn innermost(&self) -> &Type {
        match self.element() {
            Some(element) => element.ty.innermost(),
            None => self,
        }
    }
}
