//! The choice of the names of schemas: a type whose schema depends on the direction has two.

use std::collections::BTreeSet;

use payspec_model::model::{
    Api, Body, Direction, Discriminator, EnumId, ObjectId, ReachableTypes, Type, UnionId, Variant,
};
use payspec_model::naming;

use crate::names::{Named, Names};
use crate::scalar::Scalar;
use crate::schema::{DIRECTIONS, Dialect, Writer};

/// Chooses the names for the bodies of a document, each with its direction.
pub(crate) fn choose<'m>(
    api: &'m Api,
    dialect: Dialect,
    bodies: &[(&'m Body, Direction)],
) -> Names {
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
            plain.set(*named, direction, name.clone());
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
        names.set(named, Direction::Outgoing, name);
        names.set(named, Direction::Incoming, of_received);
    }
    names
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
        let count = match union.discriminator {
            Discriminator::Field { .. } if !dialect.is_exact() => union.variants.len(),
            Discriminator::Field { .. } | Discriminator::JsonType => 0,
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
            variant
                .and_then(Variant::object)
                .is_some_and(|object| holds_differing(&[object]))
        }
        Named::Enum(_) | Named::Scalar(_) => false,
    });
    let by_content: Vec<Named> = by_content.copied().collect();
    differ.extend(by_content);
    differ
}
