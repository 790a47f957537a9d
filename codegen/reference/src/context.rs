//! The data that all pages of a site share: the pages of an API's parts, and the fields that use its types.

use std::cell::RefCell;
use std::collections::BTreeMap;

use payspec_model::model::{Api, EnumId, Model, Object, ObjectId, Side, Type, UnionId};

use crate::changes::Changes;
use crate::links::{self, FileNames};

/// The site of a model.
pub(crate) struct Site<'m> {
    /// The name of the generated crate.
    pub(crate) crate_name: Option<&'m str>,
    pub(crate) changes: &'m Changes,
    pub(crate) apis: Vec<ApiSite<'m>>,
}

/// The pages of an API.
pub(crate) struct ApiSite<'m> {
    pub(crate) api: &'m Api,
    pub(crate) index: String,
    pub(crate) codes: String,
    pub(crate) sources: String,
    objects: Vec<String>,
    enums: Vec<String>,
    unions: Vec<String>,
    operations: BTreeMap<&'m str, String>,
    flows: BTreeMap<&'m str, String>,
    users_of_objects: BTreeMap<ObjectId, Vec<User>>,
    users_of_enums: BTreeMap<EnumId, Vec<User>>,
    users_of_unions: BTreeMap<UnionId, Vec<User>>,
    /// The numbers of fields that an object shows down to a depth.
    sizes: RefCell<BTreeMap<(ObjectId, usize), usize>>,
}

/// A field that has a type.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) page: String,
    pub(crate) anchor: String,
}

impl<'m> Site<'m> {
    pub(crate) fn new(model: &'m Model, crate_name: Option<&'m str>, changes: &'m Changes) -> Self {
        let apis = model.apis.iter().map(ApiSite::new);
        Site {
            crate_name,
            changes,
            apis: apis.collect(),
        }
    }

    /// Returns the pages of an API.
    pub(crate) fn api(&self, id: &str) -> Option<&ApiSite<'m>> {
        self.apis.iter().find(|one| one.api.id == id)
    }
}

impl<'m> ApiSite<'m> {
    fn new(api: &'m Api) -> Self {
        let folder = &api.id;
        let mut names = FileNames::default();
        let types = format!("{folder}/types");
        let objects: Vec<String> = api
            .objects
            .iter()
            .map(|object| names.page(&types, &object.name))
            .collect();
        let enums = api.enums.iter().map(|set| names.page(&types, &set.name));
        let enums: Vec<String> = enums.collect();
        let unions = api.unions.iter().map(|one| names.page(&types, &one.name));
        let unions: Vec<String> = unions.collect();
        let operations = api.operations.iter().map(|one| {
            let path = names.page(&format!("{folder}/operations"), &one.id);
            (one.id.as_str(), path)
        });
        let operations: BTreeMap<&str, String> = operations.collect();
        let flows = api.flows.iter().map(|one| {
            let path = names.page(&format!("{folder}/flows"), &one.id);
            (one.id.as_str(), path)
        });
        let flows = flows.collect();
        let mut site = ApiSite {
            api,
            index: format!("{folder}/index.html"),
            codes: format!("{folder}/codes.html"),
            sources: format!("{folder}/sources.html"),
            objects,
            enums,
            unions,
            operations,
            flows,
            users_of_objects: BTreeMap::new(),
            users_of_enums: BTreeMap::new(),
            users_of_unions: BTreeMap::new(),
            sizes: RefCell::default(),
        };
        site.find_users();
        site
    }

    fn find_users(&mut self) {
        let api = self.api;
        for operation in &api.operations {
            for side in Side::ALL {
                let Some(body) = operation.body(*side) else {
                    continue;
                };
                let page = self.operations[operation.id.as_str()].clone();
                self.add_users(&body.object, |name| User {
                    name: format!("{} {side} /{name}", operation.id),
                    page: page.clone(),
                    anchor: links::field_in_body(*side, &[name.to_owned()]),
                });
                for id in &body.named {
                    let users = self.users_of_objects.entry(*id).or_default();
                    users.push(User {
                        name: format!("{} {side}", operation.id),
                        page: page.clone(),
                        anchor: side.as_str().to_owned(),
                    });
                }
            }
        }
        for (index, object) in api.objects.iter().enumerate() {
            let page = self.objects[index].clone();
            self.add_users(object, |name| User {
                name: format!("{}.{name}", object.name),
                page: page.clone(),
                anchor: links::anchor("field", name),
            });
        }
        for (index, union) in api.unions.iter().enumerate() {
            for variant in &union.variants {
                let users = match &variant.ty {
                    Type::Object(id) => self.users_of_objects.entry(*id).or_default(),
                    Type::Enum(id) => self.users_of_enums.entry(*id).or_default(),
                    Type::String
                    | Type::Integer
                    | Type::Decimal
                    | Type::Boolean
                    | Type::DateTime
                    | Type::Date
                    | Type::Uuid
                    | Type::Binary
                    | Type::Timestamp(_)
                    | Type::Url
                    | Type::Country
                    | Type::Currency(_)
                    | Type::List(_)
                    | Type::Map(_)
                    | Type::Union(_)
                    | Type::Json(_)
                    | Type::Any => continue,
                };
                users.push(User {
                    name: format!("{} {}", union.name, variant.tag),
                    page: self.unions[index].clone(),
                    anchor: links::anchor("value", &variant.tag),
                });
            }
        }
    }

    fn add_users(&mut self, object: &Object, user: impl Fn(&str) -> User) {
        for field in &object.fields {
            let users = match field.ty.innermost() {
                Type::Object(id) | Type::Json(id) => self.users_of_objects.entry(*id).or_default(),
                Type::Enum(id) => self.users_of_enums.entry(*id).or_default(),
                Type::Union(id) => self.users_of_unions.entry(*id).or_default(),
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Any => continue,
            };
            users.push(user(&field.name));
        }
    }

    /// Returns the page of an object.
    pub(crate) fn object(&self, id: ObjectId) -> &str {
        &self.objects[id.0]
    }

    /// Returns the page of an enum.
    pub(crate) fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id.0]
    }

    /// Returns the page of a union.
    pub(crate) fn union(&self, id: UnionId) -> &str {
        &self.unions[id.0]
    }

    /// Returns the page of an operation.
    pub(crate) fn operation(&self, id: &str) -> Option<&str> {
        self.operations.get(id).map(String::as_str)
    }

    /// Returns the page of a flow.
    pub(crate) fn flow(&self, id: &str) -> Option<&str> {
        self.flows.get(id).map(String::as_str)
    }

    /// Returns the page of the object, enum or union of this name.
    pub(crate) fn type_page(&self, name: &str) -> Option<&str> {
        let object = self.api.objects.iter().position(|one| one.name == name);
        let set = || {
            let index = self.api.enums.iter().position(|one| one.name == name)?;
            Some(&self.enums[index])
        };
        let union = || {
            let index = self.api.unions.iter().position(|one| one.name == name)?;
            Some(&self.unions[index])
        };
        let object = object.map(|index| &self.objects[index]);
        object.or_else(set).or_else(union).map(String::as_str)
    }

    /// Returns the fields whose innermost type is an object.
    pub(crate) fn users_of_object(&self, id: ObjectId) -> &[User] {
        self.users_of_objects.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the fields whose innermost type is an enum.
    pub(crate) fn users_of_enum(&self, id: EnumId) -> &[User] {
        self.users_of_enums.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the fields whose innermost type is a union.
    pub(crate) fn users_of_union(&self, id: UnionId) -> &[User] {
        self.users_of_unions.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns how deep the fields of a body can be unfolded with no more than `most` fields: types that share types
    /// multiply them.
    pub(crate) fn depth(&self, body: &Object, most: usize) -> usize {
        let fits = |depth: &usize| self.size(body, *depth) <= most;
        (1..DEEPEST).take_while(fits).last().unwrap_or(0)
    }

    /// Returns whether a message with every field of a body has no more than `most` fields.
    pub(crate) fn is_small(&self, body: &Object, most: usize) -> bool {
        self.size(body, DEEPEST) <= most
    }

    fn size(&self, object: &Object, depth: usize) -> usize {
        let inside = |ty: &Type| {
            let objects = match depth {
                0 => Vec::new(),
                _ => self.api.objects_of(ty.innermost()),
            };
            let sizes = objects.into_iter().map(|id| self.size_of(id, depth - 1));
            sizes.fold(0, usize::saturating_add)
        };
        let sizes = object.fields.iter().map(|field| inside(&field.ty));
        sizes.fold(object.fields.len(), usize::saturating_add)
    }

    fn size_of(&self, id: ObjectId, depth: usize) -> usize {
        if let Some(size) = self.sizes.borrow().get(&(id, depth)) {
            return *size;
        }
        let size = self.size(self.api.object(id), depth);
        self.sizes.borrow_mut().insert((id, depth), size);
        size
    }
}

/// The deepest nesting that is unfolded in a body; what is deeper is on the pages of the types.
const DEEPEST: usize = 16;
