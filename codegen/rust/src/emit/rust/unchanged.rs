//! Shared types whose code is the same for two models, so that a comparison need not print it.
//!
//! Printing costs much more than building the tokens: the tokens of each type are built for both models and
//! compared as text.

use std::collections::{BTreeSet, HashMap};
use std::thread;

use quote::ToTokens;

use super::context::Context;
use super::enum_::StringEnum;
use super::struct_::Struct;
use super::{EmitError, Options};
use payspec_model::model::{Api, EnumId, Model, ObjectId};

/// The shared types of one model that need not be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Unchanged {
    /// Objects, by the index of their API.
    objects: BTreeSet<(usize, ObjectId)>,
    /// Enums, by the index of their API.
    enums: BTreeSet<(usize, EnumId)>,
}

impl Unchanged {
    /// Finds the shared types whose code is the same in both models; returns the ids of each model.
    pub(super) fn in_both(
        old: &Model,
        new: &Model,
        options: &Options,
    ) -> Result<[Self; 2], EmitError> {
        let mut found = [Unchanged::default(), Unchanged::default()];
        for (new_at, new) in new.apis.iter().enumerate() {
            let Some(old_at) = old.apis.iter().position(|old| old.id == new.id) else {
                continue;
            };
            let (old, new) = thread::scope(|scope| {
                let old = scope.spawn(|| Code::of(&old.apis[old_at], options));
                let new = Code::of(new, options);
                (old.join(), new)
            });
            let old = old.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            let new = new?;
            for (id, before) in same(&old.objects, &new.objects) {
                found[0].objects.insert((old_at, ObjectId(before)));
                found[1].objects.insert((new_at, ObjectId(id)));
            }
            for (id, before) in same(&old.enums, &new.enums) {
                found[0].enums.insert((old_at, EnumId(before)));
                found[1].enums.insert((new_at, EnumId(id)));
            }
        }
        Ok(found)
    }

    /// Returns the objects of an API with this many that have to be printed.
    pub(super) fn objects(&self, api: usize, count: usize) -> impl Iterator<Item = ObjectId> {
        let ids = (0..count).map(ObjectId);
        ids.filter(move |id| !self.objects.contains(&(api, *id)))
    }

    /// Returns the enums of an API with this many that have to be printed.
    pub(super) fn enums(&self, api: usize, count: usize) -> impl Iterator<Item = EnumId> {
        let ids = (0..count).map(EnumId);
        ids.filter(move |id| !self.enums.contains(&(api, *id)))
    }
}

/// The code of the shared types of an API, by their ids.
struct Code {
    objects: Vec<String>,
    enums: Vec<String>,
}

impl Code {
    fn of(api: &Api, options: &Options) -> Result<Self, EmitError> {
        let context = Context::new(api, options)?;
        let objects =
            (0..api.objects.len()).map(|id| Ok(text(&Struct::shared(&context, ObjectId(id))?)));
        let objects = objects.collect::<Result<Vec<_>, EmitError>>()?;
        let enums =
            (0..api.enums.len()).map(|id| Ok(text(&StringEnum::new(&context, EnumId(id))?)));
        let enums = enums.collect::<Result<Vec<_>, EmitError>>()?;
        Ok(Code { objects, enums })
    }
}

fn text(code: &impl ToTokens) -> String {
    code.to_token_stream().to_string()
}

/// Returns the indexes of equal texts: in the new list, and in the old one.
fn same(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let old: HashMap<&String, usize> = old
        .iter()
        .enumerate()
        .map(|(at, text)| (text, at))
        .collect();
    let new = new.iter().enumerate();
    new.filter_map(|(at, text)| Some((at, *old.get(text)?)))
        .collect()
}
