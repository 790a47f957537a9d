//! What differs between two specs, one facet of one thing at a time.

use std::collections::{BTreeSet, HashSet};

use super::accepts;
use super::facet::Facet;
use super::fact::{Fact, Value};
use super::facts::Facts;
use super::place::{Place, Subject};
use super::relation::{Algebra, Relation};
use crate::model::{Direction, Model, Origin};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub place: Place,
    /// Which property of it.
    pub facet: Facet,
    /// What happened.
    pub edit: Edit,
    /// What the old spec states.
    pub old: Option<Point>,
    /// What the new spec states.
    pub new: Option<Point>,
    /// What it does to the set of allowed messages.
    pub relation: Relation,
    /// Who sends what it is about.
    pub direction: Direction,
    /// Whether it is about values of which readers keep those that they do not know.
    pub tolerated: bool,
    /// Whether it is about the currency or the number of an amount of money.
    pub amount: bool,
    /// Whether it is about a value of an enum that was closed, so that code names all of them.
    pub closed: bool,
}

/// A value, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What is stated.
    pub value: Value,
    /// Where.
    pub origin: Origin,
}

/// What happened to a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// The thing is new.
    Added,
    /// The thing is gone.
    Removed,
    /// It allows less than before.
    Narrowed,
    /// It allows more than before.
    Widened,
    /// It is something else.
    Changed,
}

impl Edit {
    /// All edits.
    pub const ALL: [Edit; 5] = [
        Edit::Added,
        Edit::Removed,
        Edit::Narrowed,
        Edit::Widened,
        Edit::Changed,
    ];

    /// The word in rule ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Edit::Added => "added",
            Edit::Removed => "removed",
            Edit::Narrowed => "narrowed",
            Edit::Widened => "widened",
            Edit::Changed => "changed",
        }
    }

    /// The edit that undoes this one.
    pub const fn mirrored(self) -> Self {
        match self {
            Edit::Added => Edit::Removed,
            Edit::Removed => Edit::Added,
            Edit::Narrowed => Edit::Widened,
            Edit::Widened => Edit::Narrowed,
            Edit::Changed => Edit::Changed,
        }
    }

    fn of(facet: Facet, old: Option<&Fact>, new: Option<&Fact>, relation: Relation) -> Self {
        match (old, new, relation) {
            (None, _, _) if facet.is_existence() => Edit::Added,
            (_, None, _) if facet.is_existence() => Edit::Removed,
            (_, _, Relation::Narrows) => Edit::Narrowed,
            (_, _, Relation::Widens) => Edit::Widened,
            (_, _, Relation::Same | Relation::Incomparable) => Edit::Changed,
        }
    }
}

/// The differences between two specs, sorted by place. What comes or goes as a whole is one
/// difference.
///
/// ```
/// use payspec_codegen::{diff::diff, load};
///
/// let spec = load(std::path::Path::new("../spec")).model.ok_or("the spec has errors")?;
/// assert!(diff(&spec, &spec).is_empty());
/// # Ok::<(), &str>(())
/// ```
pub fn diff(old: &Model, new: &Model) -> Vec<Change> {
    let [old, new] = Facts::differing(old, new);
    let sides = Sides { old, new };
    let whole = Wholes::new(&sides);
    let added = sides
        .new
        .places()
        .filter(|place| sides.old.at(place).is_empty());
    let mut changes: Vec<Change> = sides
        .old
        .places()
        .chain(added)
        .flat_map(|place| sides.differing(place).map(move |facet| (place, facet)))
        .filter(|(place, facet)| !whole.tells(place, *facet) && !sides.is_moot(place, *facet))
        .map(|(place, facet)| sides.change(place, facet))
        .collect();
    changes.sort_by(|one, other| (&one.place, one.facet).cmp(&(&other.place, other.facet)));
    changes
}

/// What two specs state.
struct Sides {
    old: Facts,
    new: Facts,
}

impl Sides {
    fn both(&self) -> [&Facts; 2] {
        [&self.old, &self.new]
    }

    /// The facets of which the two specs state something else.
    fn differing(&self, place: &Place) -> impl Iterator<Item = Facet> {
        let (old, new) = (self.old.at(place), self.new.at(place));
        let stated = |facts: &[Fact], facet| facts.iter().position(|fact| fact.facet == facet);
        let other = old.iter().filter_map(move |fact| {
            let same = stated(new, fact.facet).is_some_and(|at| new[at].value == fact.value);
            (!same).then_some(fact.facet)
        });
        let more = new
            .iter()
            .map(|fact| fact.facet)
            .filter(move |facet| stated(old, *facet).is_none());
        other.chain(more)
    }

    fn change(&self, place: &Place, facet: Facet) -> Change {
        let (before, after) = (self.old.get(place, facet), self.new.get(place, facet));
        let at = |facts: &Facts, facet| facts.get(place, facet).map(|fact| fact.value.clone());
        // A caller that changes sides is judged as it will be.
        let direction = after
            .or(before)
            .map_or(Direction::Outgoing, |fact| fact.direction);
        let own = own_relation(facet, direction, before, after);
        let listed = accepts::TEXT_FACETS
            .contains(&facet)
            .then(|| accepts::relation(|facet| at(&self.old, facet), |facet| at(&self.new, facet)));
        let point = |fact: &Fact| Point {
            value: fact.value.clone(),
            origin: fact.origin,
        };
        let open = |facts| at(facts, Facet::Open) == Some(Value::Flag(true));
        Change {
            place: place.clone(),
            facet,
            edit: Edit::of(facet, before, after, own),
            old: before.map(point),
            new: after.map(point),
            relation: listed.flatten().unwrap_or(own),
            direction,
            tolerated: facet == Facet::Allowed
                && direction == Direction::Incoming
                && self.both().into_iter().all(open),
            closed: is_closed(place, &self.old),
            amount: self.both().into_iter().any(|facts| is_amount(place, facts)),
        }
    }

    /// Whether that a field must be there always makes what else asks for it mean nothing.
    fn is_moot(&self, place: &Place, facet: Facet) -> bool {
        let always = |place: &Place| {
            self.both().into_iter().any(|facts| {
                let field = facts.get(place, Facet::Field);
                field.is_some_and(|field| field.value.is_true())
            })
        };
        match facet {
            Facet::RequiredWhen => always(place),
            // A type that lists no texts allows all of them, as an open enum does.
            Facet::Open => {
                let [old, new] = self.both().map(|facts| facts.get(place, facet));
                own_relation(facet, Direction::Incoming, old, new) == Relation::Same
            }
            Facet::AtLeastOneOf => {
                let [old, new] = self.both().map(|facts| -> BTreeSet<String> {
                    let groups = facts.get(place, facet);
                    groups
                        .map(|groups| groups.value.texts().into_iter().collect())
                        .unwrap_or_default()
                });
                let mut differing = old.symmetric_difference(&new);
                differing.all(|group| group.split('|').any(|name| always(&place.field(name))))
            }
            _ => false,
        }
    }
}

/// How the facet changes, looked at alone. What is received and not known is ignored, so a field that
/// does not exist is one that may be there.
fn own_relation(
    facet: Facet,
    direction: Direction,
    before: Option<&Fact>,
    after: Option<&Fact>,
) -> Relation {
    let ignored = Value::Flag(false);
    let unknown = (facet == Facet::Field && direction == Direction::Incoming).then_some(&ignored);
    let value = |fact: Option<&'_ Fact>| fact.map(|fact| fact.value.clone()).or(unknown.cloned());
    let (before, after) = (value(before), value(after));
    facet.algebra().relation(before.as_ref(), after.as_ref())
}

/// Whether a place is an amount, or stands directly in one.
fn is_amount(place: &Place, facts: &Facts) -> bool {
    let parent = place
        .wholes()
        .into_iter()
        .rev()
        .find(|whole| matches!(whole.subject, Subject::Field(..)));
    let has = |place: &Place| facts.get(place, Facet::AmountFields).is_some();
    has(place) || parent.as_ref().is_some_and(has)
}

/// Whether a place is a value of a closed enum.
fn is_closed(place: &Place, facts: &Facts) -> bool {
    let Subject::EnumValue(name, _) = &place.subject else {
        return false;
    };
    let of = Place {
        subject: Subject::Enum(name.clone()),
        ..place.clone()
    };
    let open = facts.get(&of, Facet::EnumOpen);
    open.is_some_and(|open| !open.value.is_true())
}

/// Things that come or go as a whole.
struct Wholes<'f> {
    places: HashSet<&'f Place>,
}

impl<'f> Wholes<'f> {
    fn new(Sides { old, new }: &'f Sides) -> Self {
        let only = |one: &'f Facts, other: &'f Facts| {
            one.places()
                .filter(|place| one.exists(place) && !other.exists(place))
        };
        Self {
            places: only(old, new).chain(only(new, old)).collect(),
        }
    }

    /// Whether the coming or going of a whole tells of this as well.
    fn tells(&self, place: &Place, facet: Facet) -> bool {
        if self.places.is_empty() {
            return false;
        }
        // That a field may be there says nothing of when it must.
        let apart = facet.is_existence() || facet == Facet::RequiredWhen;
        let itself = self.places.contains(place) && !apart;
        itself
            || place
                .wholes()
                .iter()
                .any(|whole| self.places.contains(whole))
    }
}

impl Change {
    /// Whether no message depends on it.
    pub fn is_text(&self) -> bool {
        self.facet.algebra() == Algebra::Text
    }
}
