use payspec_model::model::Direction;

use crate::json::{Json, Map};

/// The language of a schema, and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// JSON Schema 2020-12, to validate messages: it accepts every spelling that payspec accepts.
    JsonSchema,
    /// The schemas of OpenAPI 3.1, to document messages and generate code: they show one spelling of each value.
    OpenApi31,
    /// The schemas of OpenAPI 3.0, for the same purpose.
    OpenApi30,
}

impl Dialect {
    /// Returns whether a schema accepts exactly the messages in which payspec finds no error.
    pub(crate) fn is_exact(self) -> bool {
        self == Dialect::JsonSchema
    }

    /// Returns whether schemas have what JSON Schema 2020-12 has: `const`, `if`, `contains`, keywords beside `$ref`.
    pub(crate) fn is_modern(self) -> bool {
        match self {
            Dialect::JsonSchema | Dialect::OpenApi31 => true,
            Dialect::OpenApi30 => false,
        }
    }

    /// Returns the place of named schemas in a document.
    pub(crate) fn definitions(self) -> &'static str {
        match self {
            Dialect::JsonSchema => "#/$defs/",
            Dialect::OpenApi31 | Dialect::OpenApi30 => "#/components/schemas/",
        }
    }

    /// Returns a reference to a named schema.
    pub(crate) fn reference(self, name: &str) -> Map {
        Map::new().with("$ref", format!("{}{name}", self.definitions()))
    }

    /// Returns a schema of one value.
    pub(crate) fn constant(self, value: impl Into<Json>) -> Map {
        match self.is_modern() {
            true => Map::new().with("const", value),
            false => Map::new().with("enum", vec![value.into()]),
        }
    }
}

/// Returns the directions, outgoing first.
pub(crate) const DIRECTIONS: [Direction; 2] = [Direction::Outgoing, Direction::Incoming];

/// Adds assertions to a schema, so that both must hold.
pub(crate) fn conjoin(schema: &mut Map, more: Map) {
    let clashes = more.iter().any(|(key, value)| {
        let other = schema.get(key);
        key != "minLength" && key != "allOf" && other.is_some_and(|other| other != value)
    });
    if clashes {
        push_all_of(schema, more);
        return;
    }
    for (key, value) in more {
        match (key.as_str(), value) {
            ("allOf", Json::List(list)) => {
                for one in list {
                    push_all_of(schema, one);
                }
            }
            ("minLength", Json::Number(new)) => {
                let old = schema.get("minLength");
                let is_larger = match old {
                    Some(Json::Number(old)) => new.as_u64() > old.as_u64(),
                    Some(_) | None => true,
                };
                if is_larger {
                    schema.set(key, new);
                }
            }
            (_, value) => schema.set(key, value),
        }
    }
}

fn push_all_of(schema: &mut Map, more: impl Into<Json>) {
    let mut list = match schema.take("allOf") {
        Some(Json::List(list)) => list,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    list.push(more.into());
    schema.set("allOf", list);
}

/// OpenAPI 3.0 ignores what is beside a reference.
pub(super) fn with_reference_alone(mut schema: Map) -> Map {
    if schema.iter().count() < 2 {
        return schema;
    }
    if let Some(reference) = schema.take("$ref") {
        conjoin(
            &mut schema,
            Map::new().with("allOf", vec![Map::new().with("$ref", reference)]),
        );
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assertions_are_joined() {
        let mut schema = Map::new().with("type", "string").with("minLength", 1_u32);
        conjoin(&mut schema, Map::new().with("minLength", 3_u32));
        conjoin(&mut schema, Map::new().with("minLength", 2_u32));
        conjoin(&mut schema, Map::new().with("pattern", "a"));
        conjoin(&mut schema, Map::new().with("pattern", "b"));
        let expected = Map::new()
            .with("type", "string")
            .with("minLength", 3_u32)
            .with("pattern", "a")
            .with("allOf", vec![Map::new().with("pattern", "b")]);
        assert_eq!(schema, expected);
    }
}
