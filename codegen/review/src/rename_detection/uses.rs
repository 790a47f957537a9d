//! Finds the uses of an object's fields: their places in the bodies of operations.

use std::collections::{HashMap, HashSet};

use super::{Identity, Pair};
use crate::location::{Item, Location};
use payspec_model::model::{Api, Object, ObjectId, Operation, Side, Type};
use payspec_model::pointer::pointer;

/// The uses of fields in the bodies that both specs have.
pub(super) struct Uses<'m> {
    bodies: Vec<Bodies<'m>>,
}

/// A body of both specs.
struct Bodies<'m> {
    /// The operation, in each spec.
    operations: [Location; 2],
    side: Side,
    apis: [&'m Api; 2],
    objects: [&'m Object; 2],
    /// The places of each moved field, in each spec.
    moved: [HashMap<Location, Vec<String>>; 2],
}

impl<'m> Uses<'m> {
    pub(super) fn new(
        apis: [&'m Api; 2],
        operations: &[[&'m Operation; 2]],
        moved: &[Pair],
    ) -> Self {
        let wanted = [0, 1].map(|side: usize| -> HashSet<&Location> {
            moved
                .iter()
                .map(|pair| if side == 0 { &pair.old } else { &pair.new })
                .collect()
        });
        let mut all = Vec::new();
        for operations in operations {
            for side in Side::ALL.iter().copied() {
                let [Some(old), Some(new)] = operations.map(|one| one.body(side)) else {
                    continue;
                };
                let places = operations.map(|one| Location::operation(&apis[0].id, &one.id));
                let objects = [&old.object, &new.object];
                let moved = [0, 1].map(|at: usize| {
                    let mut found: HashMap<Location, Vec<String>> = HashMap::new();
                    if !wanted[at].is_empty() {
                        let mut look = |member: Location, pointer: &str| {
                            if wanted[at].contains(&member) {
                                found.entry(member).or_default().push(pointer.to_owned());
                            }
                        };
                        let body = &places[at].with(Item::Object(objects[at].name.clone()));
                        each(apis[at], body, objects[at], "", &mut Vec::new(), &mut look);
                    }
                    found
                });
                all.push(Bodies {
                    operations: places,
                    side,
                    apis,
                    objects,
                    moved,
                });
            }
        }
        Uses { bodies: all }
    }

    /// Returns whether some body has a moved field exactly once before and once after.
    pub(super) fn knows(&self, pair: &Pair) -> bool {
        self.bodies.iter().any(|body| body.goes_to(pair).is_some())
    }

    /// Returns the places of use of all fields with another name or place.
    pub(super) fn pairs(&self, identity: &Identity, renamed: &[Pair], moved: &[Pair]) -> Vec<Pair> {
        let members: HashMap<&Location, &Pair> = renamed
            .iter()
            .chain(moved)
            .map(|pair| (&pair.old, pair))
            .collect();
        let mut found = Vec::new();
        for body in &self.bodies {
            let mut walk = Walk {
                body,
                identity,
                members: &members,
                found: Vec::new(),
                holders: Vec::new(),
            };
            let [object, _] = body.objects;
            let place = body.operations[0].with(Item::Object(object.name.clone()));
            walk.object(&place, object, "", "");
            found.extend(walk.sound());
        }
        found
    }
}

impl Bodies<'_> {
    /// Returns the place of a moved field in the new spec, if it is unambiguous.
    fn goes_to(&self, pair: &Pair) -> Option<&str> {
        let once = |side: usize, member: &Location| match self.moved[side].get(member)?.as_slice() {
            [pointer] => Some(pointer.as_str()),
            _ => None,
        };
        once(0, &pair.old)?;
        once(1, &pair.new)
    }

    fn field(&self, side: usize, pointer: &str) -> Location {
        self.operations[side].with(Item::Field(self.side, pointer.to_owned()))
    }
}

/// Returns the objects that values of a type hold, each with the pointer that leads to it.
fn inner(api: &Api, ty: &Type) -> Vec<(ObjectId, String)> {
    match ty {
        Type::Object(id) | Type::Json(id) => vec![(*id, String::new())],
        Type::Union(id) => {
            let union = api.union(*id);
            let variants = union.variants.iter();
            let objects =
                variants.filter_map(|one| Some((one.object()?, pointer(&[union.step(one)]))));
            objects.collect()
        }
        Type::List(element) => each_inner(api, &element.ty),
        Type::Map(map) => each_inner(api, &map.values.ty),
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
        | Type::Enum(_) => Vec::new(),
    }
}

fn each_inner(api: &Api, values: &Type) -> Vec<(ObjectId, String)> {
    let inner = inner(api, values).into_iter();
    inner.map(|(id, way)| (id, format!("/*{way}"))).collect()
}

/// Calls a function for each field of an object and of the objects in it, with its member and its
/// pointer.
fn each(
    api: &Api,
    place: &Location,
    object: &Object,
    start: &str,
    holders: &mut Vec<ObjectId>,
    look: &mut impl FnMut(Location, &str),
) {
    for field in &object.fields {
        let at = format!("{start}{}", pointer(std::slice::from_ref(&field.name)));
        look(place.member(&field.name), &at);
        for (id, way) in inner(api, &field.ty) {
            if holders.contains(&id) {
                continue;
            }
            holders.push(id);
            let object = api.object(id);
            let place = shared(place, object);
            each(api, &place, object, &format!("{at}{way}"), holders, look);
            holders.pop();
        }
    }
}

fn shared(place: &Location, object: &Object) -> Location {
    Location {
        operation: None,
        ..place.with(Item::Object(object.name.clone()))
    }
}

/// Walks the places of a body in the old spec, with the place of each in the new one.
struct Walk<'w, 'm> {
    body: &'w Bodies<'m>,
    identity: &'w Identity,
    members: &'w HashMap<&'w Location, &'w Pair>,
    /// All old pointers with the new ones; those of renamed or moved members also have their pair.
    found: Vec<(String, String, Option<&'w Pair>)>,
    holders: Vec<ObjectId>,
}

impl<'w> Walk<'w, '_> {
    fn object(&mut self, place: &Location, object: &Object, old: &str, new: &str) {
        let holder = self.identity.place(place).into_owned();
        for field in &object.fields {
            let at = format!("{old}{}", pointer(std::slice::from_ref(&field.name)));
            let pair = self.members.get(&place.member(&field.name)).copied();
            let to = match pair {
                None => format!("{new}{}", pointer(std::slice::from_ref(&field.name))),
                Some(pair) => match pair.new.as_member() {
                    Some((_, name)) if pair.new == holder.member(name) => {
                        format!("{new}{}", pointer(&[name.to_owned()]))
                    }
                    _ => self.body.goes_to(pair).unwrap_or(&at).to_owned(),
                },
            };
            for (id, way) in inner(self.body.apis[0], &field.ty) {
                if self.holders.contains(&id) {
                    continue;
                }
                self.holders.push(id);
                let object = self.body.apis[0].object(id);
                let place = shared(place, object);
                self.object(&place, object, &format!("{at}{way}"), &format!("{to}{way}"));
                self.holders.pop();
            }
            self.found.push((at, to, pair));
        }
    }

    /// Returns the pairs, without those whose new place another field already has.
    fn sound(self) -> Vec<Pair> {
        let standing: HashSet<&str> = self
            .found
            .iter()
            .filter(|(at, to, _)| at == to)
            .map(|(at, ..)| at.as_str())
            .collect();
        let mut taken = HashSet::new();
        let mut pairs = Vec::new();
        for (at, to, pair) in &self.found {
            let Some(pair) = pair.filter(|_| at != to) else {
                continue;
            };
            if !standing.contains(to.as_str()) && taken.insert(to.as_str()) {
                pairs.push(Pair {
                    old: self.body.field(0, at),
                    new: self.body.field(1, to),
                    edit: pair.edit,
                    matched_by: pair.matched_by,
                });
            }
        }
        pairs
    }
}
