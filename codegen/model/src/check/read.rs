//! Reads one JSON value as its type in the spec.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::{Case, JsonType, Phrase, RuleId, Severity, rules, violation_text};

use super::Checker;
use super::walk::{Members, Slot, Walk};
use crate::format::EnumType;
use crate::model::{Discriminator, Enum, Epoch, ObjectId, Type};

/// The result of reading a JSON value as a type.
pub(super) enum Reading<'n> {
    /// The value is absent.
    Absent,
    /// The value is `null`, which is a value here.
    Null,
    /// The value is present, but no rule can be applied to it: it is empty or not of the type.
    Spent,
    /// A scalar, as text.
    Text(Cow<'n, str>),
    /// A list.
    List(&'n [Node<'n>]),
    /// A map.
    Map(&'n Members<'n>),
    /// An object.
    Object(&'n Members<'n>),
    /// One of the objects of a union.
    Tagged(ObjectId, &'n Members<'n>),
    /// An object that was inside a text, with that text.
    Inner(&'n str, Vec<(Cow<'n, str>, Node<'n>)>),
}

impl<'n> Reading<'n> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Reading::Absent)
    }

    /// Returns whether other fields find no value here.
    pub(super) fn has_no_value(&self) -> bool {
        matches!(self, Reading::Absent | Reading::Null)
    }

    /// Returns the text, if rules can be applied to it.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Reading::Text(text) => Some(text),
            Reading::Inner(text, _) => Some(text),
            Reading::Absent
            | Reading::Null
            | Reading::Spent
            | Reading::List(_)
            | Reading::Map(_)
            | Reading::Tagged(..)
            | Reading::Object(_) => None,
        }
    }

    /// Returns the members, if it is an object.
    pub(super) fn members(&self) -> Option<&Members<'n>> {
        match self {
            Reading::Object(members) => Some(members),
            Reading::Inner(_, members) => Some(members),
            Reading::Absent
            | Reading::Null
            | Reading::Spent
            | Reading::Text(_)
            | Reading::List(_)
            | Reading::Map(_)
            | Reading::Tagged(..) => None,
        }
    }
}

impl<'m> Walk<'_, 'm> {
    /// Reads a value as a type, and reports errors of its form.
    pub(super) fn read<'n>(
        &mut self,
        ty: &'m Type,
        slot: Slot<'_>,
        node: &'n Node<'n>,
    ) -> Reading<'n> {
        let text = match (ty, node) {
            (Type::Any, _) => return self.any(slot, node),
            (_, Node::Null) if slot.nullable => return Reading::Null,
            (_, Node::Null) if !slot.element => return Reading::Absent,
            (Type::Object(_), Node::Object(members)) => return Reading::Object(members),
            (Type::List(_), Node::Array(nodes)) => return Reading::List(nodes),
            (Type::Map(_), Node::Object(members)) => return Reading::Map(members),
            (Type::Union(id), _) => {
                return self.union(ty, self.checker.api.union(*id), slot, node);
            }
            (Type::Object(_) | Type::List(_) | Type::Map(_), _) => {
                return self.wrong_type(ty, slot, node);
            }
            (Type::Json(_), Node::Object(members)) => {
                self.encoding(slot, node, violation_text::expected_text());
                return Reading::Object(members);
            }
            (_, Node::String(text))
                if text.is_empty() && self.counts_as_absent(ty, slot.optional) =>
            {
                return Reading::Absent;
            }
            (_, Node::String(text)) => text,
            (Type::Integer | Type::Decimal | Type::Timestamp(_), Node::Number(digits)) => *digits,
            (Type::Enum(_), Node::Number(digits))
                if *self.checker.api.written_as(ty) == Type::Integer =>
            {
                *digits
            }
            (Type::Boolean, Node::Boolean(true)) => "true",
            (Type::Boolean, Node::Boolean(false)) => "false",
            (
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_)
                | Type::Json(_),
                Node::Null
                | Node::Boolean(_)
                | Node::Number(_)
                | Node::Array(_)
                | Node::Object(_)
                | Node::Damaged(_),
            ) => return self.wrong_type(ty, slot, node),
        };
        self.scalar_encoding(ty, slot, node);
        if text.is_empty() && self.checker.empty_text_is_forbidden() {
            self.report
                .add(RuleId::NotEmpty, Severity::Error, slot.origin, || {
                    (
                        violation_text::expected_not_empty(),
                        violation_text::actual_text("", None),
                    )
                });
            return Reading::Spent;
        }
        self.form(ty, slot, text)
    }

    /// Returns the text of a number without an exponent. Incoming numbers may have one.
    fn written_out<'n>(&self, ty: &Type, text: &'n str) -> Cow<'n, str> {
        let plain = match self.checker.api.written_as(ty) {
            _ if self.checker.is_strict() => None,
            Type::Integer | Type::Timestamp(_) => {
                rules::exact_integer(text).map(|number| number.to_string().into())
            }
            Type::Decimal => rules::exact(text),
            Type::String
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        };
        plain.unwrap_or(Cow::Borrowed(text))
    }

    /// Returns whether an empty text counts as an absent value here.
    pub(super) fn counts_as_absent(&self, ty: &Type, is_optional: bool) -> bool {
        is_optional && *ty != Type::String && !self.checker.is_strict()
    }

    /// Warns about a scalar of another JSON type than that of the wire format.
    fn scalar_encoding(&mut self, ty: &'m Type, slot: Slot<'_>, node: &Node<'_>) {
        let actual = match node {
            Node::Number(_) => JsonType::Number,
            Node::Boolean(_) => JsonType::Boolean,
            Node::String(_) => JsonType::String,
            Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => return,
        };
        let expected = self.checker.json_type(ty, slot.json_type);
        if let Some(expected) = expected.filter(|one| *one != actual) {
            self.encoding(slot, node, violation_text::expected_encoding(expected));
        }
    }

    /// Checks the text form of a type.
    fn form<'n>(&mut self, ty: &'m Type, slot: Slot<'_>, text: &'n str) -> Reading<'n> {
        // A code that is unknown today may be known to the provider: it is an error only in outgoing
        // messages.
        let strict = self.checker.is_strict();
        let written_out = self.written_out(ty, text);
        let well_formed = match ty {
            Type::String => true,
            Type::Integer => rules::integer(&written_out),
            Type::Decimal => rules::decimal(&written_out),
            Type::Boolean => rules::boolean(text),
            Type::DateTime => rules::datetime(text),
            Type::Date => rules::date(text),
            Type::Timestamp(Epoch::Seconds) => rules::epoch_seconds(&written_out),
            Type::Timestamp(Epoch::Millis) => rules::epoch_millis(&written_out),
            Type::Uuid => rules::uuid(text),
            Type::Binary => rules::base64(text),
            Type::Url => rules::url(text),
            Type::Country if strict => rules::country_known(text),
            Type::Country => rules::country_form(text),
            Type::Currency(Case::Upper) if strict => rules::currency_known(text),
            Type::Currency(Case::Upper) => rules::currency_form(text),
            Type::Currency(Case::Lower) if strict => rules::lower_currency_known(text),
            Type::Currency(Case::Lower) => rules::lower_currency_form(text),
            Type::Enum(id) => {
                let set = self.checker.api.enumeration(*id);
                return self.enumerated(ty, set, slot, written_out);
            }
            Type::Json(_) => return self.json_text(ty, slot, text),
            Type::Object(_) | Type::List(_) | Type::Map(_) | Type::Union(_) | Type::Any => false,
        };
        if well_formed {
            self.sent(ty, slot, text);
            return Reading::Text(written_out);
        }
        // A damaged URL is still a text that is sent and has a length.
        let is_kept = *ty == Type::Url && (strict || !text.is_empty());
        if !is_kept {
            self.report.lose();
        }
        self.format(ty, slot, text);
        if is_kept {
            Reading::Text(text.into())
        } else {
            Reading::Spent
        }
    }

    /// Reports flaws of an outgoing text that hold for every spec.
    fn sent(&mut self, ty: &Type, slot: Slot<'_>, text: &str) {
        if !self.checker.is_strict() {
            return;
        }
        let purpose = || self.checker.purposes.of(slot.field);
        let unfit = match ty {
            Type::String => rules::unfit_text(purpose(), text),
            Type::Url => rules::unfit_url(purpose(), text),
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        };
        if let Some(unfit) = unfit {
            self.report
                .add(unfit.rule(), unfit.severity(), slot.origin, || {
                    (unfit.expected(), unfit.actual())
                });
        }
    }

    fn enumerated<'n>(
        &mut self,
        ty: &'m Type,
        set: &'m Enum,
        slot: Slot<'_>,
        text: Cow<'n, str>,
    ) -> Reading<'n> {
        let is_number = set.ty == EnumType::Integer;
        if is_number && !rules::integer(&text) {
            self.report.lose();
            self.format(ty, slot, &text);
            return Reading::Spent;
        }
        if text.is_empty() {
            self.report.lose();
            self.report
                .add(RuleId::Format, Severity::Error, slot.origin, || {
                    (
                        violation_text::expected_not_empty(),
                        violation_text::actual_text(&text, slot.sensitive),
                    )
                });
            return Reading::Spent;
        }
        let known = set.values.iter().any(|value| value.name == *text);
        if !known && (self.checker.is_strict() || !set.open) {
            if !set.open {
                self.report.lose();
            }
            self.report
                .add(RuleId::Values, Severity::Error, slot.origin, || {
                    let names: Vec<&str> =
                        set.values.iter().map(|value| value.name.as_str()).collect();
                    (
                        violation_text::expected_values(&names).to_phrase(),
                        violation_text::actual_text(&text, slot.sensitive),
                    )
                });
        }
        Reading::Text(text)
    }

    /// Reads any JSON.
    pub(super) fn any<'n>(&mut self, slot: Slot<'_>, node: &Node<'_>) -> Reading<'n> {
        if let Some(damage) = node.damage() {
            self.report.lose();
            self.report
                .add(RuleId::Type, Severity::Error, slot.origin, || {
                    (
                        violation_text::expected_any(),
                        violation_text::actual_damage(damage),
                    )
                });
        }
        Reading::Spent
    }

    /// Reads the object inside a text.
    fn json_text<'n>(&mut self, ty: &'m Type, slot: Slot<'_>, text: &'n str) -> Reading<'n> {
        let parsed = match self.checker.is_strict() {
            true => Node::parse(text),
            false => Node::parse_lenient(text),
        };
        match parsed {
            Ok(Node::Object(members)) => Reading::Inner(text, members),
            Ok(_) | Err(_) => {
                self.report.lose();
                self.format(ty, slot, text);
                Reading::Spent
            }
        }
    }

    fn encoding(&mut self, slot: Slot<'_>, node: &Node<'_>, expected: Phrase) {
        if self.checker.is_strict() {
            self.report
                .add(RuleId::Encoding, Severity::Warning, slot.origin, || {
                    (expected, actual_kind(node))
                });
        }
    }

    pub(super) fn wrong_type<'n>(
        &mut self,
        ty: &'m Type,
        slot: Slot<'_>,
        node: &Node<'_>,
    ) -> Reading<'n> {
        self.report.lose();
        let written_as = self.checker.api.written_as(ty);
        self.report
            .add(RuleId::Type, Severity::Error, slot.origin, || {
                (self.checker.expected_type(written_as), actual_kind(node))
            });
        Reading::Spent
    }

    fn format(&mut self, ty: &'m Type, slot: Slot<'_>, text: &str) {
        let written_as = self.checker.api.written_as(ty);
        self.report
            .add(RuleId::Format, Severity::Error, slot.origin, || {
                (
                    expected_form(written_as),
                    violation_text::actual_text(text, slot.sensitive),
                )
            });
    }
}

impl Checker<'_> {
    /// Returns the expected JSON type of a value.
    fn expected_type(&self, ty: &Type) -> Phrase {
        match ty {
            Type::Union(id) => {
                let union = self.api.union(*id);
                match union.discriminator {
                    Discriminator::Field { .. } => violation_text::expected_object(),
                    Discriminator::JsonType => violation_text::expected_shapes(union.shapes()),
                }
            }
            Type::String
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Json(_) => violation_text::expected_text(),
            Type::Integer | Type::Decimal | Type::Timestamp(_) => violation_text::expected_number(),
            Type::Boolean => violation_text::expected_boolean_type(),
            Type::Object(_) | Type::Map(_) => violation_text::expected_object(),
            Type::List(_) => violation_text::expected_list(),
            Type::Any => violation_text::expected_any(),
        }
    }
}

fn expected_form(ty: &Type) -> Phrase {
    match ty {
        Type::Integer => violation_text::expected_integer(),
        Type::Decimal => violation_text::expected_decimal(),
        Type::Boolean => violation_text::expected_boolean(),
        Type::DateTime => violation_text::expected_datetime(),
        Type::Date => violation_text::expected_date(),
        Type::Timestamp(Epoch::Seconds) => violation_text::expected_epoch_seconds(),
        Type::Timestamp(Epoch::Millis) => violation_text::expected_epoch_millis(),
        Type::Uuid => violation_text::expected_uuid(),
        Type::Binary => violation_text::expected_base64(),
        Type::Url => violation_text::expected_url(),
        Type::Country => violation_text::expected_country(),
        Type::Currency(Case::Upper) => violation_text::expected_currency(),
        Type::Currency(Case::Lower) => violation_text::expected_lower_currency(),
        Type::Json(_) => violation_text::expected_json_object(),
        Type::String
        | Type::Enum(_)
        | Type::Object(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Any => violation_text::expected_text(),
    }
}

pub(super) fn actual_kind(node: &Node<'_>) -> Phrase {
    match node {
        Node::Null => violation_text::actual_null(),
        Node::Boolean(_) => violation_text::actual_boolean(),
        Node::Number(_) => violation_text::actual_number(),
        Node::String(_) => violation_text::actual_string(),
        Node::Array(_) => violation_text::actual_array(),
        Node::Object(_) => violation_text::actual_object(),
        Node::Damaged(damage) => violation_text::actual_damage(*damage),
    }
}
