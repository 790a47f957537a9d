//! The names of types: declared, looked up, and written in messages.

use payspec_runtime::Case;
use std::collections::BTreeMap;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::limits::Limit;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, FileKind, Keys, Of, Sensitive};
use crate::model::{Element, EnumId, Epoch, Map, ObjectId, Type, UnionId};
use crate::source::sections::TYPES;
use crate::source::{ApiSource, At, Span};

/// The type that a name of this API denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Object(ObjectId),
    Enum(EnumId),
    Union(UnionId),
}

/// The objects, enums and unions of an API, by name, each with the place of its declaration.
#[derive(Default)]
pub(super) struct Names {
    by_name: BTreeMap<String, (Named, Span)>,
    /// Names of the objects, by id, because fields are resolved before all objects are.
    objects: Vec<String>,
}

impl Names {
    /// Returns the object with this name.
    pub(super) fn object(&self, name: &str) -> Option<ObjectId> {
        match self.by_name.get(name)?.0 {
            Named::Object(id) => Some(id),
            Named::Enum(_) | Named::Union(_) => None,
        }
    }

    /// Iterates over the names of the objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = &str> {
        self.objects.iter().map(String::as_str)
    }

    /// Iterates over all of them, sorted by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Named, Span)> {
        let names = self.by_name.iter();
        names.map(|(name, (named, span))| (name.as_str(), *named, *span))
    }
}

/// The keys that describe a type.
struct Described<'a> {
    ty: &'a str,
    of: Option<&'a Of>,
    keys: Option<&'a Keys>,
}

/// The field that contains a type.
#[derive(Clone, Copy)]
struct Inner<'a> {
    sources: &'a Cited,
    sensitive: Option<Sensitive>,
}

/// The built-in types without `of`.
const SCALARS: &[(&str, Type)] = &[
    ("any", Type::Any),
    ("binary", Type::Binary),
    ("boolean", Type::Boolean),
    ("country", Type::Country),
    ("currency", Type::Currency(Case::Upper)),
    ("date", Type::Date),
    ("datetime", Type::DateTime),
    ("decimal", Type::Decimal),
    ("epoch_millis", Type::Timestamp(Epoch::Millis)),
    ("epoch_seconds", Type::Timestamp(Epoch::Seconds)),
    ("integer", Type::Integer),
    ("string", Type::String),
    ("url", Type::Url),
    ("uuid", Type::Uuid),
];
/// The built-in types that need an `of`.
const LIST: &str = "list";
const MAP: &str = "map";
const JSON: &str = "json";

impl<'a> Context<'a> {
    /// Gives every object, enum and union its id, so that fields can name them in any order.
    pub(super) fn declare_types(&mut self, source: &'a ApiSource) {
        let (mut objects, mut enums, mut unions) = (0, 0, 0);
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
            for entry in at.at("unions").entries().take(file.value.unions.len()) {
                self.declare(entry, Named::Union(UnionId(unions)));
                unions += 1;
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

    /// Returns the type of a field, and the limits inside it that no source states. Without a type, it is unknown,
    /// which has then been reported.
    pub(super) fn field_type(
        &mut self,
        field: &format::Field,
        at: At<'_>,
        sources: &Cited,
    ) -> (Option<Type>, Vec<&'static str>) {
        let mut unknown = Vec::new();
        let described = Described {
            ty: &field.ty,
            of: field.of.as_ref(),
            keys: field.keys.as_deref(),
        };
        let place = Inner {
            sources,
            sensitive: field.sensitive,
        };
        let ty = self.described_type(&described, at, place, &mut unknown);
        (ty, unknown)
    }

    fn described_type(
        &mut self,
        described: &Described<'_>,
        at: At<'_>,
        place: Inner<'_>,
        unknown: &mut Vec<&'static str>,
    ) -> Option<Type> {
        let Described { ty, of, keys } = *described;
        let keys = keys.map(|keys| {
            let sensitive = place.sensitive.is_some();
            let (rules, limits) = self.keys(keys, at.at("keys"), place.sources, sensitive);
            unknown.extend(limits);
            rules
        });
        if keys.is_some() && ty != MAP {
            let message = format!("`keys` does not apply to values of type {ty}");
            let span = at.at("keys").key_span();
            self.report(
                Diagnostic::new(&codes::MISFIT, message)
                    .at(span, "does not fit the type")
                    .help("only a `map` has keys"),
            );
        }
        let of_at = at.at("of");
        match (ty, of) {
            (LIST, Some(of)) => {
                let element = self.element(of, of_at, place, unknown)?;
                Some(Type::List(Box::new(element)))
            }
            (MAP, Some(of)) => {
                let values = self.element(of, of_at, place, unknown)?;
                Some(Type::Map(Box::new(Map {
                    keys: keys.unwrap_or_default(),
                    values,
                })))
            }
            (JSON, Some(Of::Name(of))) => {
                if let Type::Object(id) = self.named_type(of, of_at)? {
                    return Some(Type::Json(id));
                }
                self.bad_element(
                    of_at,
                    format!("`{of}` is not an object"),
                    "expected the name of an object",
                );
                None
            }
            (JSON, Some(Of::Element(_))) => {
                self.bad_element(
                    of_at,
                    "the object inside a `json` has no constraints".into(),
                    "expected the name of an object",
                );
                None
            }
            (LIST, None) => {
                self.bad_element(
                    at.at("type"),
                    "a list needs an element type".into(),
                    "add `of: TYPE`",
                );
                None
            }
            (MAP, None) => {
                self.bad_element(
                    at.at("type"),
                    "a map needs a type of its values".into(),
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
                    "remove `of`: only `list`, `map` and `json` have it",
                );
                None
            }
            (_, None) => self.named_type(ty, at.at("type")),
        }
    }

    /// Resolves what a list or map contains.
    fn element(
        &mut self,
        of: &Of,
        at: At<'_>,
        place: Inner<'_>,
        unknown: &mut Vec<&'static str>,
    ) -> Option<Element> {
        let element = match of {
            Of::Name(name) => return Some(Element::plain(self.named_type(name, at)?)),
            Of::Element(element) => element,
        };
        let described = Described {
            ty: &element.ty,
            of: element.of.as_ref(),
            keys: element.keys.as_deref(),
        };
        let ty = self.described_type(&described, at, place, unknown);
        let Inner { sources, sensitive } = place;
        let rules = self.constraints(&element.of_value(), at, ty.as_ref(), sources, sensitive);
        unknown.extend(rules.unknown_limits.iter().map(|_| "of"));
        let json_type = self.json_type(element.json_type, ty.as_ref(), at);
        let nullable = element.nullable && self.may_be_null(ty.as_ref(), at);
        Some(Element {
            ty: ty?,
            json_type,
            nullable,
            constraints: rules.constraints,
        })
    }

    fn bad_element(&mut self, at: At<'_>, message: String, help: &str) {
        self.report(
            Diagnostic::new(&codes::BAD_ELEMENT, message)
                .at(at.span(), "")
                .help(help),
        );
    }

    pub(super) fn named_type(&mut self, name: &str, at: At<'_>) -> Option<Type> {
        if let Some((_, ty)) = SCALARS.iter().find(|(scalar, _)| *scalar == name) {
            return Some(ty.clone());
        }
        match self.types.by_name.get(name) {
            Some((Named::Object(id), _)) => return Some(Type::Object(*id)),
            Some((Named::Enum(id), _)) => return Some(Type::Enum(*id)),
            Some((Named::Union(id), _)) => return Some(Type::Union(*id)),
            None => {}
        }
        if built_in(name) {
            let message = format!("`{name}` needs an `of` of its own");
            let help = format!("write `of: {{ type: {name}, of: TYPE }}`");
            self.bad_element(at, message, &help);
        } else if !TYPES
            .iter()
            .any(|section| self.may_exist(FileKind::Types, section, name))
        {
            let own = self.types.by_name.keys().map(String::as_str);
            let known: Vec<&'static str> = scalars().chain(containers()).collect();
            let unknown = Diagnostic::new(&codes::UNKNOWN_TYPE, format!("unknown type `{name}`"))
                .at(at.span(), "neither built in nor declared in this API");
            let near = self.suggest(unknown.clone(), name, known.iter().copied().chain(own));
            let unknown = match near.help.is_empty() {
                true => self
                    .suggest_or_list(unknown, name, known.iter().copied())
                    .help(format!("or declare `{name}` in a file below `types/`")),
                false => near,
            };
            self.report(match Limit::of(name, std::iter::empty()) {
                Some(limit) => unknown.limit(limit),
                None => unknown,
            });
        }
        None
    }

    /// Returns a type in words.
    pub(super) fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Enum(id) => self.enums.get(id.0).map_or("enum", |e| &e.name).to_owned(),
            Type::Object(id) => self.object_name(*id),
            Type::Union(id) => self
                .unions
                .get(id.0)
                .map_or("union", |one| &one.name)
                .to_owned(),
            Type::Json(id) => format!("{JSON} of {}", self.object_name(*id)),
            Type::List(element) => format!("{LIST} of {}", self.type_name(&element.ty)),
            Type::Map(map) => format!("{MAP} of {}", self.type_name(&map.values.ty)),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country => {
                let scalar = SCALARS.iter().find(|(_, scalar)| scalar == ty);
                scalar.map_or("scalar", |(name, _)| name).to_owned()
            }
            Type::Currency(_) => "currency".to_owned(),
        }
    }

    fn object_name(&self, id: ObjectId) -> String {
        let name = self.types.objects.get(id.0);
        name.map_or("object", String::as_str).to_owned()
    }
}

/// Returns the names of the built-in types that need no `of`.
pub(crate) fn scalars() -> impl Iterator<Item = &'static str> {
    SCALARS.iter().map(|(name, _)| *name)
}

/// Returns the names of the built-in types that need an `of`.
pub(crate) fn containers() -> [&'static str; 3] {
    [LIST, MAP, JSON]
}

fn built_in(name: &str) -> bool {
    containers().contains(&name) || SCALARS.iter().any(|(scalar, _)| *scalar == name)
}
