//! Answers whose fields differ by HTTP status.

use super::direction::find;
use super::path::Place;
use super::{Walk, tree};
use crate::json::Node;
use crate::pointer::Pointer;
use crate::schema::{Field, ResponseFields};
use crate::value::Reflect;
use crate::{RuleId, Schema, Severity, Violations, rules, violation_text};

/// Checks a typed answer with this HTTP status.
pub(crate) fn violations_of_answer(message: &dyn Reflect, http_status: u16) -> Violations {
    let schema = message.schema();
    let response = response_of(schema, http_status);
    let mut walk = Walk::new(schema);
    walk.object(message, &Place::root(schema));
    walk.required_by(response, message);
    walk.refinements(message);
    walk.same_currency(message);
    only_of(response, schema, walk.found)
}

/// Checks a JSON answer with this HTTP status.
pub(crate) fn check_answer(
    message: &Node<'_>,
    schema: &'static Schema,
    http_status: u16,
) -> Violations {
    let Node::Object(fields) = message else {
        let found = super::check(message, schema).violations;
        return only_of(response_of(schema, http_status), schema, found);
    };
    let response = response_of(schema, http_status);
    let mut walk = Walk::new(schema);
    walk.tree(fields, schema, &Place::root(schema));
    let tree = tree::Tree::new(fields, schema);
    walk.required_by(response, &tree);
    walk.refinements(&tree);
    walk.same_currency(&tree);
    only_of(response, schema, walk.found)
}

/// Returns the fields that an answer with this HTTP status must have and lacks; empty where answers do not differ. A
/// value that cannot be read is not absent.
pub(crate) fn lacking(message: &Node<'_>, schema: &'static Schema, http_status: u16) -> Violations {
    let mut walk = Walk::new(schema);
    if let Node::Object(fields) = message {
        let response = response_of(schema, http_status);
        walk.required_by(response, &tree::Tree::new(fields, schema));
    }
    walk.found
}

/// Returns whether a typed answer with this HTTP status has all the fields that it must have.
pub(crate) fn has_all_required(message: &dyn Reflect, http_status: u16) -> bool {
    let schema = message.schema();
    let mut walk = Walk::new(schema);
    walk.required_by(response_of(schema, http_status), message);
    walk.found.is_empty()
}

/// Returns the answer that an HTTP status has.
fn response_of(schema: &Schema, http_status: u16) -> Option<&'static ResponseFields> {
    let statuses = schema.responses.iter().map(|one| one.status);
    let statuses: Vec<&str> = statuses.collect();
    let status = rules::http_response(&statuses, http_status)?;
    schema.responses.iter().find(|one| one.status == status)
}

/// Keeps the violations of the fields that an answer has. Of an answer that is not described, nothing is checked.
fn only_of(
    response: Option<&ResponseFields>,
    schema: &Schema,
    mut found: Violations,
) -> Violations {
    if schema.responses.is_empty() {
        return found;
    }
    let Some(response) = response else {
        return Violations::new();
    };
    let (own, others): (Vec<&Field>, Vec<&Field>) = schema
        .fields
        .iter()
        .partition(|field| response.has(field.name));
    let pointers = |fields: Vec<&Field>| -> Vec<String> {
        let names = fields.iter().map(|field| Pointer::escape(field.name));
        names.map(|name| format!("/{name}")).collect()
    };
    // Everything is inside of a whole body but what is in another field.
    let is_of_others = others.iter().any(|field| field.is_whole_body());
    let (own, others) = (pointers(own), pointers(others));
    found.retain(|one| {
        let is_in = |fields: &[String]| fields.iter().any(|field| one.path.is_within(field));
        if is_of_others {
            is_in(&own)
        } else {
            !is_in(&others)
        }
    });
    found
}

impl Walk {
    /// Reports the fields that the answer of a status requires and that are absent.
    fn required_by(&mut self, response: Option<&ResponseFields>, message: &dyn Reflect) {
        let Some(response) = response else {
            return;
        };
        for name in response.required {
            let Some((index, field)) = find(message.schema(), name) else {
                continue;
            };
            if self.here.is_present(field, &message.value_at(index)) {
                continue;
            }
            let root = Place::root(message.schema());
            let at = &root.field(index, field);
            self.report(RuleId::Required, Severity::Error, at, || {
                (
                    violation_text::expected_in_answer(response.status),
                    violation_text::actual_absent(),
                )
            });
        }
    }
}
