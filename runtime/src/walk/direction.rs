//! Questions about values that depend on the direction of the message. They report nothing.

use super::nodes::Elements;
use super::text::Buffer;
use crate::json::Node;
use crate::schema::{Alternatives, Condition, Field, Kind, Met, Rule, RuleAt};
use crate::text::is_same;
use crate::value::{List, Reflect};
use crate::{Direction, Schema, Severity, Value, rules};

/// The direction of the message.
#[derive(Clone, Copy)]
pub(super) struct DirectionContext {
    pub(super) direction: Direction,
}

impl DirectionContext {
    /// Returns whether a rule for this direction applies here.
    pub(super) fn applies(self, direction: Option<Direction>) -> bool {
        direction.is_none_or(|direction| direction == self.direction)
    }

    /// Returns the severity of each rule that requires the value here.
    pub(super) fn requirements(self, rules: &[RuleAt]) -> impl Iterator<Item = Severity> {
        let here = rules.iter().filter(move |rule| {
            matches!(rule.rule, Rule::Required) && self.applies(rule.direction)
        });
        here.map(|rule| rule.severity)
    }

    /// Returns whether a field has a value. `null` is none. In incoming messages an empty text denotes an absent value,
    /// unless any text is allowed or the field is required.
    pub(super) fn is_there(self, field: &Field, value: &Value<'_>) -> bool {
        match field.required {
            true => !value.is_absent_as(&field.kind),
            false => self.has_value(&field.kind, value),
        }
    }

    /// Returns whether a field is present: it has a value, or `null` where this is one.
    pub(super) fn is_present(self, field: &Field, value: &Value<'_>) -> bool {
        is_null_value(field, value) || self.is_there(field, value)
    }

    /// Returns whether an optional field, or the entry of a map, has a value.
    pub(super) fn has_value(self, kind: &Kind, value: &Value<'_>) -> bool {
        if value.is_absent_as(kind) {
            return false;
        }
        let kind = kind.without_null();
        let is_text = matches!(
            kind,
            Kind::Text
                | Kind::Object(_)
                | Kind::List(_)
                | Kind::Map(_)
                | Kind::Union(_)
                | Kind::Any
        );
        self.direction == Direction::Outgoing || is_text || !is_empty_text(value)
    }

    /// Returns whether `""` in this object is a violation.
    pub(super) fn forbids_empty(self, schema: &Schema) -> bool {
        !schema.empty_text && self.direction == Direction::Outgoing
    }

    /// Returns whether a condition applies here and is met. Its path begins at the object.
    pub(super) fn is_met(self, condition: &Condition, object: &dyn Reflect) -> bool {
        self.applies(condition.direction) && self.is_met_below(condition, condition.path, object)
    }

    fn is_met_below(self, condition: &Condition, path: &[&str], object: &dyn Reflect) -> bool {
        let [name, rest @ ..] = path else {
            return false;
        };
        let schema = object.schema();
        let Some((index, field)) = find(schema, name) else {
            return false;
        };
        let value = &object.value_at(index);
        if !self.is_there(field, value) {
            return condition.met == Met::Absent;
        }
        if let (["*"], Kind::List(kind), Met::OneOf(values)) = (rest, &field.kind, condition.met) {
            return self.has_one_of(values, value, kind.without_null(), schema);
        }
        if !rest.is_empty() {
            let look = |inner: &dyn Reflect| self.is_met_below(condition, rest, inner);
            return self.enter(value, &field.kind, look).unwrap_or(false);
        }
        match condition.met {
            Met::Present => true,
            Met::Absent => false,
            Met::OneOf(values) => self.is_one_of(values, value, &field.kind, schema),
        }
    }

    /// Returns whether one element of a list is one of these values.
    fn has_one_of(
        self,
        values: &[&str],
        list: &Value<'_>,
        kind: &Kind,
        schema: &'static Schema,
    ) -> bool {
        let elements = |list: &dyn List| {
            let mut indexes = 0..list.count();
            indexes.any(|index| self.is_one_of(values, &list.value_at(index), kind, schema))
        };
        match list {
            Value::List(list) => elements(*list),
            Value::Node(Node::Array(nodes)) => elements(&Elements(nodes)),
            Value::Absent
            | Value::Text(_)
            | Value::Checked(_)
            | Value::Integer(_)
            | Value::Boolean(_)
            | Value::Object(_)
            | Value::Map(_)
            | Value::Union(_)
            | Value::Json(_)
            | Value::Node(_) => false,
        }
    }

    fn is_one_of(
        self,
        values: &[&str],
        value: &Value<'_>,
        kind: &Kind,
        schema: &'static Schema,
    ) -> bool {
        let mut buffer = Buffer::new();
        let text = self.readable(value, kind, schema, &mut buffer);
        text.is_some_and(|text| rules::one_of(&text, values.iter().copied()))
    }

    /// Returns whether a group of alternatives applies here and the object has none of them.
    pub(super) fn lacks_all(
        self,
        group: &Alternatives,
        object: &dyn Reflect,
        schema: &'static Schema,
    ) -> bool {
        let is_there = |name: &&str| {
            find(schema, name)
                .is_some_and(|(index, field)| self.is_there(field, &object.value_at(index)))
        };
        self.applies(group.direction) && !group.fields.iter().any(is_there)
    }
}

/// Returns whether the value of a field is `null`, and not absent.
pub(super) fn is_null_value(field: &Field, value: &Value<'_>) -> bool {
    field.nullable && value.is_null()
}

fn is_empty_text(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) | Value::Checked(text) => text.is_empty(),
        Value::Node(Node::String(text)) => text.is_empty(),
        Value::Absent
        | Value::Integer(_)
        | Value::Boolean(_)
        | Value::Object(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Union(_)
        | Value::Json(_)
        | Value::Node(_) => false,
    }
}

/// Returns the field with this name.
pub(super) fn find(schema: &'static Schema, name: &str) -> Option<(usize, &'static Field)> {
    let mut fields = schema.fields.iter().enumerate();
    fields.find(|(_, field)| is_same(field.name, name))
}
