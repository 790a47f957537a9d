//! Detects items that have another name or place in the new spec.
//!
//! Items of the same name are the same. An item that only the new spec has is matched with one that
//! only the old spec has if the spec says so (`renamed_from`), or if the two are similar enough:
//! see [`similarity`]. An item is matched with one other at most, and only with
//! one of its kind.

mod fields;
mod matching;
mod pair;
mod similarity;
mod uses;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::edit::{Edit, MatchedBy};
use super::location::{Item, Location};
use payspec_model::model::{AmountCurrency, Model, Side};
use payspec_model::pointer;
use payspec_model::value::{Address, Amount, Carried, Condition, Role, Target, Value};

/// An item that has another place in the new spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Location,
    pub(super) new: Location,
    /// [`Edit::Renamed`] or [`Edit::Moved`].
    pub(super) edit: Edit,
    pub(super) matched_by: MatchedBy,
}

/// The items that have another place in the new spec. Everything inside them moves with them.
#[derive(Debug, Default)]
pub(super) struct Identity {
    places: HashMap<Location, Location>,
}

impl Identity {
    /// Finds the items of two specs that have another name or place.
    pub(super) fn pairs(old: &Model, new: &Model) -> Vec<Pair> {
        pair::pairs(old, new)
    }

    /// Makes the map from old places to new ones.
    pub(super) fn new(pairs: impl IntoIterator<Item = (Location, Location)>) -> Self {
        Identity {
            places: pairs.into_iter().collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns the place of an old item in the new spec.
    pub(super) fn place<'p>(&self, old: &'p Location) -> Cow<'p, Location> {
        if self.is_empty() {
            return Cow::Borrowed(old);
        }
        if let Some(new) = self.places.get(old) {
            return Cow::Owned(new.clone());
        }
        let mut new = old.clone();
        if let Some(Location { operation, .. }) = self.of(old, Item::Operation) {
            new.operation.clone_from(operation);
        }
        match &mut new.subject {
            Item::Field(side, pointer) => {
                // The innermost item around it that moved determines its new place.
                let mut ends = pointer.rmatch_indices('/').map(|(end, _)| end);
                let found = ends.find_map(|end| {
                    let whole = Item::Field(*side, pointer[..end].to_owned());
                    let Item::Field(_, whole) = &self.of(old, whole)?.subject else {
                        return None;
                    };
                    Some(format!("{whole}{}", &pointer[end..]))
                });
                if let Some(found) = found {
                    *pointer = found;
                }
            }
            Item::Member(object, _) => {
                if let Some(Item::Object(name)) = self.subject(old, Item::Object(object.clone())) {
                    object.clone_from(name);
                }
            }
            Item::EnumValue(one, _) => {
                if let Some(Item::Enum(name)) = self.subject(old, Item::Enum(one.clone())) {
                    one.clone_from(name);
                }
            }
            Item::UnionObject(one, _) => {
                if let Some(Item::Union(name)) = self.subject(old, Item::Union(one.clone())) {
                    one.clone_from(name);
                }
            }
            Item::FlowEvent(flow, state, _) => {
                let whole = Item::FlowState(flow.clone(), state.clone());
                if let Some(Item::FlowState(_, name)) = self.subject(old, whole) {
                    state.clone_from(name);
                }
            }
            Item::ResponseField(_, field) => {
                let whole = |name: &str| pointer::pointer(&[name.to_owned()]);
                let old_field = Item::Field(Side::Response, whole(field));
                if let Some(Item::Field(_, moved)) = self.subject(old, old_field) {
                    // A field of the body itself: one that moved further in is another field.
                    let names = pointer::names(moved);
                    if let [name] = names.as_slice() {
                        field.clone_from(name);
                    }
                }
            }
            Item::Api
            | Item::Operation
            | Item::Signature
            | Item::Auth
            | Item::Credential(_)
            | Item::Wire
            | Item::Idempotency
            | Item::Result
            | Item::Responses
            | Item::Response(_)
            | Item::Decision(_)
            | Item::Code(_)
            | Item::Body(_)
            | Item::Status(_)
            | Item::Header(..)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Object(_)
            | Item::Enum(_)
            | Item::Union(_)
            | Item::Flow(_)
            | Item::FlowState(..)
            | Item::Example(_)
            | Item::Dispute(_)
            | Item::Source(_) => {}
        }
        Cow::Owned(new)
    }

    /// Returns the new place of another item in the same operation or API.
    fn of(&self, place: &Location, subject: Item) -> Option<&Location> {
        self.places.get(&place.with(subject))
    }

    fn subject(&self, place: &Location, subject: Item) -> Option<&Item> {
        self.of(place, subject).map(|place| &place.subject)
    }

    /// Translates the value of an old fact into the names of the new spec: types, fields of the
    /// same object, operations and states. A value that is not translated counts as a difference.
    pub(super) fn restated(&self, place: &Location, value: &Value) -> Value {
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
            Value::Amounts(amounts) => {
                let amount = |(value, amount): (&String, &Amount)| {
                    let currency = match &amount.currency {
                        AmountCurrency::Field(name) => {
                            AmountCurrency::Field(self.field_name(place, name))
                        }
                        AmountCurrency::Code(code) => AmountCurrency::Code(code.clone()),
                    };
                    let unit = amount.unit;
                    (self.field_name(place, value), Amount { currency, unit })
                };
                Value::Amounts(amounts.iter().map(amount).collect())
            }
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
            Value::Carried(carried) => {
                let carried = carried.iter().map(|one| Carried {
                    to: self.operation(place, &one.to),
                    from: self.operation(place, &one.from),
                    ..one.clone()
                });
                Value::Carried(carried.collect())
            }
            Value::Role(Role::Sends(id)) => Value::Role(Role::Sends(self.operation(place, id))),
            Value::Target(Target::State(name)) => {
                Value::Target(Target::State(self.state(place, name)))
            }
            Value::Flag(_)
            | Value::Kind(_)
            | Value::Limit(..)
            | Value::Multiples(_)
            | Value::Count(..)
            | Value::Texts(_)
            | Value::Patterns(_)
            | Value::Forms(_)
            | Value::SameCurrency(_)
            | Value::Steps(_)
            | Value::Places(_)
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

    fn type_name(&self, place: &Location, name: &str) -> String {
        let shared = Location {
            operation: None,
            ..place.clone()
        };
        let kinds = [
            Item::Object(name.to_owned()),
            Item::Enum(name.to_owned()),
            Item::Union(name.to_owned()),
        ];
        let new = kinds
            .into_iter()
            .find_map(|kind| self.subject(&shared, kind));
        if let Some(Item::Object(new) | Item::Enum(new) | Item::Union(new)) = new {
            return new.clone();
        }
        name.to_owned()
    }

    fn member_name(&self, place: &Location, name: &str) -> String {
        let Item::Object(object) = &place.subject else {
            return name.to_owned();
        };
        let old = place.with(Item::Member(object.clone(), name.to_owned()));
        let (new, holder) = (self.place(&old), self.place(place));
        if let (Item::Member(owner, new), Item::Object(object)) = (&new.subject, &holder.subject)
            && owner == object
        {
            return new.clone();
        }
        name.to_owned()
    }

    /// Returns the new name of a field, if it is still in the object at a place.
    fn field_name(&self, place: &Location, name: &str) -> String {
        let (new, holder) = (
            self.place(&place.field(name)).into_owned(),
            self.place(place),
        );
        if let (Item::Field(_, new), Item::Field(_, holder)) = (&new.subject, &holder.subject)
            && let Some(rest) = new.strip_prefix(holder.as_str())
            && let Some(new) = rest.strip_prefix('/').filter(|new| !new.contains('/'))
        {
            return new.to_owned();
        }
        name.to_owned()
    }

    /// Translates a condition on a field of the same body.
    fn condition(&self, place: &Location, one: &Condition) -> Condition {
        let Item::Field(side, _) = &place.subject else {
            return one.clone();
        };
        let decides = place.with(Item::Field(*side, pointer::pointer(&one.path)));
        let mut path = one.path.clone();
        if let Item::Field(_, pointer) = &self.place(&decides).subject {
            path = pointer::names(pointer);
        }
        Condition {
            path,
            is: one.is.clone(),
        }
    }

    /// Translates the name of the request field that holds the address of a call.
    fn address(&self, place: &Location, name: &str) -> String {
        let old = Item::Field(Side::Request, pointer::pointer(&[name.to_owned()]));
        let holders = self.places.iter();
        let holders = holders.filter(|(from, _)| from.api == place.api && from.subject == old);
        let names: BTreeSet<&str> = holders.map(|(_, to)| to.name()).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [new] => (*new).to_owned(),
            // More than one field could be meant, so the name is kept.
            _ => name.to_owned(),
        }
    }

    fn operation(&self, place: &Location, id: &str) -> String {
        let old = Location::operation(&place.api, id);
        let new = self.places.get(&old).and_then(|new| new.operation.clone());
        new.unwrap_or_else(|| id.to_owned())
    }

    fn state(&self, place: &Location, state: &str) -> String {
        let (Item::Flow(flow) | Item::FlowEvent(flow, ..)) = &place.subject else {
            return state.to_owned();
        };
        let old = Item::FlowState(flow.clone(), state.to_owned());
        if let Some(Item::FlowState(_, new)) = self.subject(place, old) {
            return new.clone();
        }
        state.to_owned()
    }
}
