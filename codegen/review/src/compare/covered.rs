//! Finds the differences that need no finding: another finding covers them, or they have no effect.

use std::collections::BTreeSet;

use super::{Sides, own_relation};
use crate::advice;
use crate::facts::Facts;
use crate::location::{Item, Location};
use crate::property::Property;
use crate::relation::Relation;
use payspec_model::model::{Direction, Side, Union};
use payspec_model::pointer;
use payspec_model::value::{Condition, Value};

impl Sides<'_> {
    /// Returns whether the property is a detail of an item whose own finding already covers it,
    /// though the item is neither added nor removed.
    fn is_covered_by_item(&self, place: &Location, property: Property) -> bool {
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
            | Item::Code(_)
            | Item::Body(_)
            | Item::Field(..)
            | Item::Status(_)
            | Item::Header(..)
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
            | Item::Source(_) => false,
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
    pub(super) fn stated(&self, place: &Location, property: Property) -> [Option<&Value>; 2] {
        let facts = self.both().map(|facts| facts.get(place, property));
        facts.map(|fact| fact.map(|fact| &fact.value))
    }

    /// Returns whether the two specs state different values for a property.
    fn differs(&self, place: &Location, property: Property) -> bool {
        let [old, new] = self.stated(place, property);
        old != new
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
                Some(Value::Texts(texts)) => case.is.text().is_none_or(|text| texts.contains(text)),
                Some(_) | None => true,
            }
        };
        let (mut gone, mut come) = (old.difference(new), new.difference(old));
        old != new
            && gone.all(|case| !arises(&self.new, case))
            && come.all(|case| !arises(&self.old, case))
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
            let member = facts.get(member, Property::Member);
            let mut uses = member
                .into_iter()
                .flat_map(|member| facts.fields_at(member.origin));
            uses.any(|place| {
                let mut limits = [
                    Property::MaxLength,
                    Property::MaxItems,
                    Property::KeyMaxLength,
                ]
                .into_iter();
                limits.any(|property| came_or_went(place, property))
            })
        })
    }

    /// Returns whether a difference needs no finding: another finding covers it, or it has no
    /// effect.
    pub(super) fn is_covered(&self, place: &Location, property: Property) -> bool {
        let always = |place: &Location| {
            self.both().into_iter().any(|facts| {
                let field = facts.get(place, Property::Field);
                field.is_some_and(|field| field.value.is_true())
            })
        };
        if self.is_covered_by_item(place, property) {
            return true;
        }
        match property {
            Property::Default => always(place) || self.is_renamed_value(place),
            Property::Advice => {
                advice::is_covered(self.both(), place) || self.advice_went_with_values(place)
            }
            Property::RequiredWhen => {
                always(place)
                    || self.went_with_values(place, self.stated(place, property))
                    || self.conditions_became_groups(place)
            }
            Property::ForbiddenWhen => self.went_with_values(place, self.stated(place, property)),
            Property::Unknown => self.is_known_now(place),
            // The body is the field alone, or no longer.
            Property::Location => {
                let body = place.with(Item::Body(Side::Request));
                self.differs(&body, Property::WholeBody)
            }
            // The field travels in another part of the request, or is another type.
            Property::Style => {
                let body = place.with(Item::Body(Side::Request));
                self.differs(place, Property::Location)
                    || self.differs(place, Property::Kind)
                    || self.differs(&body, Property::MediaType)
            }
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
            // A proof, or pages, that came or went have a finding of their own.
            Property::ResponseProofRecipe
            | Property::NotificationProofRecipe
            | Property::PaginationParts => {
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
                self.groups_became_conditions(place)
                    || differing.all(|group| group.iter().any(|name| always(&place.field(name))))
            }
            // The field is new in all answers, or gone from all.
            Property::ResponseField => {
                let required = self.both().into_iter().any(|facts| {
                    let own = facts.get(place, Property::ResponseField);
                    own.is_some_and(|own| own.value.is_true())
                });
                let body = self.both().map(|facts| exists_in_answers(place, facts));
                body[0] != body[1] && !required
            }
            // The texts of the discriminator say which objects there are.
            Property::UnionObject => matches!(place.subject, Item::Field(..)),
            // The union was opened or closed, has another object of this name, or another discriminator.
            Property::UnionShape => {
                let stated = self.stated(place, Property::UnionObject);
                let tag = discriminator(place).map(|tag| self.stated(&tag, Property::Field));
                stated.into_iter().all(|one| one.is_some())
                    || tag.is_some_and(|[old, new]| old.is_some() != new.is_some())
            }
            Property::Field
            | Property::Kind
            | Property::JsonType
            | Property::Nullable
            | Property::ElementNullable
            | Property::Allowed
            | Property::MinLength
            | Property::MaxLength
            | Property::Pattern
            | Property::Format
            | Property::Min
            | Property::Max
            | Property::MultipleOf
            | Property::MinItems
            | Property::MaxItems
            | Property::UniqueItems
            | Property::KeyMaxLength
            | Property::KeyPattern
            | Property::AmountSteps
            | Property::SameCurrency
            | Property::AmountFields
            | Property::QuoteFields
            | Property::ConditionInWords
            | Property::Api
            | Property::Operation
            | Property::Body
            | Property::WholeBody
            | Property::MediaType
            | Property::Method
            | Property::Path
            | Property::Caller
            | Property::Result
            | Property::StatusPointer
            | Property::CodePointer
            | Property::MessagePointer
            | Property::References
            | Property::Responses
            | Property::Response
            | Property::Agrees
            | Property::Decision
            | Property::Decides
            | Property::OutcomeName
            | Property::Payload
            | Property::Needs
            | Property::PendingActions
            | Property::Code
            | Property::CodeStatus
            | Property::NextStep
            | Property::Resend
            | Property::Refuses
            | Property::SharedCodes
            | Property::Status
            | Property::StatusClass
            | Property::Idempotency
            | Property::IdempotencyKey
            | Property::MustRepeat
            | Property::Settled
            | Property::ConflictCode
            | Property::KeyLifetime
            | Property::Host
            | Property::HostRole
            | Property::Environment
            | Property::Prefix
            | Property::PrefixClientIds
            | Property::Header
            | Property::HeaderFormat
            | Property::HeaderMaxLength
            | Property::HeaderPattern
            | Property::Scalars
            | Property::EmptyText
            | Property::Lengths
            | Property::Decimals
            | Property::Signature
            | Property::SignatureRecipe
            | Property::Auth
            | Property::AuthHeaders
            | Property::OperationAuth
            | Property::ResponseProof
            | Property::NotificationProof
            | Property::UnprovedNotifications
            | Property::NotificationEncryption
            | Property::Encrypted
            | Property::Pagination
            | Property::Each
            | Property::EventId
            | Property::Credential
            | Property::CredentialKind
            | Property::Type
            | Property::Member
            | Property::MemberType
            | Property::EnumValue
            | Property::UnionObjectType
            | Property::UnionOpen
            | Property::RustName
            | Property::EnumOpen
            | Property::EnumType
            | Property::Flow
            | Property::FlowPays
            | Property::FlowStart
            | Property::FlowHeard
            | Property::FlowExpires
            | Property::FlowProves
            | Property::FlowWith
            | Property::FlowState
            | Property::FlowRole
            | Property::FlowPauses
            | Property::Sensitive
            | Property::FormerName
            | Property::Deprecated
            | Property::Sunset
            | Property::Lifecycle
            | Property::Description
            | Property::CodeMeaning
            | Property::Example
            | Property::Sources
            | Property::Dispute => false,
        }
    }
}

/// Returns the place of the discriminator of a union, given that of one of its objects.
fn discriminator(object: &Location) -> Option<Location> {
    let Item::Field(side, path) = &object.subject else {
        return None;
    };
    let mut names = pointer::names(path);
    let step = names.pop()?;
    names.push(Union::discriminator_of_step(&step)?.to_owned());
    Some(object.with(Item::Field(*side, pointer::pointer(&names))))
}

/// Returns whether any answer has the field of an answer.
fn exists_in_answers(place: &Location, facts: &Facts) -> bool {
    let Item::ResponseField(_, field) = &place.subject else {
        return false;
    };
    let pointer = pointer::pointer(std::slice::from_ref(field));
    facts.exists(&place.with(Item::Field(Side::Response, pointer)))
}
