//! Compares two specs.

mod ancestors;
mod covered;
mod flow_events;
mod one_of_two;

use super::accepts;
use super::advice;
use super::change::{Change, Point, edit_of};
use super::decisive;
use super::edit::Edit;
use super::fact::Fact;
use super::facts::Facts;
use super::location::{Item, Location};
use super::property::Property;
use super::relation::Relation;
use super::rename_detection::{Identity, Pair};
use ancestors::Ancestors;
use payspec_model::model::{Direction, Model, Scalars, StatusClass};
use payspec_model::value::{Amount, Value};

/// Returns the differences between two specs, sorted by place. An item that is added or removed as
/// a whole is one difference.
///
/// ```
/// use payspec_model::load;
/// use payspec_review::diff;
///
/// let spec = load(std::path::Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// assert!(diff(&spec, &spec).is_empty());
/// # Ok::<(), &str>(())
/// ```
pub fn diff(old: &Model, new: &Model) -> Vec<Change> {
    let sides = Sides::new(old, new);
    let ancestors = Ancestors::new(&sides);
    let is_covered = |change: &Change| {
        let (place, property) = (&change.place, change.property);
        // A renamed item is found by its former name, which needs no difference of its own.
        let former = property == Property::FormerName && ancestors.has_kept(place);
        !change.edit.keeps()
            && (former || ancestors.covers(place, property) || sides.is_covered(place, property))
    };
    let mut changes = sides.changes();
    changes.retain(|change| !is_covered(change));
    changes
}

/// Returns every difference between two specs, including those that [`diff`] leaves out because a
/// larger item was added or removed with them, or because they have no effect. Applied to the facts
/// of the old spec, they yield those of the new one ([`Facts::patched`]).
pub fn every_change(old: &Model, new: &Model) -> Vec<Change> {
    Sides::new(old, new).changes()
}

/// The facts of two specs, and the items that they share.
struct Sides<'m> {
    models: [&'m Model; 2],
    /// The facts of the old spec, moved to their places in the new one.
    old: Facts,
    new: Facts,
    /// Maps those places back to the places in the old spec.
    back: Identity,
    pairs: Vec<Pair>,
}

impl<'m> Sides<'m> {
    fn new(old: &'m Model, new: &'m Model) -> Self {
        let models = [old, new];
        let pairs = Identity::pairs(old, new);
        let places = pairs
            .iter()
            .map(|pair| (pair.old.clone(), pair.new.clone()));
        let identity = Identity::new(places);
        let [old, new] = Facts::differing(old, new);
        let old = old.moved(&identity);
        let back = pairs
            .iter()
            .map(|pair| (pair.new.clone(), pair.old.clone()));
        let back = Identity::new(back);
        Sides {
            models,
            old,
            new,
            back,
            pairs,
        }
    }

    /// Returns all differences, sorted by place.
    fn changes(&self) -> Vec<Change> {
        let added = self
            .new
            .places()
            .filter(|place| self.old.at(place).is_empty());
        let places = self.old.places().chain(added);
        let properties =
            places.flat_map(|place| self.differing(place).map(move |property| (place, property)));
        let mut changes: Vec<Change> = properties
            .map(|(place, property)| self.change(place, property))
            .collect();
        changes.extend(self.pairs.iter().filter_map(|pair| self.kept(pair)));
        let key = |change: &Change| (change.place.clone(), change.property, change.edit);
        changes.sort_by_cached_key(key);
        changes
    }

    /// Returns the change that an item has another name or place.
    fn kept(&self, pair: &Pair) -> Option<Change> {
        let stated = |facts: &'_ Facts| {
            let mut facts = facts.at(&pair.new).iter();
            facts.find(|fact| fact.property.is_existence()).cloned()
        };
        let (old, new) = (stated(&self.old)?, stated(&self.new)?);
        let name = |place: &Location| match pair.edit == Edit::Moved {
            true => place.path(),
            false => place.name().to_owned(),
        };
        let point = |place: &Location, fact: &Fact| Point {
            value: Value::Name(name(place)),
            origin: fact.origin,
        };
        let on_the_wire = matches!(
            new.property,
            Property::Field | Property::Code | Property::Header
        );
        let change = self.change(&pair.new, new.property);
        Some(Change {
            was: Some(pair.old.clone()),
            edit: pair.edit,
            old: Some(point(&pair.old, &old)),
            new: Some(point(&pair.new, &new)),
            relation: if on_the_wire {
                Relation::Incomparable
            } else {
                Relation::Same
            },
            // A reader that does not know the code judges an answer by its status.
            tolerated: new.property == Property::Code && !change.decisive,
            matched_by: Some(pair.matched_by),
            ..change
        })
    }

    /// Returns the class of the status that a code comes with, in each spec.
    fn classes(&self, place: &Location) -> [Option<StatusClass>; 2] {
        let of = |model: &Model, facts: &Facts| {
            let Value::Name(status) = &facts.get(place, Property::CodeStatus)?.value else {
                return None;
            };
            let api = model.api(&place.api)?;
            let operation = api.operation(place.operation.as_deref()?)?;
            api.class(operation.result.as_ref()?, status)
        };
        [of(self.models[0], &self.old), of(self.models[1], &self.new)]
    }

    fn both(&self) -> [&Facts; 2] {
        [&self.old, &self.new]
    }

    /// Returns the properties for which the two specs state different values.
    fn differing(&self, place: &Location) -> impl Iterator<Item = Property> {
        let (old, new) = (self.old.at(place), self.new.at(place));
        let stated =
            |facts: &[Fact], property| facts.iter().position(|fact| fact.property == property);
        let other = old.iter().filter_map(move |fact| {
            let same = stated(new, fact.property).is_some_and(|at| new[at].value == fact.value);
            (!same).then_some(fact.property)
        });
        let more = new
            .iter()
            .map(|fact| fact.property)
            .filter(move |property| stated(old, *property).is_none());
        other.chain(more)
    }

    fn change(&self, place: &Location, property: Property) -> Change {
        let (before, after) = (self.old.get(place, property), self.new.get(place, property));
        let at =
            |facts: &Facts, property| facts.get(place, property).map(|fact| fact.value.clone());
        // If the caller changes, the new one decides the direction.
        let direction = after
            .or(before)
            .map_or(Direction::Outgoing, |fact| fact.direction);
        let own = self.relation(place, property, direction, [before, after]);
        // The other limits of an open enum apply to texts that it does not list.
        let open = |facts| at(facts, Property::Open) == Some(Value::Flag(true));
        let bounded = property == Property::Allowed || !self.both().into_iter().any(open);
        let listed = (bounded && accepts::TEXT_PROPERTIES.contains(&property)).then(|| {
            accepts::relation(
                |property| at(&self.old, property),
                |property| at(&self.new, property),
            )
        });
        let point = |fact: &Fact| Point {
            value: fact.value.clone(),
            origin: fact.origin,
        };
        let closed = |facts| at(facts, Property::Open) == Some(Value::Flag(false));
        Change {
            place: place.clone(),
            was: Some(self.back.place(place).into_owned()).filter(|was| was != place),
            property,
            edit: edit_of(property, before, after, own),
            old: before.map(point),
            new: after.map(point),
            relation: listed.flatten().unwrap_or(own),
            direction,
            tolerated: direction == Direction::Incoming
                && property.is_read_tolerantly()
                && !(property == Property::Allowed && self.both().into_iter().any(closed)),
            decisive: self.is_decisive(place, property),
            amount: self.both().into_iter().any(|facts| is_amount(place, facts)),
            closed: is_closed(place, &self.old),
            classes: self.classes(place),
            matched_by: None,
        }
    }

    /// Returns whether the dispute, the code, the header, or the default of the field decides about
    /// money.
    fn is_decisive(&self, place: &Location, property: Property) -> bool {
        let [old, new] = self.models;
        let was = self.back.place(place);
        let decides = || decisive::decides(old, &was) || decisive::decides(new, place);
        match &place.subject {
            Item::Dispute(_) | Item::Code(_) | Item::Header(..) => decides(),
            Item::Field(..) if property == Property::Default => {
                let is_rate = |facts: &&Facts| stands_in(place, facts, Property::QuoteFields);
                self.both().iter().any(is_rate) || decides()
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
            | Item::ResponseField(..)
            | Item::Decision(_)
            | Item::Body(_)
            | Item::Field(..)
            | Item::Status(_)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Object(_)
            | Item::Member(..)
            | Item::Enum(_)
            | Item::EnumValue(..)
            | Item::Union(_)
            | Item::UnionObject(..)
            | Item::Flow(_)
            | Item::FlowState(..)
            | Item::FlowEvent(..)
            | Item::Example(_)
            | Item::Source(_) => false,
        }
    }

    /// Returns how a property changes by itself. The form of a value depends on how the API writes
    /// numbers.
    fn relation(
        &self,
        place: &Location,
        property: Property,
        direction: Direction,
        [before, after]: [Option<&Fact>; 2],
    ) -> Relation {
        let kind = |fact: Option<&Fact>| match fact.map(|fact| &fact.value) {
            Some(Value::Kind(kind)) => Some(*kind),
            Some(_) | None => None,
        };
        match (kind(before), kind(after)) {
            (Some(old), Some(new)) => {
                let texts = self.models.iter().all(|model| {
                    let api = model.api(&place.api);
                    api.is_some_and(|api| api.wire.scalars == Scalars::Strings)
                });
                Relation::of(new.covers(old, texts), old.covers(new, texts))
            }
            (Some(_), None) | (None, _) if property == Property::Advice => {
                advice::relation(before, after)
            }
            (Some(_), None) | (None, _) => own_relation(property, direction, before, after),
        }
    }
}

/// Returns how a property changes by itself. A receiver ignores fields that it does not know, so a
/// missing field counts as an optional one.
fn own_relation(
    property: Property,
    direction: Direction,
    before: Option<&Fact>,
    after: Option<&Fact>,
) -> Relation {
    let ignored = Value::Flag(false);
    let unknown =
        (property == Property::Field && direction == Direction::Incoming).then_some(&ignored);
    let value = |fact: Option<&'_ Fact>| fact.map(|fact| fact.value.clone()).or(unknown.cloned());
    let (before, after) = (value(before), value(after));
    property
        .comparison()
        .relation(before.as_ref(), after.as_ref())
}

/// Returns whether a place holds an amount of money or is a direct part of one. Of the fields of a body, only those that
/// hold its amounts and their currencies are.
fn is_amount(place: &Location, facts: &Facts) -> bool {
    let amounts = |place: &Location| facts.get(place, Property::AmountFields);
    if amounts(place).is_some() {
        return true;
    }
    let Some(holder) = holder(place) else {
        return false;
    };
    match (amounts(&holder).map(|fact| &fact.value), &holder.subject) {
        (Some(Value::Amounts(amounts)), Item::Field(_, pointer)) if pointer.is_empty() => {
            let name = place.name();
            let parts = |(value, amount): (&String, &Amount)| {
                value == name || amount.currency.field() == Some(name)
            };
            amounts.iter().any(parts)
        }
        (amounts, _) => amounts.is_some(),
    }
}

/// Returns whether a place is an object with such a property or a direct part of one.
fn stands_in(place: &Location, facts: &Facts, property: Property) -> bool {
    let has = |place: &Location| facts.get(place, property).is_some();
    has(place) || holder(place).as_ref().is_some_and(has)
}

/// Returns the object that has the field at a place.
fn holder(place: &Location) -> Option<Location> {
    let Item::Field(side, pointer) = &place.subject else {
        return None;
    };
    let (holder, _) = pointer.rsplit_once('/')?;
    Some(place.with(Item::Field(*side, holder.to_owned())))
}

/// Returns whether a place is a value of a closed enum, or an object of a closed union.
fn is_closed(place: &Location, facts: &Facts) -> bool {
    let (whole, property) = if let Item::EnumValue(name, _) = &place.subject {
        (Item::Enum(name.clone()), Property::EnumOpen)
    } else if let Item::UnionObject(name, _) = &place.subject {
        (Item::Union(name.clone()), Property::UnionOpen)
    } else {
        return false;
    };
    let open = facts.get(&place.with(whole), property);
    open.is_some_and(|open| !open.value.is_true())
}
