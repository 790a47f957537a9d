//! Compares two specs.

use std::collections::{BTreeSet, HashSet};

use super::accepts;
use super::advice;
use super::change::{Change, Edit, Point};
use super::decisive;
use super::fact::Fact;
use super::facts::Facts;
use super::location::{Item, Location};
use super::property::Property;
use super::relation::Relation;
use super::rename_detection::{Identity, Pair};
use payspec_model::model::{Api, Direction, Flow, FlowEvent, Model, Scalars, StatusClass};
use payspec_model::pointer;
use payspec_model::value::{Condition, Value};

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
    let whole = Ancestors::new(&sides);
    let told = |change: &Change| {
        let (place, property) = (&change.place, change.property);
        // A renamed item is found by its former name, which needs no difference of its own.
        let former = property == Property::FormerName && whole.kept.contains(place);
        !change.edit.keeps()
            && (former || whole.tells(place, property) || sides.is_moot(place, property))
    };
    let mut changes = sides.changes();
    changes.retain(|change| !told(change));
    changes
}

/// Like [`diff`], for one API. The specs are those of the same files as the APIs.
///
/// ```
/// use payspec_model::load;
/// use payspec_review::diff_api;
///
/// let spec = load(std::path::Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let api = &spec.apis[0];
/// assert!(diff_api(api, api).is_empty());
/// # Ok::<(), &str>(())
/// ```
pub fn diff_api(old: &Api, new: &Api) -> Vec<Change> {
    let [old, new] = [old, new].map(|api| Model {
        files: Vec::new(),
        apis: vec![api.clone()],
    });
    diff(&old, &new)
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
        let told = |place: &Location| match (pair.edit, &place.subject) {
            (Edit::Moved, Item::Field(_, pointer)) => pointer.clone(),
            (Edit::Moved, Item::Member(object, field)) => format!("{object}.{field}"),
            _ => place.name().to_owned(),
        };
        let point = |place: &Location, fact: &Fact| Point {
            value: Value::Name(told(place)),
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
            recognised: Some(pair.recognised),
            ..change
        })
    }

    /// Returns the class of the status that a code comes with, in each spec.
    fn classes(&self, place: &Location) -> [Option<StatusClass>; 2] {
        let of = |model: &Model, facts: &Facts| {
            let Value::Name(status) = &facts.get(place, Property::CodeStatus)?.value else {
                return None;
            };
            Some(model.api(&place.api)?.status(status)?.class)
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
            edit: Edit::of(property, before, after, own),
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
            recognised: None,
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
            _ => false,
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

    /// Returns whether the property is a detail of an item whose own finding already covers it,
    /// though the item is neither added nor removed.
    fn is_told_by_thing(&self, place: &Location, property: Property) -> bool {
        let part = matches!(
            property,
            Property::Description | Property::Sources | Property::HostRole
        );
        let states = |own: Property| {
            let [old, new] = self.both().map(|facts| facts.get(place, own).is_some());
            (old, new)
        };
        part && match place.subject {
            // A new dispute is reported with its ruling, an example with its message.
            Item::Dispute(_) => matches!(states(Property::Dispute), (true, false) | (false, true)),
            Item::Example(_) => matches!(states(Property::Example), (true, false) | (false, true)),
            // A host that is kept only for the record is reported by its dates.
            Item::Host(_) => states(Property::Host) == (false, false),
            _ => false,
        }
    }

    /// Returns whether the default of a field is an enum value that was only renamed.
    fn is_renamed_value(&self, place: &Location) -> bool {
        let [Some(Value::Name(old)), Some(Value::Name(new))] =
            self.stated(place, Property::Default)
        else {
            return false;
        };
        self.pairs.iter().any(|pair| {
            let (before, after) = (&pair.old.subject, &pair.new.subject);
            pair.new.api == place.api
                && matches!((before, after), (Item::EnumValue(_, before), Item::EnumValue(_, after))
                    if before == old && after == new)
        })
    }

    /// Returns the values that the two specs state for a property.
    fn stated(&self, place: &Location, property: Property) -> [Option<&Value>; 2] {
        let facts = self.both().map(|facts| facts.get(place, property));
        facts.map(|fact| fact.map(|fact| &fact.value))
    }

    /// Returns whether the warnings differ only in cases of texts that were added or removed.
    fn advice_went_with_values(&self, place: &Location) -> bool {
        let rule = |advice: Option<&'_ Value>, property: Property| match advice {
            Some(Value::Rules(rules)) => rules.get(property.as_str()).cloned(),
            Some(_) | None => None,
        };
        let advice = self.stated(place, Property::Advice);
        Property::ALL.iter().all(|property| {
            let [old, new] = advice.map(|advice| rule(advice, *property));
            old == new || self.went_with_values(place, [old.as_ref(), new.as_ref()])
        })
    }

    /// Returns whether the conditions were added or removed only because their texts were: a text
    /// that is not allowed cannot cause a case.
    fn went_with_values(&self, place: &Location, cases: [Option<&Value>; 2]) -> bool {
        let none = BTreeSet::new();
        let [old, new] = cases.map(|cases| match cases {
            Some(Value::Conditions(cases)) => cases,
            Some(_) | None => &none,
        });
        let arises = |facts: &Facts, case: &Condition| {
            let Item::Field(side, _) = &place.subject else {
                return true;
            };
            let decides = place.with(Item::Field(*side, pointer::pointer(&case.path)));
            let open = facts.get(&decides, Property::Open);
            if open.is_some_and(|open| open.value.is_true()) {
                return true;
            }
            match facts
                .get(&decides, Property::Allowed)
                .map(|texts| &texts.value)
            {
                Some(Value::Texts(texts)) => case.is.as_ref().is_none_or(|is| texts.contains(is)),
                Some(_) | None => true,
            }
        };
        let (mut gone, mut come) = (old.difference(new), new.difference(old));
        old != new
            && gone.all(|case| !arises(&self.new, case))
            && come.all(|case| !arises(&self.old, case))
    }

    /// Returns whether an event cannot happen in one of the specs. The finding about its outcome,
    /// its code or the expiry covers it.
    fn cannot_happen(&self, place: &Location) -> bool {
        let Item::FlowEvent(flow, _, event) = &place.subject else {
            return false;
        };
        let events = self
            .models
            .into_iter()
            .flat_map(|model| events(model, place, flow));
        match events.into_iter().find(|known| known.name() == *event) {
            Some(FlowEvent::Outcome {
                operation,
                outcome,
                code,
            }) => {
                let comes = |model| comes_out(model, place, operation, outcome, code.as_deref());
                !self.models.into_iter().all(comes)
            }
            Some(FlowEvent::Expired) => {
                let flow = place.with(Item::Flow(flow.clone()));
                let [old, new] = self.stated(&flow, Property::FlowExpires);
                old.is_some() != new.is_some()
            }
            Some(FlowEvent::NoAnswer | FlowEvent::Exhausted) | None => false,
        }
    }

    /// Returns whether a changed note that no source states the limits of a field needs no finding,
    /// because a limit was added or removed where the field is used, or the field has another type.
    fn is_known_now(&self, member: &Location) -> bool {
        let [old, new] = self.stated(member, Property::MemberType);
        if old != new {
            return true;
        }
        let came_or_went = |place: &Location, property| {
            let [old, new] = self.stated(place, property);
            old.is_some() != new.is_some()
        };
        self.both().into_iter().any(|facts| {
            let origin = facts.get(member, Property::Member).map(|fact| fact.origin);
            let mut uses = facts.places().filter(|place| {
                let field = facts.get(place, Property::Field).map(|fact| fact.origin);
                field.is_some() && field == origin
            });
            uses.any(|place| {
                let mut limits = [Property::MaxLength, Property::MaxItems].into_iter();
                limits.any(|property| came_or_went(place, property))
            })
        })
    }

    /// Returns whether the rule has no effect because a field that it involves is always required.
    fn is_moot(&self, place: &Location, property: Property) -> bool {
        let always = |place: &Location| {
            self.both().into_iter().any(|facts| {
                let field = facts.get(place, Property::Field);
                field.is_some_and(|field| field.value.is_true())
            })
        };
        if self.is_told_by_thing(place, property) {
            return true;
        }
        match property {
            Property::Default => always(place) || self.is_renamed_value(place),
            Property::Advice => {
                advice::is_told(self.both(), place) || self.advice_went_with_values(place)
            }
            Property::RequiredWhen => {
                always(place) || self.went_with_values(place, self.stated(place, property))
            }
            Property::ForbiddenWhen => self.went_with_values(place, self.stated(place, property)),
            Property::Unknown => self.is_known_now(place),
            Property::FlowTarget => self.cannot_happen(place),
            // Inserting a field does not reorder the others.
            Property::MemberOrder => {
                let [old, new] = self.stated(place, property).map(|order| match order {
                    Some(Value::Order(names)) => names.as_slice(),
                    Some(_) | None => &[],
                });
                let kept = |own: &[String], other: &[String]| -> Vec<String> {
                    let kept = own.iter().filter(|name| other.contains(name));
                    kept.cloned().collect()
                };
                kept(old, new) == kept(new, old)
            }
            // A type that messages begin or cease to use gets findings about its rules at each
            // place of use.
            Property::UnreachableRules => {
                let stated = |facts: &Facts| facts.get(place, property).is_some();
                !self.both().into_iter().all(stated)
            }
            // A type that lists no texts allows all of them, like an open enum.
            Property::Open => {
                let [old, new] = self.both().map(|facts| facts.get(place, property));
                own_relation(property, Direction::Incoming, old, new) == Relation::Same
            }
            Property::AtLeastOneOf => {
                let none = BTreeSet::new();
                let [old, new] = self.stated(place, property).map(|groups| match groups {
                    Some(Value::Groups(groups)) => groups,
                    Some(_) | None => &none,
                });
                let mut differing = old.symmetric_difference(new);
                differing.all(|group| group.iter().any(|name| always(&place.field(name))))
            }
            _ => false,
        }
    }
}

/// Returns the events of a flow in the API of a place.
fn events<'m>(model: &'m Model, place: &Location, flow: &str) -> Vec<&'m FlowEvent> {
    let flows = model.api(&place.api).map_or(&[][..], |api| &api.flows);
    let flow = flows.iter().filter(|one| one.id == flow);
    let rows = flow
        .flat_map(Flow::steps)
        .flat_map(|(_, _, step)| &step.rows);
    rows.map(|row| &row.event).collect()
}

/// Returns whether an operation can have an outcome, with this code.
fn comes_out(
    model: &Model,
    place: &Location,
    operation: &str,
    outcome: &str,
    code: Option<&str>,
) -> bool {
    let Some(operation) = model
        .api(&place.api)
        .and_then(|api| api.operation(operation))
    else {
        return false;
    };
    let mut outcomes = operation.outcomes().into_iter();
    let mut codes = operation.result.iter().flat_map(|result| &result.codes);
    outcomes.any(|one| one.name == outcome)
        && code.is_none_or(|code| codes.any(|known| known.name == code))
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

/// Returns whether a place is an amount or a direct part of one.
fn is_amount(place: &Location, facts: &Facts) -> bool {
    stands_in(place, facts, Property::AmountFields)
}

/// Returns whether a place is an object with such a property or a direct part of one.
fn stands_in(place: &Location, facts: &Facts, property: Property) -> bool {
    let parent = place
        .ancestors()
        .into_iter()
        .rev()
        .find(|whole| matches!(whole.subject, Item::Field(..)));
    let has = |place: &Location| facts.get(place, property).is_some();
    has(place) || parent.as_ref().is_some_and(has)
}

/// Returns whether a place is a value of a closed enum.
fn is_closed(place: &Location, facts: &Facts) -> bool {
    let Item::EnumValue(name, _) = &place.subject else {
        return false;
    };
    let open = facts.get(&place.with(Item::Enum(name.clone())), Property::EnumOpen);
    open.is_some_and(|open| !open.value.is_true())
}

/// Returns whether a value has another form than before, and one of the two forms contains other
/// values.
fn is_reformed(place: &Location, old: &Facts, new: &Facts) -> bool {
    let kind = |facts: &Facts| match facts.get(place, Property::Kind).map(|fact| &fact.value) {
        Some(Value::Kind(kind)) => Some(*kind),
        Some(_) | None => None,
    };
    match (kind(old), kind(new)) {
        (Some(old), Some(new)) => old != new && (old.holds_others() || new.holds_others()),
        (None, _) | (_, None) => false,
    }
}

/// Returns whether a place is a dispute about items that only one of the specs has.
fn subject_is_only(model: &Model, place: &Location, one: &Facts, other: &Facts) -> bool {
    let Item::Dispute(id) = &place.subject else {
        return false;
    };
    let api = model.api(&place.api);
    let dispute = api.and_then(|api| api.disputes.iter().find(|dispute| dispute.id == *id));
    dispute.is_some_and(|dispute| {
        let about = |place: &&Location| {
            let facts = one.at(place).iter();
            let mut stated = facts.filter(|fact| fact.property.is_existence());
            // A dispute is an item itself, with a line of its own.
            !matches!(place.subject, Item::Dispute(_))
                && stated.any(|fact| dispute.concerns(fact.origin))
        };
        let mut subjects = one.places().filter(about).peekable();
        subjects.peek().is_some() && subjects.all(|place| !other.exists(place))
    })
}

/// Items that were added or removed as a whole.
struct Ancestors<'f> {
    places: HashSet<&'f Location>,
    /// Items that only have another name or place: they are not added or removed with the items
    /// around them.
    kept: HashSet<&'f Location>,
    /// Values whose form changed between one that contains others and one that does not: their
    /// contents exist on one side only.
    reformed: HashSet<&'f Location>,
    /// Disputes about items that were added or removed.
    disputes: HashSet<&'f Location>,
}

impl<'f> Ancestors<'f> {
    fn new(
        Sides {
            models,
            old,
            new,
            pairs,
            ..
        }: &'f Sides<'_>,
    ) -> Self {
        let only = |one: &'f Facts, other: &'f Facts| {
            one.places()
                .filter(|place| one.exists(place) && !other.exists(place))
        };
        let disputes = [(models[0], old, new), (models[1], new, old)];
        let disputes = disputes.into_iter().flat_map(|(model, one, other)| {
            let own = one.places().filter(|place| other.at(place).is_empty());
            own.filter(move |place| subject_is_only(model, place, one, other))
        });
        Self {
            disputes: disputes.collect(),
            places: only(old, new).chain(only(new, old)).collect(),
            kept: pairs.iter().map(|pair| &pair.new).collect(),
            reformed: new
                .places()
                .filter(|place| is_reformed(place, old, new))
                .collect(),
        }
    }

    /// Returns whether the finding about a larger item that was added or removed covers this
    /// change.
    fn tells(&self, place: &Location, property: Property) -> bool {
        if self.places.is_empty() && self.reformed.is_empty() {
            return false;
        }
        if self.disputes.contains(place) {
            return true;
        }
        // Whether a field is allowed does not imply when it is required.
        let apart = property.is_existence() || property == Property::RequiredWhen;
        if self.places.contains(place) && !apart {
            return true;
        }
        let ancestors = place.ancestors();
        let kept = |whole: &Location| self.kept.contains(whole);
        let inner = if kept(place) {
            ancestors.len()
        } else {
            ancestors.iter().rposition(kept).unwrap_or(0)
        };
        let within = ancestors.iter().enumerate().filter(|(at, whole)| {
            // Fields around an item that moved come earlier in the list.
            *at >= inner || !matches!(whole.subject, Item::Field(..))
        });
        within
            .into_iter()
            .any(|(_, whole)| self.places.contains(whole) || self.reformed.contains(whole))
    }
}
