//! From a model to the list of its facts. Each struct of the model is taken apart by name, so that a
//! new field of it cannot be forgotten here.

mod api;
mod body;
mod flow;
mod operation;
mod result;
mod types;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Debug;

use heck::ToSnakeCase;

use super::facet::Facet;
use super::fact::{Fact, Value};
use super::place::{Place, Subject};
use crate::check::pointer;
use crate::model::{Api, Deprecated, Direction, Model, Origin, Since, SourceIds};

/// The facts of a model, each once.
pub(super) type Facts = BTreeMap<(Place, Facet), Fact>;

/// All facts of a model.
pub(super) fn facts(model: &Model) -> Facts {
    let Model { files: _, apis } = model;
    let mut facts = Facts::new();
    for api in apis {
        let mut said = Said {
            api,
            operation: None,
            direction: Direction::Outgoing,
            facts: &mut facts,
        };
        said.api();
    }
    facts
}

/// Collects the facts of an API.
struct Said<'m, 'f> {
    api: &'m Api,
    operation: Option<&'m str>,
    /// Who sends what is being described.
    direction: Direction,
    facts: &'f mut Facts,
}

impl<'m> Said<'m, '_> {
    /// States a fact. Of two bounds on the same thing the tighter one counts; texts add up.
    fn say(&mut self, subject: &Subject, facet: Facet, value: impl Into<Value>, origin: Origin) {
        let place = Place {
            api: self.api.id.clone(),
            operation: self.operation.map(str::to_owned),
            subject: subject.clone(),
        };
        let fact = Fact {
            place: place.clone(),
            facet,
            value: value.into(),
            direction: facet.direction().unwrap_or(self.direction),
            origin,
        };
        match self.facts.entry((place, facet)) {
            Entry::Vacant(entry) => {
                entry.insert(fact);
            }
            Entry::Occupied(mut entry) => entry.get_mut().add(fact),
        }
    }

    /// A fact, if there is one.
    fn perhaps<V: Into<Value>>(
        &mut self,
        subject: &Subject,
        facet: Facet,
        value: Option<V>,
        origin: Origin,
    ) {
        if let Some(value) = value {
            self.say(subject, facet, value, origin);
        }
    }

    /// A list of facts of one facet, unless it is empty.
    fn list(&mut self, subject: &Subject, facet: Facet, texts: Vec<String>, origin: Origin) {
        if !texts.is_empty() {
            self.say(subject, facet, Value::Texts(texts), origin);
        }
    }

    fn sources(&mut self, subject: &Subject, sources: &SourceIds, origin: Origin) {
        let tags = sources.iter().filter_map(|id| self.api.sources.get(*id));
        let tags = tags.map(|source| source.tag.clone()).collect();
        self.list(subject, Facet::Sources, tags, origin);
    }

    fn since(&mut self, subject: &Subject, since: Option<&Since>, origin: Origin) {
        if let Some(Since { date, note }) = since {
            let note = note.as_deref().unwrap_or_default();
            self.say(
                subject,
                Facet::Lifecycle,
                format!("since {date} {note}").trim(),
                origin,
            );
        }
    }

    fn deprecated(&mut self, subject: &Subject, deprecated: Option<&Deprecated>, origin: Origin) {
        if let Some(Deprecated {
            reason,
            replacement,
            date,
        }) = deprecated
        {
            let parts = [Some(reason), replacement.as_ref(), date.as_ref()];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            self.say(subject, Facet::Deprecated, parts.join("; "), origin);
        }
    }
}

/// A word of the format, as the spec writes it.
fn word(value: impl Debug) -> String {
    format!("{value:?}").to_snake_case()
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Text(number.to_string())
    }
}
