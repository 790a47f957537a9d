//! Refinements: rules of a body for values deep inside it.

use super::Walk;
use super::fast_path::{ask_for_presence, is_fine};
use super::nodes::{Elements, Members};
use super::path::Place;
use super::text::Buffer;
use crate::Value;
use crate::json::Node;
use crate::path::Way;
use crate::schema::{Kind, Refinement, Rule, RuleAt, Schema};
use crate::value::{Entries, List, Reflect};

impl Walk {
    /// Applies the refinements of the body.
    pub(super) fn refinements(&mut self, body: &dyn Reflect) {
        for refinement in body.schema().refinements {
            if !self.is_kept(refinement, body) {
                self.descend(
                    refinement,
                    refinement.path.way(),
                    body,
                    body,
                    &Place::root(body.schema()),
                );
            }
        }
    }

    /// Returns whether a quick check shows that the refinement is satisfied.
    fn is_kept(&self, refinement: &'static Refinement, body: &dyn Reflect) -> bool {
        if !refinement.required_when.is_empty() || !refinement.forbidden_when.is_empty() {
            return false;
        }
        let Some(mut indexes) = refinement.path.indexes() else {
            return false;
        };
        let mut object = body;
        loop {
            let (index, is_last) = indexes.next();
            // Examined in place: a copy of a value that was just written makes the processor wait.
            let value = &object.value_at(index);
            if is_last {
                return self.is_refined(value, object, index, refinement.rules);
            }
            match value {
                Value::Object(inner) => object = *inner,
                Value::Absent => return true,
                Value::Text(_)
                | Value::Checked(_)
                | Value::Integer(_)
                | Value::Boolean(_)
                | Value::List(_)
                | Value::Map(_)
                | Value::Union(_)
                | Value::Json(_)
                | Value::Node(_) => return false,
            }
        }
    }

    /// Returns whether a quick check shows that the value satisfies the rules of a refinement.
    fn is_refined(
        &self,
        value: &Value<'_>,
        object: &dyn Reflect,
        index: usize,
        rules: &[RuleAt],
    ) -> bool {
        let has_more = || {
            rules
                .iter()
                .any(|rule| !matches!(rule.rule, Rule::Required))
        };
        match value {
            Value::Absent => !ask_for_presence(rules),
            Value::Object(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Union(_)
            | Value::Json(_) => !has_more(),
            value => {
                let field = object.schema().fields.get(index);
                field.is_some_and(|field| is_fine(value, &field.kind, rules, self.here.direction))
            }
        }
    }

    /// Goes down to the values that the path names. If a value on the way is absent or not of its kind,
    /// nothing is refined.
    fn descend(
        &mut self,
        refinement: &'static Refinement,
        way: Way,
        object: &dyn Reflect,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        let schema = object.schema();
        let Some((index, field)) = way.field(schema) else {
            return;
        };
        let rest = way.rest();
        let value = &object.value_at(index);
        let at = &at.field(index, field);
        if !rest.is_over() {
            return self.inside(refinement, rest, value, &field.kind, body, at);
        }
        let present = self.here.is_present(field, value);
        if self.here.is_there(field, value) {
            self.refined(value, &field.kind, refinement, schema, at);
        } else if !present {
            for severity in self.here.requirements(refinement.rules) {
                self.missing(severity, at);
            }
        }
        self.conditions_of(refinement, present, body, at);
    }

    /// Applies the rules to a value that is present. Its type and form were checked before; if they are
    /// wrong, the rules do not apply.
    fn refined(
        &mut self,
        value: &Value<'_>,
        kind: &Kind,
        refinement: &'static Refinement,
        schema: &Schema,
        at: &Place<'_>,
    ) {
        let rules = refinement.rules;
        match (kind, value) {
            (Kind::List(element), Value::List(list)) => {
                self.rules_of_list(*list, element, rules, at);
            }
            (Kind::List(element), Value::Node(Node::Array(list))) => {
                self.rules_of_list(&Elements(list), element, rules, at);
            }
            (Kind::Map(kind), Value::Map(map)) => self.rules_of_map(*map, kind, rules, at),
            (Kind::Map(kind), Value::Node(Node::Object(fields))) => {
                let members = Members::new(fields, self.here.direction);
                self.rules_of_map(&members, kind, rules, at);
            }
            (Kind::Json(_), Value::Object(object)) => {
                self.rules_of_text(&crate::write::json_of(*object), rules, at);
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
                | Kind::Object(_)
                | Kind::List(_)
                | Kind::Map(_)
                | Kind::Union(_)
                | Kind::Json(_)
                | Kind::Any
                | Kind::Nullable(_),
                _,
            ) => {
                let mut buffer = Buffer::new();
                if let Some(text) = self.here.readable(value, kind, schema, &mut buffer) {
                    self.rules_of_text(&text, rules, at);
                }
            }
        }
    }

    fn conditions_of(
        &mut self,
        refinement: &'static Refinement,
        present: bool,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        let Refinement {
            required_when,
            forbidden_when,
            ..
        } = refinement;
        self.conditions(present, required_when, forbidden_when, body, at);
    }

    /// Continues below a value: into every element of a list, every value of a map, or into an object.
    fn inside(
        &mut self,
        refinement: &'static Refinement,
        way: Way,
        value: &Value<'_>,
        kind: &'static Kind,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        if way.name() == Some("*") {
            if let (Kind::List(element), Value::List(list)) = (kind, value) {
                return self.each(refinement, way.rest(), *list, element, body, at);
            }
            if let (Kind::List(element), Value::Node(Node::Array(list))) = (kind, value) {
                return self.each(refinement, way.rest(), &Elements(list), element, body, at);
            }
            if let (Kind::Map(kind), Value::Map(map)) = (kind, value) {
                return self.each_entry(refinement, way.rest(), *map, kind, body, at);
            }
            if let (Kind::Map(kind), Value::Node(Node::Object(fields))) = (kind, value) {
                let members = Members::new(fields, self.here.direction);
                return self.each_entry(refinement, way.rest(), &members, kind, body, at);
            }
        }
        let here = self.here;
        here.enter(value, kind, |inner| {
            self.descend(refinement, way, inner, body, at)
        });
    }

    fn each(
        &mut self,
        refinement: &'static Refinement,
        way: Way,
        list: &dyn List,
        element: &'static Kind,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        for index in 0..list.count() {
            let (value, at) = (&list.value_at(index), &at.element(index));
            if !value.is_absent_as(element) {
                self.below(refinement, way, value, element, body, at);
            }
        }
    }

    fn each_entry(
        &mut self,
        refinement: &'static Refinement,
        way: Way,
        map: &dyn Entries,
        kind: &'static Kind,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        for (key, value) in (0..map.count()).filter_map(|index| map.entry_at(index)) {
            if self.here.has_value(kind, &value) {
                self.below(refinement, way, &value, kind, body, &at.entry(key));
            }
        }
    }

    /// Applies the refinement to an element or entry, or continues into it.
    fn below(
        &mut self,
        refinement: &'static Refinement,
        way: Way,
        value: &Value<'_>,
        kind: &'static Kind,
        body: &dyn Reflect,
        at: &Place<'_>,
    ) {
        let kind = kind.without_null();
        if way.is_over() {
            self.refined(value, kind, refinement, body.schema(), at);
            self.conditions_of(refinement, true, body, at);
        } else {
            self.inside(refinement, way, value, kind, body, at);
        }
    }
}
