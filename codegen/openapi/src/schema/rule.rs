//! Rules for a single value or a list.

use payspec_model::format::EnumType;
use payspec_model::model::{Constraint, Element, Field, Origin, Rule, Type};
use payspec_runtime::{Purpose, RuleId};

use super::dialect::{Dialect, conjoin, with_reference_alone};
use super::form::INTEGER;
use super::keywords::Said;
use super::scalar::text;
use super::typed::Typed;
use super::{Unsaid, Why, Writer};
use crate::json::{Json, Map};
use crate::scalar::Scalar;

/// Any text without a control character.
const NO_CONTROL: &str = r"^[^\x00-\x1f\x7f-\x9f]*$";

/// The place of a value in the spec.
#[derive(Clone, Copy)]
pub(super) struct Site {
    pub(super) origin: Origin,
    /// True if its texts are ids.
    pub(super) is_id: bool,
}

impl Writer<'_> {
    /// Returns the place of a field.
    pub(super) fn site(&self, field: &Field) -> Site {
        Site {
            origin: field.origin,
            is_id: self.purposes.of(field) == Some(Purpose::Id),
        }
    }

    /// Returns the schema of a value of a type. `site` is the field of this place, or whose list contains it.
    pub(super) fn value(&mut self, value: Typed<'_>, site: Site) -> Map {
        if let Some(scalar) = Scalar::of(value.ty) {
            self.gaps_of_form(scalar, site);
            return self.scalar(scalar, value);
        }
        match value.ty {
            Type::String => {
                let mut schema = text();
                if self.forbids_empty() {
                    schema.set("minLength", 1_u32);
                }
                if self.is_strict() && site.is_id {
                    schema.set("pattern", NO_CONTROL);
                }
                schema
            }
            Type::Enum(id) => {
                let set = self.api.enumeration(*id);
                if set.ty == EnumType::Integer {
                    self.gaps_of_form(Scalar::Integer, site);
                }
                let usual = self.api.json_type(value.ty, None);
                if !self.dialect.is_exact() && self.json_type(value) != usual {
                    let mut schema = self.enumeration_of(set, self.is_native(value));
                    // The field has a description of its own.
                    schema.take("description");
                    return schema;
                }
                let name = self.names.enumeration(*id, self.direction);
                self.dialect.reference(name)
            }
            Type::Object(id) => {
                let name = self.names.object(*id, self.direction);
                self.dialect.reference(name)
            }
            Type::Union(id) => {
                let name = self.names.union(*id, self.direction);
                self.dialect.reference(name)
            }
            Type::List(element) => {
                let items = self.element(element, site);
                Map::new().with("type", "array").with("items", items)
            }
            Type::Map(map) => {
                let values = self.element(&map.values, site);
                let values = match self.dialect.is_exact() && !map.values.holds_null() {
                    // An entry that is null counts as absent.
                    true => Map::new().with("anyOf", vec![values, null()]),
                    false => values,
                };
                let schema = Map::new().with("type", "object");
                self.keys(schema, &map.keys)
                    .with("additionalProperties", values)
            }
            Type::Json(id) => {
                let name = self.names.object(*id, self.direction);
                let object = self.dialect.reference(name);
                self.push_unsaid(site, None, Why::InsideText);
                let text = text().with("contentMediaType", "application/json");
                if self.dialect.is_exact() {
                    let text = text
                        .with("minLength", 1_u32)
                        .with("contentSchema", object.clone());
                    return Map::new().with("anyOf", vec![text, object]);
                }
                match self.dialect.is_modern() {
                    true => text.with("contentSchema", object),
                    false => super::scalar::text().with("x-payspec-content", object),
                }
            }
            Type::Any => Map::new(),
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_) => Map::new(),
        }
    }

    /// Returns the schema of each element of a list, or of each value of a map.
    pub(super) fn element(&mut self, element: &Element, site: Site) -> Map {
        let value = Typed::of_element(element);
        let mut schema = self.value(value, site);
        self.constrain_each(&mut schema, &element.constraints, value);
        self.or_null_inside(schema, element)
    }

    /// Returns the schema of an element or value, which allows `null` where it is one.
    pub(super) fn or_null_inside(&self, schema: Map, element: &Element) -> Map {
        if !element.nullable {
            return schema;
        }
        let schema = self.or_null(schema, true);
        match self.dialect {
            Dialect::OpenApi30 => with_reference_alone(schema),
            Dialect::JsonSchema | Dialect::OpenApi31 => schema,
        }
    }

    /// Adds rules to the schema of an element or value, and the notes of those that it does not assert.
    pub(super) fn constrain_each<'c>(
        &mut self,
        schema: &mut Map,
        constraints: impl IntoIterator<Item = &'c Constraint> + Clone,
        value: Typed<'_>,
    ) {
        for constraint in constraints.clone() {
            self.constrain(schema, constraint, value);
        }
        let notes = self.notes_of_rules(constraints);
        let whole = std::mem::take(schema).and(notes);
        *schema = match self.dialect {
            Dialect::OpenApi30 => with_reference_alone(whole),
            Dialect::JsonSchema | Dialect::OpenApi31 => whole,
        };
    }

    /// Adds the rules of the keys of a map.
    fn keys(&mut self, schema: Map, keys: &[Constraint]) -> Map {
        let mut names = Map::new();
        for key in keys {
            if !self.asserts(&key.strength) {
                continue;
            }
            let Said { keywords, gaps } = self.said(&key.rule, Typed::plain(&Type::String));
            let rule = key.rule.of_keys().map(|(id, _)| id);
            self.unsaid.extend(gaps.into_iter().map(|why| Unsaid {
                origin: key.origin,
                rule,
                why,
            }));
            conjoin(&mut names, keywords);
        }
        let names = names.and(self.notes_of_rules(keys));
        match self.dialect.is_modern() {
            true => schema.with_filled("propertyNames", names),
            false => schema.with_filled("x-payspec-keys", names),
        }
    }

    fn push_unsaid(&mut self, site: Site, rule: Option<RuleId>, why: Why) {
        self.unsaid.push(Unsaid {
            origin: site.origin,
            rule,
            why,
        });
    }

    /// Notes what a schema of a form leaves out.
    fn gaps_of_form(&mut self, scalar: Scalar, site: Site) {
        let gaps: &[Why] = match scalar {
            Scalar::Integer | Scalar::Decimal | Scalar::Timestamp(_) if self.is_strict() => {
                &[Why::NativeNumber]
            }
            Scalar::Integer | Scalar::Decimal | Scalar::Timestamp(_) => {
                &[Why::NativeNumber, Why::Exponent]
            }
            Scalar::Url => &[Why::HostAddress],
            Scalar::Boolean
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Binary
            | Scalar::Country
            | Scalar::Currency(_) => &[],
        };
        for why in gaps {
            self.push_unsaid(site, Some(RuleId::Format), *why);
        }
    }

    /// Adds a rule to the schema of a value.
    pub(super) fn constrain(
        &mut self,
        schema: &mut Map,
        constraint: &Constraint,
        value: Typed<'_>,
    ) {
        if !self.asserts(&constraint.strength) {
            return;
        }
        let Some(keywords) = self.keywords(constraint, value) else {
            return;
        };
        // Generators of code ignore what narrows a reference. The texts that a rule leaves are part of the type's.
        let lists_texts = constraint.rule.texts().is_some() && !self.dialect.is_exact();
        if lists_texts && schema.take("$ref").is_some() {
            let ty = if self.is_native(value) {
                "integer"
            } else {
                "string"
            };
            schema.set("type", ty);
        }
        if lists_texts && matches!(constraint.rule, Rule::Const(_)) {
            schema.take("enum");
        }
        if self.dialect.is_exact() || keywords.get("pattern").is_none() {
            conjoin(schema, keywords);
            return;
        }
        // Generators of code fail at a second pattern. The rule may be narrower than the first; if not, it is a note.
        let implied = match schema.get("pattern") {
            None => true,
            Some(first) if *first == Json::from(NO_CONTROL) => true,
            Some(first) => {
                let is_narrower =
                    matches!(&constraint.rule, Rule::Min(least) if !least.starts_with('-'));
                *first == Json::from(INTEGER) && is_narrower
            }
        };
        match implied {
            true => *schema = std::mem::take(schema).and(keywords),
            false => self.unsaid.push(Unsaid {
                origin: constraint.origin,
                rule: Some(constraint.rule.id()),
                why: Why::Pattern,
            }),
        }
    }
}

/// Returns the schema of null.
fn null() -> Map {
    Map::new().with("type", "null")
}
