use std::collections::BTreeSet;

use super::{Api, Body, EnumId, Object, ObjectId, Type, UnionId};

/// The shared types of the values in an object, directly or inside others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReachableTypes {
    /// The shared objects.
    pub objects: BTreeSet<ObjectId>,
    /// The enums.
    pub enums: BTreeSet<EnumId>,
    /// The unions.
    pub unions: BTreeSet<UnionId>,
}

impl Api {
    /// Returns the types that some objects (bodies or shared objects) reach. One of these objects is itself
    /// included only if it is reached.
    pub fn reach<'a>(&'a self, roots: impl IntoIterator<Item = &'a Object>) -> ReachableTypes {
        let mut reach = ReachableTypes::default();
        let mut open: Vec<&Object> = roots.into_iter().collect();
        while let Some(object) = open.pop() {
            for field in &object.fields {
                let found = reach.take(self, &field.ty);
                open.extend(found.into_iter().map(|id| self.object(id)));
            }
        }
        reach
    }

    /// Returns the types that bodies reach, with the objects that are whole bodies.
    pub fn reach_of_bodies<'a>(
        &'a self,
        bodies: impl IntoIterator<Item = &'a Body>,
    ) -> ReachableTypes {
        let bodies: Vec<&Body> = bodies.into_iter().collect();
        let mut reach = self.reach(bodies.iter().map(|body| &body.object));
        let named = bodies.iter().flat_map(|body| &body.named);
        reach.objects.extend(named.copied());
        reach
    }
}

impl ReachableTypes {
    /// Adds a type; returns the objects that it names, if they are new.
    fn take(&mut self, api: &Api, ty: &Type) -> Vec<ObjectId> {
        match ty {
            Type::Object(id) | Type::Json(id) => self
                .objects
                .insert(*id)
                .then_some(*id)
                .into_iter()
                .collect(),
            Type::Union(id) => {
                self.unions.insert(*id);
                let variants = api.union(*id).variants.iter();
                variants.flat_map(|one| self.take(api, &one.ty)).collect()
            }
            Type::Enum(id) => {
                self.enums.insert(*id);
                Vec::new()
            }
            Type::List(element) => self.take(api, &element.ty),
            Type::Map(map) => self.take(api, &map.values.ty),
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
            | Type::Currency(_) => Vec::new(),
        }
    }
}
