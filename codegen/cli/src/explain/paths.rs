//! The paths of fields in messages.

use super::describe::bodies;
use payspec_model::model::{Api, Body, Field, Model, Object, ObjectId, Operation, Side, Type};

/// The largest number of paths: types that share types multiply them.
const LIMIT: usize = 20_000;

/// A place in a body.
pub(super) struct Use<'m> {
    pub(super) api: &'m Api,
    pub(super) body: &'m Body,
    /// The whole path: `pay_entry_code/request/order/env`.
    pub(super) path: String,
    /// The names from the body; `*` matches every element of a list.
    pub(super) names: Vec<String>,
    pub(super) holder: &'m Object,
    pub(super) field: &'m Field,
}

/// Returns every place in the bodies of an API.
pub(super) fn uses(api: &Api) -> Vec<Use<'_>> {
    let mut found = Vec::new();
    for operation in &api.operations {
        for (side, body) in bodies(operation) {
            let mut walk = Walk {
                api,
                body,
                head: head(operation, side),
                names: Vec::new(),
                inside: Vec::new(),
            };
            walk.object(&body.object, &mut found);
        }
    }
    found
}

/// Finds the places that a path names: `pay_entry_code/request/order/env`, or `/order/env` in any body.
pub(super) fn at<'m>(model: &'m Model, path: &str) -> Vec<Use<'m>> {
    let wanted: Vec<&str> = path.split('/').collect();
    let same = |one: &Use<'_>| {
        let names: Vec<&str> = one.path.split('/').collect();
        let names = if wanted[0].is_empty() {
            &names[2..]
        } else {
            &names[..]
        };
        let wanted = if wanted[0].is_empty() {
            &wanted[1..]
        } else {
            &wanted[..]
        };
        let number = |word: &str| word.parse::<u32>().is_ok();
        names.len() == wanted.len()
            && names
                .iter()
                .zip(wanted)
                .all(|(name, wanted)| name == wanted || (*name == "*" && number(wanted)))
    };
    model.apis.iter().flat_map(uses).filter(same).collect()
}

fn head(operation: &Operation, side: Side) -> String {
    format!("{}/{side}", operation.id)
}

struct Walk<'m> {
    api: &'m Api,
    body: &'m Body,
    head: String,
    names: Vec<String>,
    /// The objects that enclose the current one. None is entered twice, because types can be recursive.
    inside: Vec<ObjectId>,
}

impl<'m> Walk<'m> {
    fn object(&mut self, object: &'m Object, found: &mut Vec<Use<'m>>) {
        for field in &object.fields {
            if found.len() >= LIMIT {
                return;
            }
            self.names.push(field.name.clone());
            found.push(Use {
                api: self.api,
                body: self.body,
                path: format!("{}/{}", self.head, self.names.join("/")),
                names: self.names.clone(),
                holder: object,
                field,
            });
            self.inside(&field.ty, found);
            self.names.pop();
        }
    }

    fn each(&mut self, values: &Type, found: &mut Vec<Use<'m>>) {
        self.names.push("*".to_owned());
        self.inside(values, found);
        self.names.pop();
    }

    fn inside(&mut self, ty: &Type, found: &mut Vec<Use<'m>>) {
        match ty {
            Type::Object(id) | Type::Json(id) => {
                if !self.inside.contains(id) {
                    self.inside.push(*id);
                    self.object(self.api.object(*id), found);
                    self.inside.pop();
                }
            }
            Type::List(element) => self.each(&element.ty, found),
            Type::Map(map) => self.each(&map.values.ty, found),
            Type::Union(id) => {
                let union = self.api.union(*id);
                for variant in &union.variants {
                    self.names.push(union.step(variant));
                    self.inside(&variant.ty, found);
                    self.names.pop();
                }
            }
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
            | Type::Enum(_) => {}
        }
    }
}

/// Returns the fields whose type, or element type, is the wanted one.
pub(super) fn users(api: &Api, wanted: impl Fn(&Type) -> bool) -> Vec<String> {
    let bodies = api
        .operations
        .iter()
        .flat_map(bodies)
        .map(|(_, body)| &body.object);
    let mut found = Vec::new();
    for object in api.objects.iter().chain(bodies) {
        for field in &object.fields {
            if wanted(field.ty.innermost()) {
                found.push(format!("{}.{}", object.name, field.name));
            }
        }
    }
    found
}
