//! Collects the objects that fields hold.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value as Yaml};

use crate::drift::draft::Map;
use crate::drift::todo::TODO;
use payspec_model::model::{Api, Enum};

/// The drafted objects, by name.
#[derive(Default)]
pub(in crate::drift::draft) struct Objects<'a> {
    fields: BTreeMap<String, Mapping>,
    groups: BTreeMap<String, Vec<Yaml>>,
    /// The API, whose types are not drafted again.
    api: Option<&'a Api>,
    /// The facts that the page states and the draft cannot hold, in words.
    left_out: Vec<String>,
}

impl<'a> Objects<'a> {
    pub(in crate::drift::draft) fn new(api: Option<&'a Api>) -> Self {
        Objects {
            api,
            ..Objects::default()
        }
    }

    /// Returns the enum of this name that the spec has.
    pub(super) fn known_enum(&self, name: &str) -> Option<&'a Enum> {
        let mut enums = self.api.into_iter().flat_map(|api| &api.enums);
        enums.find(|one| one.name == name)
    }

    /// Returns whether the spec has an object, an enum or a union of this name.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.api.is_some_and(|api| {
            api.objects.iter().any(|one| one.name == name)
                || api.unions.iter().any(|one| one.name == name)
        }) || self.known_enum(name).is_some()
    }

    /// Adds a fact that the page states and the draft cannot hold.
    pub(super) fn leave_out(&mut self, text: String) {
        self.left_out.push(text);
    }

    /// Takes what the page states and the draft cannot hold.
    pub(in crate::drift::draft) fn take_left_out(&mut self) -> Vec<String> {
        std::mem::take(&mut self.left_out)
    }

    /// Returns the objects that the spec does not have.
    pub(in crate::drift::draft) fn into_mapping(mut self) -> Mapping {
        let mut objects = Map::default();
        for (name, fields) in self.fields {
            let mut object = Map::default();
            object.put("description", TODO);
            object.put_mapping("fields", fields);
            if let Some(groups) = self.groups.remove(&name) {
                object.put("at_least_one_of", groups);
            }
            objects.put_mapping(&name, object.0);
        }
        objects.0
    }

    /// Adds groups of fields to an object.
    pub(super) fn add_groups(&mut self, name: &str, groups: Vec<Yaml>) {
        if !groups.is_empty() {
            self.groups.insert(name.to_owned(), groups);
        }
    }

    /// Adds fields to an object, unless the spec has it.
    pub(in crate::drift::draft) fn add(&mut self, name: &str, fields: Mapping) {
        if !self.is_known(name) {
            let object = self.fields.entry(name.to_owned()).or_default();
            for (key, field) in fields {
                object.entry(key).or_insert(field);
            }
        }
    }
}
