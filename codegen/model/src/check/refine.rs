//! The refinements of an operation, and the values that conditions test.

use std::borrow::Cow;

use payspec_runtime::Sensitive;
use payspec_runtime::json::Node;

use super::read::Reading;
use super::walk::{Members, Slot, Walk, find};
use crate::model::{Met, Object, Refinement, Test, Type};

impl<'m> Walk<'_, 'm> {
    /// Applies the refinements of the body, in their order.
    pub(super) fn refinements(&mut self, body: &Members<'_>) {
        let described = self.checker.body;
        for refinement in &described.refinements {
            self.refine_in_object(
                refinement,
                &refinement.path,
                &described.object,
                body,
                body,
                None,
            );
        }
    }

    /// Follows the rest of a refinement's path from an object. If an object on the way is absent,
    /// nothing is reported.
    fn refine_in_object(
        &mut self,
        refinement: &'m Refinement,
        path: &'m [String],
        object: &'m Object,
        members: &Members<'_>,
        body: &Members<'_>,
        outer: Option<Sensitive>,
    ) {
        let [name, rest @ ..] = path else { return };
        let Some(field) = object.field(name) else {
            return;
        };
        let slot = Slot::field(field, outer);
        self.at(name, |walk| {
            let reading = match find(members, name) {
                Some(node) => walk.silently(|walk| walk.read(&field.ty, slot, node)),
                None => Reading::Absent,
            };
            walk.refine_value(refinement, rest, &field.ty, slot, &reading, body);
        });
    }

    fn refine_value(
        &mut self,
        refinement: &'m Refinement,
        rest: &'m [String],
        ty: &'m Type,
        slot: Slot<'_>,
        reading: &Reading<'_>,
        body: &Members<'_>,
    ) {
        if rest.is_empty() {
            let described = &self.checker.body.object;
            let absent = reading.is_absent();
            self.constraints(&refinement.constraints, reading, slot);
            self.required_when(&refinement.required_when, absent, described, body);
            self.forbidden_when(&refinement.forbidden_when, absent, described, body);
            return;
        }
        match ty {
            Type::Object(id) | Type::Json(id) => {
                if let Some(members) = reading.members() {
                    let object = self.checker.api.object(*id);
                    self.refine_in_object(refinement, rest, object, members, body, slot.sensitive);
                }
            }
            Type::List(element) => {
                let (Reading::List(nodes), [star, rest @ ..]) = (reading, rest) else {
                    return;
                };
                if star != "*" {
                    return;
                }
                let there = |node: &&Node<'_>| element.holds_null() || **node != Node::Null;
                for (index, node) in nodes.iter().enumerate().filter(|(_, node)| there(node)) {
                    self.at(&index.to_string(), |walk| {
                        let reading = walk
                            .silently(|walk| walk.read(&element.ty, slot.element(element), node));
                        walk.refine_value(
                            refinement,
                            rest,
                            &element.ty,
                            slot.element(element),
                            &reading,
                            body,
                        );
                    });
                }
            }
            Type::Map(map) => {
                let (Reading::Map(members), [star, rest @ ..]) = (reading, rest) else {
                    return;
                };
                if star != "*" {
                    return;
                }
                for (key, node) in self.entries(&map.values, members) {
                    self.at_key(key, slot, |walk| {
                        let reading = walk.silently(|walk| {
                            walk.read(&map.values.ty, slot.value(&map.values), node)
                        });
                        walk.refine_value(
                            refinement,
                            rest,
                            &map.values.ty,
                            slot.value(&map.values),
                            &reading,
                            body,
                        );
                    });
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
            // No path leads into a union.
            | Type::Union(_)
            | Type::Enum(_) => {}
        }
    }

    /// Reads a value again without repeating the errors of its form.
    pub(super) fn silently<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.report.mute(true);
        let reading = read(self);
        self.report.mute(before);
        reading
    }

    /// Returns whether a field of an object has no value; `null` is none.
    pub(super) fn field_has_no_value(
        &mut self,
        object: &'m Object,
        name: &str,
        members: &Members<'_>,
    ) -> bool {
        let (Some(field), Some(node)) = (object.field(name), find(members, name)) else {
            return true;
        };
        self.silently(|walk| {
            walk.read(&field.ty, Slot::field(field, None), node)
                .has_no_value()
        })
    }

    /// Returns whether a field of an object is absent; `null` is a value where the field is nullable.
    pub(super) fn field_is_absent(
        &mut self,
        object: &'m Object,
        name: &str,
        members: &Members<'_>,
    ) -> bool {
        let is_nullable = object.field(name).is_some_and(|field| field.nullable);
        let is_null = is_nullable && find(members, name) == Some(&Node::Null);
        !is_null && self.field_has_no_value(object, name, members)
    }

    /// Returns the text of a scalar field that has its type.
    pub(super) fn scalar_of<'n>(
        &mut self,
        object: &'m Object,
        name: &str,
        members: &'n Members<'n>,
    ) -> Option<Cow<'n, str>> {
        let (field, node) = (object.field(name)?, find(members, name)?);
        let reading = self.silently(|walk| walk.read(&field.ty, Slot::field(field, None), node));
        match reading {
            Reading::Text(text) => Some(text),
            Reading::Inner(text, _) => Some(text.into()),
            Reading::Absent
            | Reading::Null
            | Reading::Spent
            | Reading::List(_)
            | Reading::Map(_)
            | Reading::Tagged(..)
            | Reading::Object(_) => None,
        }
    }

    /// Returns whether the field at the end of a test's path passes the test.
    pub(super) fn test(
        &mut self,
        test: &'m Test,
        object: &'m Object,
        members: &Members<'_>,
    ) -> bool {
        self.test_at(&test.path, &test.met, object, members)
    }

    fn test_at(
        &mut self,
        path: &'m [String],
        met: &'m Met,
        object: &'m Object,
        members: &Members<'_>,
    ) -> bool {
        let [name, rest @ ..] = path else {
            return false;
        };
        let Some(field) = object.field(name) else {
            return false;
        };
        let Some(node) = find(members, name) else {
            return *met == Met::Absent;
        };
        let slot = Slot::field(field, None);
        let is_each = rest.len() == 1 && rest[0] == "*";
        if let (Type::List(element), Node::Array(nodes), true, Met::OneOf(values)) =
            (&field.ty, node, is_each, met)
        {
            return nodes.iter().any(|node| {
                let reading =
                    self.silently(|walk| walk.read(&element.ty, slot.element(element), node));
                is_one_of(reading.text(), values)
            });
        }
        let reading = self.silently(|walk| walk.read(&field.ty, slot, node));
        if reading.has_no_value() {
            return *met == Met::Absent;
        }
        if rest.is_empty() {
            return match met {
                Met::Present => true,
                Met::Absent => false,
                Met::OneOf(values) => is_one_of(reading.text(), values),
            };
        }
        let (Type::Object(id) | Type::Json(id)) = &field.ty else {
            return false;
        };
        reading
            .members()
            .is_some_and(|members| self.test_at(rest, met, self.checker.api.object(*id), members))
    }
}

fn is_one_of(text: Option<&str>, values: &[String]) -> bool {
    text.is_some_and(|text| values.iter().any(|value| value == text))
}
