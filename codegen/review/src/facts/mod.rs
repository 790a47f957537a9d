//! Takes a model apart into the list of its facts. Each struct of the model is destructured by
//! name, so that the compiler reports a new field that is missing here.

mod amount;
mod api;
mod auth;
mod body;
mod bounds;
mod flow;
mod limits;
mod operation;
mod result;
mod splits;
mod types;
mod unreachable_rules;
mod walk;
mod warnings;
mod words;

use std::collections::{BTreeSet, HashMap};

use super::change::{Change, Point};
use super::fact::Fact;
use super::location::{Item, Location};
use super::property::Property;
use super::rename_detection::Identity;
use api::Part;
use payspec_model::model::{Api, Decision, Deprecated, Direction, Model, Origin, Since, SourceIds};
use payspec_model::naming::NameError;
use payspec_model::value::Value;

/// All facts that a spec states, by item.
///
/// The items have no order: a comparison looks them up by place, and sorts the few that differ. Two
/// sets of facts are equal if they state the same, regardless of the lines.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    items: HashMap<Location, Vec<Fact>>,
}

impl Facts {
    /// Collects all facts of a spec.
    pub fn of(model: &Model) -> Self {
        let mut facts = Facts::default();
        parts(model).for_each(|(_, part)| facts.extend(part.facts(None)));
        facts
    }

    /// Returns the facts after some changes. With all changes of a comparison
    /// ([`every_change`](super::every_change)) the facts of the old spec become those of the new
    /// one.
    #[must_use]
    pub fn patched(self, changes: &[Change]) -> Self {
        let (moves, changes): (Vec<&Change>, Vec<&Change>) =
            changes.iter().partition(|change| change.edit.keeps());
        let moves = moves
            .iter()
            .filter_map(|change| Some((change.was.clone()?, change.place.clone())));
        let mut facts = self.moved(&Identity::new(moves));
        for change in changes {
            let known = facts.items.entry(change.place.clone()).or_default();
            known.retain(|fact| fact.property != change.property);
            if let Some(Point { value, origin }) = &change.new {
                known.push(Fact {
                    property: change.property,
                    value: value.clone(),
                    direction: change.direction,
                    origin: *origin,
                });
            }
        }
        facts.items.retain(|_, facts| !facts.is_empty());
        facts
    }

    /// Returns the facts with all places, and names in values, as the new spec calls them.
    pub(super) fn moved(self, identity: &Identity) -> Facts {
        if identity.is_empty() {
            return self;
        }
        let mut moved = Facts::default();
        for (place, facts) in &self.items {
            let new = identity.place(place).into_owned();
            let restated = facts.iter().map(|fact| Fact {
                value: identity.restated(place, &fact.value),
                ..fact.clone()
            });
            let restated = restated.collect();
            moved.extend(vec![ItemFacts {
                place: new,
                facts: restated,
            }]);
        }
        moved
    }

    /// Returns the facts of two models, without the parts that state the same in both. In most
    /// comparisons nearly all parts are equal, and parts that are left out need no look-up.
    pub(super) fn differing(old: &Model, new: &Model) -> [Facts; 2] {
        let mut sides = [Facts::default(), Facts::default()];
        let mut olds: HashMap<_, _> = parts(old).collect();
        for (key, new) in parts(new) {
            let old = olds.remove(&key);
            let (old, new) = match old {
                Some(old) => (old.facts(Some(&new)), new.facts(Some(&old))),
                None => (Vec::new(), new.facts(None)),
            };
            if !states_the_same(&old, &new) {
                sides[0].extend(old);
                sides[1].extend(new);
            }
        }
        olds.into_values()
            .for_each(|old| sides[0].extend(old.facts(None)));
        sides
    }

    /// Returns the facts of an item, one for each property.
    pub(super) fn at(&self, place: &Location) -> &[Fact] {
        self.items.get(place).map_or(&[], Vec::as_slice)
    }

    /// Returns one property of an item.
    pub(super) fn get(&self, place: &Location, property: Property) -> Option<&Fact> {
        self.at(place).iter().find(|fact| fact.property == property)
    }

    /// Returns all items.
    pub(super) fn places(&self) -> impl Iterator<Item = &Location> {
        self.items.keys()
    }

    /// Returns the places of the fields that are declared at a line.
    pub(super) fn fields_at(&self, line: Origin) -> impl Iterator<Item = &Location> {
        self.places().filter(move |place| {
            let field = self.get(place, Property::Field);
            field.is_some_and(|field| field.origin == line)
        })
    }

    /// Returns whether a fact states that the item exists.
    pub(super) fn exists(&self, place: &Location) -> bool {
        self.at(place)
            .iter()
            .any(|fact| fact.property.is_existence())
    }

    /// Adds the facts of items. Of two bounds on the same item the tighter one is kept; texts are
    /// joined.
    fn extend(&mut self, items: Vec<ItemFacts>) {
        for ItemFacts { place, facts } in items {
            let known = self.items.entry(place).or_default();
            if known.is_empty() {
                *known = facts;
            } else {
                facts.into_iter().for_each(|fact| add(known, fact));
            }
        }
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        let states = |one: &Self, other: &Self| {
            one.items.iter().all(|(place, facts)| {
                facts.iter().all(|fact| {
                    let same = other.get(place, fact.property);
                    same.is_some_and(|same| same.value == fact.value)
                })
            })
        };
        states(self, other) && states(other, self)
    }
}

/// Returns the parts of a model that are compared separately, each with its key.
fn parts(model: &Model) -> impl Iterator<Item = ((&str, &str, &str), PartOf<'_>)> {
    let Model { files: _, apis } = model;
    let of = |api| Part::of(api).map(move |part| (api, part));
    apis.iter().flat_map(of).map(|(api, part)| {
        let (kind, name) = part.key();
        ((api.id.as_str(), kind, name), PartOf { api, part })
    })
}

/// A part of an API.
struct PartOf<'m> {
    api: &'m Api,
    part: Part<'m>,
}

impl PartOf<'_> {
    /// Collects everything that the part states. `beside` is the same part of the other spec, in a comparison.
    fn facts(&self, beside: Option<&PartOf<'_>>) -> Vec<ItemFacts> {
        let mut collector = FactCollector {
            api: self.api,
            operation: None,
            beside: beside.and_then(|beside| beside.part.decisions()),
            direction: Direction::Outgoing,
            items: Vec::new(),
        };
        collector.part(&self.part);
        collector.items
    }
}

/// The facts about an item that were collected in one go.
struct ItemFacts {
    place: Location,
    facts: Vec<Fact>,
}

/// Returns whether two parts state the same in the same order, regardless of the lines.
fn states_the_same(old: &[ItemFacts], new: &[ItemFacts]) -> bool {
    let same_fact = |old: &Fact, new: &Fact| {
        (old.property, &old.value, old.direction) == (new.property, &new.value, new.direction)
    };
    let same_facts = |old: &[Fact], new: &[Fact]| {
        let mut pairs = old.iter().zip(new);
        old.len() == new.len() && pairs.all(|(old, new)| same_fact(old, new))
    };
    let mut pairs = old.iter().zip(new);
    old.len() == new.len()
        && pairs.all(|(old, new)| old.place == new.place && same_facts(&old.facts, &new.facts))
}

fn add(facts: &mut Vec<Fact>, fact: Fact) {
    match facts
        .iter_mut()
        .find(|known| known.property == fact.property)
    {
        Some(known) => known.add(fact),
        None => facts.push(fact),
    }
}

/// Collects the facts of a part of an API.
struct FactCollector<'m> {
    api: &'m Api,
    operation: Option<&'m str>,
    /// The decisions of the same operation in the other spec.
    beside: Option<&'m [Decision]>,
    /// The direction of the messages that are being described.
    direction: Direction,
    items: Vec<ItemFacts>,
}

impl<'m> FactCollector<'m> {
    /// Adds a fact.
    fn push(
        &mut self,
        subject: &Item,
        property: Property,
        value: impl Into<Value>,
        origin: Origin,
    ) {
        let fact = Fact {
            property,
            value: value.into(),
            direction: property.direction().unwrap_or(self.direction),
            origin,
        };
        match self.items.last_mut() {
            Some(item) if item.place.subject == *subject => add(&mut item.facts, fact),
            _ => {
                let place = Location {
                    api: self.api.id.clone(),
                    operation: self.operation.map(str::to_owned),
                    subject: subject.clone(),
                };
                self.items.push(ItemFacts {
                    place,
                    facts: vec![fact],
                });
            }
        }
    }

    /// Adds the name in Rust, unless it is the one that the name on the wire gives.
    fn rust_name(
        &mut self,
        subject: &Item,
        [wire, rust]: [&str; 2],
        spell: fn(&str) -> Result<String, NameError>,
        origin: Origin,
    ) {
        let (given, own) = (spell(wire).ok(), spell(rust).ok());
        let own = own.filter(|own| given.as_ref() != Some(own));
        self.push_opt(subject, Property::RustName, own.map(Value::Name), origin);
    }

    /// Adds a fact, if it has a value.
    fn push_opt<V: Into<Value>>(
        &mut self,
        subject: &Item,
        property: Property,
        value: Option<V>,
        origin: Origin,
    ) {
        if let Some(value) = value {
            self.push(subject, property, value, origin);
        }
    }

    /// Adds names of one property, unless the list is empty.
    fn names(
        &mut self,
        subject: &Item,
        property: Property,
        names: impl IntoIterator<Item = String>,
        origin: Origin,
    ) {
        let names: BTreeSet<String> = names.into_iter().collect();
        if !names.is_empty() {
            self.push(subject, property, Value::Names(names), origin);
        }
    }

    /// Adds places in a body, unless the list is empty.
    fn paths(&mut self, subject: &Item, property: Property, paths: &[Vec<String>], origin: Origin) {
        if !paths.is_empty() {
            let paths = paths.iter().cloned().collect();
            self.push(subject, property, Value::Paths(paths), origin);
        }
    }

    /// Adds a text for people.
    fn words(
        &mut self,
        subject: &Item,
        property: Property,
        text: impl Into<String>,
        origin: Origin,
    ) {
        let text = text.into();
        if !text.is_empty() {
            self.push(subject, property, Value::Words(text), origin);
        }
    }

    /// Adds a name, or a text that is sent unchanged.
    fn name(&mut self, subject: &Item, property: Property, name: &str, origin: Origin) {
        self.push(subject, property, Value::Name(name.to_owned()), origin);
    }

    /// Adds the former name of an item.
    fn former(&mut self, subject: &Item, name: Option<&String>, origin: Origin) {
        let name = name.map(|name| Value::Name(name.clone()));
        self.push_opt(subject, Property::FormerName, name, origin);
    }

    fn sources(&mut self, subject: &Item, sources: &SourceIds, origin: Origin) {
        let tags = sources.iter().filter_map(|id| self.api.sources.get(*id));
        let tags = tags.map(|source| source.tag.clone());
        self.names(subject, Property::Sources, tags, origin);
    }

    fn since(&mut self, subject: &Item, since: Option<&Since>, origin: Origin) {
        if let Some(Since { date, note }) = since {
            let note = note.as_deref().unwrap_or_default();
            let text = format!("since {date} {note}");
            self.words(subject, Property::Lifecycle, text.trim(), origin);
        }
    }

    fn deprecated(&mut self, subject: &Item, deprecated: Option<&Deprecated>, origin: Origin) {
        if let Some(Deprecated {
            reason,
            replacement,
            date,
            sunset,
        }) = deprecated
        {
            let parts = [Some(reason), replacement.as_ref(), date.as_ref()];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            self.words(subject, Property::Deprecated, parts.join("; "), origin);
            let sunset = sunset.as_deref().unwrap_or_default();
            self.words(subject, Property::Sunset, sunset, origin);
        }
    }
}

/// Returns the words about an item: its title, and its description if the spec has one.
fn titled(title: &str, description: &str) -> String {
    match description {
        "" => title.to_owned(),
        description => format!("{title}. {description}"),
    }
}
