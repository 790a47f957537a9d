//! What differs between two specs, one facet of one thing at a time.

use std::collections::BTreeSet;

use super::accepts;
use super::facet::Facet;
use super::fact::{Fact, Value};
use super::facts::{Facts, facts};
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
    /// Whether readers keep values that they do not know.
    pub tolerated: bool,
    /// Whether it is about the currency or the number of an amount of money.
    pub amount: bool,
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
    let (old, new) = (facts(old), facts(new));
    let whole = Wholes::new(&old, &new);
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (before, after) = (old.get(key), new.get(key));
            let same = before.map(|fact| &fact.value) == after.map(|fact| &fact.value);
            let told = whole.tells(key) || is_moot(key, &old, &new);
            (!same && !told).then(|| change(key, before, after, &old, &new))
        })
        .collect()
}

fn change(
    (place, facet): &(Place, Facet),
    before: Option<&Fact>,
    after: Option<&Fact>,
    old: &Facts,
    new: &Facts,
) -> Change {
    let at = |facts: &Facts, facet| {
        facts
            .get(&(place.clone(), facet))
            .map(|fact| fact.value.clone())
    };
    // A caller that changes sides is judged as it will be.
    let direction = after
        .or(before)
        .map_or(Direction::Outgoing, |fact| fact.direction);
    let own = own_relation(*facet, direction, before, after);
    let listed = accepts::TEXT_FACETS
        .contains(facet)
        .then(|| accepts::relation(|facet| at(old, facet), |facet| at(new, facet)));
    let point = |fact: &Fact| Point {
        value: fact.value.clone(),
        origin: fact.origin,
    };
    let open = |facts| at(facts, Facet::Open) == Some(Value::Flag(true));
    Change {
        place: place.clone(),
        facet: *facet,
        edit: Edit::of(*facet, before, after, own),
        old: before.map(point),
        new: after.map(point),
        relation: listed.flatten().unwrap_or(own),
        direction,
        tolerated: direction == Direction::Incoming && open(old) && open(new),
        amount: is_amount(place, new) || is_amount(place, old),
    }
}

/// Whether that a field must be there always makes what else asks for it mean nothing.
fn is_moot((place, facet): &(Place, Facet), old: &Facts, new: &Facts) -> bool {
    let always = |place: &Place| {
        [old, new].iter().any(|facts| {
            let field = facts.get(&(place.clone(), Facet::Field));
            field.is_some_and(|field| field.value.is_true())
        })
    };
    match facet {
        Facet::RequiredWhen => always(place),
        Facet::AtLeastOneOf => {
            let groups = |facts: &Facts| -> BTreeSet<String> {
                let groups = facts.get(&(place.clone(), *facet));
                groups
                    .map(|groups| groups.value.texts().into_iter().collect())
                    .unwrap_or_default()
            };
            let (old, new) = (groups(old), groups(new));
            let mut differing = old.symmetric_difference(&new);
            differing.all(|group| group.split('|').any(|name| always(&place.field(name))))
        }
        _ => false,
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
    let has = |place: Place| facts.contains_key(&(place, Facet::AmountFields));
    has(place.clone()) || parent.is_some_and(has)
}

/// Things that come or go as a whole.
struct Wholes {
    places: BTreeSet<Place>,
}

impl Wholes {
    fn new(old: &Facts, new: &Facts) -> Self {
        let existence = |facts: &Facts| -> BTreeSet<Place> {
            facts
                .keys()
                .filter(|(_, facet)| facet.is_existence())
                .map(|(place, _)| place.clone())
                .collect()
        };
        let (old, new) = (existence(old), existence(new));
        Self {
            places: old.symmetric_difference(&new).cloned().collect(),
        }
    }

    /// Whether the coming or going of a whole tells of this as well.
    fn tells(&self, (place, facet): &(Place, Facet)) -> bool {
        if self.places.is_empty() {
            return false;
        }
        // That a field may be there says nothing of when it must.
        let apart = facet.is_existence() || *facet == Facet::RequiredWhen;
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
