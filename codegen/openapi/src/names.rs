//! The names of schemas in a document.

use std::collections::{BTreeMap, BTreeSet};

use payspec_model::model::{Direction, EnumId, ObjectId, UnionId};

use crate::scalar::Scalar;

/// Something that has a name in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    Object(ObjectId),
    Enum(EnumId),
    Union(UnionId),
    /// One of the objects of a union with its discriminator, by its index.
    Variant(UnionId, usize),
    Scalar(Scalar),
}

/// The names of shared types, by the direction of the messages that have them.
///
/// A type that the merchant sends has its own name. In what the merchant receives, the same type may allow more; then
/// it has a name of its own there: `Amount` and `ReceivedAmount`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    names: BTreeMap<(Named, bool), String>,
    taken: BTreeSet<String>,
    /// The types in the order in which a document lists them, each with its direction.
    pub(crate) listed: Vec<(Named, Direction)>,
}

impl Names {
    /// Sets the name of something in messages of a direction.
    pub(crate) fn set(&mut self, named: Named, direction: Direction, name: String) {
        self.names.insert(key(named, direction), name);
    }

    /// Reserves a name that nothing else has, close to this one.
    pub(crate) fn unique(&mut self, name: &str) -> String {
        let name = safe(name);
        let mut candidates =
            std::iter::once(name.clone()).chain((2..).map(|count: u32| format!("{name}{count}")));
        let free = candidates.find(|candidate| !self.taken.contains(candidate));
        let free = free.unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }

    fn get(&self, named: Named, direction: Direction) -> &str {
        self.names
            .get(&key(named, direction))
            .map_or("", String::as_str)
    }

    /// Returns the name of something in messages of a direction.
    pub(crate) fn name(&self, named: Named, direction: Direction) -> &str {
        self.get(named, direction)
    }

    pub(crate) fn object(&self, id: ObjectId, direction: Direction) -> &str {
        self.get(Named::Object(id), direction)
    }

    pub(crate) fn enumeration(&self, id: EnumId, direction: Direction) -> &str {
        self.get(Named::Enum(id), direction)
    }

    pub(crate) fn union(&self, id: UnionId, direction: Direction) -> &str {
        self.get(Named::Union(id), direction)
    }

    pub(crate) fn scalar(&self, scalar: Scalar, direction: Direction) -> &str {
        self.get(Named::Scalar(scalar), direction)
    }
}

fn key(named: Named, direction: Direction) -> (Named, bool) {
    (named, direction == Direction::Outgoing)
}

/// Returns a name in which every character may be part of a name in OpenAPI.
pub(crate) fn safe(name: &str) -> String {
    let mut safe = String::new();
    for c in name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => safe.push(c),
            c => safe.push_str(&format!("u{:04X}", u32::from(c))),
        }
    }
    match safe.is_empty() {
        true => "Unnamed".to_owned(),
        false => safe,
    }
}
