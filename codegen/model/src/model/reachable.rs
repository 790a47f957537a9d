use std::collections::BTreeSet;

use super::{Api, EnumId, Object, ObjectId, Type};

/// The shared types of the values in an object, directly or inside others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReachableTypes {
    /// The shared objects.
    pub objects: BTreeSet<ObjectId>,
    /// The enums.
    pub enums: BTreeSet<EnumId>,
}

impl Api {
    /// Returns the types that some objects (bodies or shared objects) reach. One of these objects is itself
    /// included only if it is reached.
    pub fn reach<'a>(&'a self, roots: impl IntoIterator<Item = &'a Object>) -> ReachableTypes {
        let mut reach = ReachableTypes::default();
        let mut open: Vec<&Object> = roots.into_iter().collect();
        while let Some(object) = open.pop() {
            for field in &object.fields {
                if let Some(id) = reach.take(&field.ty) {
                    open.push(self.object(id));
                }
            }
        }
        reach
    }
}

impl ReachableTypes {
    /// Adds a type; returns the object that it names, if that is new.
    fn take(&mut self, ty: &Type) -> Option<ObjectId> {
        match ty {
            Type::Object(id) | Type::Json(id) => self.objects.insert(*id).then_some(*id),
            Type::Enum(id) => {
                self.enums.insert(*id);
                None
            }
            Type::List(element) => self.take(&element.ty),
            Type::Map(map) => self.take(&map.values.ty),
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
            | Type::Currency => None,
        }
    }
}
