use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Alternatives as Groups, EnumType};
use crate::model::{Alternatives, Enum, EnumValue, Object, ObjectId};
use crate::source::{ApiSource, At};
use payspec_runtime::rules;

/// An object while it is resolved.
pub(super) struct Declared<'s> {
    pub(super) object: Object,
    /// The conditions of its own fields, whose paths can only be followed once all objects are known.
    checks: Vec<super::conditions::Check>,
    pub(super) said: &'s format::Object,
    pub(super) at: At<'s>,
    sources: Cited,
}

impl<'a> Context<'a> {
    /// Resolves all enums, then all unions and all objects, because the rules of a field and the JSON type of a value depend on
    /// its enum.
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
        for (file, inherited) in source.types.iter().zip(&inherited) {
            self.unions(&file.value, self.at_file(file), inherited);
        }
        let mut declared = Vec::new();
        for (file, inherited) in source.types.iter().zip(&inherited) {
            let objects = file.value.objects.iter();
            let list = self.at_file(file).at("objects");
            for ((name, object), at) in objects.zip(list.entries()) {
                declared.push(self.object(name, object, at, inherited));
            }
        }
        // An object's groups and amounts are known before another one includes it.
        let order = self.inclusion_order(&declared);
        for id in &order {
            self.include(*id, &mut declared);
            self.rules_of_fields(&mut declared[id.0]);
        }
        let ordered: BTreeSet<ObjectId> = order.into_iter().collect();
        for (id, one) in declared.iter_mut().enumerate() {
            if !ordered.contains(&ObjectId(id)) {
                self.rules_of_fields(one);
            }
        }
        let mut checks = Vec::new();
        for (id, one) in declared.into_iter().enumerate() {
            self.objects.push(one.object);
            checks.extend(one.checks.into_iter().map(|check| (ObjectId(id), check)));
        }
        for (id, check) in checks {
            let found = self.check_condition(&self.objects[id.0], &check);
            self.found.extend(found);
        }
    }

    /// Resolves an object with its own fields. The rules that concern several of them follow.
    fn object<'s>(
        &mut self,
        name: &str,
        said: &'s format::Object,
        at: At<'s>,
        inherited: &Cited,
    ) -> Declared<'s> {
        let origin = self.origin(at);
        let sources = self.needed_sources(said.source.as_ref(), at, inherited, "object");
        let (fields, removed_fields, checks) =
            self.fields(name, &said.fields, at.at("fields"), &sources);
        self.no_place(&said.fields, at.at("fields"));
        self.disputes(&said.disputed, at, origin, || name.to_owned());
        let object = Object {
            name: name.to_owned(),
            description: said.description.clone(),
            fields,
            removed_fields,
            at_least_one_of: Vec::new(),
            amounts: Vec::new(),
            quote: None,
            renamed_from: said.renamed_from.clone(),
            deprecated: self.deprecated(said.deprecated.as_ref(), at),
            since: self.since(said.since.as_ref(), at),
            sources: sources.ids.clone(),
            origin,
        };
        Declared {
            object,
            checks,
            said,
            at,
            sources,
        }
    }

    /// Resolves the rules that concern several fields of an object, after those that it includes.
    fn rules_of_fields(&mut self, declared: &mut Declared<'_>) {
        let Declared {
            object,
            checks: _,
            said,
            at,
            sources,
        } = declared;
        let groups = self.alternatives(&said.at_least_one_of, *at, object, sources);
        object.at_least_one_of.extend(groups);
        let amounts = self.amounts(&said.fields, at.at("fields"), object, sources);
        object.amounts.extend(amounts);
        if let Some(quote) = &said.quote {
            object.quote = Some(self.quote(quote, at.at("quote"), object, sources));
        }
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
                } else if field.is_some_and(|field| field.required && !field.nullable) {
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
