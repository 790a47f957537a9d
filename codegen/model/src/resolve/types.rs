use indexmap::IndexMap;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Alternatives as Groups, EnumType};
use crate::model::{Alternatives, Enum, EnumValue, Object, ObjectId};
use crate::source::{ApiSource, At};
use payspec_runtime::rules;

impl<'a> Context<'a> {
    /// Resolves all enums, then all objects, because the rules of a field depend on its enum.
    pub(super) fn resolve_types(&mut self, source: &'a ApiSource) {
        let mut inherited = Vec::new();
        for file in &source.types {
            let at = self.at_file(file);
            let sources = self.sources(file.value.source.as_ref(), at, &Cited::default());
            let enums = file.value.enums.iter();
            for ((name, listed), at) in enums.zip(at.at("enums").entries()) {
                let resolved = self.enumeration(name, listed, at, &sources);
                self.enums.push(resolved);
            }
            inherited.push(sources);
        }
        let mut checks = Vec::new();
        for (file, inherited) in source.types.iter().zip(&inherited) {
            let objects = file.value.objects.iter();
            let list = self.at_file(file).at("objects");
            for ((name, object), at) in objects.zip(list.entries()) {
                let id = ObjectId(self.objects.len());
                let (object, conditions) = self.object(name, object, at, inherited);
                self.objects.push(object);
                checks.extend(conditions.into_iter().map(|check| (id, check)));
            }
        }
        for (id, check) in checks {
            let found = self.check_condition(&self.objects[id.0], &check);
            self.found.extend(found);
        }
    }

    fn object(
        &mut self,
        name: &str,
        object: &format::Object,
        at: At<'_>,
        inherited: &Cited,
    ) -> (Object, Vec<super::conditions::Check>) {
        let origin = self.origin(at);
        let sources = self.needed_sources(object.source.as_ref(), at, inherited, "object");
        let (fields, removed_fields, checks) =
            self.fields(name, &object.fields, at.at("fields"), &sources);
        self.no_place(&object.fields, at.at("fields"));
        self.disputes(&object.disputed, at, origin, || name.to_owned());
        let mut resolved = Object {
            name: name.to_owned(),
            description: object.description.clone(),
            fields,
            removed_fields,
            at_least_one_of: Vec::new(),
            amount: None,
            quote: None,
            renamed_from: object.renamed_from.clone(),
            deprecated: self.deprecated(object.deprecated.as_ref(), at),
            since: self.since(object.since.as_ref(), at),
            sources: sources.ids.clone(),
            origin,
        };
        resolved.at_least_one_of =
            self.alternatives(&object.at_least_one_of, at, &resolved, &sources);
        resolved.amount = self.amount(&object.fields, at.at("fields"), &resolved, &sources);
        resolved.quote = object
            .quote
            .as_ref()
            .map(|quote| self.quote(quote, at.at("quote"), &resolved, &sources));
        (resolved, checks)
    }

    pub(super) fn alternatives(
        &mut self,
        groups: &[Groups],
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Vec<Alternatives> {
        let list = at.at("at_least_one_of");
        let resolve = |(group, at): (&Groups, At<'_>)| {
            for (index, (name, at)) in group.fields.iter().zip(at.at("fields").each()).enumerate() {
                let field = self.field_named(object, name, at.span());
                let complaint = if group.fields[..index].contains(name) {
                    "duplicate"
                } else if field.is_some_and(|field| field.required) {
                    "is required, so one of the group is always present"
                } else {
                    continue;
                };
                let message = format!("`{name}` {complaint}");
                self.report(Diagnostic::new(&codes::IDLE_GROUP, message).at(at.span(), ""));
            }
            Alternatives {
                fields: group.fields.clone(),
                strength: self.strength(&group.particulars, at.at("particulars"), sources),
                origin: self.map.origin(at.key_span()),
            }
        };
        groups.iter().zip(list.each()).map(resolve).collect()
    }

    fn enumeration(
        &mut self,
        name: &str,
        listed: &format::Enum,
        at: At<'_>,
        inherited: &Cited,
    ) -> Enum {
        let origin = self.origin(at);
        let sources = self.needed_sources(listed.source.as_ref(), at, inherited, "enum");
        self.disputes(&listed.disputed, at, origin, || name.to_owned());
        let values = self.values(name, &listed.values, at.at("values"), &sources);
        match listed.ty {
            EnumType::Integer => self.whole_numbers(&listed.values, at.at("values")),
            EnumType::String => {}
        }
        if values.is_empty() {
            self.report(
                Diagnostic::new(
                    &codes::EMPTY_ENUM,
                    format!("the enum `{name}` has no values"),
                )
                .at(at.key_span(), "expected at least one value"),
            );
        }
        Enum {
            name: name.to_owned(),
            description: listed.description.clone(),
            renamed_from: listed.renamed_from.clone(),
            ty: listed.ty,
            open: listed.open,
            values,
            sources: sources.ids,
            origin,
        }
    }

    /// Reports values of an enum of whole numbers that are not written as one.
    fn whole_numbers(&mut self, values: &IndexMap<String, format::EnumValue>, at: At<'_>) {
        for (word, at) in values.keys().zip(at.entries()) {
            if !rules::integer(word) {
                let message = format!("`{word}` is not a valid integer");
                self.report(
                    Diagnostic::new(&codes::BAD_NUMBER, message)
                        .at(
                            at.key_span(),
                            "expected a whole number of 64 bits, such as `1`",
                        )
                        .help("an enum of texts has no `type: integer`"),
                );
            }
        }
    }

    fn values(
        &mut self,
        name: &str,
        values: &IndexMap<String, format::EnumValue>,
        at: At<'_>,
        inherited: &Cited,
    ) -> Vec<EnumValue> {
        let mut resolved = Vec::new();
        for ((word, value), at) in values.iter().zip(at.entries()) {
            let origin = self.origin(at);
            self.disputes(&value.disputed, at, origin, || format!("{name}.{word}"));
            let sources = self.sources(value.source.as_ref(), at, inherited);
            self.since(value.since.as_ref(), at);
            let deprecated = self.deprecated(value.deprecated.as_ref(), at);
            if self.removed(value.removed.as_ref(), at) {
                continue;
            }
            resolved.push(EnumValue {
                name: word.clone(),
                description: value.description.clone(),
                rust_name: value.rust_name.clone(),
                renamed_from: value.renamed_from.clone(),
                deprecated,
                sources: sources.ids,
                origin,
            });
        }
        resolved
    }
}
