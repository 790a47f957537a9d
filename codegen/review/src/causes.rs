//! Joins findings that have one cause in the spec: the change of a type is reported with its effect
//! on the wire.

use std::collections::BTreeSet;

use super::change::{Change, Point};
use super::edit::Edit;
use super::facts::Facts;
use super::finding::Finding;
use super::location::{Item, Location};
use super::property::Property;
use payspec_model::model::{Model, Origin};
use payspec_model::value::{TypeName, Value};

/// The properties of types, each with a property of messages that changes with it.
const ON_THE_WIRE: [(Property, Property); 8] = [
    (Property::Member, Property::Field),
    (Property::MemberType, Property::Kind),
    (Property::MemberType, Property::Allowed),
    (Property::MemberType, Property::Nullable),
    (Property::MemberType, Property::ElementNullable),
    (Property::EnumOpen, Property::Open),
    (Property::EnumType, Property::Kind),
    (Property::UnionOpen, Property::Open),
];

/// Joins findings about types to the finding about messages with the same cause. If several match,
/// the first one takes it: the worst, as they are sorted.
pub(super) fn joined(findings: Vec<Finding>) -> Vec<Finding> {
    let is_of_types = |finding: &Finding| {
        let property = finding.change.property;
        let mut shown = ON_THE_WIRE.iter();
        shown.any(|(own, _)| *own == property)
            || matches!(property, Property::EnumValue | Property::UnionObject)
    };
    let (of_types, mut kept): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(is_of_types);
    let values = Values::of(&of_types);
    for own in of_types {
        let with = kept
            .iter_mut()
            .find(|wire| is_one(&own, wire) || values.iter().any(|one| one.join(&own, wire)));
        match with {
            Some(wire) => {
                wire.rust = wire.rust.max(own.rust);
                wire.types.extend(own.change.was.clone());
                wire.types.extend(own.places);
            }
            None => kept.push(own),
        }
    }
    kept
}

/// Joins the fields that were added and removed inside a field, and the changed rules of the object
/// as a whole, to the finding that the field has another object, since that is the cause. A change
/// of a field that both objects have keeps its own finding.
pub(super) fn with_parts(findings: Vec<Finding>, new: &Model) -> Vec<Finding> {
    let is_object = |point: &Option<Point>| match point.as_ref().map(|point| &point.value) {
        Some(Value::Type(ty)) => is_shared(ty),
        Some(_) | None => false,
    };
    let is_cause = |finding: &Finding| {
        let Change { old, new, .. } = &finding.change;
        finding.change.property == Property::MemberType && is_object(old) && is_object(new)
    };
    let (causes, mut kept): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_cause);
    if causes.is_empty() {
        return kept;
    }
    let facts = Facts::of(new);
    for mut cause in causes {
        let line = cause.change.new.as_ref().map(|point| point.origin);
        let uses: BTreeSet<Location> = line
            .into_iter()
            .flat_map(|line| facts.fields_at(line))
            .cloned()
            .collect();
        let inside = |place: &Location| place.ancestors().iter().any(|one| uses.contains(one));
        let only: BTreeSet<Location> = kept
            .iter()
            .filter(|finding| {
                let Change { property, edit, .. } = &finding.change;
                *property == Property::Field && matches!(edit, Edit::Added | Edit::Removed)
            })
            .flat_map(|finding| &finding.places)
            .filter(|place| inside(place))
            .cloned()
            .collect();
        let is_part = |finding: &Finding| {
            let of_object = finding.change.property.is_of_object();
            let mut places = finding.places.iter();
            places.all(|place| only.contains(place) || (of_object && uses.contains(place)))
        };
        let (parts, others) = kept.into_iter().partition::<Vec<_>, _>(is_part);
        kept = others;
        if !parts.is_empty() {
            for part in &parts {
                cause.class = cause.class.and(part.class);
                cause.rust = cause.rust.max(part.rust);
                cause.money |= part.money;
            }
            cause.places.extend(uses);
            cause.parts = parts;
        }
        kept.push(cause);
    }
    kept
}

/// Returns whether a type is a shared one, or holds values of one.
fn is_shared(ty: &TypeName) -> bool {
    match ty {
        TypeName::Plain(_) => false,
        TypeName::Shared(_) | TypeName::Json(_) => true,
        TypeName::List(values) | TypeName::Map(values) | TypeName::Nullable(values) => {
            is_shared(values)
        }
    }
}

/// Returns whether a finding about a type and one about messages have the same lines as their
/// cause.
fn is_one(own: &Finding, wire: &Finding) -> bool {
    let origin = |point: &Option<Point>| -> Option<Origin> { Some(point.as_ref()?.origin) };
    let (one, other) = (&own.change, &wire.change);
    // A member can be added at a place of use whose field only changes.
    let is_one_edit = one.property != Property::Member || one.edit == other.edit;
    ON_THE_WIRE.contains(&(one.property, other.property))
        && is_one_edit
        && one.place.api == other.place.api
        && origin(&one.old) == origin(&other.old)
        && origin(&one.new) == origin(&other.new)
}

/// Returns the enum and the value, or the union and the text of the discriminator, that an item is.
fn value_of(item: &Item) -> Option<(&str, &str)> {
    let (Item::EnumValue(name, value) | Item::UnionObject(name, value)) = item else {
        return None;
    };
    Some((name, value))
}

/// The values that were added to an enum, or the objects that were added to a union, and those that were removed.
struct Values {
    of: String,
    gone: BTreeSet<String>,
    come: BTreeSet<String>,
}

impl Values {
    /// Collects the added and removed values of each enum and union.
    fn of(findings: &[Finding]) -> Vec<Self> {
        let mut enums: Vec<Self> = Vec::new();
        for finding in findings {
            let Some((name, value)) = value_of(&finding.change.place.subject) else {
                continue;
            };
            let at = enums.iter().position(|one| one.of == name);
            let at = at.unwrap_or_else(|| {
                enums.push(Values {
                    of: name.to_owned(),
                    gone: BTreeSet::new(),
                    come: BTreeSet::new(),
                });
                enums.len() - 1
            });
            let Change { edit, was, .. } = &finding.change;
            if *edit != Edit::Removed {
                enums[at].come.insert(value.to_owned());
            }
            if *edit != Edit::Added {
                let old = was.as_ref().map_or(value, Location::name);
                enums[at].gone.insert(old.to_owned());
            }
        }
        enums
    }

    /// Returns whether one finding is about a value of the enum, and the other about a place whose
    /// allowed texts change by the same values.
    fn join(&self, own: &Finding, wire: &Finding) -> bool {
        // A renamed value says more than one removed text and one added text.
        let value = value_of(&own.change.place.subject);
        let is_value = value.is_some_and(|(name, _)| name == self.of);
        let is_own = is_value && own.change.edit != Edit::Renamed;
        let texts = |point: &Option<Point>| match point.as_ref().map(|point| &point.value) {
            Some(Value::Texts(texts)) => Some(texts.clone()),
            Some(_) | None => None,
        };
        let Change {
            property, old, new, ..
        } = &wire.change;
        let (true, Some(old), Some(new)) = (
            is_own && *property == Property::Allowed,
            texts(old),
            texts(new),
        ) else {
            return false;
        };
        let (mut gone, mut come) = (old.difference(&new), new.difference(&old));
        gone.by_ref().eq(&self.gone) && come.by_ref().eq(&self.come)
    }
}
