use std::collections::BTreeMap;

use indexmap::IndexMap;
use payspec_runtime::rules;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Alternatives as Groups, FileKind};
use crate::model::{
    Alternatives, Deprecated, Enum, EnumId, EnumValue, Object, ObjectId, Quote, QuoteDirection,
    Since, Type,
};
use crate::source::{ApiSource, At, Span};

/// The type that a name of this API denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Object(ObjectId),
    Enum(EnumId),
}

/// The objects and enums of an API, by name, each with the place of its declaration.
#[derive(Default)]
pub(super) struct Names {
    by_name: BTreeMap<String, (Named, Span)>,
    /// Names of the objects, by id, because fields are resolved before all objects are.
    objects: Vec<String>,
}

impl Names {
    /// Iterates over all of them, sorted by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Named, Span)> {
        let names = self.by_name.iter();
        names.map(|(name, (named, span))| (name.as_str(), *named, *span))
    }
}

/// The built-in types without `of`.
const SCALARS: &[(&str, Type)] = &[
    ("boolean", Type::Boolean),
    ("country", Type::Country),
    ("currency", Type::Currency),
    ("date", Type::Date),
    ("datetime", Type::DateTime),
    ("decimal", Type::Decimal),
    ("integer", Type::Integer),
    ("string", Type::String),
    ("url", Type::Url),
];
/// The built-in types that need an `of`.
const LIST: &str = "list";
const JSON: &str = "json";

impl<'a> Context<'a> {
    /// Gives every object and enum its id, so that fields can name them in any order.
    pub(super) fn declare_types(&mut self, source: &'a ApiSource) {
        let (mut objects, mut enums) = (0, 0);
        for file in &source.types {
            let at = self.at_file(file);
            for entry in at.at("objects").entries().take(file.value.objects.len()) {
                self.declare(entry, Named::Object(ObjectId(objects)));
                objects += 1;
            }
            for entry in at.at("enums").entries().take(file.value.enums.len()) {
                self.declare(entry, Named::Enum(EnumId(enums)));
                enums += 1;
            }
        }
    }

    fn declare(&mut self, at: At<'_>, named: Named) {
        let name = at.key().unwrap_or_default();
        let span = at.key_span();
        if built_in(name) {
            self.report(
                Diagnostic::new(
                    &codes::BUILT_IN_NAME,
                    format!("`{name}` is the name of a built-in type"),
                )
                .at(span, "choose another name"),
            );
        }
        if let Named::Object(_) = named {
            self.types.objects.push(name.to_owned());
        }
        if let Some((_, first)) = self.types.by_name.insert(name.to_owned(), (named, span)) {
            self.report(
                Diagnostic::new(
                    &codes::DECLARED_TWICE,
                    format!("the type `{name}` is declared twice"),
                )
                .at(span, "again")
                .also(first, "first"),
            );
        }
    }

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

    fn quote(
        &mut self,
        quote: &format::Quote,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Quote {
        let format::Quote {
            pair,
            price,
            direction,
            source,
        } = quote;
        self.typed_field(object, pair, at.at("pair"), &Type::String);
        self.typed_field(object, price, at.at("price"), &Type::Decimal);
        Quote {
            pair: pair.clone(),
            price: price.clone(),
            direction: match direction {
                format::QuoteDirection::CounterPerBase => QuoteDirection::CounterPerBase,
                format::QuoteDirection::BasePerCounter => QuoteDirection::BasePerCounter,
            },
            sources: self.sources(source.as_ref(), at, sources).ids,
        }
    }

    pub(super) fn typed_field(&mut self, object: &Object, name: &str, at: At<'_>, wanted: &Type) {
        let Some(field) = self.field_named(object, name, at.span()) else {
            return;
        };
        if field.ty != *wanted && !self.opaque.contains(&field.origin) {
            let message = format!(
                "`{name}` is of type {}, expected {} here",
                self.type_name(&field.ty),
                self.type_name(wanted)
            );
            let declared = self.map.word_at(field.origin);
            self.report(
                Diagnostic::new(&codes::WRONG_TARGET, message)
                    .at(at.span(), "")
                    .also(declared, "declared here"),
            );
        }
    }

    /// Returns the field of an object that a key names.
    fn field_named<'o>(
        &mut self,
        object: &'o Object,
        name: &str,
        span: Span,
    ) -> Option<&'o crate::model::Field> {
        let field = object.field(name);
        if field.is_none() {
            let message = format!("`{}` has no field `{name}`", object.name);
            let diagnostic =
                Diagnostic::new(&codes::DANGLING_PATH, message).at(span, "no such field");
            let names = object.fields.iter().map(|field| field.name.as_str());
            let diagnostic = self.suggest(diagnostic, name, names);
            self.report(diagnostic);
        }
        field
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
            open: listed.open,
            values,
            sources: sources.ids,
            origin,
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

    /// Returns the type that a field names; [`None`] if it is unknown, which has then been reported.
    pub(super) fn field_type(&mut self, ty: &str, of: Option<&str>, at: At<'_>) -> Option<Type> {
        let of_at = at.at("of");
        match (ty, of) {
            (LIST, Some(of)) => {
                let element = self.named_type(of, of_at)?;
                Some(Type::List(Box::new(element)))
            }
            (JSON, Some(of)) => match self.named_type(of, of_at)? {
                Type::Object(id) => Some(Type::Json(id)),
                _ => {
                    self.bad_element(
                        of_at,
                        format!("`{of}` is not an object"),
                        "expected the name of an object",
                    );
                    None
                }
            },
            (LIST, None) => {
                self.bad_element(
                    at.at("type"),
                    "a list needs an element type".into(),
                    "add `of: TYPE`",
                );
                None
            }
            (JSON, None) => {
                self.bad_element(
                    at.at("type"),
                    "a `json` needs an object type".into(),
                    "add `of: OBJECT`",
                );
                None
            }
            (_, Some(_)) => {
                let message = format!("`{ty}` has no elements");
                self.bad_element(
                    of_at,
                    message,
                    "remove `of`: only `list` and `json` have it",
                );
                None
            }
            (_, None) => self.named_type(ty, at.at("type")),
        }
    }

    fn bad_element(&mut self, at: At<'_>, message: String, help: &str) {
        self.report(
            Diagnostic::new(&codes::BAD_ELEMENT, message)
                .at(at.span(), "")
                .help(help),
        );
    }

    fn named_type(&mut self, name: &str, at: At<'_>) -> Option<Type> {
        if let Some((_, ty)) = SCALARS.iter().find(|(scalar, _)| *scalar == name) {
            return Some(ty.clone());
        }
        match self.types.by_name.get(name) {
            Some((Named::Object(id), _)) => return Some(Type::Object(*id)),
            Some((Named::Enum(id), _)) => return Some(Type::Enum(*id)),
            None => {}
        }
        if built_in(name) {
            let message = format!("a list cannot contain `{name}`");
            self.bad_element(
                at,
                message,
                "define an object with a field of that type, and make a list of it",
            );
        } else if !["objects", "enums"]
            .into_iter()
            .any(|section| self.may_exist(FileKind::Types, section, name))
        {
            let own = self.types.by_name.keys().map(String::as_str);
            let known: Vec<&'static str> = SCALARS
                .iter()
                .map(|(name, _)| *name)
                .chain([LIST, JSON])
                .collect();
            let unknown = Diagnostic::new(&codes::UNKNOWN_TYPE, format!("unknown type `{name}`"))
                .at(at.span(), "neither built in nor declared in this API");
            let near = self.suggest(unknown.clone(), name, known.iter().copied().chain(own));
            let unknown = match near.help.is_empty() {
                true => self
                    .suggest_or_list(unknown, name, known.iter().copied())
                    .help(format!("or declare `{name}` in a file below `types/`")),
                false => near,
            };
            self.report(unknown);
        }
        None
    }

    /// Returns a type in words.
    pub(super) fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Enum(id) => self.enums.get(id.0).map_or("enum", |e| &e.name).to_owned(),
            Type::Object(id) => self.object_name(*id),
            Type::Json(id) => format!("{JSON} of {}", self.object_name(*id)),
            Type::List(element) => format!("{LIST} of {}", self.type_name(element)),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Url
            | Type::Country
            | Type::Currency => {
                let scalar = SCALARS.iter().find(|(_, scalar)| scalar == ty);
                scalar.map_or("scalar", |(name, _)| name).to_owned()
            }
        }
    }

    fn object_name(&self, id: ObjectId) -> String {
        let name = self.types.objects.get(id.0);
        name.map_or("object", String::as_str).to_owned()
    }

    pub(super) fn since(&mut self, since: Option<&format::Since>, at: At<'_>) -> Option<Since> {
        let since = since?;
        let at = at.at("since");
        self.date(&since.date, at.at("date"));
        self.sources(since.source.as_ref(), at, &Cited::default());
        Some(Since {
            date: since.date.clone(),
            note: since.note.clone(),
        })
    }

    pub(super) fn deprecated(
        &mut self,
        deprecated: Option<&format::Deprecated>,
        at: At<'_>,
    ) -> Option<Deprecated> {
        let deprecated = deprecated?;
        let at = at.at("deprecated");
        if let Some(date) = &deprecated.date {
            self.date(date, at.at("date"));
        }
        self.sources(deprecated.source.as_ref(), at, &Cited::default());
        Some(Deprecated {
            reason: deprecated.reason.clone(),
            replacement: deprecated.replacement.clone(),
            date: deprecated.date.clone(),
        })
    }

    /// Checks a removal; returns whether there is one.
    pub(super) fn removed(&mut self, removed: Option<&format::Removed>, at: At<'_>) -> bool {
        let Some(removed) = removed else { return false };
        let at = at.at("removed");
        self.date(&removed.date, at.at("date"));
        self.sources(removed.source.as_ref(), at, &Cited::default());
        true
    }

    fn date(&mut self, date: &str, at: At<'_>) {
        if !is_date(date) {
            self.report(
                Diagnostic::new(&codes::BAD_DATE, format!("invalid date `{date}`"))
                    .at(at.span(), "expected YYYY-MM-DD or YYYY-MM"),
            );
        }
    }
}

fn built_in(name: &str) -> bool {
    name == LIST || name == JSON || SCALARS.iter().any(|(scalar, _)| *scalar == name)
}

/// Returns whether a text is `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    rules::date(&day)
}
