//! Schemas of types and bodies.
//!
//! A [`Writer`] writes them for messages of one direction in one [`Dialect`]. Each file has one kind of construct:
//! single values (`scalar`, `form`), rules of a value (`rule`), fields and objects (`object`), what an operation adds to them
//! (`refined`), rules between fields (`condition`), and what only people and our own tools read (`notes`).

mod amount;
mod condition;
mod dialect;
mod exclusive;
mod form;
mod keywords;
mod notes;
mod number;
mod object;
mod parts;
mod pattern;
mod rule;
mod scalar;
mod typed;
mod union;
mod unsaid;

use std::collections::BTreeSet;

use payspec_model::model::{Api, Direction, EmptyText, Field, Purposes, Strength, Type};
use payspec_runtime::Severity;

pub(crate) use self::dialect::{DIRECTIONS, Dialect};
pub(crate) use self::exclusive::are_exclusive;
pub(crate) use self::notes::{beginning, deprecation};
pub(crate) use self::object::BodySchema;
pub(crate) use self::parts::{in_body, is_in_body};
pub(crate) use self::pattern::ecma;
pub(crate) use self::unsaid::comment;
pub use self::unsaid::{Unsaid, Why};

use crate::json::Map;
use crate::names::{Named, Names};
use crate::scalar::Scalar;

/// Writes schemas of messages of one direction.
pub(crate) struct Writer<'m> {
    pub(crate) api: &'m Api,
    pub(crate) dialect: Dialect,
    pub(crate) direction: Direction,
    names: &'m Names,
    purposes: Purposes<'m>,
    /// The types of single values that schemas refer to.
    pub(crate) scalars: BTreeSet<(Scalar, Direction)>,
    /// The rules that schemas do not assert.
    pub(crate) unsaid: Vec<Unsaid>,
}

impl<'m> Writer<'m> {
    pub(crate) fn new(
        api: &'m Api,
        dialect: Dialect,
        direction: Direction,
        names: &'m Names,
    ) -> Self {
        Writer {
            api,
            dialect,
            direction,
            names,
            purposes: api.purposes(),
            scalars: BTreeSet::new(),
            unsaid: Vec::new(),
        }
    }

    /// Returns the schema of something that has a name.
    pub(crate) fn definition(&mut self, named: Named) -> Map {
        match named {
            Named::Object(id) => self.object(id),
            Named::Enum(id) => self.enumeration(self.api.enumeration(id)),
            Named::Union(id) => self.union(id),
            Named::Variant(id, index) => self.variant(id, index),
            Named::Scalar(scalar) => self.scalar_definition(scalar),
        }
    }

    /// Returns whether the merchant sends the messages, so that every rule applies.
    fn is_strict(&self) -> bool {
        self.direction == Direction::Outgoing
    }

    /// Returns whether an empty text is an error.
    fn forbids_empty(&self) -> bool {
        self.is_strict() && self.api.wire.empty_text == EmptyText::Forbidden
    }

    /// Returns whether a rule applies to the messages.
    fn applies(&self, strength: &Strength) -> bool {
        let Strength {
            severity: _,
            direction,
            sources: _,
            reason: _,
        } = strength;
        direction.is_none_or(|direction| direction == self.direction)
    }

    /// Returns whether a message that breaks a rule is invalid.
    fn asserts(&self, strength: &Strength) -> bool {
        self.applies(strength) && strength.severity == Severity::Error
    }

    /// Returns whether an empty text counts as an absent value.
    fn empty_is_absent(&self, field: &Field) -> bool {
        let is_text = match field.ty {
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Json(_) => true,
            // A text, or no text at all.
            Type::String
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Any => false,
        };
        is_text && !field.plain && !self.is_strict()
    }
}
