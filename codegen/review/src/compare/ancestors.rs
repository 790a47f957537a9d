//! Finds the differences that the finding about a larger item covers.

use std::collections::HashSet;

use super::Sides;
use crate::facts::Facts;
use crate::location::{Item, Location};
use crate::property::Property;
use payspec_model::model::Model;
use payspec_model::value::Value;

/// Items that were added or removed as a whole.
pub(super) struct Ancestors<'f> {
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
    pub(super) fn new(
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

    /// Returns whether an item has only another name or place.
    pub(super) fn has_kept(&self, place: &Location) -> bool {
        self.kept.contains(place)
    }

    /// Returns whether the finding about a larger item that was added or removed covers this
    /// change.
    pub(super) fn covers(&self, place: &Location, property: Property) -> bool {
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
