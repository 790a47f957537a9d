//! The objects of a copy without indentation: a label shows where their fields begin, and the examples of the page where
//! they end.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::terms::{TERMS, level_of};
use super::{Owner, Reader};
use crate::facts::{Aspect, Confidence, Example, Guess};
use crate::item::{Item, Kind};
use payspec_model::model::Side;
use payspec_runtime::Pointer;

/// The fields of the example messages.
#[derive(Debug, Default)]
pub(crate) struct Nesting(HashMap<Side, HashSet<String>>);

impl Nesting {
    /// Collects the fields of examples.
    pub(crate) fn of(examples: &[Example]) -> Self {
        let mut nesting = Nesting::default();
        for example in examples.iter().filter(|example| example.parses) {
            let Ok(value) = serde_json::from_str(&example.text) else {
                continue;
            };
            let sides = example.side.map_or(Side::ALL.to_vec(), |side| vec![side]);
            for side in sides {
                nesting.add(side, "", &value);
            }
        }
        nesting
    }

    fn add(&mut self, side: Side, path: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let path = below(path, name);
                    self.add(side, &path, value);
                    self.0.entry(side).or_default().insert(path);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|one| self.add(side, path, one)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn has(&self, owner: Owner, path: &str) -> bool {
        match owner {
            Owner::Body { side, .. } => self.0.get(&side).is_some_and(|paths| paths.contains(path)),
            Owner::Object(_) => false,
        }
    }
}

/// Returns the path of a field, without the elements of lists.
fn below(path: &str, name: &str) -> String {
    format!("{path}/{}", Pointer::escape(name))
}

/// The greatest number of objects around a name that are looked at: more are a page whose objects have lost their ends.
const MOST: usize = 32;

impl Reader<'_> {
    /// Makes the next names fields of the current parameter, if the layout does not show it.
    pub(super) fn open_object(&mut self, parent: usize, own: &[usize]) {
        let Some(at) = self.open.iter().position(|(_, open)| *open == parent) else {
            return;
        };
        let names_are_headings = self.open.get(at).is_some_and(|(level, _)| *level < TERMS);
        let is_name = |item: &&Item| match item.kind {
            Kind::Heading(_) => true,
            Kind::Text => !names_are_headings,
            Kind::Bullet | Kind::Term(_) | Kind::Row(_) | Kind::Code | Kind::Fence => false,
        };
        let below = own.iter().skip(1);
        let mut below = below.filter_map(|index| self.items.get(*index));
        let Some(next) = below.find(is_name) else {
            return;
        };
        let next = level_of(next);
        if let Some((level, _)) = self.open.get_mut(at)
            && next <= *level
        {
            *level = next.saturating_sub(1);
            self.flat.insert(parent);
        }
    }

    /// Ends the innermost object whose fields are the cells of a table that was copied as text.
    pub(super) fn end_bars(&mut self) {
        let Some(parent) = self.barred.pop() else {
            return;
        };
        if let Some(at) = self.open.iter().position(|(_, open)| *open == parent) {
            self.open.truncate(at);
        }
        self.flat.remove(&parent);
    }

    /// Returns a guess if a name is indented below a field whose type has no fields: either may be an accident.
    pub(super) fn indented_below_value(&self, parent: Option<usize>) -> Option<Guess> {
        let (level, above) = self.open.last().filter(|_| self.lexicon.names_alone)?;
        if *level < TERMS || Some(*above) == parent {
            return None;
        }
        let above = self.read.parameters.get(*above)?;
        let name = above.name.as_deref().unwrap_or(&above.name_as_printed);
        let why = format!("it is indented below `{name}`, whose type has no fields");
        Some(Guess {
            aspect: Aspect::Name,
            confidence: Confidence::Low,
            why,
        })
    }

    /// Ends the objects that do not contain a name. Returns a guess if only the order of the lines shows its object.
    pub(super) fn end_objects(&mut self, name: &str) -> Option<Guess> {
        let is_flat = |open: &(u8, usize)| self.flat.contains(&open.1);
        let first = self.open.iter().position(is_flat)?;
        // It may be in each of the objects that are open, or beside the outermost of them.
        let mut possible = None;
        let name = Pointer::escape(name);
        let mut path = String::new();
        for count in (first..=self.open.len()).rev().take(MOST) {
            let parent = count.checked_sub(1).and_then(|at| self.open.get(at));
            let above = parent.and_then(|(_, parent)| self.bare_paths.get(*parent));
            path.clear();
            path.push_str(above.map_or("", String::as_str));
            path.push('/');
            path.push_str(&name);
            if self.paths.contains_key(&path) {
                continue;
            }
            if self.nesting.has(self.owner, &path) {
                self.open.truncate(count);
                return None;
            }
            possible = possible.or(Some((count, parent)));
        }
        let (count, parent) = possible?;
        let parent = parent.and_then(|(_, parent)| self.read.parameters.get(*parent));
        let why = parent.map(|one| {
            let name = one.name.as_deref().unwrap_or(&one.name_as_printed);
            format!("the page does not show where the fields of `{name}` end")
        });
        self.open.truncate(count);
        why.filter(|_| count > first).map(|why| Guess {
            aspect: Aspect::Name,
            confidence: Confidence::Low,
            why,
        })
    }
}
