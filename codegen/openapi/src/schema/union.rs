//! Objects that a text inside them tells apart.

use payspec_model::model::{Union, UnionId, Variant};

use super::Writer;
use super::scalar::text;
use crate::json::{Json, Map};
use crate::names::Named;

impl Writer<'_> {
    /// Returns the schema of a union. What the provider adds later is valid in what it sends.
    pub(crate) fn union(&self, id: UnionId) -> Map {
        let union = self.api.union(id);
        let is_extensible = union.open && !self.is_strict();
        let exact = self.dialect.is_exact();
        let mut options: Vec<Map> = match exact {
            true => union
                .variants
                .iter()
                .map(|one| self.tagged(union, one))
                .collect(),
            false => (0..union.variants.len())
                .map(|index| self.dialect.reference(self.variant_name(id, index)))
                .collect(),
        };
        if is_extensible {
            options.push(self.undocumented(union));
        }
        let mut schema = Map::new().with_filled("description", &union.description);
        if exact {
            schema.set("type", "object");
            schema.set("required", vec![union.discriminator.as_str()]);
        }
        // A generated client that does not know an object must still accept it.
        let key = if is_extensible && !exact {
            "anyOf"
        } else {
            "oneOf"
        };
        schema.set(key, options);
        if !exact {
            schema.set("discriminator", self.discriminator(id, union));
        }
        schema.and(self.notes_of_union(union))
    }

    /// Returns the schema of one of the objects of a union with its discriminator.
    pub(crate) fn variant(&self, id: UnionId, index: usize) -> Map {
        let union = self.api.union(id);
        let Some(variant) = union.variants.get(index) else {
            return Map::new();
        };
        self.tagged(union, variant)
            .with_filled("description", &variant.description)
    }

    fn variant_name(&self, id: UnionId, index: usize) -> &str {
        self.names.name(Named::Variant(id, index), self.direction)
    }

    /// Returns the object that says which schema each text of the discriminator names.
    fn discriminator(&self, id: UnionId, union: &Union) -> Map {
        let mapping = union.variants.iter().enumerate().map(|(index, variant)| {
            let place = self.dialect.definitions();
            let schema = format!("{place}{}", self.variant_name(id, index));
            (variant.tag.clone(), Json::from(schema))
        });
        Map::new()
            .with("propertyName", &union.discriminator)
            .with("mapping", mapping.collect::<Map>())
    }

    fn tagged(&self, union: &Union, variant: &Variant) -> Map {
        let name = self.names.object(variant.object, self.direction);
        let tag = match self.dialect.is_exact() {
            true => self.dialect.constant(variant.tag.as_str()),
            false => text().with("enum", vec![variant.tag.as_str()]),
        };
        let own = with_discriminator(union, tag);
        Map::new().with("allOf", vec![own, self.dialect.reference(name)])
    }

    /// Returns the schema of an object that is not documented.
    fn undocumented(&self, union: &Union) -> Map {
        let tags: Vec<&str> = union.tags().collect();
        let other = Map::new().with("enum", tags);
        with_discriminator(union, text().with("minLength", 1_u32).with("not", other))
    }
}

fn with_discriminator(union: &Union, tag: Map) -> Map {
    let name = union.discriminator.as_str();
    Map::new()
        .with("type", "object")
        .with("required", vec![name])
        .with("properties", Map::new().with(name, tag))
}
