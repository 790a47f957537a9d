//! Objects and their fields.

use std::borrow::Cow;

use payspec_model::format::{EnumType, Scalars};
use payspec_model::model::{Body, Constraint, Element, Enum, Field, Object, ObjectId, Rule, Type};
use payspec_model::pointer::EACH;
use payspec_runtime::rules::BodyForm;

use super::condition::Conditions;
use super::dialect::with_reference_alone;
use super::typed::Typed;
use super::{Dialect, Writer, comment, in_body};
use crate::json::{Json, Map};
use crate::scalar::Scalar;
use payspec_model::model::Refined;

/// The schema of an object in parts.
#[derive(Debug, Clone)]
pub(crate) struct BodySchema {
    description: String,
    fields: Vec<Property>,
    conditions: Conditions,
    notes: Map,
    comment: Option<String>,
    /// The relation between the JSON and the fields.
    form: BodyForm,
}

/// A field in the schema of its object.
#[derive(Debug, Clone, PartialEq)]
struct Property {
    name: String,
    required: bool,
    schema: Map,
    is_whole_body: bool,
}

impl BodySchema {
    /// Returns whether it asserts the same as another one: the same fields and conditions.
    fn asserts_the_same(&self, other: &BodySchema) -> bool {
        self.fields == other.fields && self.conditions == other.conditions
    }

    /// Returns the whole schema.
    pub(crate) fn whole(mut self) -> Map {
        let value = self.fields.iter().position(|field| field.is_whole_body);
        match (self.form, value) {
            (BodyForm::Members, _) | (_, None) => self.object(),
            (BodyForm::Value, Some(at)) => self.fields.remove(at).schema,
            (BodyForm::ListOrMembers, Some(at)) => {
                let list = self.fields.remove(at).schema;
                Map::new().with("anyOf", vec![list, self.object()])
            }
        }
    }

    fn object(self) -> Map {
        let mut schema = Map::new()
            .with("type", "object")
            .with_filled("description", self.description);
        add(&mut schema, self.fields, self.conditions);
        schema.with_some("$comment", self.comment).and(self.notes)
    }

    /// Splits bodies into what all of them have, and what each has besides. The first is empty if they share nothing.
    pub(crate) fn split(bodies: Vec<BodySchema>) -> (Map, Vec<BodySchema>) {
        let mut all = bodies.iter();
        let Some(first) = all.next() else {
            return (Map::new(), bodies);
        };
        // A list or single value shares no fields with others.
        if bodies.iter().any(|body| body.form != BodyForm::Members) {
            return (Map::new(), bodies);
        }
        let (mut fields, mut conditions) = (first.fields.clone(), first.conditions.clone());
        for other in all {
            fields.retain(|field| other.fields.contains(field));
            conditions = conditions.shared_with(&other.conditions);
        }
        let rest = bodies.into_iter().map(|mut body| {
            body.fields.retain(|field| !fields.contains(field));
            body.conditions = body.conditions.without(&conditions);
            body
        });
        let rest = rest.collect();
        if fields.is_empty() {
            return (Map::new(), rest);
        }
        let mut shared = Map::new().with("type", "object");
        add(&mut shared, fields, conditions);
        (shared, rest)
    }

    /// Returns the schema of what a body has besides a shared schema.
    pub(crate) fn beside(self, shared: Map) -> Map {
        let mut own = Map::new().with("type", "object");
        add(&mut own, self.fields, self.conditions);
        Map::new()
            .with_filled("description", self.description)
            .with("allOf", vec![shared, own])
            .with_some("$comment", self.comment)
            .and(self.notes)
    }
}

/// Adds fields and conditions to a schema.
fn add(schema: &mut Map, fields: Vec<Property>, conditions: Conditions) {
    let required = fields.iter().filter(|field| field.required);
    let required: Vec<&str> = required.map(|field| field.name.as_str()).collect();
    if !required.is_empty() {
        schema.set("required", required);
    }
    let properties = fields.into_iter();
    let properties: Map = properties
        .map(|field| (field.name, Json::from(field.schema)))
        .collect();
    if !properties.is_empty() {
        schema.set("properties", properties);
    }
    conditions.join(schema);
}

impl Writer<'_> {
    /// Returns the schema of a shared object.
    pub(crate) fn object(&mut self, id: ObjectId) -> Map {
        self.parts_of_object(id).whole()
    }

    fn parts_of_object(&mut self, id: ObjectId) -> BodySchema {
        let object = self.api.object(id);
        self.parts(object, object, &Refined::default())
    }

    /// Returns the name of the schema of a body that is a shared object as a whole, if the operation adds no rules.
    pub(crate) fn name_of_body(&mut self, body: &Body) -> Option<String> {
        let [id] = body.named.as_slice() else {
            return None;
        };
        let (own, shared) = (self.body(body), self.parts_of_object(*id));
        let is_same = own.asserts_the_same(&shared) && body.same_currency.is_empty();
        is_same.then(|| self.names.object(*id, self.direction).to_owned())
    }

    /// Returns whether a field of a request must be present, and its schema, for a parameter.
    pub(crate) fn parameter(&mut self, request: &Body, field: &Field) -> (bool, Map) {
        let refined = Refined::of(request);
        let property = self.property(field, refined.child(&field.name));
        (property.required, property.schema)
    }

    /// Returns the schema of a body, with the refinements of its operation.
    pub(crate) fn body(&mut self, body: &Body) -> BodySchema {
        // A JSON Schema is of the whole request, a document of its body.
        let asserted = match self.dialect.is_exact() {
            true => Cow::Borrowed(body),
            false => in_body(body),
        };
        let mut parts = self.parts(&body.object, &asserted.object, &Refined::of(body));
        let before = self.unsaid.len();
        self.conditions_of_body(&asserted, &mut parts.conditions);
        let comments = [parts.comment, self.comment_since(before)];
        let comments: Vec<String> = comments.into_iter().flatten().collect();
        parts.comment = (!comments.is_empty()).then(|| comments.join(" "));
        parts.notes = parts.notes.and(self.notes_of_body(body));
        parts.form = asserted.object.form();
        parts
    }

    /// Returns the schema of an object with the fields and rules of `asserted`.
    fn parts(&mut self, object: &Object, asserted: &Object, refined: &Refined<'_>) -> BodySchema {
        let is_asserted = |field: &&Field| asserted.field(&field.name).is_some();
        let fields = object.fields.iter().filter(is_asserted);
        let fields = fields.map(|field| self.property(field, refined.child(&field.name)));
        let fields = fields.collect();
        let before = self.unsaid.len();
        let conditions = self.conditions(asserted);
        BodySchema {
            description: object.description.clone(),
            fields,
            conditions,
            form: BodyForm::Members,
            comment: self.comment_since(before),
            notes: self.notes_of_object(object),
        }
    }

    /// Returns the `$comment` about the rules that were left out since there were so many.
    fn comment_since(&self, before: usize) -> Option<String> {
        let new = self.unsaid.get(before..).unwrap_or_default();
        comment(new).filter(|_| self.dialect.is_exact())
    }

    fn property(&mut self, field: &Field, refined: Option<&Refined<'_>>) -> Property {
        let required = self.is_required(field, refined);
        Property {
            name: field.name.clone(),
            required,
            schema: self.field(field, refined, required),
            is_whole_body: field.is_whole_body(),
        }
    }

    /// Returns whether a message without the field is invalid.
    pub(super) fn is_required(&self, field: &Field, refined: Option<&Refined<'_>>) -> bool {
        field.required
            || self.requires(&field.constraints)
            || refined.is_some_and(|refined| self.requires(refined.constraints.iter().copied()))
    }

    fn requires<'c>(&self, constraints: impl IntoIterator<Item = &'c Constraint>) -> bool {
        let mut constraints = constraints.into_iter();
        constraints.any(|one| one.rule == Rule::Required && self.asserts(&one.strength))
    }

    /// Returns the schema of a field.
    fn field(&mut self, field: &Field, refined: Option<&Refined<'_>>, required: bool) -> Map {
        let before = self.unsaid.len();
        let mut schema = self.value(Typed::of_field(field), self.site(field));
        if let Some(refined) = refined.filter(|refined| refined.has_children()) {
            schema = self.inside(&field.ty, field, schema, refined);
        }
        let own = field.constraints.iter();
        let added = refined
            .iter()
            .flat_map(|refined| refined.constraints.iter().copied());
        for constraint in own.chain(added) {
            self.constrain(&mut schema, constraint, Typed::of_field(field));
        }
        let absent = self.absent_values(field);
        if self.dialect.is_exact() && !required && !absent.is_empty() && !schema.is_empty() {
            let absent = Map::new().with("enum", absent);
            schema = Map::new().with("anyOf", vec![schema, absent]);
        }
        if field.nullable {
            schema = self.or_null(schema, required);
        }
        let comment = self.comment_since(before);
        let notes = self.notes_of_field(field, refined);
        let schema = notes.around(schema).with_some("$comment", comment);
        match self.dialect {
            Dialect::OpenApi30 => with_reference_alone(schema),
            Dialect::JsonSchema | Dialect::OpenApi31 => schema,
        }
    }

    /// Returns a schema that allows `null`, too. In a JSON Schema, an optional field allows it in any case.
    pub(super) fn or_null(&self, mut schema: Map, required: bool) -> Map {
        match self.dialect {
            Dialect::JsonSchema if !required || schema.is_empty() => schema,
            Dialect::OpenApi30 => {
                if let Some(Json::List(mut values)) = schema.take("enum") {
                    values.push(Json::Null);
                    schema.set("enum", values);
                }
                schema.with("nullable", true)
            }
            Dialect::JsonSchema | Dialect::OpenApi31 => {
                let is_listed = schema.get("enum").or(schema.get("const")).is_some();
                match (schema.get("type"), is_listed) {
                    (Some(Json::Text(ty)), false) => {
                        let types: Vec<Json> = vec![Json::Text(ty.clone()), "null".into()];
                        schema.set("type", types);
                        schema
                    }
                    (_, _) => {
                        let null = Map::new().with("type", "null");
                        Map::new().with("anyOf", vec![schema, null])
                    }
                }
            }
        }
    }

    /// Adds the refinements inside a value to its schema.
    fn inside(&mut self, ty: &Type, field: &Field, schema: Map, refined: &Refined<'_>) -> Map {
        match ty {
            Type::Object(id) => {
                let object = self.api.object(*id);
                let mut overlay = Map::new().with("type", "object");
                let mut fields = Vec::new();
                for (inner, refined) in refined.fields(object) {
                    let mut property = self.property(inner, Some(refined));
                    // The object itself has its own requirements.
                    property.required = self.requires(refined.constraints.iter().copied());
                    fields.push(property);
                }
                add(&mut overlay, fields, Conditions::default());
                Map::new().with("allOf", vec![schema, overlay])
            }
            Type::List(element) => {
                let Some(refined) = refined.child(EACH) else {
                    return schema;
                };
                schema.with("items", self.refined_element(element, field, refined))
            }
            Type::Map(map) => {
                let Some(refined) = refined.child(EACH) else {
                    return schema;
                };
                let values = self.refined_element(&map.values, field, refined);
                let overlay = Map::new().with("additionalProperties", values);
                Map::new().with("allOf", vec![schema, overlay])
            }
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
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => schema,
        }
    }

    /// Returns the schema of each element of a list, or of each value of a map, with its refinements.
    fn refined_element(&mut self, element: &Element, field: &Field, refined: &Refined<'_>) -> Map {
        let value = Typed::of_element(element);
        let schema = self.value(value, self.site(field));
        let mut schema = self.inside(value.ty, field, schema, refined);
        let own = element.constraints.iter();
        let all = own.chain(refined.constraints.iter().copied());
        self.constrain_each(&mut schema, all, value);
        self.or_null_inside(schema, element)
    }

    /// Returns the schema of an enum. A value that the provider adds later is valid in what it sends.
    pub(crate) fn enumeration(&self, set: &Enum) -> Map {
        let native = self.api.wire.scalars == Scalars::Native;
        self.enumeration_of(set, native && set.ty == EnumType::Integer)
    }

    /// Returns the schema of an enum, whose numbers are JSON numbers or texts in documentation.
    pub(super) fn enumeration_of(&self, set: &Enum, native: bool) -> Map {
        let names = set.values.iter().map(|value| &value.name);
        let is_open = set.open && !self.is_strict();
        if self.dialect.is_exact() && set.ty == EnumType::Integer {
            return match is_open {
                true => self.scalar_definition(Scalar::Integer),
                false => self.one_of_numbers(names),
            }
            .with_filled("description", &set.description)
            .and(self.notes_of_enum(set));
        }
        let values: Json = self.spellings(names, native).into_iter().collect();
        let schema = Map::new()
            .with("type", if native { "integer" } else { "string" })
            .with_filled("description", &set.description);
        let schema = match is_open && set.ty == EnumType::String {
            true => schema.with("minLength", 1_u32),
            false => schema,
        };
        let schema = match is_open {
            true if self.dialect.is_exact() => schema,
            true => schema.with("x-extensible-enum", values),
            false => schema.with("enum", values),
        };
        schema.and(self.notes_of_enum(set))
    }
}
