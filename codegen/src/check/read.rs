//! Reads one JSON value as the type that the spec gives it.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::{RuleId, Severity, phrases, rules};

use super::walk::{Members, Slot, Walk};
use crate::model::{Enum, Type};

/// What a JSON value comes to when it is read as a type.
pub(super) enum Reading<'n> {
    /// Nothing is there.
    Absent,
    /// Something is there, but no rule can look at it: it is empty or not of the type.
    Spent,
    /// A scalar, as text.
    Text(&'n str),
    /// A list.
    List(&'n [Node<'n>]),
    /// An object.
    Object(&'n Members<'n>),
    /// An object that stood in a text.
    Inner(Vec<(Cow<'n, str>, Node<'n>)>),
}

impl<'n> Reading<'n> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Reading::Absent)
    }

    pub(super) fn members(&self) -> Option<&Members<'n>> {
        match self {
            Reading::Object(members) => Some(members),
            Reading::Inner(members) => Some(members),
            Reading::Absent | Reading::Spent | Reading::Text(_) | Reading::List(_) => None,
        }
    }
}

impl<'m> Walk<'_, 'm> {
    /// Reads a value as a type, and reports what is wrong with its form.
    pub(super) fn read<'n>(&mut self, ty: &'m Type, slot: Slot, node: &'n Node<'n>) -> Reading<'n> {
        let strings = self.checker.scalars_are_strings();
        let text: &'n str = match (ty, node) {
            (_, Node::Null) if !slot.element => return Reading::Absent,
            (Type::Object(_), Node::Object(members)) => return Reading::Object(members),
            (Type::List(_), Node::Array(nodes)) => return Reading::List(nodes),
            (Type::Json(_), Node::Object(members)) => {
                self.encoding(slot, node, phrases::expected_text);
                return Reading::Object(members);
            }
            (Type::Object(_) | Type::List(_), _) => return self.wrong_type(ty, slot, node),
            (Type::Integer | Type::Boolean, Node::String(text)) if !strings => {
                self.encoding(slot, node, native(ty));
                text
            }
            (_, Node::String(text)) => text,
            (Type::Integer | Type::Decimal, Node::Number(digits)) => {
                if strings {
                    self.encoding(slot, node, phrases::expected_text);
                }
                digits
            }
            (Type::Boolean, Node::Boolean(value)) => {
                if strings {
                    self.encoding(slot, node, phrases::expected_text);
                }
                if *value { "true" } else { "false" }
            }
            _ => return self.wrong_type(ty, slot, node),
        };
        if text.is_empty() {
            if self.checker.empty_text_is_forbidden() {
                self.report
                    .add(RuleId::NotEmpty, Severity::Error, slot.origin, || {
                        (
                            phrases::expected_not_empty(),
                            phrases::actual_text("", None),
                        )
                    });
                return Reading::Spent;
            }
            if !self.checker.is_request() && slot.optional && *ty != Type::String {
                return Reading::Absent;
            }
        }
        self.form(ty, slot, text)
    }

    /// Checks the form that a type gives its texts.
    fn form<'n>(&mut self, ty: &'m Type, slot: Slot, text: &'n str) -> Reading<'n> {
        let request = self.checker.is_request();
        let well_formed = match ty {
            Type::String => true,
            Type::Integer => rules::integer(text),
            Type::Decimal => rules::decimal(text),
            Type::Boolean => rules::boolean(text),
            Type::DateTime => rules::datetime(text),
            Type::Date => rules::date(text),
            Type::Url => {
                if !rules::url(text) {
                    self.format(ty, slot, text);
                }
                // A URL that is none is still a text with a length.
                true
            }
            // What the table does not know yet may come back in an answer.
            Type::Country => rules::country_form(text) && (!request || rules::country_known(text)),
            Type::Currency => {
                rules::currency_form(text) && (!request || rules::currency_known(text))
            }
            Type::Enum(id) => {
                return self.enumerated(self.checker.api.enumeration(*id), slot, text);
            }
            Type::Json(_) => return self.json_text(ty, slot, text),
            Type::Object(_) | Type::List(_) => true,
        };
        if well_formed {
            return Reading::Text(text);
        }
        self.format(ty, slot, text);
        Reading::Spent
    }

    fn enumerated<'n>(&mut self, set: &'m Enum, slot: Slot, text: &'n str) -> Reading<'n> {
        let known = set.values.iter().any(|value| value.name == text);
        if !known && (self.checker.is_request() || !set.open) {
            self.report
                .add(RuleId::Values, Severity::Error, slot.origin, || {
                    let names: Vec<&str> =
                        set.values.iter().map(|value| value.name.as_str()).collect();
                    (
                        phrases::expected_values(&names),
                        phrases::actual_text(text, slot.sensitive),
                    )
                });
        }
        Reading::Text(text)
    }

    /// Reads the object inside a text.
    fn json_text<'n>(&mut self, ty: &'m Type, slot: Slot, text: &'n str) -> Reading<'n> {
        match Node::parse(text) {
            Ok(Node::Object(members)) => Reading::Inner(members),
            Ok(_) | Err(_) => {
                self.format(ty, slot, text);
                Reading::Spent
            }
        }
    }

    fn encoding(&mut self, slot: Slot, node: &Node<'_>, expected: fn() -> String) {
        if self.checker.is_request() {
            self.report
                .add(RuleId::Encoding, Severity::Warning, slot.origin, || {
                    (expected(), actual_kind(node))
                });
        }
    }

    fn wrong_type<'n>(&mut self, ty: &'m Type, slot: Slot, node: &Node<'_>) -> Reading<'n> {
        self.report
            .add(RuleId::Type, Severity::Error, slot.origin, || {
                (expected_type(ty), actual_kind(node))
            });
        Reading::Spent
    }

    fn format(&mut self, ty: &'m Type, slot: Slot, text: &str) {
        self.report
            .add(RuleId::Format, Severity::Error, slot.origin, || {
                (
                    expected_form(ty),
                    phrases::actual_text(text, slot.sensitive),
                )
            });
    }
}

/// What the wire wants where it takes native numbers and booleans.
fn native(ty: &Type) -> fn() -> String {
    match ty {
        Type::Boolean => phrases::expected_native_boolean,
        _ => phrases::expected_native_number,
    }
}

fn expected_type(ty: &Type) -> String {
    match ty {
        Type::String
        | Type::DateTime
        | Type::Date
        | Type::Url
        | Type::Country
        | Type::Currency
        | Type::Enum(_)
        | Type::Json(_) => phrases::expected_text(),
        Type::Integer | Type::Decimal => phrases::expected_number(),
        Type::Boolean => phrases::expected_boolean_type(),
        Type::Object(_) => phrases::expected_object(),
        Type::List(_) => phrases::expected_list(),
    }
}

fn expected_form(ty: &Type) -> String {
    match ty {
        Type::Integer => phrases::expected_integer(),
        Type::Decimal => phrases::expected_decimal(),
        Type::Boolean => phrases::expected_boolean(),
        Type::DateTime => phrases::expected_datetime(),
        Type::Date => phrases::expected_date(),
        Type::Url => phrases::expected_url(),
        Type::Country => phrases::expected_country(),
        Type::Currency => phrases::expected_currency(),
        Type::Json(_) => phrases::expected_json_object(),
        Type::String | Type::Enum(_) | Type::Object(_) | Type::List(_) => expected_type(ty),
    }
}

pub(super) fn actual_kind(node: &Node<'_>) -> String {
    match node {
        Node::Null => phrases::actual_null(),
        Node::Boolean(_) => phrases::actual_boolean(),
        Node::Number(_) => phrases::actual_number(),
        Node::String(_) => phrases::actual_string(),
        Node::Array(_) => phrases::actual_array(),
        Node::Object(_) => phrases::actual_object(),
    }
}
