//! Fields of a body that should have the same currency.

use payspec_runtime::json::Node;
use payspec_runtime::{RuleId, Sensitive, rules, violation_text};

use super::read::Reading;
use super::walk::{Members, Slot, Walk, find};
use crate::model::{Object, SameCurrency, Type};

/// A readable currency code, with the reason why it must not be shown, if any.
struct Code {
    text: String,
    sensitive: Option<Sensitive>,
}

impl<'m> Walk<'_, 'm> {
    /// Checks the groups of fields of the body that should have the same currency.
    pub(super) fn same_currency(&mut self, body: &Members<'_>) {
        let described = self.checker.body;
        for group in &described.same_currency {
            if self.checker.holds(group.strength.direction) {
                self.one_currency(group, &described.object, body);
            }
        }
    }

    fn one_currency(&mut self, group: &'m SameCurrency, object: &'m Object, body: &Members<'_>) {
        let mut first: Option<(&[String], String)> = None;
        for path in &group.paths {
            let Some(code) = self.code_at(path, object, body, None) else {
                continue;
            };
            match &first {
                None => first = Some((path, code.text)),
                Some((_, expected)) if rules::same_currency(&code.text, expected) => {}
                Some((path_of_first, expected)) => {
                    self.along(path, &mut |walk| {
                        walk.report.add(
                            RuleId::SameCurrency,
                            group.strength.severity,
                            group.origin,
                            || {
                                (
                                    violation_text::expected_same_currency(path_of_first, expected),
                                    violation_text::actual_text(&code.text, code.sensitive),
                                )
                            },
                        );
                    });
                }
            }
        }
    }

    /// Runs `visit` at the end of a path.
    fn along(&mut self, path: &[String], visit: &mut dyn FnMut(&mut Self)) {
        match path {
            [] => visit(self),
            [name, rest @ ..] => self.at(name, |walk| walk.along(rest, visit)),
        }
    }

    /// Returns the text at the end of a path, if it is present and is a currency.
    fn code_at(
        &mut self,
        path: &'m [String],
        object: &'m Object,
        members: &Members<'_>,
        outer: Option<Sensitive>,
    ) -> Option<Code> {
        let [name, rest @ ..] = path else { return None };
        let field = object.field(name)?;
        let node: &Node<'_> = find(members, name)?;
        let slot = Slot::field(field, outer);
        let reading = self.silently(|walk| walk.read(&field.ty, slot, node));
        if rest.is_empty() {
            return match reading {
                Reading::Text(text) => Some(Code {
                    text: text.into_owned(),
                    sensitive: slot.sensitive,
                }),
                Reading::Absent
                | Reading::Null
                | Reading::Spent
                | Reading::List(_)
                | Reading::Map(_)
                | Reading::Tagged(..)
                | Reading::Object(_)
                | Reading::Inner(..) => None,
            };
        }
        let (Type::Object(id) | Type::Json(id)) = &field.ty else {
            return None;
        };
        let inner = self.checker.api.object(*id);
        self.code_at(rest, inner, reading.members()?, slot.sensitive)
    }
}
