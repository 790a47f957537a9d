//! The names of schemas in a document.

use std::collections::{BTreeMap, BTreeSet};

use payspec_model::model::{Api, Body, Direction, EnumId, ObjectId, ReachableTypes, Type, UnionId};
use payspec_model::naming;

use crate::schema::{DIRECTIONS, Dialect, Scalar, Writer};

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
    /// Chooses the names for the bodies of a document, each with its direction.
    pub(crate) fn of<'m>(api: &'m Api, dialect: Dialect, bodies: &[(&'m Body, Direction)]) -> Self {
        let reach = DIRECTIONS.map(|direction| {
            let bodies = bodies.iter().filter(|(_, own)| *own == direction);
            let bodies: Vec<&Body> = bodies.map(|(body, _)| *body).collect();
            Types {
                is_used: !bodies.is_empty(),
                // A JSON Schema of a message is that of its whole body.
                reach: match dialect.is_exact() {
                    true => api.reach(bodies.iter().map(|body| &body.object)),
                    false => api.reach_of_bodies(bodies),
                },
            }
        });
        let [sent, received] = &reach;
        let mut plain = Names::default();
        let all = all(api, dialect);
        for named in &all {
            let name = plain.unique(&name_of(api, *named));
            for direction in DIRECTIONS {
                plain.names.insert(key(*named, direction), name.clone());
            }
        }
        let differ = differing(api, dialect, &plain, &all);
        let mut names = Names::default();
        for named in all {
            let name = names.unique(&name_of(api, named));
            let (is_sent, is_received) = (sent.has(named), received.has(named));
            let own = is_sent && is_received && differ.contains(&named);
            let of_received = match own {
                true => names.unique(&format!("Received{name}")),
                false => name.clone(),
            };
            if is_sent {
                names.listed.push((named, Direction::Outgoing));
            }
            if is_received && (own || !is_sent) {
                names.listed.push((named, Direction::Incoming));
            }
            names.names.insert(key(named, Direction::Outgoing), name);
            names
                .names
                .insert(key(named, Direction::Incoming), of_received);
        }
        names
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

/// The types of the bodies of one direction.
struct Types {
    /// True if there are such bodies.
    is_used: bool,
    reach: ReachableTypes,
}

impl Types {
    fn has(&self, named: Named) -> bool {
        match named {
            Named::Object(id) => self.reach.objects.contains(&id),
            Named::Enum(id) => self.reach.enums.contains(&id),
            Named::Union(id) | Named::Variant(id, _) => self.reach.unions.contains(&id),
            Named::Scalar(_) => self.is_used,
        }
    }
}

/// Returns everything that can have a name: objects, enums, unions, single values.
fn all(api: &Api, dialect: Dialect) -> Vec<Named> {
    let objects = (0..api.objects.len()).map(|id| Named::Object(ObjectId(id)));
    let enums = (0..api.enums.len()).map(|id| Named::Enum(EnumId(id)));
    let scalars = Scalar::ALL.iter().map(|scalar| Named::Scalar(*scalar));
    let unions = api.unions.iter().enumerate().flat_map(|(id, union)| {
        let id = UnionId(id);
        // A mapping of OpenAPI leads to schemas with names.
        let count = if dialect.is_exact() {
            0
        } else {
            union.variants.len()
        };
        let variants = (0..count).map(move |index| Named::Variant(id, index));
        std::iter::once(Named::Union(id)).chain(variants)
    });
    objects.chain(enums).chain(unions).chain(scalars).collect()
}

fn name_of(api: &Api, named: Named) -> String {
    match named {
        Named::Object(id) => api.object(id).name.clone(),
        Named::Enum(id) => api.enumeration(id).name.clone(),
        Named::Union(id) => api.union(id).name.clone(),
        Named::Variant(id, index) => {
            let union = api.union(id);
            let variant = union.variants.get(index).map_or("", |one| one.spelling());
            // A name without a spelling was reported before.
            let variant = naming::variant_name(variant).unwrap_or_default();
            format!("{}{variant}", union.name)
        }
        Named::Scalar(scalar) => scalar.name().to_owned(),
    }
}

/// Returns the types whose schemas depend on the direction, directly or by what they contain.
fn differing(api: &Api, dialect: Dialect, plain: &Names, all: &[Named]) -> BTreeSet<Named> {
    let mut writers = DIRECTIONS.map(|direction| Writer::new(api, dialect, direction, plain));
    let mut differ: BTreeSet<Named> = BTreeSet::new();
    for named in all {
        let [sent, received] = writers.each_mut().map(|writer| writer.definition(*named));
        if sent != received {
            differ.insert(*named);
        }
    }
    let holds_differing = |objects: &[ObjectId]| {
        let own = objects.iter().copied().map(Named::Object);
        let reach = api.reach(objects.iter().map(|id| api.object(*id)));
        let inner = reach.objects.into_iter().map(Named::Object);
        let enums = reach.enums.into_iter().map(Named::Enum);
        let unions = reach.unions.into_iter().map(Named::Union);
        let mut all = own.chain(inner).chain(enums).chain(unions);
        all.any(|inner| differ.contains(&inner))
    };
    let by_content = all.iter().filter(|named| match named {
        Named::Object(id) => holds_differing(&[*id]),
        Named::Union(id) => holds_differing(&api.objects_of(&Type::Union(*id))),
        Named::Variant(id, index) => {
            let variant = api.union(*id).variants.get(*index);
            variant.is_some_and(|variant| holds_differing(&[variant.object]))
        }
        Named::Enum(_) | Named::Scalar(_) => false,
    });
    let by_content: Vec<Named> = by_content.copied().collect();
    differ.extend(by_content);
    differ
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

impl Writer<'_> {
    /// Returns the schema of something that has a name.
    pub(crate) fn definition(&mut self, named: Named) -> crate::json::Map {
        match named {
            Named::Object(id) => self.object(id),
            Named::Enum(id) => self.enumeration(self.api.enumeration(id)),
            Named::Union(id) => self.union(id),
            Named::Variant(id, index) => self.variant(id, index),
            Named::Scalar(scalar) => self.scalar_definition(scalar),
        }
    }
}
