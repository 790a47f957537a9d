//! Rules between the fields of an object: conditions, groups, steps of amounts.

use payspec_model::model::{Alternatives, Api, Body, Condition, Field, Met, Object, Test, Type};
use payspec_model::pointer::EACH;
use payspec_runtime::{JsonType, RuleId};

use super::dialect::conjoin;
use super::typed::Typed;
use super::{Unsaid, Why, Writer, number};
use crate::json::{Json, Map};

/// Conditional assertions of an object, to be joined with its schema.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Conditions {
    /// Fields that need others: the deciding field, and the required ones.
    dependent: Map,
    /// Schemas that must all hold.
    all: Vec<Map>,
}

impl Conditions {
    pub(super) fn push(&mut self, schema: Map) {
        self.all.push(schema);
    }

    /// Adds the requirement of a field when another field is present.
    fn depend(&mut self, deciding: &str, required: &str) {
        let mut list = match self.dependent.take(deciding) {
            Some(Json::List(list)) => list,
            Some(_) | None => Vec::new(),
        };
        list.push(required.into());
        self.dependent.set(deciding, list);
    }

    /// Adds the assertions to the schema of the object.
    pub(crate) fn join(self, schema: &mut Map) {
        let Conditions { dependent, all } = self;
        if !dependent.is_empty() {
            schema.set("dependentRequired", dependent);
        }
        // Generators of code lose the properties of an object with `if` or `anyOf` beside them.
        if !all.is_empty() {
            conjoin(schema, Map::new().with("allOf", all));
        }
    }

    /// Removes the assertions that others also have.
    pub(crate) fn without(mut self, others: &Conditions) -> Self {
        self.all.retain(|one| !others.all.contains(one));
        for (deciding, _) in others.dependent.iter() {
            if self.dependent.get(deciding) == others.dependent.get(deciding) {
                self.dependent.take(deciding);
            }
        }
        self
    }

    /// Keeps the assertions that others also have.
    pub(crate) fn shared_with(mut self, others: &Conditions) -> Self {
        self.all.retain(|one| others.all.contains(one));
        let dependent = self.dependent.into_iter();
        self.dependent = dependent
            .filter(|(deciding, list)| others.dependent.get(deciding) == Some(list))
            .collect();
        self
    }
}

impl Writer<'_> {
    /// Returns the rules between the fields of an object.
    pub(super) fn conditions(&mut self, object: &Object) -> Conditions {
        let mut conditions = Conditions::default();
        for field in &object.fields {
            let path = std::slice::from_ref(&field.name);
            let rules = (
                field.required_when.as_slice(),
                field.forbidden_when.as_slice(),
            );
            self.conditional(object, path, rules, &mut conditions);
        }
        for group in &object.at_least_one_of {
            self.alternatives(object, group, &mut conditions);
        }
        for amount in &object.amounts {
            self.amount(object, amount, &mut conditions);
        }
        conditions
    }

    /// Adds the rules of a body between its fields, and the fields inside them.
    pub(super) fn conditions_of_body(&mut self, body: &Body, conditions: &mut Conditions) {
        for refinement in &body.refinements {
            let rules = (
                refinement.required_when.as_slice(),
                refinement.forbidden_when.as_slice(),
            );
            self.conditional(&body.object, &refinement.path, rules, conditions);
        }
        for group in &body.same_currency {
            if self.asserts(&group.strength) {
                self.unsaid.push(Unsaid {
                    origin: group.origin,
                    rule: Some(RuleId::SameCurrency),
                    why: Why::TwoValues,
                });
            }
        }
    }

    /// Adds the conditions of the field at a path.
    fn conditional(
        &mut self,
        object: &Object,
        path: &[String],
        (required, forbidden): (&[Condition], &[Condition]),
        conditions: &mut Conditions,
    ) {
        // Documents of OpenAPI 3.0 only have the words.
        if !self.dialect.is_modern() {
            return;
        }
        let required = required.iter().map(|one| (one, RuleId::RequiredWhen));
        let forbidden = forbidden.iter().map(|one| (one, RuleId::ForbiddenWhen));
        for (condition, rule) in required.chain(forbidden) {
            let Some(test) = condition
                .test
                .as_ref()
                .filter(|_| self.asserts(&condition.strength))
            else {
                continue;
            };
            let is_required = rule == RuleId::RequiredWhen;
            let may_be_null = |name: &str| object.field(name).is_some_and(|field| field.nullable);
            if let (true, false, Met::Present, [deciding], [name]) = (
                is_required,
                self.dialect.is_exact(),
                &test.met,
                test.path.as_slice(),
                path,
            ) && !may_be_null(deciding)
            {
                conditions.depend(deciding, name);
                continue;
            }
            let when = self.test(object, &test.path, test);
            let then = self.at(object, path, &|writer, object, field| {
                let present = writer.is_there(object, &field.name);
                match is_required {
                    true => present,
                    false => Map::new().with("not", present),
                }
            });
            match (when, then) {
                (Some(when), Some(then)) => {
                    conditions.push(Map::new().with("if", when).with("then", then));
                }
                (_, _) => self.unsaid.push(Unsaid {
                    origin: condition.origin,
                    rule: Some(rule),
                    why: Why::ConditionInsideText,
                }),
            }
        }
    }

    /// Returns the schema of an object in which a field has a value; `null` is none.
    pub(super) fn present(&self, object: &Object, name: &str) -> Map {
        let schema = Map::new().with("required", vec![name]);
        let Some(field) = object.field(name) else {
            return schema;
        };
        let absent = match self.dialect.is_exact() {
            true => self.absent_values(field),
            false if field.nullable => vec![Json::Null],
            false => Vec::new(),
        };
        self.without(schema, name, absent)
    }

    /// Returns the schema of an object that has a field, be it `null` where this is a value.
    fn is_there(&self, object: &Object, name: &str) -> Map {
        match object.field(name).filter(|field| field.nullable) {
            None => self.present(object, name),
            Some(field) => {
                let is_empty = self.dialect.is_exact() && self.empty_is_absent(field);
                let absent = is_empty.then(|| Json::from("")).into_iter().collect();
                self.without(Map::new().with("required", vec![name]), name, absent)
            }
        }
    }

    /// Returns the schema of an object whose field does not have these values.
    fn without(&self, schema: Map, name: &str, absent: Vec<Json>) -> Map {
        match absent.is_empty() {
            true => schema,
            false => {
                let value = Map::new().with("not", Map::new().with("enum", absent));
                schema.with("properties", Map::new().with(name, value))
            }
        }
    }

    /// Returns the values that count as absent in a field.
    pub(super) fn absent_values(&self, field: &Field) -> Vec<Json> {
        let mut values = Vec::new();
        if !field.ty.holds_null() {
            values.push(Json::Null);
        }
        if self.empty_is_absent(field) {
            values.push("".into());
        }
        values
    }

    /// Returns the schema of an object that passes a test; [`None`] if the path leads into a text.
    fn test(&self, object: &Object, path: &[String], test: &Test) -> Option<Map> {
        match test.met {
            Met::Absent => {
                let present = self.leads(object, path, &|_, _| Some(Map::new()))?;
                Some(Map::new().with("not", present))
            }
            Met::Present => self.leads(object, path, &|_, _| Some(Map::new())),
            Met::OneOf(ref values) => self.leads(object, path, &|_, value| {
                let ty = self.api.written_as(value.ty);
                let natives = || values.iter().filter_map(|value| native(ty, value));
                let texts = || values.iter().map(Json::from);
                let all: Vec<Json> = match (self.dialect.is_exact(), self.json_type(value)) {
                    (true, _) => texts().chain(natives()).collect(),
                    (false, Some(JsonType::Number | JsonType::Boolean)) => natives().collect(),
                    (false, Some(JsonType::String) | None) => texts().collect(),
                };
                Some(Map::new().with("enum", all))
            }),
        }
    }

    /// Returns the schema of an object in which a path leads to a value with a schema.
    fn leads(
        &self,
        object: &Object,
        path: &[String],
        value: &dyn Fn(&Self, Typed<'_>) -> Option<Map>,
    ) -> Option<Map> {
        let [name, rest @ ..] = path else { return None };
        let field = object.field(name)?;
        let inner = match (rest, &field.ty) {
            ([], _) => value(self, Typed::of_field(field))?,
            ([each], Type::List(element)) if each == EACH => Map::new()
                .with("type", "array")
                .with("contains", value(self, Typed::of_element(element))?),
            (rest, Type::Object(id)) => self
                .leads(self.api.object(*id), rest, value)?
                .with("type", "object"),
            (
                _,
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
                | Type::List(_)
                | Type::Map(_)
                | Type::Union(_)
                | Type::Json(_)
                | Type::Any,
            ) => return None,
        };
        let mut schema = self.present(object, name);
        if !inner.is_empty() {
            let absent = match schema.take("properties") {
                Some(Json::Object(mut properties)) => properties.take(name),
                Some(_) | None => None,
            };
            let mut both = inner;
            if let Some(Json::Object(absent)) = absent {
                conjoin(&mut both, absent);
            }
            schema.set("properties", Map::new().with(name, both));
        }
        Some(schema)
    }

    /// Returns the schema of an object with an assertion about the object that has the field at a path; [`None`] if
    /// the path leads into a text.
    fn at(
        &self,
        object: &Object,
        path: &[String],
        assertion: &dyn Fn(&Self, &Object, &Field) -> Map,
    ) -> Option<Map> {
        let [name, rest @ ..] = path else { return None };
        let field = object.field(name)?;
        if rest.is_empty() {
            return Some(assertion(self, object, field));
        }
        let inner = at_value(self.api, &field.ty, rest, &|object, rest| {
            self.at(object, rest, assertion)
        })?;
        Some(Map::new().with("properties", Map::new().with(name, inner)))
    }

    fn alternatives(&self, object: &Object, group: &Alternatives, conditions: &mut Conditions) {
        let Alternatives {
            fields,
            strength,
            origin: _,
        } = group;
        if self.asserts(strength) {
            let ways = fields.iter().map(|name| self.present(object, name));
            conditions.push(Map::new().with("anyOf", ways.collect::<Json>()));
        }
    }
}

/// Follows a path from a value: into an object, the elements of a list, or the values of a map.
fn at_value(
    api: &Api,
    ty: &Type,
    path: &[String],
    inside: &dyn Fn(&Object, &[String]) -> Option<Map>,
) -> Option<Map> {
    match (ty, path) {
        (Type::Object(id), path) => inside(api.object(*id), path),
        (Type::List(element), [each, rest @ ..]) if each == EACH && !rest.is_empty() => {
            let items = at_value(api, &element.ty, rest, inside)?;
            Some(Map::new().with("items", items))
        }
        (Type::Map(map), [each, rest @ ..]) if each == EACH && !rest.is_empty() => {
            let values = at_value(api, &map.values.ty, rest, inside)?;
            Some(Map::new().with("additionalProperties", values))
        }
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
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any,
            _,
        ) => None,
    }
}

/// Returns a text as the native value that has it; [`None`] if values of the type are texts.
pub(super) fn native(ty: &Type, text: &str) -> Option<Json> {
    match ty {
        Type::Integer | Type::Decimal | Type::Timestamp(_) => number::json(text).map(Json::from),
        Type::Boolean => Some((text == "true").into()),
        Type::String
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
        | Type::Json(_)
        | Type::Any => None,
    }
}
