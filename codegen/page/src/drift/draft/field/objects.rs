//! Collects the objects that fields hold.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value as Yaml};

use crate::drift::draft::Map;
use crate::drift::todo::TODO;

/// The drafted objects, by name.
#[derive(Default)]
pub(in crate::drift::draft) struct Objects {
    fields: BTreeMap<String, Mapping>,
    groups: BTreeMap<String, Vec<Yaml>>,
    /// Names of objects that the spec has.
    known: Vec<String>,
    /// The facts that the page states and the draft cannot hold, in words.
    left_out: Vec<String>,
}

impl Objects {
    pub(in crate::drift::draft) fn new(known: Vec<String>) -> Self {
        Objects {
            known,
            ..Objects::default()
        }
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
        if !self.known.iter().any(|one| one == name) {
            let object = self.fields.entry(name.to_owned()).or_default();
            for (key, field) in fields {
                object.entry(key).or_insert(field);
            }
        }
    }
}
