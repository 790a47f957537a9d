//! Fields that should have the same currency.

use super::Walk;
use super::direction::DirectionContext;
use super::direction::find;
use super::path::Place;
use super::text::Buffer;
use crate::schema::SameCurrency;
use crate::value::Reflect;
use crate::{RuleId, rules, violation_text};

impl Walk {
    /// Checks the groups of fields of the body that should have the same currency.
    pub(super) fn same_currency(&mut self, body: &dyn Reflect) {
        for group in body.schema().same_currency {
            if !self.here.applies(group.direction) {
                continue;
            }
            let here = self.here;
            let mut paths = group.paths;
            while let [first, rest @ ..] = paths {
                let mut is_there = false;
                here.text_at(first, body, &Place::root(body.schema()), &mut |code, _| {
                    is_there = true;
                    for path in rest {
                        here.text_at(path, body, &Place::root(body.schema()), &mut |other, at| {
                            self.differs(group, first, code, other, at);
                        });
                    }
                });
                if is_there {
                    break;
                }
                paths = rest;
            }
        }
    }

    fn differs(
        &mut self,
        group: &'static SameCurrency,
        first: &[&str],
        expected: &str,
        code: &str,
        at: &Place<'_>,
    ) {
        if !rules::same_currency(code, expected) {
            let sensitive = at.sensitive;
            self.report(RuleId::SameCurrency, group.severity, at, || {
                (
                    violation_text::expected_same_currency(first, expected),
                    violation_text::actual_text(code, sensitive),
                )
            });
        }
    }
}

impl DirectionContext {
    /// Passes the readable text at the end of a path, with its place, if there is one.
    fn text_at(
        self,
        path: &[&str],
        object: &dyn Reflect,
        at: &Place<'_>,
        seen: &mut dyn FnMut(&str, &Place<'_>),
    ) {
        let [name, rest @ ..] = path else {
            return;
        };
        let schema = object.schema();
        let Some((index, field)) = find(schema, name) else {
            return;
        };
        let (value, at) = (&object.value_at(index), &at.field(index, field));
        if !self.is_there(field, value) {
            return;
        }
        if rest.is_empty() {
            let mut buffer = Buffer::new();
            if let Some(text) = self.readable(value, &field.kind, schema, &mut buffer) {
                seen(&text, at);
            }
        } else {
            self.enter(value, &field.kind, |inner| {
                self.text_at(rest, inner, at, seen);
            });
        }
    }
}
