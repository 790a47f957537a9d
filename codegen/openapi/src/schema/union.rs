//! Types of which a value is one: objects that a text inside them tells apart, or types with different JSON types.

use payspec_model::model::{Discriminator, Union, UnionId, Variant};
use payspec_runtime::JsonShape;

use super::Writer;
use super::rule::Site;
use super::scalar::text;
use super::typed::Typed;
use crate::json::{Json, Map};
use crate::names::Named;

impl Writer<'_> {
    /// Returns the schema of a union. What the provider adds later is valid in what it sends.
    pub(crate) fn union(&mut self, id: UnionId) -> Map {
        let union = self.api.union(id);
        match &union.discriminator {
            Discriminator::Field { name, .. } => self.by_tag(id, union, name),
            Discriminator::JsonType => self.by_shape(union),
        }
    }

    /// Returns the schema of types with different JSON types.
    fn by_shape(&mut self, union: &Union) -> Map {
        let mut options: Vec<Map> = Vec::new();
        for variant in &union.variants {
            let site = Site {
                origin: variant.origin,
                is_id: false,
            };
            let schema = self.value(Typed::of_variant(variant), site);
            options.push(
                match (self.dialect.is_exact(), JsonShape::parse(&variant.tag)) {
                    // Elsewhere a number may be a text.
                    (true, Some(shape)) => of_shape(shape).with("allOf", vec![schema]),
                    (true | false, _) => schema,
                },
            );
        }
        if union.open && !self.is_strict() {
            let shapes: Vec<JsonShape> = union.shapes().collect();
            let others = JsonShape::ALL
                .iter()
                .filter(|shape| !shapes.contains(shape));
            options.extend(others.map(|shape| of_shape(*shape)));
        }
        Map::new()
            .with_filled("description", &union.description)
            .with("oneOf", options)
            .and(self.notes_of_union(union))
    }

    fn by_tag(&self, id: UnionId, union: &Union, name: &str) -> Map {
        let is_extensible = union.open && !self.is_strict();
        let exact = self.dialect.is_exact();
        let mut options: Vec<Map> = match exact {
            true => union
                .variants
                .iter()
                .map(|one| self.tagged(name, one))
                .collect(),
            false => (0..union.variants.len())
                .map(|index| self.dialect.reference(self.variant_name(id, index)))
                .collect(),
        };
        if is_extensible {
            options.push(undocumented(union, name));
        }
        let mut schema = Map::new().with_filled("description", &union.description);
        if exact {
            schema.set("type", "object");
            schema.set("required", vec![name]);
        }
        // A generated client that does not know an object must still accept it.
        let key = if is_extensible && !exact {
            "anyOf"
        } else {
            "oneOf"
        };
        schema.set(key, options);
        if !exact {
            schema.set("discriminator", self.discriminator(id, union, name));
        }
        schema.and(self.notes_of_union(union))
    }

    /// Returns the schema of one of the objects of a union with its discriminator.
    pub(crate) fn variant(&self, id: UnionId, index: usize) -> Map {
        let union = self.api.union(id);
        let (Some(variant), Some(name)) = (union.variants.get(index), union.discriminator.field())
        else {
            return Map::new();
        };
        self.tagged(name, variant)
            .with_filled("description", &variant.description)
    }

    fn variant_name(&self, id: UnionId, index: usize) -> &str {
        self.names.name(Named::Variant(id, index), self.direction)
    }

    /// Returns the object that says which schema each text of the discriminator names.
    fn discriminator(&self, id: UnionId, union: &Union, name: &str) -> Map {
        let mapping = union.variants.iter().enumerate().map(|(index, variant)| {
            let place = self.dialect.definitions();
            let schema = format!("{place}{}", self.variant_name(id, index));
            (variant.tag.clone(), Json::from(schema))
        });
        Map::new()
            .with("propertyName", name)
            .with("mapping", mapping.collect::<Map>())
    }

    fn tagged(&self, name: &str, variant: &Variant) -> Map {
        let tag = match self.dialect.is_exact() {
            true => self.dialect.constant(variant.tag.as_str()),
            false => text().with("enum", vec![variant.tag.as_str()]),
        };
        let mut parts = vec![with_discriminator(name, tag)];
        if let Some(object) = variant.object() {
            let object = self.names.object(object, self.direction);
            parts.push(self.dialect.reference(object));
        }
        Map::new().with("allOf", parts)
    }
}

/// Returns the schema of an object that is not documented.
fn undocumented(union: &Union, name: &str) -> Map {
    let tags: Vec<&str> = union.tags().collect();
    let other = Map::new().with("enum", tags);
    with_discriminator(name, text().with("minLength", 1_u32).with("not", other))
}

/// Returns the schema of all values of a JSON type.
fn of_shape(shape: JsonShape) -> Map {
    let ty = |name: &str| Map::new().with("type", name);
    match shape {
        JsonShape::String => ty("string"),
        JsonShape::Number => ty("number"),
        JsonShape::Boolean => ty("boolean"),
        JsonShape::Object => ty("object"),
        JsonShape::List => ty("array").with("items", Map::new()),
    }
}

fn with_discriminator(name: &str, tag: Map) -> Map {
    Map::new()
        .with("type", "object")
        .with("required", vec![name])
        .with("properties", Map::new().with(name, tag))
}
