//! Objects that a text inside them tells apart.

use std::collections::BTreeSet;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, VariantEntry};
use crate::model::{ObjectId, Type, Union, UnionId, Variant};
use crate::source::{ApiSource, At};

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
        if said.one_of.is_empty() {
            let message = format!("the union `{name}` has no objects");
            self.report(
                Diagnostic::new(&codes::EMPTY_ENUM, message)
                    .at(at.key_span(), "expected at least one object in `one_of`"),
            );
        }
        let entries = said.one_of.iter().zip(at.at("one_of").entries());
        let variants = entries.filter_map(|((tag, entry), at)| self.variant(tag, entry, at));
        Union {
            name: name.to_owned(),
            description: said.description.clone(),
            renamed_from: said.renamed_from.clone(),
            discriminator: said.discriminator.clone(),
            open: said.open,
            variants: variants.collect(),
            sources: sources.ids,
            origin,
            discriminator_origin: self.key_origin(at, "discriminator", origin),
        }
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
            object,
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
            for variant in &union.variants {
                let Some(object) = self.objects.get(variant.object.0) else {
                    continue;
                };
                let Some(field) = object.field(&union.discriminator) else {
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
                    .map(|one| one.object)
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
