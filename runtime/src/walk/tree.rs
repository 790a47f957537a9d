//! Makes JSON trees look like typed messages, and checks what only a tree can show.

use super::Walk;
use super::direction::DirectionContext;
use super::nodes::Fields;
use super::path::Place;
use crate::json::{Node, NotJson};
use crate::schema::Kind;
use crate::value::Reflect;
use crate::{Direction, RuleId, Schema, Severity, Value, violation_text};

/// A JSON object, accessed by the indexes of a schema. It shows the first of duplicate fields.
pub(super) struct Tree<'a> {
    schema: &'static Schema,
    values: Vec<Option<&'a Node<'a>>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(fields: &'a Fields<'a>, schema: &'static Schema) -> Self {
        let mut values = vec![None; schema.fields.len()];
        for (index, node) in indexed(fields, schema) {
            if let Some(slot) = index.and_then(|index| values.get_mut(index)) {
                slot.get_or_insert(node);
            }
        }
        Self { schema, values }
    }
}

/// Returns each field of a JSON object with its index in the schema.
fn indexed<'a>(
    fields: &'a Fields<'a>,
    schema: &'static Schema,
) -> impl Iterator<Item = (Option<usize>, &'a Node<'a>)> {
    let mut next = 0;
    fields.iter().map(move |(name, node)| {
        let index = schema.position_from(next, name);
        if let Some(index) = index {
            next = index + 1;
        }
        (index, node)
    })
}

impl Reflect for Tree<'_> {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn value_at(&self, index: usize) -> Value<'_> {
        match self.values.get(index) {
            Some(Some(node)) => Value::Node(node),
            Some(None) | None => Value::Absent,
        }
    }
}

impl DirectionContext {
    /// Passes the object in a value, in whatever form it comes; [`None`] if the value is not an object.
    pub(super) fn enter<R>(
        self,
        value: &Value<'_>,
        kind: &Kind,
        look: impl FnOnce(&dyn Reflect) -> R,
    ) -> Option<R> {
        match value {
            Value::Object(object) => Some(look(*object)),
            Value::Node(node) => self.enter_node(node, kind, |fields, schema| {
                look(&Tree::new(fields, schema))
            }),
            Value::Absent
            | Value::Text(_)
            | Value::Checked(_)
            | Value::Integer(_)
            | Value::Boolean(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Union(_)
            | Value::Json(_) => None,
        }
    }

    /// Passes the fields of the object in a JSON value, which may be inside a text.
    pub(super) fn enter_node<R>(
        self,
        node: &Node<'_>,
        kind: &Kind,
        look: impl FnOnce(&Fields<'_>, &'static Schema) -> R,
    ) -> Option<R> {
        match (kind, node) {
            (Kind::Nullable(kind), node) => self.enter_node(node, kind, look),
            (Kind::Object(schema) | Kind::Json(schema), Node::Object(fields)) => {
                Some(look(fields, schema()))
            }
            (Kind::Json(schema), Node::String(text)) => {
                let Ok(Node::Object(fields)) = self.parse(text) else {
                    return None;
                };
                Some(look(&fields, schema()))
            }
            (
                Kind::Object(_) | Kind::Json(_),
                Node::Null
                | Node::Boolean(_)
                | Node::Number(_)
                | Node::String(_)
                | Node::Array(_)
                | Node::Damaged(_),
            )
            | (
                Kind::Text
                | Kind::Integer
                | Kind::Decimal
                | Kind::Boolean
                | Kind::DateTime
                | Kind::Date
                | Kind::Uuid
                | Kind::Binary
                | Kind::Timestamp(_)
                | Kind::Url
                | Kind::Country
                | Kind::Currency(_)
                | Kind::Enum(_)
                | Kind::List(_)
                | Kind::Map(_)
                // Paths do not lead through unions.
                | Kind::Union(_)
                | Kind::Any,
                _,
            ) => None,
        }
    }

    /// Parses the JSON in a text in the same way as the message around it.
    pub(super) fn parse(self, text: &str) -> Result<Node<'_>, NotJson> {
        match self.direction {
            Direction::Incoming => Node::parse_lenient(text),
            Direction::Outgoing => Node::parse(text),
        }
    }
}

impl Walk {
    /// Checks a JSON object: its fields, then the fields that it should not have.
    pub(super) fn tree(&mut self, fields: &Fields<'_>, schema: &'static Schema, at: &Place<'_>) {
        self.tree_beside(None, fields, schema, at);
    }

    /// Checks a JSON object that also has a tag.
    pub(super) fn tree_beside(
        &mut self,
        tag: Option<&str>,
        fields: &Fields<'_>,
        schema: &'static Schema,
        at: &Place<'_>,
    ) {
        self.object(&Tree::new(fields, schema), at);
        let mut seen = vec![false; schema.fields.len()];
        for ((name, _), (index, _)) in fields.iter().zip(indexed(fields, schema)) {
            match index.and_then(|index| seen.get_mut(index)) {
                Some(seen) if *seen => {
                    self.lose(
                        RuleId::DuplicateField,
                        Severity::Error,
                        &at.unknown(name),
                        || {
                            (
                                violation_text::expected_single_field(),
                                violation_text::actual_again(),
                            )
                        },
                    );
                }
                Some(seen) => *seen = true,
                None if tag.is_some_and(|tag| tag == name) => {}
                None if self.here.direction == Direction::Outgoing => {
                    self.report(
                        RuleId::UnknownField,
                        Severity::Warning,
                        &at.unknown(name),
                        || {
                            let names = schema.fields.iter().map(|field| field.name);
                            let expected =
                                violation_text::expected_known_field(schema.name, name, names);
                            (expected, violation_text::actual_unknown_field(name))
                        },
                    );
                }
                None => {}
            }
        }
    }
}
