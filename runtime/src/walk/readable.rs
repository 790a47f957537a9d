//! Decides for a JSON tree whether its type can read an incoming message, which values are lost, and
//! whether the loss leaves the message undecided.

use super::direction::DirectionContext;
use super::direction::find;
use super::nodes::Fields;
use super::text::Buffer;
use super::union::{Tag, tag};
use crate::json::Node;
use crate::schema::{Discriminator, Field, Kind};
use crate::{Agreed, Direction, Schema, Value, rules};

const HERE: DirectionContext = DirectionContext {
    direction: Direction::Incoming,
};

/// Returns the pointers of the deciding values that are lost, without the spared fields; the message
/// itself is the empty pointer.
pub(super) fn lost_decisions(
    message: &Node<'_>,
    schema: &'static Schema,
    spared: &[Agreed<'_>],
) -> Vec<String> {
    let Node::Object(fields) = message else {
        return vec![String::new()];
    };
    let lost = schema.fields.iter().filter(|field| {
        let is_there = || values(fields, field.name).next().is_some();
        let is_needed = field.required || field.is_whole_body() && is_there();
        is_needed && !has_readable(fields, field)
    });
    let mut pointers: Vec<String> = lost
        .map(|field| match field.is_whole_body() {
            // An unreadable whole body is an unreadable message.
            true => String::new(),
            false => pointer(&[field.name]),
        })
        .collect();
    let is_spared = |path: &[&str]| spared.iter().any(|spared| path.starts_with(spared.path));
    for path in schema.decisive.iter().filter(|path| !is_spared(path)) {
        pointers.extend(lost_part(path, fields, schema).map(pointer));
    }
    pointers
}

fn pointer(path: &[&str]) -> String {
    let mut pointer = String::new();
    for name in path {
        // Writing to a String cannot fail.
        let _ = crate::pointer::write_name(&mut pointer, name);
    }
    pointer
}

/// Returns the part of a path up to the first value that is duplicate, or present but unreadable.
fn lost_part<'p>(
    path: &'p [&'static str],
    fields: &Fields<'_>,
    schema: &'static Schema,
) -> Option<&'p [&'static str]> {
    let (name, rest) = path.split_first()?;
    let (_, field) = find(schema, name)?;
    let part = path.get(..path.len() - rest.len());
    let mut same = values(fields, name);
    let node = same.next()?;
    if same.next().is_some() {
        return part;
    }
    let is_null_value = field.nullable && *node == Node::Null;
    if !is_null_value && !is_readable(node, &field.kind, field.required) {
        return part;
    }
    let inner = HERE.enter_node(node, &field.kind, |fields, schema| {
        lost_part(rest, fields, schema)
    })??;
    path.get(..inner.len() + 1)
}

fn values<'a, 'n>(fields: &'a Fields<'n>, name: &str) -> impl Iterator<Item = &'a Node<'n>> {
    let same = fields.iter().filter(move |field| field.0 == name);
    same.map(|(_, node)| node)
}

/// Returns whether an object has the field exactly once, with a readable value.
fn has_readable(fields: &Fields<'_>, field: &'static Field) -> bool {
    let mut same = values(fields, field.name);
    match (same.next(), same.next()) {
        (Some(Node::Null), None) if field.nullable => true,
        (Some(node), None) => is_readable(node, &field.kind, true),
        (None | Some(_), _) => false,
    }
}

/// Returns whether an object has all the fields that its type requires.
fn has_all_needed(fields: &Fields<'_>, schema: &'static Schema) -> bool {
    let mut needed = schema.fields.iter().filter(|field| field.required);
    needed.all(|field| has_readable(fields, field))
}

/// Returns whether a value can be read. A value that denotes an absent one can, if no value is
/// required.
fn is_readable(node: &Node<'_>, kind: &'static Kind, is_needed: bool) -> bool {
    match (kind, node) {
        (Kind::Any, node) => node.damage().is_none(),
        (Kind::Nullable(_), Node::Null) => true,
        (Kind::Nullable(kind), node) => is_readable(node, kind, is_needed),
        (_, Node::Null) => !is_needed,
        (Kind::Object(schema) | Kind::Json(schema), Node::Object(fields)) => {
            has_all_needed(fields, schema())
        }
        (Kind::List(element), Node::Array(nodes)) => {
            nodes.iter().all(|node| is_readable(node, element, true))
        }
        // An entry that cannot be read is lost alone.
        (Kind::Map(_), Node::Object(_)) => true,
        (Kind::Union(schema), node) => match (&schema.discriminator, node) {
            (Discriminator::Tag(tags), Node::Object(fields)) => match tag(fields, tags) {
                Tag::Known(object) => has_all_needed(fields, object),
                Tag::Unknown => schema.open && node.damage().is_none(),
                Tag::Absent | Tag::Again | Tag::Wrong(_) => false,
            },
            (Discriminator::Tag(_), _) => false,
            (Discriminator::Shape(shapes), node) => {
                match node.shape().and_then(|shape| shapes.kind(shape)) {
                    Some(kind) => is_readable(node, kind, true),
                    None => schema.open && node.damage().is_none(),
                }
            }
        },
        (Kind::Object(_) | Kind::List(_) | Kind::Map(_), _) => false,
        (Kind::Text, Node::String(_)) => true,
        (_, Node::String(text)) if text.is_empty() => !is_needed,
        (Kind::Json(schema), Node::String(text)) => match Node::parse_lenient(text) {
            Ok(Node::Object(fields)) => has_all_needed(&fields, schema()),
            Ok(_) | Err(_) => false,
        },
        (Kind::Enum(schema), Node::String(text)) if !schema.numbers => {
            schema.open || rules::one_of(text, schema.values.iter().copied())
        }
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
            | Kind::Enum(_)
            | Kind::Json(_),
            node,
        ) => {
            let mut buffer = Buffer::new();
            let text = HERE.readable(&Value::Node(node), kind, &Schema::EMPTY, &mut buffer);
            let is_possible = |text: &str| match kind {
                Kind::Enum(schema) => {
                    schema.open || rules::one_of(text, schema.values.iter().copied())
                }
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
                | Kind::Object(_)
                | Kind::List(_)
                | Kind::Map(_)
                | Kind::Union(_)
                | Kind::Json(_)
                | Kind::Any
                | Kind::Nullable(_) => true,
            };
            text.is_some_and(|text| is_possible(&text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lost_part;
    use crate::json::Node;
    use crate::{Field, Kind, Schema};

    static AMOUNT: Schema = Schema {
        name: "Amount",
        fields: &[Field::new("value", Kind::Integer)],
        ..Schema::EMPTY
    };
    static BODY: Schema = Schema {
        name: "Body",
        fields: &[Field::new("paid", Kind::Json(|| &AMOUNT))],
        ..Schema::EMPTY
    };

    #[test]
    fn what_decides_is_looked_for_inside_of_json_texts() {
        let path: &[&str] = &["paid", "value"];
        for (body, expected) in [
            (r#"{"paid": "{\"value\": 1}"}"#, None),
            (r#"{"paid": {"value": 1}}"#, None),
            (r#"{"paid": "{\"value\": []}"}"#, Some(path)),
            (r#"{"paid": {"value": []}}"#, Some(path)),
            (r#"{"paid": "{\"value\": 1, \"value\": 2}"}"#, Some(path)),
            (r#"{"paid": "no object"}"#, Some(&path[..1])),
        ] {
            let Ok(Node::Object(fields)) = Node::parse(body) else {
                panic!("{body}");
            };
            assert_eq!(lost_part(path, &fields, &BODY), expected, "{body}");
        }
    }
}
