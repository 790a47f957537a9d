//! Values of unions: the tag, then the object that it names.

use super::Walk;
use super::nodes::Fields;
use super::path::Place;
use crate::json::Node;
use crate::schema::UnionSchema;
use crate::value::Variant;
use crate::{Direction, RuleId, Schema, Severity, Value, violation_text};

/// The tag of a JSON object.
pub(super) enum Tag<'n> {
    /// It names this object.
    Known(&'static Schema),
    /// It is a text that names none.
    Unknown,
    /// It has no value.
    Absent,
    /// It occurs twice.
    Again,
    /// It is not a text.
    Wrong(&'n Node<'n>),
}

/// Returns the tag of a JSON object.
pub(super) fn tag<'n>(fields: &'n Fields<'n>, schema: &UnionSchema) -> Tag<'n> {
    let mut tags = fields.iter().filter(|(name, _)| name == schema.tag);
    match (tags.next(), tags.next()) {
        (Some(_), Some(_)) => Tag::Again,
        (None, _) | (Some((_, Node::Null)), None) => Tag::Absent,
        (Some((_, Node::String(text))), None) if text.is_empty() => Tag::Absent,
        (Some((_, Node::String(text))), None) => {
            schema.object(text).map_or(Tag::Unknown, Tag::Known)
        }
        (Some((_, node)), None) => Tag::Wrong(node),
    }
}

impl Walk {
    /// Checks a value of a union.
    pub(super) fn union(
        &mut self,
        value: &Value<'_>,
        schema: &'static UnionSchema,
        at: &Place<'_>,
    ) {
        match value {
            Value::Union(value) => match value.variant() {
                Variant::Known(_, object) => self.object(object, &at.in_union()),
                Variant::Unknown(_) => self.unknown_object(schema, at),
            },
            Value::Node(node @ Node::Object(fields)) => {
                self.union_of_tree(node, fields, schema, at);
            }
            other => self.wrong_type(other, violation_text::expected_object, at),
        }
    }

    /// Checks the tag of a JSON object, then the object that it names.
    fn union_of_tree(
        &mut self,
        node: &Node<'_>,
        fields: &Fields<'_>,
        schema: &'static UnionSchema,
        at: &Place<'_>,
    ) {
        let inside = at.in_union();
        let at_tag = &inside.unknown(schema.tag);
        match tag(fields, schema) {
            Tag::Known(object) => self.tree_beside(Some(schema.tag), fields, object, &inside),
            Tag::Unknown => {
                self.unknown_object(schema, at);
                if schema.open {
                    self.any(&Value::Node(node), at);
                }
            }
            Tag::Absent => self.lose(RuleId::Required, Severity::Error, at_tag, || {
                (
                    violation_text::expected_present(),
                    violation_text::actual_absent(),
                )
            }),
            Tag::Again => self.lose(RuleId::DuplicateField, Severity::Error, at_tag, || {
                (
                    violation_text::expected_single_field(),
                    violation_text::actual_again(),
                )
            }),
            Tag::Wrong(node) => {
                self.wrong_type(&Value::Node(node), violation_text::expected_text, at_tag);
            }
        }
    }

    /// Reports an object whose tag is not documented, where it has to be. The tag is not shown, because nobody knows
    /// what is in such an object.
    fn unknown_object(&mut self, schema: &'static UnionSchema, at: &Place<'_>) {
        if self.here.direction == Direction::Incoming && schema.open {
            return;
        }
        let inside = at.in_union();
        let at_tag = &inside.unknown(schema.tag);
        let words = || {
            (
                violation_text::expected_values(schema.tags).into(),
                violation_text::actual_other_text(),
            )
        };
        match schema.open {
            true => self.report(RuleId::Values, Severity::Error, at_tag, words),
            false => self.lose(RuleId::Values, Severity::Error, at_tag, words),
        }
    }
}
