//! Scalars: their JSON type, their form, then their rules.

use super::path::Place;
use super::{Walk, expected_type};
use crate::json::Node;
use crate::schema::{Kind, RuleAt};
use crate::{RuleId, Schema, Severity, Side, Value, phrases, rules};
use core::fmt::Write;

impl Walk {
    /// Checks a text, number or boolean that is there.
    pub(super) fn scalar(
        &mut self,
        value: Value<'_>,
        kind: &'static Kind,
        rules: &'static [RuleAt],
        holder: &'static Schema,
        at: &Place<'_>,
    ) {
        let fits = match (kind, &value) {
            (_, Value::Text(_) | Value::Checked(_) | Value::Node(Node::String(_))) => true,
            (Kind::Integer | Kind::Decimal, Value::Integer(_) | Value::Node(Node::Number(_))) => {
                true
            }
            (Kind::Boolean, Value::Boolean(_) | Value::Node(Node::Boolean(_))) => true,
            _ => false,
        };
        let mut buffer = Buffer::new();
        let Some(text) = text_of(&value, &mut buffer).filter(|_| fits) else {
            return self.wrong_type(&value, expected_type(kind), at);
        };
        if self.side == Side::Request {
            self.encoding(&value, kind, holder, at);
        }
        if text.is_empty() && self.forbids_empty(holder) {
            return self.report(RuleId::NotEmpty, Severity::Error, at, || {
                (
                    phrases::expected_not_empty(),
                    phrases::actual_text(text, None),
                )
            });
        }
        if !matches!(
            value,
            Value::Checked(_) | Value::Integer(_) | Value::Boolean(_)
        ) && !self.form(text, kind, at)
        {
            return;
        }
        self.rules_of_text(text, rules, at);
    }

    /// Warns of a native scalar where the wire wants texts, and the other way round.
    fn encoding(&mut self, value: &Value<'_>, kind: &Kind, holder: &Schema, at: &Place<'_>) {
        let (expected, actual): (fn() -> String, fn() -> String) = match (value, kind) {
            (Value::Node(Node::Number(_)), _) if holder.strings => {
                (phrases::expected_text, phrases::actual_number)
            }
            (Value::Node(Node::Boolean(_)), _) if holder.strings => {
                (phrases::expected_text, phrases::actual_boolean)
            }
            (Value::Node(Node::String(_)), Kind::Integer) if !holder.strings => {
                (phrases::expected_native_number, phrases::actual_string)
            }
            (Value::Node(Node::String(_)), Kind::Boolean) if !holder.strings => {
                (phrases::expected_native_boolean, phrases::actual_string)
            }
            _ => return,
        };
        self.report(RuleId::Encoding, Severity::Warning, at, || {
            (expected(), actual())
        });
    }

    /// Checks the form that the kind asks for. Says whether the rules have something to go by.
    fn form(&mut self, text: &str, kind: &Kind, at: &Place<'_>) -> bool {
        // A code that is unknown today may be known to the provider: fatal only where we send it.
        let strict = self.side == Side::Request;
        let (holds, expected): (bool, fn() -> String) = match kind {
            Kind::Text | Kind::Object(_) | Kind::List(_) => return true,
            Kind::Integer => (rules::integer(text), phrases::expected_integer),
            Kind::Decimal => (rules::decimal(text), phrases::expected_decimal),
            Kind::Boolean => (rules::boolean(text), phrases::expected_boolean),
            Kind::DateTime => (rules::datetime(text), phrases::expected_datetime),
            Kind::Date => (rules::date(text), phrases::expected_date),
            Kind::Url => (rules::url(text), phrases::expected_url),
            Kind::Country if strict => (rules::country_known(text), phrases::expected_country),
            Kind::Country => (rules::country_form(text), phrases::expected_country),
            Kind::Currency if strict => (rules::currency_known(text), phrases::expected_currency),
            Kind::Currency => (rules::currency_form(text), phrases::expected_currency),
            Kind::Json(_) => (rules::json(text), phrases::expected_json_object),
            Kind::Enum(schema) => {
                let known = || rules::one_of(text, schema.values.iter().copied());
                if text.is_empty() {
                    (false, phrases::expected_not_empty)
                } else {
                    if (strict || !schema.open) && !known() {
                        self.report(RuleId::Values, Severity::Error, at, || {
                            let expected = phrases::expected_values(schema.values);
                            (expected, phrases::actual_text(text, at.sensitive))
                        });
                    }
                    return true;
                }
            }
        };
        if !holds {
            self.report(RuleId::Format, Severity::Error, at, || {
                (expected(), phrases::actual_text(text, at.sensitive))
            });
        }
        // A damaged URL is still a text that is sent and has a length.
        holds || (matches!(kind, Kind::Url) && !text.is_empty())
    }

    /// Checks a text that holds the JSON of an object.
    pub(super) fn json(
        &mut self,
        value: Value<'_>,
        schema: fn() -> &'static Schema,
        rules: &'static [RuleAt],
        holder: &'static Schema,
        at: &Place<'_>,
    ) {
        match value {
            Value::Object(object) => {
                if !rules.is_empty() {
                    self.rules_of_text(&crate::write::json_of(object), rules, at);
                }
                self.object(object, at);
            }
            Value::Node(Node::Object(fields)) => {
                if self.side == Side::Request {
                    self.report(RuleId::Encoding, Severity::Warning, at, || {
                        (phrases::expected_text(), phrases::actual_object())
                    });
                }
                self.tree(fields, schema(), at);
            }
            Value::Node(Node::String(text)) => {
                if text.is_empty() && self.forbids_empty(holder) {
                    return self.report(RuleId::NotEmpty, Severity::Error, at, || {
                        (
                            phrases::expected_not_empty(),
                            phrases::actual_text(text, None),
                        )
                    });
                }
                match Node::parse(text) {
                    Ok(Node::Object(fields)) => {
                        self.rules_of_text(text, rules, at);
                        self.tree(&fields, schema(), at);
                    }
                    Ok(_) | Err(_) => self.report(RuleId::Format, Severity::Error, at, || {
                        (
                            phrases::expected_json_object(),
                            phrases::actual_text(text, at.sensitive),
                        )
                    }),
                }
            }
            other => self.wrong_type(&other, phrases::expected_text, at),
        }
    }
}

/// Room for the digits of an integer.
pub(super) struct Buffer {
    bytes: [u8; 20],
    len: usize,
}

impl Buffer {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; 20],
            len: 0,
        }
    }
}

impl Write for Buffer {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(core::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// The text of a scalar as it is written on a wire of texts; [`None`] for what is no scalar.
pub(super) fn text_of<'a>(value: &Value<'a>, buffer: &'a mut Buffer) -> Option<&'a str> {
    match *value {
        Value::Text(text) | Value::Checked(text) => Some(text),
        Value::Node(Node::String(text)) => Some(text),
        Value::Node(Node::Number(digits)) => Some(digits),
        Value::Boolean(value) | Value::Node(&Node::Boolean(value)) => {
            Some(if value { "true" } else { "false" })
        }
        Value::Integer(number) => {
            buffer.len = 0;
            // Twenty bytes hold every 64-bit integer.
            write!(buffer, "{number}").ok()?;
            core::str::from_utf8(buffer.bytes.get(..buffer.len)?).ok()
        }
        Value::Absent
        | Value::Object(_)
        | Value::List(_)
        | Value::Node(Node::Null | Node::Array(_) | Node::Object(_)) => None,
    }
}
