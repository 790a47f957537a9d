//! Values of unions: what tells the types apart, then the value of the type that it names.

use super::nodes::Fields;
use super::path::Place;
use super::{Holder, Walk};
use crate::json::Node;
use crate::schema::{Discriminator, Kind, Shapes, Tags, UnionSchema};
use crate::value::Variant;
use crate::{Direction, JsonShape, RuleId, Schema, Severity, Value, violation_text};

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
pub(super) fn tag<'n>(fields: &'n Fields<'n>, tags: &Tags) -> Tag<'n> {
    let mut found = fields.iter().filter(|(name, _)| name == tags.name);
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Tag::Again,
        (None, _) | (Some((_, Node::Null)), None) => Tag::Absent,
        (Some((_, Node::String(text))), None) if text.is_empty() => Tag::Absent,
        (Some((_, Node::String(text))), None) => tags.object(text).map_or(Tag::Unknown, Tag::Known),
        (Some((_, node)), None) => Tag::Wrong(node),
    }
}

impl Walk {
    /// Checks a value of a union.
    pub(super) fn union(
        &mut self,
        value: &Value<'_>,
        schema: &'static UnionSchema,
        holder: Holder,
        at: &Place<'_>,
    ) {
        match (value, &schema.discriminator) {
            (Value::Union(value), discriminator) => match (value.variant(), discriminator) {
                (Variant::Tagged(_, object), _) => self.object(object, &at.in_union()),
                (Variant::Value(kind, value), _) => self.value_of_union(&value, kind, holder, at),
                (Variant::Unknown(_), Discriminator::Tag(tags)) => {
                    self.unknown_object(tags, schema.open, at);
                }
                (Variant::Unknown(json), Discriminator::Shape(shapes)) => {
                    self.unknown_shape(&Value::Json(json.as_json()), shapes, schema.open, at);
                }
            },
            (Value::Node(node @ Node::Object(fields)), Discriminator::Tag(tags)) => {
                self.union_of_tree(node, fields, tags, schema.open, at);
            }
            (other, Discriminator::Tag(_)) => {
                self.wrong_type(other, violation_text::expected_object, at);
            }
            (Value::Node(node), Discriminator::Shape(shapes)) => {
                match node.shape().and_then(|shape| shapes.kind(shape)) {
                    Some(kind) => self.value_of_union(value, kind, holder, at),
                    None => self.unknown_shape(value, shapes, schema.open, at),
                }
            }
            (other, Discriminator::Shape(shapes)) => {
                self.wrong_type(
                    other,
                    || violation_text::expected_shapes(shapes.shapes()),
                    at,
                );
            }
        }
    }

    /// Checks a value of one of the types that JSON types tell apart.
    fn value_of_union(
        &mut self,
        value: &Value<'_>,
        kind: &'static Kind,
        holder: Holder,
        at: &Place<'_>,
    ) {
        let json_type = kind.shape().and_then(JsonShape::json_type);
        let holder = Holder {
            json_type,
            ..holder
        };
        self.value(value, kind, &[], None, holder, &at.in_union());
    }

    /// Reports a value whose JSON type is not documented, where it has to be.
    fn unknown_shape(
        &mut self,
        value: &Value<'_>,
        shapes: &'static Shapes,
        open: bool,
        at: &Place<'_>,
    ) {
        let expected = || violation_text::expected_shapes(shapes.shapes());
        match (open, self.here.direction) {
            (true, Direction::Incoming) => self.any(value, at),
            (true, Direction::Outgoing) => {
                self.report(RuleId::Type, Severity::Error, at, || {
                    (expected(), super::json_type(value))
                });
            }
            (false, _) => self.wrong_type(value, expected, at),
        }
    }

    /// Checks the tag of a JSON object, then the object that it names.
    fn union_of_tree(
        &mut self,
        node: &Node<'_>,
        fields: &Fields<'_>,
        tags: &'static Tags,
        open: bool,
        at: &Place<'_>,
    ) {
        let inside = at.in_union();
        let at_tag = &inside.unknown(tags.name);
        match tag(fields, tags) {
            Tag::Known(object) => self.tree_beside(Some(tags.name), fields, object, &inside),
            Tag::Unknown => {
                self.unknown_object(tags, open, at);
                if open {
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
    fn unknown_object(&mut self, tags: &'static Tags, open: bool, at: &Place<'_>) {
        if self.here.direction == Direction::Incoming && open {
            return;
        }
        let inside = at.in_union();
        let at_tag = &inside.unknown(tags.name);
        let words = || {
            (
                violation_text::expected_values(tags.texts).into(),
                violation_text::actual_other_text(),
            )
        };
        match open {
            true => self.report(RuleId::Values, Severity::Error, at_tag, words),
            false => self.lose(RuleId::Values, Severity::Error, at_tag, words),
        }
    }
}
