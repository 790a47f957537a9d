//! Which shared types are written alike for two models but for their comments, so that whoever compares
//! the code need not write them.
//!
//! The code of a shared type is written from what is said of it here, the names of the types that its
//! fields hold, which of its fields are boxed, its cargo features, and how the API writes values. Where
//! all of these are the same, so is the code. Structs are taken apart by name, so that a new field of
//! the model cannot be forgotten; what is skipped stands in comments alone or nowhere. Whatever is not
//! proved alike is written.

use std::collections::{BTreeSet, HashMap};

use super::context::Context;
use super::{EmitError, Options};
use payspec_model::model::{
    Alternatives, Amount, AmountStep, Condition, Constraint, Enum, EnumId, EnumValue, Field, Model,
    Object, ObjectId, Quote, Strength, Type, Wire,
};

/// The shared types of one model that need not be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Alike {
    /// Objects, by the place of their API.
    objects: BTreeSet<(usize, ObjectId)>,
    /// Enums, by the place of their API.
    enums: BTreeSet<(usize, EnumId)>,
}

impl Alike {
    /// Returns what is alike in two models, as each of them counts it.
    pub(super) fn in_both(
        old: &Model,
        new: &Model,
        options: &Options,
    ) -> Result<[Self; 2], EmitError> {
        let mut found = [Alike::default(), Alike::default()];
        for (new_at, new) in new.apis.iter().enumerate() {
            let Some(old_at) = old.apis.iter().position(|old| old.id == new.id) else {
                continue;
            };
            let old = &old.apis[old_at];
            if !same_wire(&old.wire, &new.wire) {
                continue;
            }
            let pair = Pair {
                old: Context::new(old, options)?,
                new: Context::new(new, options)?,
            };
            for (old, new) in named(&old.objects, &new.objects, |one| &one.name) {
                if pair.same_object(ObjectId(old), ObjectId(new)) {
                    found[0].objects.insert((old_at, ObjectId(old)));
                    found[1].objects.insert((new_at, ObjectId(new)));
                }
            }
            for (old, new) in named(&old.enums, &new.enums, |one| &one.name) {
                if pair.same_enum(EnumId(old), EnumId(new)) {
                    found[0].enums.insert((old_at, EnumId(old)));
                    found[1].enums.insert((new_at, EnumId(new)));
                }
            }
        }
        Ok(found)
    }

    /// The objects of an API with this many that have to be written.
    pub(super) fn objects(&self, api: usize, count: usize) -> impl Iterator<Item = ObjectId> {
        let ids = (0..count).map(ObjectId);
        ids.filter(move |id| !self.objects.contains(&(api, *id)))
    }

    /// The enums of an API with this many that have to be written.
    pub(super) fn enums(&self, api: usize, count: usize) -> impl Iterator<Item = EnumId> {
        let ids = (0..count).map(EnumId);
        ids.filter(move |id| !self.enums.contains(&(api, *id)))
    }
}

/// The places of things that have the same name in both lists.
fn named<'m, T>(
    old: &'m [T],
    new: &'m [T],
    name: fn(&T) -> &String,
) -> impl Iterator<Item = (usize, usize)> {
    let known = old.iter().enumerate().map(|(at, one)| (name(one), at));
    let known: HashMap<&String, usize> = known.collect();
    let places = new.iter().enumerate();
    places.filter_map(move |(at, one)| Some((*known.get(name(one))?, at)))
}

/// Two APIs of the same id.
struct Pair<'m> {
    old: Context<'m>,
    new: Context<'m>,
}

impl Pair<'_> {
    fn same_object(&self, old_id: ObjectId, new_id: ObjectId) -> bool {
        let Object {
            name,
            description: _,
            fields,
            removed_fields: _,
            at_least_one_of,
            amount,
            quote,
            renamed_from: _,
            deprecated,
            since: _,
            sources: _,
            origin: _,
        } = self.old.api.object(old_id);
        let new = self.new.api.object(new_id);
        let boxed = |at| self.old.is_boxed(old_id, at) == self.new.is_boxed(new_id, at);
        (name, deprecated) == (&new.name, &new.deprecated)
            && all(amount.as_slice(), new.amount.as_slice(), same_amount)
            && all(quote.as_slice(), new.quote.as_slice(), same_quote)
            && self.old.cfg_features.object(old_id) == self.new.cfg_features.object(new_id)
            && all(at_least_one_of, &new.at_least_one_of, same_group)
            && all(fields, &new.fields, |old, new| self.same_field(old, new))
            && (0..fields.len()).all(boxed)
    }

    fn same_field(&self, old: &Field, new: &Field) -> bool {
        let Field {
            name,
            description: _,
            ty,
            required,
            plain,
            constraints,
            required_when,
            forbidden_when,
            default: _,
            unknown_limits: _,
            sensitive,
            renamed_from: _,
            since: _,
            deprecated,
            example: _,
            page_names: _,
            sources: _,
            origin: _,
        } = old;
        (name, required, plain) == (&new.name, &new.required, &new.plain)
            && self.old.purposes.of(old) == self.new.purposes.of(new)
            && (sensitive, deprecated) == (&new.sensitive, &new.deprecated)
            && self.same_type(ty, &new.ty)
            && all(constraints, &new.constraints, same_constraint)
            && all(required_when, &new.required_when, same_condition)
            && all(forbidden_when, &new.forbidden_when, same_condition)
    }

    /// Ids count the types of one model: what they stand for is compared.
    fn same_type(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Enum(old), Type::Enum(new)) => {
                self.old.enumeration(*old) == self.new.enumeration(*new)
            }
            (Type::Object(old), Type::Object(new)) | (Type::Json(old), Type::Json(new)) => {
                self.old.object(*old) == self.new.object(*new)
            }
            (Type::List(old), Type::List(new)) => self.same_type(old, new),
            (
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Any
                | Type::DateTime
                | Type::Date
                | Type::Url
                | Type::Country
                | Type::Currency,
                new,
            ) => old == new,
            (Type::Enum(_) | Type::Object(_) | Type::Json(_) | Type::List(_), _) => false,
        }
    }

    fn same_enum(&self, old_id: EnumId, new_id: EnumId) -> bool {
        let Enum {
            name,
            description: _,
            renamed_from: _,
            open,
            values,
            sources: _,
            origin: _,
        } = self.old.api.enumeration(old_id);
        let new = self.new.api.enumeration(new_id);
        (name, open) == (&new.name, &new.open)
            && self.old.cfg_features.enumeration(old_id)
                == self.new.cfg_features.enumeration(new_id)
            && all(values, &new.values, same_value)
    }
}

/// Returns whether two lists hold the same, one by one.
fn all<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
}

fn same_value(old: &EnumValue, new: &EnumValue) -> bool {
    let EnumValue {
        name,
        rust_name,
        description: _,
        renamed_from: _,
        deprecated,
        sources: _,
        origin: _,
    } = old;
    (name, rust_name, deprecated) == (&new.name, &new.rust_name, &new.deprecated)
}

fn same_constraint(old: &Constraint, new: &Constraint) -> bool {
    let Constraint {
        rule,
        strength,
        origin: _,
    } = old;
    rule == &new.rule && same_strength(strength, &new.strength)
}

fn same_condition(old: &Condition, new: &Condition) -> bool {
    let Condition {
        test,
        text: _,
        strength,
        origin: _,
    } = old;
    test == &new.test && same_strength(strength, &new.strength)
}

fn same_group(old: &Alternatives, new: &Alternatives) -> bool {
    let Alternatives {
        fields,
        strength,
        origin: _,
    } = old;
    fields == &new.fields && same_strength(strength, &new.strength)
}

fn same_amount(old: &Amount, new: &Amount) -> bool {
    let Amount {
        currency,
        value,
        multiple_of,
    } = old;
    (currency, value) == (&new.currency, &new.value)
        && all(multiple_of, &new.multiple_of, |old, new| {
            let AmountStep {
                currency,
                step,
                strength,
            } = old;
            (currency, step) == (&new.currency, &new.step) && same_strength(strength, &new.strength)
        })
}

fn same_quote(old: &Quote, new: &Quote) -> bool {
    let Quote {
        pair,
        price,
        direction,
        sources: _,
    } = old;
    (pair, price, direction) == (&new.pair, &new.price, &new.direction)
}

fn same_strength(old: &Strength, new: &Strength) -> bool {
    let Strength {
        severity,
        direction,
        sources: _,
        reason: _,
    } = old;
    (severity, direction) == (&new.severity, &new.direction)
}

fn same_wire(old: &Wire, new: &Wire) -> bool {
    let Wire {
        scalars,
        empty_text,
        lengths,
        description: _,
        sources: _,
    } = old;
    (scalars, empty_text, lengths) == (&new.scalars, &new.empty_text, &new.lengths)
}
