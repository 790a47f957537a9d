//! The parts of a schema for people and for our own tools: descriptions, examples, and the `x-payspec-` keywords, which
//! `docs/openapi.md` describes.

use payspec_model::model::{
    Body, Condition, Constraint, Deprecated, Enum, EnumValue, Field, Met, Object, Origin, Rule,
    Severity, Since, SourceIds, Strength, Type, Union,
};
use payspec_model::pointer::pointer;

use super::Writer;
use super::condition::native;
use super::typed::Typed;
use crate::facts;
use crate::json::{Json, Map};
use payspec_model::model::{AmountCurrency, Refined};
use payspec_runtime::JsonType;

/// Notes around the assertions of a field.
pub(super) struct FieldNotes {
    before: Map,
    after: Map,
}

impl FieldNotes {
    /// Returns the whole schema of the field.
    pub(super) fn around(self, assertions: Map) -> Map {
        let mut schema = self.before;
        let mut assertions = assertions;
        // A reference is read first.
        for key in ["$ref", "type"] {
            if let Some(value) = assertions.take(key) {
                schema = Map::new().with(key, value).and(schema);
            }
        }
        schema.and(assertions).and(self.after)
    }
}

/// Returns the description of a field, followed by the notes of refinements.
fn described(description: &str, refined: Option<&Refined<'_>>) -> String {
    let notes = refined.iter().flat_map(|refined| &refined.notes);
    let parts = std::iter::once(description).chain(notes.map(|note| &**note));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

impl Writer<'_> {
    pub(super) fn notes_of_field(
        &self,
        field: &Field,
        refined: Option<&Refined<'_>>,
    ) -> FieldNotes {
        let Field {
            name: _,
            description,
            ty: _,
            // Of the type.
            json_type: _,
            // Parameters.
            location: _,
            style: _,
            nullable: _,
            required: _,
            plain: _,
            constraints,
            // Conditions.
            required_when: _,
            forbidden_when: _,
            unknown_limits,
            sensitive,
            renamed_from,
            since,
            deprecated,
            default,
            example,
            rust_name: _,
            page_names,
            sources,
            origin,
        } = field;
        let default = refined
            .and_then(|refined| refined.default)
            .or(default.as_ref());
        let default =
            default.and_then(|default| self.spelled(Typed::of_field(field), &default.text));
        let example = example
            .as_ref()
            .and_then(|example| self.spelled(Typed::of_field(field), example));
        let before = Map::new().with_filled("description", described(description, refined));
        let sensitive = sensitive.map(|sensitive| sensitive.as_str());
        if self.dialect.is_exact() {
            let after = Map::new().with_some("x-payspec-sensitive", sensitive);
            return FieldNotes { before, after };
        }
        let (examples, example) = match self.dialect.is_modern() {
            true => (example.map(|example| vec![example]), None),
            false => (None, example),
        };
        let mut all: Vec<&Constraint> = constraints.iter().collect();
        let mut origins = vec![*origin];
        let mut cited = sources.clone();
        if let Some(refined) = refined {
            all.extend(&refined.constraints);
            origins.extend(&refined.origins);
            cited.extend(refined.sources.iter().filter(|id| !sources.contains(id)));
        }
        let rules = all.into_iter().filter_map(|rule| self.note_of_rule(rule));
        let after = Map::new()
            .with_some("default", default)
            .with_some("examples", examples)
            .with_some("example", example)
            .with_true("deprecated", deprecated.is_some())
            .with_some("x-payspec-deprecated", deprecated.as_ref().map(deprecation))
            .with_some("x-payspec-since", since.as_ref().map(beginning))
            .with_some("x-payspec-renamed-from", renamed_from.as_ref())
            .with_some("x-payspec-sensitive", sensitive)
            .with_some(
                "x-payspec-purpose",
                self.purposes.of(field).map(|purpose| purpose.as_str()),
            )
            .with_filled("x-payspec-unknown-limits", unknown_limits.clone())
            .with_filled("x-payspec-page-names", page_names.clone())
            .with_filled("x-payspec-rules", rules.collect::<Json>())
            .with_filled(
                "x-payspec-conditions",
                self.conditions_of_field(field, refined),
            )
            .and(self.provenance(&cited, &origins));
        FieldNotes { before, after }
    }

    /// Returns the conditions of a field, then those that refinements add, whose paths begin at the body.
    fn conditions_of_field(&self, field: &Field, refined: Option<&Refined<'_>>) -> Vec<Map> {
        let own = [
            ("required", &field.required_when),
            ("forbidden", &field.forbidden_when),
        ];
        let own = own.into_iter().flat_map(|(effect, own)| {
            let notes = own.iter();
            notes.filter_map(move |one| self.note_of_condition(effect, one))
        });
        let added = refined.into_iter().flat_map(|refined| {
            [
                ("required", &refined.required_when),
                ("forbidden", &refined.forbidden_when),
            ]
        });
        let added = added.flat_map(|(effect, added)| {
            let notes = added.iter();
            notes.filter_map(move |one| self.note_of_condition(effect, one))
        });
        own.chain(added.map(|note| note.with("relative_to", "body")))
            .collect()
    }

    /// Returns the sources and disputes of a fact.
    fn provenance(&self, sources: &SourceIds, origins: &[Origin]) -> Map {
        facts::provenance(self.api, sources, origins)
    }

    /// Returns a text of the spec as it is written in a message; [`None`] if it is not of the type.
    fn spelled(&self, value: Typed<'_>, text: &str) -> Option<Json> {
        match self.api.written_as(value.ty) {
            Type::Integer | Type::Decimal | Type::Boolean | Type::Timestamp(_) => {
                match self.json_type(value) {
                    Some(JsonType::Number | JsonType::Boolean) => {
                        native(self.api.written_as(value.ty), text)
                    }
                    Some(JsonType::String) | None => Some(text.into()),
                }
            }
            Type::Object(_) | Type::List(_) | Type::Map(_) | Type::Union(_) | Type::Any => {
                Json::parse(text)
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
            | Type::Json(_) => Some(text.into()),
        }
    }

    /// Returns the note of the rules that the assertions do not have.
    pub(super) fn notes_of_rules<'c>(
        &self,
        constraints: impl IntoIterator<Item = &'c Constraint>,
    ) -> Map {
        if self.dialect.is_exact() {
            return Map::new();
        }
        let rules = constraints.into_iter();
        let rules = rules.filter_map(|rule| self.note_of_rule(rule));
        Map::new().with_filled("x-payspec-rules", rules.collect::<Json>())
    }

    /// Returns a rule that the assertions do not have: a warning, or what a schema cannot say.
    fn note_of_rule(&self, constraint: &Constraint) -> Option<Map> {
        let Constraint {
            rule,
            strength,
            origin,
        } = constraint;
        let is_unsaid = self.unsaid.iter().any(|one| one.origin == *origin);
        if !self.applies(strength) || (strength.severity == Severity::Error && !is_unsaid) {
            return None;
        }
        let value: Option<Json> = match rule {
            Rule::Required | Rule::UniqueItems => None,
            Rule::Const(text)
            | Rule::Pattern(text)
            | Rule::Min(text)
            | Rule::Max(text)
            | Rule::MultipleOf(text) => Some(text.into()),
            Rule::Values(texts) => Some(texts.clone().into()),
            Rule::MinLength(count)
            | Rule::MaxLength(count)
            | Rule::MinItems(count)
            | Rule::MaxItems(count) => Some((*count).into()),
            Rule::Format(name) => Some(name.as_str().into()),
        };
        let rule = Map::new()
            .with("rule", rule.name())
            .with_some("value", value);
        Some(rule.and(self.note_of_strength(strength)))
    }

    fn note_of_strength(&self, strength: &Strength) -> Map {
        let Strength {
            severity,
            // The schema is that of one direction.
            direction: _,
            sources,
            reason,
        } = strength;
        Map::new()
            .with("severity", severity.as_str())
            .with_some("reason", reason.as_ref())
            .and(facts::sources(self.api, "sources", sources))
    }

    fn note_of_condition(&self, effect: &str, condition: &Condition) -> Option<Map> {
        let Condition {
            test,
            text,
            strength,
            origin: _,
        } = condition;
        if !self.applies(strength) {
            return None;
        }
        let mut note = Map::new().with("effect", effect);
        if let Some(test) = test {
            note.set("field", pointer(&test.path));
            note = match &test.met {
                Met::Present => note.with("is", "present"),
                Met::Absent => note.with("is", "absent"),
                Met::OneOf(values) => note.with("values", values.clone()),
            };
        }
        Some(
            note.with_some("text", text.as_ref())
                .and(self.note_of_strength(strength)),
        )
    }

    pub(super) fn notes_of_object(&self, object: &Object) -> Map {
        let Object {
            name: _,
            description: _,
            fields: _,
            removed_fields,
            at_least_one_of,
            amounts,
            quote,
            renamed_from,
            deprecated,
            since,
            sources,
            origin,
        } = object;
        if self.dialect.is_exact() {
            return Map::new();
        }
        let groups = at_least_one_of
            .iter()
            .filter(|group| self.applies(&group.strength));
        let groups = groups.map(|group| {
            Map::new()
                .with("fields", group.fields.clone())
                .and(self.note_of_strength(&group.strength))
        });
        let removed = removed_fields.iter().map(|field| {
            Map::new()
                .with("name", &field.name)
                .with("date", &field.date)
                .with_some("note", field.note.as_ref())
        });
        let amounts = amounts.iter().map(|amount| {
            let steps = amount.multiple_of.iter().map(|step| {
                Map::new()
                    .with("currency", &step.currency)
                    .with("step", step.step)
                    .and(self.note_of_strength(&step.strength))
            });
            let (key, currency) = match &amount.currency {
                AmountCurrency::Field(name) => ("currency", name),
                AmountCurrency::Code(code) => ("code", code),
            };
            Map::new()
                .with("value", &amount.value)
                .with("unit", amount.unit.as_str())
                .with(key, currency)
                .with_filled("steps", steps.collect::<Json>())
        });
        let quote = quote.as_ref().map(|quote| {
            Map::new()
                .with("pair", &quote.pair)
                .with("price", &quote.price)
                .with("direction", quote.direction.as_str())
        });
        Map::new()
            .with_true("deprecated", deprecated.is_some())
            .with_some("x-payspec-deprecated", deprecated.as_ref().map(deprecation))
            .with_some("x-payspec-since", since.as_ref().map(beginning))
            .with_some("x-payspec-renamed-from", renamed_from.as_ref())
            .with_filled("x-payspec-at-least-one-of", groups.collect::<Json>())
            .with_filled("x-payspec-amounts", amounts.collect::<Json>())
            .with_some("x-payspec-quote", quote)
            .with_filled("x-payspec-removed", removed.collect::<Json>())
            .and(self.provenance(sources, &[*origin]))
    }

    /// Returns the rules of a body about the currencies of its amounts.
    pub(super) fn notes_of_body(&self, body: &Body) -> Map {
        let Body {
            // Beside the schema.
            media_type: _,
            named: _,
            object: _,
            refinements: _,
            same_currency,
        } = body;
        if self.dialect.is_exact() {
            return Map::new();
        }
        let groups = same_currency
            .iter()
            .filter(|group| self.applies(&group.strength));
        let groups = groups.map(|group| {
            let fields = group.paths.iter().map(|path| pointer(path));
            Map::new()
                .with("fields", fields.collect::<Json>())
                .and(self.note_of_strength(&group.strength))
        });
        Map::new().with_filled("x-payspec-same-currency", groups.collect::<Json>())
    }

    pub(super) fn notes_of_enum(&self, set: &Enum) -> Map {
        let Enum {
            name: _,
            description: _,
            renamed_from,
            open,
            values,
            sources,
            // In the schema.
            ty: _,
            origin,
        } = set;
        if self.dialect.is_exact() {
            return Map::new();
        }
        let values = values.iter().map(|value| {
            let EnumValue {
                name,
                rust_name: _,
                description,
                renamed_from,
                deprecated,
                sources,
                origin,
            } = value;
            Map::new()
                .with("value", name)
                .with_filled("description", description)
                .with_some("deprecated", deprecated.as_ref().map(deprecation))
                .with_some("renamed_from", renamed_from.as_ref())
                .and(facts::sources(self.api, "sources", sources))
                .and(facts::disputes(self.api, "disputes", &[*origin]))
        });
        Map::new()
            .with("x-payspec-open", *open)
            .with("x-payspec-values", values.collect::<Json>())
            .with_some("x-payspec-renamed-from", renamed_from.as_ref())
            .and(self.provenance(sources, &[*origin]))
    }

    pub(super) fn notes_of_union(&self, union: &Union) -> Map {
        let Union {
            name: _,
            description: _,
            renamed_from,
            // In the schema.
            discriminator: _,
            open,
            variants: _,
            sources,
            origin,
        } = union;
        if self.dialect.is_exact() {
            return Map::new();
        }
        Map::new()
            .with("x-payspec-open", *open)
            .with_some("x-payspec-renamed-from", renamed_from.as_ref())
            .and(self.provenance(sources, &[*origin]))
    }
}

/// Returns why something should no longer be used.
pub(crate) fn deprecation(deprecated: &Deprecated) -> Map {
    let Deprecated {
        reason,
        replacement,
        date,
        sunset,
    } = deprecated;
    Map::new()
        .with("reason", reason)
        .with_some("replacement", replacement.as_ref())
        .with_some("date", date.as_ref())
        .with_some("sunset", sunset.as_ref())
}

/// Returns since when something exists.
pub(crate) fn beginning(since: &Since) -> Map {
    let Since { date, note } = since;
    Map::new()
        .with("date", date)
        .with_some("note", note.as_ref())
}
