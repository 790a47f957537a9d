//! Scalars: their JSON type, their form, then their rules.

use super::direction::DirectionContext;
use super::path::Place;
use super::text::{Buffer, text_of};
use super::{Holder, Walk, expected_type};
use crate::json::Node;
use crate::schema::{EnumSchema, Epoch, Kind, RuleAt};
use crate::{
    Case, Direction, JsonType, Phrase, RuleId, Schema, Severity, Value, rules, violation_text,
};
use std::borrow::Cow;

type Check = fn(&str) -> bool;
type Words = fn() -> Phrase;

impl Walk {
    /// Checks a text, number or boolean that is present.
    pub(super) fn scalar(
        &mut self,
        value: &Value<'_>,
        kind: &'static Kind,
        rules: &'static [RuleAt],
        holder: Holder,
        at: &Place<'_>,
    ) {
        let mut buffer = Buffer::new();
        let Some(text) = text_of(value, &mut buffer).filter(|_| fits(kind, value)) else {
            return self.wrong_type(value, || expected_type(kind), at);
        };
        let text = &*self.here.written_out(text, value, kind);
        if let (Value::Node(node), Direction::Outgoing) = (value, self.here.direction) {
            self.encoding(node, kind, holder, at);
        }
        if text.is_empty() && self.here.forbids_empty(holder.schema) {
            return self.report(RuleId::NotEmpty, Severity::Error, at, || {
                (
                    violation_text::expected_not_empty(),
                    violation_text::actual_text(text, None),
                )
            });
        }
        let form = self.here.form(value, text, kind);
        let words = || {
            (
                (form.expected)(),
                violation_text::actual_text(text, at.sensitive),
            )
        };
        if !form.is_readable {
            return self.lose(RuleId::Format, Severity::Error, at, words);
        }
        if !form.holds {
            self.report(RuleId::Format, Severity::Error, at, words);
        }
        if let (Kind::Enum(schema), Value::Text(_) | Value::Node(_)) = (kind, value) {
            self.enumerated(text, schema, at);
        }
        if form.holds && self.here.direction == Direction::Outgoing {
            self.sent(text, kind, at);
        }
        self.rules_of_text(text, rules, at);
    }

    /// Checks the rules for outgoing texts that hold for every schema.
    fn sent(&mut self, text: &str, kind: &Kind, at: &Place<'_>) {
        let unfit = match kind {
            Kind::Text => rules::unfit_text(at.purpose, text),
            Kind::Url => rules::unfit_url(at.purpose, text),
            Kind::Integer
            | Kind::Decimal
            | Kind::Boolean
            | Kind::DateTime
            | Kind::Date
            | Kind::Uuid
            | Kind::Binary
            | Kind::Timestamp(_)
            | Kind::Country
            | Kind::Currency(_)
            | Kind::Enum(_)
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Json(_)
            | Kind::Any
            | Kind::Nullable(_) => None,
        };
        if let Some(unfit) = unfit {
            self.report(unfit.rule(), unfit.severity(), at, || {
                (unfit.expected(), unfit.actual())
            });
        }
    }

    /// Checks that the text is one of a set, if it has to be.
    fn enumerated(&mut self, text: &str, schema: &'static EnumSchema, at: &Place<'_>) {
        // An incoming message may have values that are unknown today; only outgoing values must be
        // known.
        if (self.here.direction == Direction::Incoming && schema.open)
            || rules::one_of(text, schema.values.iter().copied())
        {
            return;
        }
        let words = || {
            let expected = violation_text::expected_values(schema.values);
            (
                expected.into(),
                violation_text::actual_text(text, at.sensitive),
            )
        };
        match schema.open {
            true => self.report(RuleId::Values, Severity::Error, at, words),
            false => self.lose(RuleId::Values, Severity::Error, at, words),
        }
    }

    /// Warns about a scalar of another JSON type than that of the wire format.
    fn encoding(&mut self, node: &Node<'_>, kind: &Kind, holder: Holder, at: &Place<'_>) {
        let actual = match node {
            Node::Number(_) => JsonType::Number,
            Node::Boolean(_) => JsonType::Boolean,
            Node::String(_) => JsonType::String,
            // Another type is an error, and not another form.
            Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => return,
        };
        let Some(expected) = holder.encoding().of(kind).filter(|one| *one != actual) else {
            return;
        };
        self.report(RuleId::Encoding, Severity::Warning, at, || {
            (
                violation_text::expected_encoding(expected),
                super::json_type(&Value::Node(node)),
            )
        });
    }

    /// Checks a text that holds the JSON of an object.
    pub(super) fn json(
        &mut self,
        value: &Value<'_>,
        schema: fn() -> &'static Schema,
        rules: &'static [RuleAt],
        holder: Holder,
        at: &Place<'_>,
    ) {
        match value {
            Value::Object(object) => {
                if !rules.is_empty() {
                    self.rules_of_text(&crate::write::json_of(*object), rules, at);
                }
                self.object(*object, at);
            }
            Value::Node(Node::Object(fields)) => {
                if self.here.direction == Direction::Outgoing {
                    self.report(RuleId::Encoding, Severity::Warning, at, || {
                        (
                            violation_text::expected_text(),
                            violation_text::actual_object(),
                        )
                    });
                }
                self.tree(fields, schema(), at);
            }
            Value::Node(Node::String(text)) => {
                if text.is_empty() && self.here.forbids_empty(holder.schema) {
                    return self.report(RuleId::NotEmpty, Severity::Error, at, || {
                        (
                            violation_text::expected_not_empty(),
                            violation_text::actual_text(text, None),
                        )
                    });
                }
                match self.here.parse(text) {
                    Ok(Node::Object(fields)) => {
                        self.rules_of_text(text, rules, at);
                        self.tree(&fields, schema(), at);
                    }
                    Ok(_) | Err(_) => self.lose(RuleId::Format, Severity::Error, at, || {
                        (
                            violation_text::expected_json_object(),
                            violation_text::actual_text(text, at.sensitive),
                        )
                    }),
                }
            }
            other => self.wrong_type(other, violation_text::expected_text, at),
        }
    }
}

impl DirectionContext {
    /// Returns the text of a scalar in a message with this schema, if rules can be applied to it: it
    /// has the type and form of its kind, and is not an empty text that is a violation itself.
    pub(super) fn readable<'a>(
        self,
        value: &Value<'a>,
        kind: &Kind,
        schema: &Schema,
        buffer: &'a mut Buffer,
    ) -> Option<Cow<'a, str>> {
        let text = self.written_out(text_of(value, buffer)?, value, kind);
        let is_void = text.is_empty() && self.forbids_empty(schema);
        (fits(kind, value) && !is_void && self.form(value, &text, kind).is_readable).then_some(text)
    }

    /// Returns the text of a number without an exponent. In incoming messages, numbers may have one.
    fn written_out<'a>(self, text: &'a str, value: &Value<'_>, kind: &Kind) -> Cow<'a, str> {
        let may_have_exponent =
            self.direction == Direction::Incoming && matches!(value, Value::Node(_));
        let plain = match kind {
            _ if !may_have_exponent => None,
            Kind::Integer | Kind::Timestamp(_) | Kind::Enum(EnumSchema { numbers: true, .. }) => {
                rules::exact_integer(text).map(|number| number.to_string().into())
            }
            Kind::Decimal => rules::exact(text),
            Kind::Text
            | Kind::Boolean
            | Kind::DateTime
            | Kind::Date
            | Kind::Uuid
            | Kind::Binary
            | Kind::Url
            | Kind::Country
            | Kind::Currency(_)
            | Kind::Enum(_)
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Json(_)
            | Kind::Any
            | Kind::Nullable(_) => None,
        };
        plain.unwrap_or(Cow::Borrowed(text))
    }

    /// Compares a text with the form of this kind.
    fn form(self, value: &Value<'_>, text: &str, kind: &Kind) -> Form {
        let strict = self.direction == Direction::Outgoing;
        let (check, expected): (Check, Words) = match kind {
            Kind::Text
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Any
            | Kind::Nullable(_) => {
                return Form::GOOD;
            }
            _ if value.has_its_form() => return Form::GOOD,
            Kind::Enum(EnumSchema { numbers: true, .. }) => {
                (rules::integer, violation_text::expected_integer)
            }
            Kind::Enum(_) => (rules::not_empty, violation_text::expected_not_empty),
            Kind::Integer => (rules::integer, violation_text::expected_integer),
            Kind::Decimal => (rules::decimal, violation_text::expected_decimal),
            Kind::Boolean => (rules::boolean, violation_text::expected_boolean),
            Kind::DateTime => (rules::datetime, violation_text::expected_datetime),
            Kind::Date => (rules::date, violation_text::expected_date),
            Kind::Timestamp(Epoch::Seconds) => {
                (rules::epoch_seconds, violation_text::expected_epoch_seconds)
            }
            Kind::Timestamp(Epoch::Millis) => {
                (rules::epoch_millis, violation_text::expected_epoch_millis)
            }
            Kind::Uuid => (rules::uuid, violation_text::expected_uuid),
            Kind::Binary => (rules::base64, violation_text::expected_base64),
            Kind::Url => (rules::url, violation_text::expected_url),
            Kind::Country if strict => (rules::country_known, violation_text::expected_country),
            Kind::Country => (rules::country_form, violation_text::expected_country),
            Kind::Currency(case) => currency(*case, strict),
            Kind::Json(_) => (rules::json, violation_text::expected_json_object),
        };
        let holds = check(text);
        Form {
            holds,
            // A damaged URL is still a text that is sent and has a length.
            is_readable: holds || (matches!(kind, Kind::Url) && (strict || !text.is_empty())),
            expected,
        }
    }
}

/// Returns the form of a currency. Only an outgoing one must be known.
fn currency(case: Case, strict: bool) -> (Check, Words) {
    match case {
        Case::Upper => (
            match strict {
                true => rules::currency_known,
                false => rules::currency_form,
            },
            violation_text::expected_currency,
        ),
        Case::Lower => (
            match strict {
                true => rules::lower_currency_known,
                false => rules::lower_currency_form,
            },
            violation_text::expected_lower_currency,
        ),
    }
}

/// The result of comparing a text with a form.
struct Form {
    /// True if it has the form.
    holds: bool,
    /// True if rules and conditions can use it.
    is_readable: bool,
    /// The expected form.
    expected: Words,
}

impl Form {
    const GOOD: Self = Self {
        holds: true,
        is_readable: true,
        expected: violation_text::expected_text,
    };
}

/// Returns whether the kind can be read from the JSON type.
fn fits(kind: &Kind, value: &Value<'_>) -> bool {
    match value {
        Value::Text(_) | Value::Checked(_) | Value::Node(Node::String(_)) => !matches!(
            kind,
            Kind::Object(_) | Kind::List(_) | Kind::Map(_) | Kind::Union(_) | Kind::Any
        ),
        Value::Integer(_) | Value::Node(Node::Number(_)) => {
            matches!(kind, Kind::Decimal | Kind::Timestamp(_)) || kind.is_whole()
        }
        Value::Boolean(_) | Value::Node(Node::Boolean(_)) => matches!(kind, Kind::Boolean),
        Value::Absent
        | Value::Object(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Union(_)
        | Value::Json(_)
        | Value::Node(_) => false,
    }
}
