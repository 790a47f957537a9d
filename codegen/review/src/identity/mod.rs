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
use super::place::{Place, Subject};
use payspec_model::check;
use payspec_model::model::{Model, Side};
use payspec_model::value::{Address, Condition, Role, Target, Value};

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
    pub(super) fn restated(&self, place: &Place, value: &Value) -> Value {
        match value {
            Value::Rules(rules) => {
                let rules = rules.iter();
                Value::Rules(
                    rules
                        .map(|(name, rule)| (*name, self.restated(place, rule)))
                        .collect(),
                )
            }
            Value::Type(name) => Value::Type(name.renamed(&|name| self.type_name(place, name))),
            Value::Order(names) => {
                let names = names.iter().map(|name| self.member_name(place, name));
                Value::Order(names.collect())
            }
            Value::Groups(groups) => {
                let group = |names: &BTreeSet<String>| {
                    let names = names.iter().map(|name| self.field_name(place, name));
                    names.collect::<BTreeSet<String>>()
                };
                Value::Groups(groups.iter().map(group).collect())
            }
            Value::Amount { currency, value } => Value::Amount {
                currency: self.field_name(place, currency),
                value: self.field_name(place, value),
            },
            Value::Quote {
                pair,
                price,
                direction,
            } => Value::Quote {
                pair: self.field_name(place, pair),
                price: self.field_name(place, price),
                direction: *direction,
            },
            Value::Conditions(conditions) => {
                let conditions = conditions.iter();
                Value::Conditions(conditions.map(|one| self.condition(place, one)).collect())
            }
            Value::Address(Address::Field(name)) => {
                Value::Address(Address::Field(self.address(place, name)))
            }
            Value::Principal(kind, id) => Value::Principal(*kind, self.operation(place, id)),
            Value::Operations(ids) => {
                let ids = ids.iter().map(|id| self.operation(place, id));
                Value::Operations(ids.collect())
            }
            Value::Role(Role::Sends(id)) => Value::Role(Role::Sends(self.operation(place, id))),
            Value::Target(Target::State(name)) => {
                Value::Target(Target::State(self.state(place, name)))
            }
            Value::Flag(_)
            | Value::Kind(_)
            | Value::Limit(..)
            | Value::Count(..)
            | Value::Texts(_)
            | Value::Patterns(_)
            | Value::Forms(_)
            | Value::SameCurrency(_)
            | Value::Steps(_)
            | Value::Path(_)
            | Value::Choice(_)
            | Value::Paths(_)
            | Value::Address(Address::Fixed(_))
            | Value::Target(Target::Again | Target::Stay)
            | Value::Role(Role::Ends(_))
            | Value::Pauses(_)
            | Value::Decide(_)
            | Value::NextStep(_)
            | Value::Resend(_)
            | Value::StatusClass(_)
            | Value::Recipe(_)
            | Value::Word(_)
            | Value::WordSet(_)
            | Value::Name(_)
            | Value::Names(_)
            | Value::Words(_) => value.clone(),
        }
    }

    fn type_name(&self, place: &Place, name: &str) -> String {
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
            Some(Subject::Object(new) | Subject::Enum(new)) => new.clone(),
            _ => name.to_owned(),
        }
    }

    fn member_name(&self, place: &Place, name: &str) -> String {
        let Subject::Object(object) = &place.subject else {
            return name.to_owned();
        };
        let old = place.with(Subject::Member(object.clone(), name.to_owned()));
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

    /// A condition on a field of the same body.
    fn condition(&self, place: &Place, one: &Condition) -> Condition {
        let Subject::Field(side, _) = &place.subject else {
            return one.clone();
        };
        let decides = place.with(Subject::Field(*side, check::pointer(&one.path)));
        let path = match &self.place(&decides).subject {
            Subject::Field(_, pointer) => check::names(pointer),
            _ => one.path.clone(),
        };
        Condition {
            path,
            is: one.is.clone(),
        }
    }

    /// The field of a request that holds the address of a call.
    fn address(&self, place: &Place, name: &str) -> String {
        let old = Subject::Field(Side::Request, check::pointer(&[name.to_owned()]));
        let holders = self.places.iter();
        let holders = holders.filter(|(from, _)| from.api == place.api && from.subject == old);
        let names: BTreeSet<&str> = holders.map(|(_, to)| to.name()).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [new] => (*new).to_owned(),
            // Nobody knows which of several it is.
            _ => name.to_owned(),
        }
    }

    fn operation(&self, place: &Place, id: &str) -> String {
        let old = Place::operation(&place.api, id);
        let new = self.places.get(&old).and_then(|new| new.operation.clone());
        new.unwrap_or_else(|| id.to_owned())
    }

    fn state(&self, place: &Place, state: &str) -> String {
        let (Subject::Flow(flow) | Subject::FlowEvent(flow, ..)) = &place.subject else {
            return state.to_owned();
        };
        let old = Subject::FlowState(flow.clone(), state.to_owned());
        match self.subject(place, old) {
            Some(Subject::FlowState(_, new)) => new.clone(),
            _ => state.to_owned(),
        }
    }
}
