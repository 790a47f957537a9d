//! Aligns where rules of a field are written: at the field, or in the operations that use it.
//!
//! A rule of a shared type binds at each place where the type is used, and so does a refinement
//! there. If two specs state the rules of a field in different places, both get them as
//! refinements.

use std::collections::{BTreeMap, BTreeSet};

use super::order::sort_conditions;
use super::simplify;
use payspec_model::model::{
    Api, Body, Condition, Constraint, Direction, Element, Field, Model, Object, ObjectId,
    Refinement, Side, Strength, Type, Variant,
};
use payspec_model::pointer::EACH;

/// A field, by the object or the body that has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Owned {
    Object(String, String),
    Body(String, Side, String),
}

/// Turns the rules that the two specs may state in different places into refinements.
pub(super) fn align([old, new]: &mut [Model; 2]) {
    for new in &mut new.apis {
        let Some(old) = old.apis.iter_mut().find(|old| old.id == new.id) else {
            continue;
        };
        let differing = differing(old, new);
        for api in [old, new] {
            spread(api, &differing);
        }
    }
    let apis = old.apis.iter_mut().chain(&mut new.apis);
    for operation in apis.flat_map(|api| &mut api.operations) {
        let directions = [Side::Request, Side::Response].map(|side| operation.direction(side));
        let [outgoing, incoming] = directions;
        merge(&mut operation.request, outgoing);
        if let Some(body) = &mut operation.response {
            merge(body, incoming);
        }
    }
}

/// The fields of both specs whose own rules are not the same.
fn differing(old: &Api, new: &Api) -> BTreeSet<Owned> {
    let mut found = BTreeSet::new();
    let mut look = |old: &Object, new: &Object, owned: &dyn Fn(&str) -> Owned| {
        for field in &new.fields {
            let known = old.field(&field.name);
            if known.is_some_and(|known| !same_rules(known, field)) {
                found.insert(owned(&field.name));
            }
        }
    };
    let olds: BTreeMap<&str, &Object> = old
        .objects
        .iter()
        .map(|object| (object.name.as_str(), object))
        .collect();
    for new in &new.objects {
        if let Some(old) = olds.get(new.name.as_str()) {
            let owned = |field: &str| Owned::Object(new.name.clone(), field.to_owned());
            look(old, new, &owned);
        }
    }
    for new in &new.operations {
        let Some(old) = old.operation(&new.id) else {
            continue;
        };
        for side in Side::ALL.iter().copied() {
            if let (Some(old), Some(body)) = (old.body(side), new.body(side)) {
                let owned = |field: &str| Owned::Body(new.id.clone(), side, field.to_owned());
                look(&old.object, &body.object, &owned);
            }
        }
    }
    found
}

fn same_rules(old: &Field, new: &Field) -> bool {
    let strength = |one: &Strength| (one.severity, one.direction);
    let constraints = |old: &Constraint, new: &Constraint| {
        old.rule == new.rule && strength(&old.strength) == strength(&new.strength)
    };
    let conditions = |old: &Condition, new: &Condition| {
        (&old.test, &old.text) == (&new.test, &new.text)
            && strength(&old.strength) == strength(&new.strength)
    };
    all(&old.constraints, &new.constraints, constraints)
        && same_inside(&old.ty, &new.ty, &constraints)
        && all(&old.required_when, &new.required_when, conditions)
        && all(&old.forbidden_when, &new.forbidden_when, conditions)
}

/// Compares the rules of what lists or maps contain, except those of keys, which no refinement can state.
fn same_inside(old: &Type, new: &Type, same: &impl Fn(&Constraint, &Constraint) -> bool) -> bool {
    match (old.element(), new.element()) {
        (Some(old), Some(new)) => {
            all(&old.constraints, &new.constraints, same) && same_inside(&old.ty, &new.ty, same)
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn all<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
}

/// Turns the rules of these fields into refinements at each place of use.
fn spread(api: &mut Api, fields: &BTreeSet<Owned>) {
    if fields.is_empty() {
        return;
    }
    let (mut moved, in_unions) = (BTreeSet::new(), in_unions(api));
    let mut refinements = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        for side in Side::ALL.iter().copied() {
            let Some(body) = operation.body(side) else {
                continue;
            };
            let owner = |name: &str| Owned::Body(operation.id.clone(), side, name.to_owned());
            let mut walk = Walk {
                api,
                fields,
                in_unions: &in_unions,
                holders: Vec::new(),
                path: Vec::new(),
                moved: &mut moved,
                found: Vec::new(),
            };
            walk.object(&body.object, &owner);
            refinements.push((at, side, walk.found));
        }
    }
    for (at, side, found) in refinements {
        let operation = &mut api.operations[at];
        let body = match side {
            Side::Request => Some(&mut operation.request),
            Side::Response => operation.response.as_mut(),
        };
        body.into_iter()
            .for_each(|body| body.refinements.extend(found.iter().cloned()));
    }
    for object in &mut api.objects {
        let name = object.name.clone();
        clear(object, &moved, &|field| {
            Owned::Object(name.clone(), field.to_owned())
        });
    }
    for operation in &mut api.operations {
        let id = operation.id.clone();
        let owned = |side: Side| {
            let id = id.clone();
            move |field: &str| Owned::Body(id.clone(), side, field.to_owned())
        };
        clear(&mut operation.request.object, &moved, &owned(Side::Request));
        if let Some(body) = &mut operation.response {
            clear(&mut body.object, &moved, &owned(Side::Response));
        }
    }
}

fn clear(object: &mut Object, moved: &BTreeSet<Owned>, owned: &dyn Fn(&str) -> Owned) {
    for field in &mut object.fields {
        if moved.contains(&owned(&field.name)) {
            field.constraints.clear();
            field.required_when.clear();
            field.forbidden_when.clear();
            clear_inside(&mut field.ty);
        }
    }
}

/// Removes the rules of elements and values.
fn clear_inside(ty: &mut Type) {
    if let Some(element) = ty.element_mut() {
        element.constraints.clear();
        clear_inside(&mut element.ty);
    }
}

/// Returns the objects of unions, and those that they hold.
fn in_unions(api: &Api) -> BTreeSet<ObjectId> {
    let variants = api.unions.iter().flat_map(|union| &union.variants);
    let mut found: BTreeSet<ObjectId> = variants.filter_map(Variant::object).collect();
    let held = api.reach(found.iter().map(|id| api.object(*id)));
    found.extend(held.objects);
    found
}

/// The walk over all places of a body.
struct Walk<'w> {
    api: &'w Api,
    fields: &'w BTreeSet<Owned>,
    /// The objects that refinements do not always reach.
    in_unions: &'w BTreeSet<ObjectId>,
    holders: Vec<ObjectId>,
    path: Vec<String>,
    /// The fields whose rules are stated at their places.
    moved: &'w mut BTreeSet<Owned>,
    found: Vec<Refinement>,
}

impl Walk<'_> {
    fn object(&mut self, object: &Object, owned: &dyn Fn(&str) -> Owned) {
        for field in &object.fields {
            self.path.push(field.name.clone());
            let owned = owned(&field.name);
            // A recursive object has endlessly many places, so refinements cannot reach them all, and none reaches into a
            // union.
            let unreached = |id: &ObjectId| self.in_unions.contains(id) || self.holds_itself(*id);
            let is_endless = || self.holders.last().is_some_and(unreached);
            if self.fields.contains(&owned) && !is_endless() {
                let refinement = self.refinement(field);
                let each = each_refined(&refinement, &field.ty);
                self.found.push(refinement);
                self.found.extend(each);
                self.moved.insert(owned);
            }
            self.inside(&field.ty);
            self.path.pop();
        }
    }

    fn inside(&mut self, ty: &Type) {
        match ty {
            Type::Object(id) | Type::Json(id) => {
                if !self.holders.contains(id) {
                    self.holders.push(*id);
                    let object = self.api.object(*id);
                    self.object(object, &|field| {
                        Owned::Object(object.name.clone(), field.to_owned())
                    });
                    self.holders.pop();
                }
            }
            Type::List(element) => self.each(&element.ty),
            Type::Map(map) => self.each(&map.values.ty),
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
            // No refinement reaches into a union.
            | Type::Union(_)
            | Type::Enum(_) => {}
        }
    }

    fn each(&mut self, values: &Type) {
        self.path.push("*".to_owned());
        self.inside(values);
        self.path.pop();
    }

    fn holds_itself(&self, id: ObjectId) -> bool {
        let object = self.api.object(id);
        let held = object
            .fields
            .iter()
            .filter_map(|field| field.ty.innermost().object());
        let mut reached: Vec<ObjectId> = held.collect();
        let mut at = 0;
        while let Some(one) = reached.get(at).copied() {
            if one == id {
                return true;
            }
            let fields = self.api.object(one).fields.iter();
            for held in fields.filter_map(|field| field.ty.innermost().object()) {
                if !reached.contains(&held) {
                    reached.push(held);
                }
            }
            at += 1;
        }
        false
    }

    /// The rules of a field as a refinement of the body.
    fn refinement(&self, field: &Field) -> Refinement {
        let Field {
            name: _,
            description: _,
            ty: _,
            location: _,
            style: _,
            json_type: _,
            nullable: _,
            required: _,
            plain: _,
            constraints,
            required_when,
            forbidden_when,
            // The generated code does not depend on it.
            default: _,
            unknown_limits: _,
            sensitive: _,
            renamed_from: _,
            since: _,
            deprecated: _,
            example: _,
            rust_name: _,
            page_names: _,
            sources,
            origin,
        } = field;
        let holder = &self.path[..self.path.len() - 1];
        let from_body = |conditions: &[Condition]| -> Vec<Condition> {
            let mut conditions = conditions.to_vec();
            for test in conditions.iter_mut().filter_map(|one| one.test.as_mut()) {
                test.path.splice(0..0, holder.iter().cloned());
            }
            conditions
        };
        Refinement {
            path: self.path.clone(),
            note: None,
            constraints: constraints.clone(),
            required_when: from_body(required_when),
            forbidden_when: from_body(forbidden_when),
            default: None,
            sources: sources.clone(),
            origin: *origin,
        }
    }
}

/// Returns the rules of elements and values as refinements of the body, after those of their field.
fn each_refined(field: &Refinement, ty: &Type) -> Vec<Refinement> {
    let Some(element) = ty.element() else {
        return Vec::new();
    };
    let Element {
        ty,
        json_type: _,
        nullable: _,
        constraints,
    } = element;
    let mut each = Refinement {
        constraints: constraints.clone(),
        required_when: Vec::new(),
        forbidden_when: Vec::new(),
        ..field.clone()
    };
    each.path.push(EACH.to_owned());
    let mut found = each_refined(&each, ty);
    found.insert(0, each);
    found
}

/// Merges the refinements into one for each place, with the rules that bind in this direction.
fn merge(body: &mut Body, direction: Direction) {
    let mut merged: BTreeMap<Vec<String>, Refinement> = BTreeMap::new();
    for one in body.refinements.drain(..) {
        match merged.get_mut(&one.path) {
            Some(known) => {
                known.constraints.extend(one.constraints);
                known.required_when.extend(one.required_when);
                known.forbidden_when.extend(one.forbidden_when);
            }
            None => {
                merged.insert(one.path.clone(), one);
            }
        }
    }
    for one in merged.values_mut() {
        simplify(&mut one.constraints, Some(direction));
        for conditions in [&mut one.required_when, &mut one.forbidden_when] {
            conditions.retain(|one| super::binds(&one.strength, direction));
            conditions
                .iter_mut()
                .for_each(|one| one.strength.direction = None);
            sort_conditions(conditions);
        }
    }
    merged.retain(|_, one| {
        !(one.constraints.is_empty()
            && one.required_when.is_empty()
            && one.forbidden_when.is_empty())
    });
    body.refinements = merged.into_values().collect();
}
