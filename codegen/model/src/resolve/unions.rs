//! Types of which a value is one.

use std::collections::BTreeSet;

use super::Context;
use super::sources::Cited;
use super::type_names::containers;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, EnumType, OneOf, VariantEntry};
use crate::model::{Discriminator, ObjectId, Type, Union, UnionId, Variant};
use crate::source::{ApiSource, At};
use payspec_runtime::JsonShape;

impl<'a> Context<'a> {
    /// Resolves all unions of a file. Their objects may be unknown yet.
    pub(super) fn unions(&mut self, said: &'a format::TypesFile, at: At<'a>, inherited: &Cited) {
        for ((name, said), at) in said.unions.iter().zip(at.at("unions").entries()) {
            let resolved = self.union(name, said, at, inherited);
            self.unions.push(resolved);
        }
    }

    fn union(&mut self, name: &str, said: &format::Union, at: At<'_>, inherited: &Cited) -> Union {
        let origin = self.origin(at);
        let sources = self.needed_sources(said.source.as_ref(), at, inherited, "union");
        let (discriminator, variants) = match (&said.one_of, &said.discriminator) {
            (OneOf::Tagged(objects), Some(name)) => {
                let entries = objects.iter().zip(at.at("one_of").entries());
                let objects = entries.filter_map(|((tag, entry), at)| self.variant(tag, entry, at));
                let objects = objects.collect();
                let discriminator = Discriminator::Field {
                    name: name.clone(),
                    origin: self.key_origin(at, "discriminator", origin),
                };
                (discriminator, objects)
            }
            (OneOf::Types(types), None) => {
                let types = self.types_by_shape(name, types, at.at("one_of"));
                (Discriminator::JsonType, types)
            }
            (OneOf::Tagged(_), None) => {
                let message = format!("the union `{name}` has no `discriminator`");
                let help = "add `discriminator: NAME`, or list types with different JSON types: `one_of: [string, Customer]`";
                let missing = Diagnostic::new(&codes::MISSING_KEY, message);
                self.report(
                    missing
                        .at(at.at("one_of").key_span(), "objects by a text")
                        .help(help),
                );
                (Discriminator::JsonType, Vec::new())
            }
            (OneOf::Types(_), Some(_)) => {
                let message = format!("the union `{name}` lists no texts of its discriminator");
                let wrong = Diagnostic::new(&codes::WRONG_TYPE, message);
                let help = "write `one_of: { TEXT: OBJECT }`, or remove `discriminator`";
                self.report(
                    wrong
                        .at(at.at("one_of").span(), "expected objects by a text")
                        .help(help),
                );
                (Discriminator::JsonType, Vec::new())
            }
        };
        let is_empty = match &said.one_of {
            OneOf::Tagged(objects) => objects.is_empty(),
            OneOf::Types(types) => types.is_empty(),
        };
        if is_empty {
            let message = format!("the union `{name}` has no types");
            self.report(
                Diagnostic::new(&codes::EMPTY_ENUM, message)
                    .at(at.key_span(), "expected at least one in `one_of`"),
            );
        }
        Union {
            name: name.to_owned(),
            description: said.description.clone(),
            renamed_from: said.renamed_from.clone(),
            discriminator,
            open: said.open,
            variants,
            sources: sources.ids,
            origin,
        }
    }

    /// Resolves the types of a union whose values have different JSON types. All enums are known.
    fn types_by_shape(&mut self, union: &str, names: &[String], at: At<'_>) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        for (name, at) in names.iter().zip(at.each()) {
            let Some((ty, shape)) = self.type_with_shape(name, at) else {
                continue;
            };
            let same = variants.iter().find(|one| one.tag == shape.as_str());
            if let Some(first) = same.map(|one| one.origin) {
                let message = format!("two types of the union `{union}` are JSON {shape}s");
                let twice = Diagnostic::new(&codes::DECLARED_TWICE, message)
                    .at(at.span(), "nothing tells their values apart")
                    .also(self.map.word_at(first), "first");
                self.report(match shape {
                    JsonShape::Object => {
                        twice.help("add a `discriminator`, a text that both objects have")
                    }
                    JsonShape::String
                    | JsonShape::Number
                    | JsonShape::Boolean
                    | JsonShape::List => twice.help("remove one of the types"),
                });
                continue;
            }
            variants.push(Variant {
                tag: shape.as_str().to_owned(),
                ty,
                description: String::new(),
                rust_name: Some(name.clone()),
                origin: self.origin(at),
            });
        }
        variants
    }

    /// Returns a type with the JSON type that tells its values apart.
    fn type_with_shape(&mut self, name: &str, at: At<'_>) -> Option<(Type, JsonShape)> {
        let ty = match containers().contains(&name) {
            true => None,
            false => Some(self.named_type(name, at)?),
        };
        let shape = ty.and_then(|ty| {
            let written_as = match self.enum_of(&ty).map(|set| set.ty) {
                Some(EnumType::Integer) => &Type::Integer,
                Some(EnumType::String) | None => &ty,
            };
            let shape = written_as.shape()?;
            Some((ty, shape))
        });
        if shape.is_none() {
            let message = format!("the JSON type does not tell values of type `{name}` apart");
            let misfit = Diagnostic::new(&codes::MISFIT, message)
                .at(
                    at.span(),
                    "expected a text, a number, a boolean or an object",
                )
                .limit(&limits::UNION_OF_CONTAINERS);
            self.report(misfit);
        }
        shape
    }

    fn variant(&mut self, tag: &str, entry: &VariantEntry, at: At<'_>) -> Option<Variant> {
        if tag.is_empty() {
            let message = "an empty text cannot tell objects apart";
            self.report(Diagnostic::new(&codes::OUT_OF_RANGE, message).at(at.key_span(), ""));
            return None;
        }
        let name = entry.object();
        let name_at = at.get("type").unwrap_or(at);
        let Some(object) = self.types.object(name) else {
            self.not_an_object(name, name_at);
            return None;
        };
        let long = entry.variant();
        Some(Variant {
            tag: tag.to_owned(),
            ty: Type::Object(object),
            description: long.map(|one| one.description.clone()).unwrap_or_default(),
            rust_name: long.and_then(|one| one.rust_name.clone()),
            origin: self.origin(at),
        })
    }

    /// Reports objects that have the discriminator of their union as a field. All objects are known.
    pub(super) fn check_unions(&mut self, source: &'a ApiSource) {
        let files = source.types.iter();
        let places: Vec<At<'_>> = files
            .flat_map(|file| {
                self.at_file(file)
                    .at("unions")
                    .entries()
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut found = Vec::new();
        for (union, at) in self.unions.iter().zip(places) {
            let Some(name) = union.discriminator.field() else {
                continue;
            };
            for id in union.variants.iter().filter_map(Variant::object) {
                let Some(object) = self.objects.get(id.0) else {
                    continue;
                };
                let Some(field) = object.field(name) else {
                    continue;
                };
                let message = format!(
                    "`{}` has the field `{}`, which the union `{}` adds",
                    object.name, field.name, union.name
                );
                let twice = Diagnostic::new(&codes::DECLARED_TWICE, message)
                    .at(self.map.word_at(field.origin), "remove this field")
                    .also(at.at("discriminator").span(), "added here");
                found.push(twice);
            }
        }
        self.found.extend(found);
    }

    /// Returns the objects that a value of a type can be, directly or in a JSON text: one, or those of a union.
    pub(super) fn objects_of(&self, ty: &Type) -> Vec<ObjectId> {
        match ty.union() {
            Some(id) => {
                let variants = self.unions.get(id.0).map(|one| one.variants.iter());
                variants
                    .into_iter()
                    .flatten()
                    .filter_map(Variant::object)
                    .collect()
            }
            None => ty.object().into_iter().collect(),
        }
    }

    /// Reports unions that contain themselves outside of lists and maps, because their Rust types would have no size.
    pub(super) fn find_unions_in_themselves(&mut self) {
        let mut found = Vec::new();
        for (index, union) in self.unions.iter().enumerate() {
            let (own, mut seen) = (Type::Union(UnionId(index)), BTreeSet::new());
            let mut open = self.objects_of(&own);
            while let Some(id) = open.pop() {
                let Some(object) = self.objects.get(id.0).filter(|_| seen.insert(id)) else {
                    continue;
                };
                for field in &object.fields {
                    if field.ty == own {
                        let message = format!(
                            "the union `{}` contains itself in `{}.{}`",
                            union.name, object.name, field.name
                        );
                        let endless = Diagnostic::new(&codes::ENDLESS_TYPE, message)
                            .at(self.map.word_at(field.origin), "")
                            .help("make this field a list or a map");
                        found.push(endless.limit(&limits::UNION_IN_ITSELF));
                    }
                    open.extend(self.objects_of(&field.ty));
                }
            }
        }
        self.found.extend(found);
    }
}
