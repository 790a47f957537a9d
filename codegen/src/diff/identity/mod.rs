//! Which things of two specs are one, though they have another name or stand elsewhere.
//!
//! What is the same in name is the same. Of the rest, a thing that only the new spec has is taken for
//! one that only the old spec has if the spec says so (`renamed_from`), or if the two are much alike:
//! see [`likeness`](self::likeness). A thing is taken for one other at most, and never for one of
//! another kind.

mod likeness;
mod recognise;
mod uses;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use super::change::Edit;
use super::facet::Facet;
use super::fact::{Fact, Value};
use super::place::{Place, Subject};
use crate::check;
use crate::model::{Model, Side};

/// How two things were taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// One of the specs says so.
    Declared,
    /// They are alike: so many of 100 points.
    Similar(u32),
}

/// A thing that has another place in the new spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Place,
    pub(super) new: Place,
    /// [`Edit::Renamed`] or [`Edit::Moved`].
    pub(super) edit: Edit,
    pub(super) recognised: Recognised,
}

/// The things that have another place in the new spec. What is inside them goes with them.
#[derive(Debug, Default)]
pub(super) struct Identity {
    places: HashMap<Place, Place>,
}

impl Identity {
    /// The pairs of two specs.
    pub(super) fn pairs(old: &Model, new: &Model) -> Vec<Pair> {
        recognise::pairs(old, new)
    }

    /// From old places to new ones.
    pub(super) fn new(pairs: impl IntoIterator<Item = (Place, Place)>) -> Self {
        Identity {
            places: pairs.into_iter().collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where a thing of the old spec stands in the new one.
    pub(super) fn place<'p>(&self, old: &'p Place) -> Cow<'p, Place> {
        if self.is_empty() {
            return Cow::Borrowed(old);
        }
        if let Some(new) = self.places.get(old) {
            return Cow::Owned(new.clone());
        }
        let mut new = old.clone();
        if let Some(Place { operation, .. }) = self.of(old, Subject::Operation) {
            new.operation.clone_from(operation);
        }
        match &mut new.subject {
            Subject::Field(side, pointer) => {
                // The innermost thing around it that moved knows where the others went.
                let mut ends = pointer.rmatch_indices('/').map(|(end, _)| end);
                let found = ends.find_map(|end| {
                    let whole = Subject::Field(*side, pointer[..end].to_owned());
                    match &self.of(old, whole)?.subject {
                        Subject::Field(_, whole) => Some(format!("{whole}{}", &pointer[end..])),
                        _ => None,
                    }
                });
                if let Some(found) = found {
                    *pointer = found;
                }
            }
            Subject::Member(object, _) => {
                if let Some(Subject::Object(name)) =
                    self.subject(old, Subject::Object(object.clone()))
                {
                    object.clone_from(name);
                }
            }
            Subject::EnumValue(one, _) => {
                if let Some(Subject::Enum(name)) = self.subject(old, Subject::Enum(one.clone())) {
                    one.clone_from(name);
                }
            }
            Subject::FlowEvent(flow, state, _) => {
                let whole = Subject::FlowState(flow.clone(), state.clone());
                if let Some(Subject::FlowState(_, name)) = self.subject(old, whole) {
                    state.clone_from(name);
                }
            }
            Subject::Api
            | Subject::Operation
            | Subject::Signature
            | Subject::Wire
            | Subject::Idempotency
            | Subject::Result
            | Subject::Decision(_)
            | Subject::Code(_)
            | Subject::Body(_)
            | Subject::Status(_)
            | Subject::Header(..)
            | Subject::Host(_)
            | Subject::Prefix(_)
            | Subject::Object(_)
            | Subject::Enum(_)
            | Subject::Flow(_)
            | Subject::FlowState(..)
            | Subject::Example(_)
            | Subject::Dispute(_)
            | Subject::Source(_) => {}
        }
        Cow::Owned(new)
    }

    /// The new place of something that stands beside a thing.
    fn of(&self, beside: &Place, subject: Subject) -> Option<&Place> {
        self.places.get(&beside.with(subject))
    }

    fn subject(&self, beside: &Place, subject: Subject) -> Option<&Subject> {
        self.of(beside, subject).map(|place| &place.subject)
    }

    /// What a fact of the old spec says in the new names: of types, of fields that stand beside each
    /// other, of operations and states. What it does not translate differs, and is told.
    pub(super) fn restated(&self, place: &Place, fact: &Fact) -> Value {
        let each = |change: &dyn Fn(&str) -> String| match &fact.value {
            Value::Flag(flag) => Value::Flag(*flag),
            Value::Text(text) => Value::Text(change(text)),
            Value::Texts(texts) => Value::Texts(texts.iter().map(|text| change(text)).collect()),
        };
        match (fact.facet, &place.subject) {
            (Facet::MemberType, _) => each(&|text| self.type_name(place, text)),
            (Facet::MemberOrder, Subject::Object(object)) => {
                each(&|name| self.member_name(place, object, name))
            }
            (Facet::AtLeastOneOf, _) => {
                let mut value = each(&|group| {
                    let names = group.split('|').map(|name| self.field_name(place, name));
                    let mut names: Vec<String> = names.collect();
                    names.sort();
                    names.join("|")
                });
                if let Value::Texts(texts) = &mut value {
                    texts.sort();
                }
                value
            }
            (Facet::RequiredWhen | Facet::ForbiddenWhen, Subject::Field(..)) => {
                let mut value = each(&|text| self.condition(place, text));
                if let Value::Texts(texts) = &mut value {
                    texts.sort();
                }
                value
            }
            (Facet::Path, _) => each(&|path| self.address(place, path)),
            (Facet::FlowPays | Facet::FlowHeard, _) => each(&|id| self.operation(place, id)),
            (Facet::FlowRole, _) => each(&|role| match role.strip_prefix("sends ") {
                Some(id) => format!("sends {}", self.operation(place, id)),
                None => role.to_owned(),
            }),
            (
                Facet::FlowStart | Facet::FlowTarget,
                Subject::Flow(flow) | Subject::FlowEvent(flow, ..),
            ) => each(&|state| self.state(place, flow, state)),
            _ => fact.value.clone(),
        }
    }

    fn type_name(&self, place: &Place, text: &str) -> String {
        let (head, name) = match text.rsplit_once(" of ") {
            Some((head, name)) => (format!("{head} of "), name),
            None => (String::new(), text),
        };
        let shared = Place {
            operation: None,
            ..place.clone()
        };
        let kinds = [
            Subject::Object(name.to_owned()),
            Subject::Enum(name.to_owned()),
        ];
        let new = kinds
            .into_iter()
            .find_map(|kind| self.subject(&shared, kind));
        match new {
            Some(Subject::Object(new) | Subject::Enum(new)) => format!("{head}{new}"),
            _ => text.to_owned(),
        }
    }

    fn member_name(&self, place: &Place, object: &str, name: &str) -> String {
        let old = place.with(Subject::Member(object.to_owned(), name.to_owned()));
        match (&self.place(&old).subject, &self.place(place).subject) {
            (Subject::Member(holder, new), Subject::Object(object)) if holder == object => {
                new.clone()
            }
            _ => name.to_owned(),
        }
    }

    /// The name of a field in the object at a place, if it is still in it.
    fn field_name(&self, place: &Place, name: &str) -> String {
        let (new, holder) = (
            self.place(&place.field(name)).into_owned(),
            self.place(place),
        );
        let names = match (&new.subject, &holder.subject) {
            (Subject::Field(_, new), Subject::Field(_, holder)) => {
                new.strip_prefix(holder.as_str())
            }
            _ => None,
        };
        match names.and_then(|rest| rest.strip_prefix('/')) {
            Some(new) if !new.contains('/') => new.to_owned(),
            _ => name.to_owned(),
        }
    }

    /// A condition, `/path is X`, from the body.
    fn condition(&self, place: &Place, text: &str) -> String {
        let Subject::Field(side, _) = &place.subject else {
            return text.to_owned();
        };
        let end = text.find(" is ").unwrap_or(text.len());
        let (path, test) = text.split_at(end);
        let decides = place.with(Subject::Field(*side, path.to_owned()));
        match &self.place(&decides).subject {
            Subject::Field(_, path) => format!("{path}{test}"),
            _ => text.to_owned(),
        }
    }

    /// The path of a call: one in braces names the field of a request that holds the address.
    fn address(&self, place: &Place, path: &str) -> String {
        let name = path
            .strip_prefix('{')
            .and_then(|path| path.strip_suffix('}'));
        let Some(name) = name else {
            return path.to_owned();
        };
        let old = Subject::Field(Side::Request, check::pointer(&[name.to_owned()]));
        let holders = self.places.iter();
        let holders = holders.filter(|(from, _)| from.api == place.api && from.subject == old);
        let names: BTreeSet<&str> = holders.map(|(_, to)| to.name()).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [new] => format!("{{{new}}}"),
            // Nobody knows which of several it is.
            _ => path.to_owned(),
        }
    }

    fn operation(&self, place: &Place, id: &str) -> String {
        let old = Place::operation(&place.api, id);
        let new = self.places.get(&old).and_then(|new| new.operation.clone());
        new.unwrap_or_else(|| id.to_owned())
    }

    fn state(&self, place: &Place, flow: &str, state: &str) -> String {
        let old = Subject::FlowState(flow.to_owned(), state.to_owned());
        match self.subject(place, old) {
            Some(Subject::FlowState(_, new)) => new.clone(),
            _ => state.to_owned(),
        }
    }
}
