//! Walks a message along the objects that the spec describes.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::rules::BodyForm;
use payspec_runtime::{Direction, JsonType, RuleId, Sensitive, Severity, violation_text};

use super::findings::Report;
use super::read::{Reading, actual_kind};
use super::{Checker, Findings};
use crate::model::{Alternatives, Condition, Element, Field, Object, Origin, Response, Test, Type};
use crate::naming;

/// The members of a JSON object, in order, duplicates included.
pub(super) type Members<'n> = [(Cow<'n, str>, Node<'n>)];

/// One walk over one message.
pub(super) struct Walk<'c, 'm> {
    pub(super) checker: &'c Checker<'m>,
    pub(super) report: Report,
    /// The answer of the message's HTTP status, where answers differ.
    response: Option<&'m Response>,
}

/// The place of a value: its origin in the spec, and whether it is sensitive.
#[derive(Clone, Copy)]
pub(super) struct Slot<'s> {
    /// True for an element of a list, where `null` is a value.
    pub(super) element: bool,
    /// True if `null` is a value, and not an absent one.
    pub(super) nullable: bool,
    /// True for a field that may be absent.
    pub(super) optional: bool,
    /// The reason why its text must not be shown.
    pub(super) sensitive: Option<Sensitive>,
    /// The field of this place, or the field whose list contains it.
    pub(super) field: &'s Field,
    /// The type of the value.
    pub(super) ty: &'s Type,
    /// The JSON type of the value, if it has one of its own.
    pub(super) json_type: Option<JsonType>,
    /// The place of its description in the spec.
    pub(super) origin: Origin,
}

impl<'s> Slot<'s> {
    pub(super) fn field(field: &'s Field, outer: Option<Sensitive>) -> Self {
        Slot {
            element: false,
            nullable: field.nullable,
            optional: !field.plain,
            // Everything inside a sensitive value is sensitive.
            sensitive: field.sensitive.or(outer),
            field,
            ty: &field.ty,
            json_type: field.json_type,
            origin: field.origin,
        }
    }

    /// Returns a value of the map in this place.
    pub(super) fn value(self, value: &'s Element) -> Self {
        Slot {
            ty: &value.ty,
            json_type: value.json_type,
            element: false,
            nullable: value.nullable,
            optional: true,
            ..self
        }
    }

    /// Returns an element of the list in this place.
    pub(super) fn element(self, element: &'s Element) -> Self {
        Slot {
            ty: &element.ty,
            json_type: element.json_type,
            element: true,
            nullable: element.nullable,
            optional: false,
            ..self
        }
    }
}

impl<'c, 'm> Walk<'c, 'm> {
    pub(super) fn new(checker: &'c Checker<'m>) -> Self {
        Walk {
            checker,
            report: Report::new(),
            response: None,
        }
    }

    /// Sets the answer whose fields must be present.
    pub(super) fn with_response(self, response: Option<&'m Response>) -> Self {
        Walk { response, ..self }
    }

    pub(super) fn message(mut self, message: &Node<'_>) -> Findings {
        let body = &self.checker.body.object;
        let message = &*self.checker.operation.members(self.checker.body, message);
        let has_all = if let Node::Object(members) = message {
            let has_all = self.object(body, members, None, None);
            if let Some(response) = self.response {
                self.required_by(response, body, members);
            }
            self.refinements(members);
            self.same_currency(members);
            has_all
        } else {
            self.report
                .add(RuleId::Type, Severity::Error, body.origin, || {
                    (violation_text::expected_object(), actual_kind(message))
                });
            false
        };
        if !has_all {
            self.report.lose();
        }
        match self.checker.direction {
            Direction::Incoming => self.report.finish(Some(&self.checker.decisive)),
            Direction::Outgoing => self.report.finish(None),
        }
    }

    /// Runs `visit` with `name` added to the path.
    pub(super) fn at<R>(&mut self, name: &str, visit: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.report.enter(name);
        let result = visit(self);
        self.report.leave(outer);
        result
    }

    /// Runs `visit` with the name of a field added to the path. A whole body has the path of the message, unless it is a
    /// member of it.
    pub(super) fn at_field<R>(&mut self, field: &Field, visit: impl FnOnce(&mut Self) -> R) -> R {
        match field.is_whole_body() && self.checker.body.object.form() != BodyForm::Members {
            true => visit(self),
            false => self.at(&field.name, visit),
        }
    }

    /// Walks an object, which may have a tag beside its fields. Returns whether it has all the fields that its generated
    /// type always has.
    fn object(
        &mut self,
        object: &'m Object,
        members: &Members<'_>,
        outer: Option<Sensitive>,
        tag: Option<&str>,
    ) -> bool {
        for field in &object.fields {
            let value = find(members, &field.name);
            // Most fields are optional and absent.
            if value.is_some() || field.is_ever_required() {
                self.at_field(field, |walk| walk.field(field, value, outer));
            }
        }
        for field in &object.fields {
            self.conditions(object, field, members);
        }
        for group in &object.at_least_one_of {
            self.alternatives(object, group, members);
        }
        for amount in &object.amounts {
            self.amount(object, amount, members, outer);
        }
        self.unknown_members(object, members, tag);
        if !self.report.has_lost_any() {
            return true;
        }
        let mut plain = object.fields.iter().filter(|field| field.plain);
        plain.all(|field| self.at_field(field, |walk| !walk.report.has_lost()))
    }

    fn field(&mut self, field: &'m Field, value: Option<&Node<'_>>, outer: Option<Sensitive>) {
        let slot = Slot::field(field, outer);
        let reading = match value {
            Some(value) => self.read(&field.ty, slot, value),
            None => Reading::Absent,
        };
        if reading.is_absent() && field.required {
            if field.plain {
                self.report.lose();
            }
            self.missing(Severity::Error, field.origin);
        }
        self.constraints(&field.constraints, &reading, slot);
        self.inside(&field.ty, slot, &reading);
    }

    /// Continues into a value that has inner values. A value is lost with any inner value that it
    /// requires.
    pub(super) fn inside(&mut self, ty: &'m Type, slot: Slot<'_>, reading: &Reading<'_>) {
        match ty {
            Type::Object(id) | Type::Json(id) => {
                let Some(members) = reading.members() else {
                    return;
                };
                if !self.object(self.checker.api.object(*id), members, slot.sensitive, None) {
                    self.report.lose();
                }
            }
            Type::Union(id) => {
                let Reading::Tagged(object, members) = reading else {
                    return;
                };
                let tag = self.checker.api.union(*id).discriminator.field();
                let object = self.checker.api.object(*object);
                if !self.object(object, members, slot.sensitive, tag) {
                    self.report.lose();
                }
            }
            Type::List(element) => {
                let Reading::List(nodes) = reading else {
                    return;
                };
                let mut has_all = true;
                for (index, node) in nodes.iter().enumerate() {
                    has_all &= self.at(&index.to_string(), |walk| {
                        walk.element(element, slot.element(element), node);
                        !walk.report.has_lost()
                    });
                }
                if !has_all {
                    self.report.lose();
                }
            }
            Type::Map(map) => {
                if let Reading::Map(members) = reading {
                    self.map(map, slot, members);
                }
            }
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_) => {}
        }
    }

    /// Checks an element of a list, or a value of a map.
    pub(super) fn element(&mut self, element: &'m Element, slot: Slot<'_>, node: &Node<'_>) {
        let reading = self.read(&element.ty, slot, node);
        self.constraints(&element.constraints, &reading, slot);
        self.inside(&element.ty, slot, &reading);
    }

    /// Checks the conditions under which a field must be present or absent.
    fn conditions(&mut self, object: &'m Object, field: &'m Field, members: &Members<'_>) {
        if field.required_when.is_empty() && field.forbidden_when.is_empty() {
            return;
        }
        let absent = self.field_is_absent(object, &field.name, members);
        self.at_field(field, |walk| {
            walk.required_when(&field.required_when, absent, object, members);
            walk.forbidden_when(&field.forbidden_when, absent, object, members);
        });
    }

    pub(super) fn required_when(
        &mut self,
        conditions: &'m [Condition],
        absent: bool,
        object: &'m Object,
        members: &Members<'_>,
    ) {
        for condition in conditions.iter().filter(|_| absent) {
            if let Some(test) = self.met(condition, object, members) {
                self.report.add(
                    RuleId::RequiredWhen,
                    condition.strength.severity,
                    condition.origin,
                    || {
                        let expected = violation_text::expected_required_when(
                            &test.path,
                            test.met.as_runtime(),
                        );
                        (expected, violation_text::actual_absent())
                    },
                );
            }
        }
    }

    pub(super) fn forbidden_when(
        &mut self,
        conditions: &'m [Condition],
        absent: bool,
        object: &'m Object,
        members: &Members<'_>,
    ) {
        for condition in conditions.iter().filter(|_| !absent) {
            if let Some(test) = self.met(condition, object, members) {
                self.report.add(
                    RuleId::ForbiddenWhen,
                    condition.strength.severity,
                    condition.origin,
                    || {
                        let expected = violation_text::expected_forbidden_when(
                            &test.path,
                            test.met.as_runtime(),
                        );
                        (expected, violation_text::actual_present())
                    },
                );
            }
        }
    }

    /// Returns the test of a condition that applies in this direction and is met.
    fn met(
        &mut self,
        condition: &'m Condition,
        object: &'m Object,
        members: &Members<'_>,
    ) -> Option<&'m Test> {
        let test = condition.test.as_ref()?;
        let holds = self.checker.holds(condition.strength.direction);
        (holds && self.test(test, object, members)).then_some(test)
    }

    fn alternatives(&mut self, object: &'m Object, group: &'m Alternatives, members: &Members<'_>) {
        let holds = self.checker.holds(group.strength.direction);
        let none = |walk: &mut Self| {
            group
                .fields
                .iter()
                .all(|name| walk.field_has_no_value(object, name, members))
        };
        if holds && none(self) {
            self.report.add(
                RuleId::AtLeastOneOf,
                group.strength.severity,
                group.origin,
                || {
                    (
                        violation_text::expected_at_least_one_of(&group.fields).to_phrase(),
                        violation_text::actual_absent(),
                    )
                },
            );
        }
    }

    /// Reports unknown and duplicate members of the object.
    fn unknown_members(&mut self, object: &'m Object, members: &Members<'_>, tag: Option<&str>) {
        // Most messages have the order of the spec, so a name comes after all names before it.
        let mut next = 0;
        for (index, (name, _)) in members.iter().enumerate() {
            let Some(position) = object.position(name, next) else {
                if self.checker.is_strict() && tag.is_none_or(|tag| tag != name) {
                    self.stranger(object, name);
                }
                continue;
            };
            let is_behind = position >= next;
            next = next.max(position + 1);
            let mut before = members.iter().take(index);
            if !is_behind && before.any(|(other, _)| other == name) {
                let origin = object.fields[position].origin;
                self.at(name, |walk| {
                    walk.report.lose();
                    walk.report
                        .add(RuleId::DuplicateField, Severity::Error, origin, || {
                            (
                                violation_text::expected_single_field(),
                                violation_text::actual_again(),
                            )
                        });
                });
            }
        }
    }

    /// Reports an unknown member.
    fn stranger(&mut self, object: &'m Object, name: &str) {
        let names = || object.fields.iter().map(|field| field.name.as_str());
        self.at(name, |walk| {
            walk.report.add(
                RuleId::UnknownField,
                Severity::Warning,
                object.origin,
                || {
                    // In the words of the generated validator.
                    let ty = naming::type_name(&object.name);
                    let ty = ty.as_deref().unwrap_or(&object.name);
                    let expected = violation_text::expected_known_field(ty, name, names());
                    (expected, violation_text::actual_unknown_field(name))
                },
            );
        });
    }

    pub(super) fn missing(&mut self, severity: Severity, origin: Origin) {
        self.report.add(RuleId::Required, severity, origin, || {
            (
                violation_text::expected_present(),
                violation_text::actual_absent(),
            )
        });
    }
}

/// Returns the first member with this name.
pub(super) fn find<'a, 'n>(members: &'a Members<'n>, name: &str) -> Option<&'a Node<'n>> {
    members
        .iter()
        .find(|(member, _)| member == name)
        .map(|(_, value)| value)
}
