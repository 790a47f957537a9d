//! Checking: one walk for typed messages and JSON trees.
//!
//! Violations come in the order of the schema, depth first: after the fields of an object, the rules
//! for several of them; at the end, the refinements of the body and the groups of equal currency.

mod amount;
mod currency;
mod direction;
mod fast_path;
mod map;
mod nodes;
mod object;
mod path;
mod readable;
mod refine;
mod response;
mod rule;
mod scalar;
mod text;
mod tree;
mod union;

use crate::json::Node;
use crate::schema::{Discriminator, Encoding, Field, Inside, Kind, RuleAt};
use crate::value::{List, Reflect, Variant};
use crate::violation::Room;
use crate::{
    Agreed, Direction, JsonType, Phrase, RuleId, Schema, Severity, Value, Violation, Violations,
    violation_text,
};
use direction::DirectionContext;
use path::Place;

pub(crate) use response::{check_answer, has_all_required, lacking, violations_of_answer};

/// Checks a typed message.
pub(crate) fn violations(message: &dyn Reflect) -> Violations {
    let mut walk = Walk::new(message.schema());
    walk.object(message, &Place::root(message.schema()));
    walk.refinements(message);
    walk.same_currency(message);
    walk.found
}

/// The result of checking a JSON message.
pub(crate) struct Checked {
    /// All violations.
    pub(crate) violations: Violations,
    /// The losses when an incoming message is read: unreadable values, and absent ones that every such
    /// message has.
    pub(crate) dropped: Violations,
    /// The losses that leave the message undecided; [`None`] if it can be decided.
    pub(crate) undecidable: Option<Violations>,
}

/// Checks a JSON message.
pub(crate) fn check(message: &Node<'_>, schema: &'static Schema) -> Checked {
    check_sparing(message, schema, &[])
}

/// Checks a JSON message. Its decision does not need the `spared` fields.
pub(crate) fn check_sparing(
    message: &Node<'_>,
    schema: &'static Schema,
    spared: &[Agreed<'_>],
) -> Checked {
    let mut walk = Walk::new(schema);
    match message {
        Node::Object(fields) => {
            walk.tree(fields, schema, &Place::root(schema));
            let tree = tree::Tree::new(fields, schema);
            walk.refinements(&tree);
            walk.same_currency(&tree);
        }
        other => walk.wrong_type(
            &Value::Node(other),
            violation_text::expected_object,
            &Place::root(schema),
        ),
    }
    let Walk { found, dropped, .. } = walk;
    let lost = readable::lost_decisions(message, schema, spared);
    Checked {
        undecidable: (!lost.is_empty()).then(|| {
            let decides = |one: &&Violation| lost.iter().any(|outer| one.path.is_within(outer));
            let mut decisive = Violations::new();
            decisive.extend(dropped.iter().filter(decides).cloned());
            decisive
        }),
        violations: found,
        dropped,
    }
}

/// The object that contains a value, and the JSON type of the value if it has one of its own.
#[derive(Clone, Copy)]
struct Holder {
    schema: &'static Schema,
    json_type: Option<JsonType>,
}

impl Holder {
    /// Returns the holder of a field's value.
    fn of(schema: &'static Schema, field: &Field) -> Self {
        Holder {
            schema,
            json_type: field.json_type,
        }
    }

    /// Returns the holder of the elements of a list, or of the values of a map.
    fn inside(self, inside: Option<&'static Inside>) -> Self {
        Holder {
            json_type: Inside::json_type(inside),
            ..self
        }
    }

    fn encoding(self) -> Encoding {
        Encoding {
            json_type: self.json_type,
            strings: self.schema.strings,
        }
    }
}

/// The state of one check.
struct Walk {
    message: &'static Schema,
    here: DirectionContext,
    found: Violations,
    /// The violations that explain the loss of a value.
    dropped: Violations,
}

impl Walk {
    fn new(schema: &'static Schema) -> Self {
        Self {
            message: schema,
            here: DirectionContext {
                direction: schema.direction.unwrap_or(Direction::Outgoing),
            },
            found: Violations::new(),
            dropped: Violations::new(),
        }
    }

    /// Reports a violation that explains the loss of a value.
    fn lose(
        &mut self,
        rule: RuleId,
        severity: Severity,
        at: &Place<'_>,
        words: impl FnOnce() -> (Phrase, Phrase),
    ) {
        let (count, omitted) = (self.found.len(), self.found.omitted());
        self.report(rule, severity, at, words);
        if let Some(violation) = self.found.as_slice().get(count) {
            self.dropped.keep(violation.clone());
        } else if self.found.omitted() > omitted {
            self.dropped.omit(severity);
        }
    }

    /// Reports a violation. The words are made only if it is kept.
    fn report(
        &mut self,
        rule: RuleId,
        severity: Severity,
        at: &Place<'_>,
        words: impl FnOnce() -> (Phrase, Phrase),
    ) {
        let path = at.pointer(self.message);
        match self.found.room(&path, rule, severity) {
            Room::Covered => return,
            Room::Full => {
                self.found.omit(severity);
                return;
            }
            Room::Free => {}
        }
        let (expected, actual) = words();
        self.found.keep(Violation {
            path,
            rule,
            severity,
            expected,
            actual,
        });
    }

    /// Reports a wrong JSON type.
    fn wrong_type(&mut self, value: &Value<'_>, expected: impl FnOnce() -> Phrase, at: &Place<'_>) {
        self.lose(RuleId::Type, Severity::Error, at, || {
            (expected(), json_type(value))
        });
    }

    /// Checks a value that is present.
    fn value(
        &mut self,
        value: &Value<'_>,
        kind: &'static Kind,
        rules: &'static [RuleAt],
        inside: Option<&'static Inside>,
        holder: Holder,
        at: &Place<'_>,
    ) {
        match (kind, value) {
            (Kind::Nullable(_), value) if value.is_null() => {}
            (Kind::Nullable(kind), value) => self.value(value, kind, rules, inside, holder, at),
            (Kind::Object(_), Value::Object(object)) => self.object(*object, at),
            (Kind::Object(schema), Value::Node(Node::Object(fields))) => {
                self.tree(fields, schema(), at);
            }
            (Kind::Object(_), other) => self.wrong_type(other, violation_text::expected_object, at),
            (Kind::List(element), Value::List(list)) => {
                self.list(*list, element, rules, inside, holder, at);
            }
            (Kind::List(element), Value::Node(Node::Array(list))) => {
                self.list(&nodes::Elements(list), element, rules, inside, holder, at);
            }
            (Kind::List(_), other) => self.wrong_type(other, violation_text::expected_list, at),
            (Kind::Map(kind), Value::Map(map)) => self.map(*map, kind, rules, inside, holder, at),
            (Kind::Map(kind), Value::Node(Node::Object(fields))) => {
                self.map_of_tree(fields, kind, rules, inside, holder, at);
            }
            (Kind::Map(_), other) => self.wrong_type(other, violation_text::expected_object, at),
            (Kind::Union(schema), value) => self.union(value, schema, holder, at),
            (Kind::Json(schema), value) => self.json(value, *schema, rules, holder, at),
            (Kind::Any, value) => self.any(value, at),
            (
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
                | Kind::Enum(_),
                value,
            ) => {
                self.scalar(value, kind, rules, holder, at);
            }
        }
    }

    /// Checks that a value is JSON.
    fn any(&mut self, value: &Value<'_>, at: &Place<'_>) {
        let damage = match value {
            Value::Node(node) => node.damage(),
            Value::Absent
            | Value::Text(_)
            | Value::Checked(_)
            | Value::Integer(_)
            | Value::Boolean(_)
            | Value::Object(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Union(_)
            | Value::Json(_) => None,
        };
        if let Some(damage) = damage {
            self.lose(RuleId::Type, Severity::Error, at, || {
                (
                    violation_text::expected_any(),
                    violation_text::actual_damage(damage),
                )
            });
        }
    }

    fn list(
        &mut self,
        list: &dyn List,
        element: &'static Kind,
        rules: &'static [RuleAt],
        inside: Option<&'static Inside>,
        holder: Holder,
        at: &Place<'_>,
    ) {
        self.rules_of_list(list, element, rules, at);
        let holder = holder.inside(inside);
        let (rules, inside) = Inside::values(inside);
        for index in 0..list.count() {
            let at = &at.element(index);
            let value = &list.value_at(index);
            if value.is_absent_as(element) {
                self.wrong_type(value, || expected_type(element), at);
            } else {
                self.value(value, element, rules, inside, holder, at);
            }
        }
    }
}

/// Returns the expected JSON type of a kind, in words.
fn expected_type(kind: &Kind) -> Phrase {
    match kind {
        Kind::Object(_) | Kind::Map(_) => violation_text::expected_object(),
        Kind::Union(schema) => match &schema.discriminator {
            Discriminator::Tag(_) => violation_text::expected_object(),
            Discriminator::Shape(shapes) => violation_text::expected_shapes(shapes.shapes()),
        },
        Kind::List(_) => violation_text::expected_list(),
        Kind::Nullable(kind) => expected_type(kind),
        Kind::Integer | Kind::Decimal | Kind::Timestamp(_) => violation_text::expected_number(),
        Kind::Enum(_) if kind.is_whole() => violation_text::expected_number(),
        Kind::Boolean => violation_text::expected_boolean_type(),
        Kind::Any => violation_text::expected_any(),
        Kind::Text
        | Kind::DateTime
        | Kind::Date
        | Kind::Uuid
        | Kind::Binary
        | Kind::Url
        | Kind::Country
        | Kind::Currency(_)
        | Kind::Enum(_)
        | Kind::Json(_) => violation_text::expected_text(),
    }
}

/// Returns the JSON type of a value, in words.
fn json_type(value: &Value<'_>) -> Phrase {
    match value {
        Value::Absent | Value::Node(Node::Null) => violation_text::actual_null(),
        Value::Text(_) | Value::Checked(_) | Value::Node(Node::String(_)) => {
            violation_text::actual_string()
        }
        Value::Integer(_) | Value::Node(Node::Number(_)) => violation_text::actual_number(),
        Value::Boolean(_) | Value::Node(Node::Boolean(_)) => violation_text::actual_boolean(),
        Value::Object(_) | Value::Map(_) | Value::Node(Node::Object(_)) => {
            violation_text::actual_object()
        }
        Value::Union(value) => match value.variant() {
            Variant::Value(_, value) => json_type(&value),
            Variant::Tagged(..) | Variant::Unknown(_) => violation_text::actual_object(),
        },
        Value::List(_) | Value::Node(Node::Array(_)) => violation_text::actual_array(),
        Value::Json(json) => violation_text::actual_of(json.shape()),
        Value::Node(Node::Damaged(damage)) => violation_text::actual_damage(*damage),
    }
}
