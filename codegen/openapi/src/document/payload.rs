//! The bodies of operations: their schemas and examples.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use payspec_model::model::{Api, Body, Direction, Example, Operation, Side};
use payspec_model::naming::type_name;
use payspec_runtime::MediaType;

use super::group::Group;
use super::parameters;
use super::styles;
use super::transport;
use crate::choose_names::choose;
use crate::facts;
use crate::json::{Json, Map};
use crate::names::{Named, Names};
use crate::scalar::Scalar;
use crate::schema::{BodySchema, DIRECTIONS, Dialect, Writer, are_exclusive, in_body};

/// Writes the schemas of all bodies of a document, and keeps them for its components.
pub(super) struct Payloads<'m> {
    api: &'m Api,
    dialect: Dialect,
    names: Names,
    /// The schemas of bodies, by name.
    bodies: Map,
    /// The names of the schemas of bodies.
    by_body: BTreeMap<(&'m str, Side), String>,
    scalars: BTreeSet<(Scalar, Direction)>,
}

/// A body with its examples.
pub(super) struct Payload {
    media_type: MediaType,
    schema: Map,
    /// The styles of a form's fields.
    encoding: Map,
    examples: Vec<Shown>,
    /// The keywords of payspec about it.
    pub(super) notes: Map,
}

/// An example of a body.
struct Shown {
    http_status: Option<u16>,
    name: String,
    example: Json,
}

impl Payload {
    /// Returns the media types, with all examples.
    pub(super) fn content(&self) -> Map {
        self.content_of(&self.schema, |_| true)
    }

    /// Returns the schema.
    pub(super) fn schema(&self) -> &Map {
        &self.schema
    }

    /// Returns the media types, with a schema and the examples of some HTTP statuses.
    pub(super) fn content_of(&self, schema: &Map, is_shown: impl Fn(Option<u16>) -> bool) -> Map {
        let examples = self.examples.iter();
        let examples = examples.filter(|one| is_shown(one.http_status));
        let examples = examples.map(|one| (one.name.clone(), one.example.clone()));
        let media = Map::new()
            .with("schema", schema.clone())
            .with_filled("examples", examples.collect::<Map>())
            .with_filled("encoding", self.encoding.clone());
        Map::new().with(self.media_type.as_str(), media)
    }
}

impl<'m> Payloads<'m> {
    pub(super) fn new(api: &'m Api, dialect: Dialect) -> Self {
        let operations = api.operations.iter();
        let bodies = operations.flat_map(|operation| {
            Side::ALL.iter().filter_map(|side| {
                let body = operation.body(*side)?;
                Some((body, operation.direction(*side)))
            })
        });
        let bodies: Vec<_> = bodies.collect();
        Payloads {
            api,
            dialect,
            names: choose(api, dialect, &bodies),
            bodies: Map::new(),
            by_body: BTreeMap::new(),
            scalars: BTreeSet::new(),
        }
    }

    /// Returns the body of one side of a group; [`None`] if it has none.
    pub(super) fn side(&mut self, group: &Group<'m>, side: Side) -> Option<Payload> {
        let with_body = |one: &&'m Operation| match side {
            Side::Request => parameters::has_body(one),
            Side::Response => one.response.is_some(),
        };
        let operations = group.operations.iter().copied().filter(with_body);
        let operations: Vec<&'m Operation> = operations.collect();
        let schema = match operations.as_slice() {
            [] => return None,
            [only] => {
                let name = match self.shared(only.body(side)?, only.direction(side)) {
                    Some(name) => {
                        self.by_body.insert((&only.id, side), name.clone());
                        name
                    }
                    None => {
                        let schema = self.schema(only, side)?.whole();
                        self.keep(only, side, schema)?
                    }
                };
                self.dialect.reference(&name)
            }
            several => self.scenarios(group, several, side)?,
        };
        let is_alone = group.operations.len() == 1;
        let examples = operations.iter().flat_map(|operation| {
            let examples = operation.examples.iter().filter(|one| one.side == side);
            examples.map(|one| self.example(operation, one, is_alone))
        });
        // Operations at one address have one media type.
        let first = operations.first().copied();
        let form =
            first.filter(|one| side == Side::Request && one.request.media_type == MediaType::Form);
        let media_type = form.map_or(MediaType::Json, |_| MediaType::Form);
        let encoding = form.map_or_else(Map::new, |one| styles::encoding(self.api, one));
        let examples = examples.collect();
        let headers = match side {
            Side::Request => &self.api.request_headers,
            Side::Response => &self.api.response_headers,
        };
        Some(Payload {
            media_type,
            encoding,
            notes: match media_type {
                MediaType::Json => transport::content_type_notes(self.api, headers),
                MediaType::Form => Map::new(),
            },
            schema,
            examples,
        })
    }

    /// Returns the parameters of a group.
    pub(super) fn parameters(&mut self, group: &Group<'m>) -> Vec<Json> {
        let direction = group
            .operations
            .first()
            .map(|one| one.direction(Side::Request));
        let direction = direction.unwrap_or(Direction::Outgoing);
        let mut writer = Writer::new(self.api, self.dialect, direction, &self.names);
        let parameters = parameters::of_group(self.api, group, &mut writer);
        self.scalars.append(&mut writer.scalars);
        parameters
    }

    /// Returns the schemas of the answers of a group by their HTTP status, if they differ. Those of several operations at
    /// one path are described together.
    pub(super) fn responses(&mut self, group: &Group<'m>) -> Vec<(&'m str, Map)> {
        let [operation] = group.operations.as_slice() else {
            return Vec::new();
        };
        let Some(whole) = &operation.response else {
            return Vec::new();
        };
        let mut schemas = Vec::new();
        for response in &operation.responses {
            let direction = operation.direction(Side::Response);
            let body = response.body(whole);
            if let Some(name) = self.shared(&body, direction) {
                let schema = self.dialect.reference(&name);
                schemas.push((response.status.as_str(), schema));
                continue;
            }
            let mut writer = Writer::new(self.api, self.dialect, direction, &self.names);
            let schema = writer.body(&body).whole();
            self.scalars.append(&mut writer.scalars);
            let status = match response.status.as_str() {
                "default" => "Default",
                status => status,
            };
            let name = self.names.unique(&format!("{}{status}", whole.object.name));
            self.bodies.set(name.as_str(), schema);
            schemas.push((response.status.as_str(), self.dialect.reference(&name)));
        }
        schemas
    }

    /// Returns a reference to the body of one of several operations.
    pub(super) fn reference(&self, operation: &Operation, side: Side) -> Option<Map> {
        let name = self.by_body.get(&(operation.id.as_str(), side))?;
        Some(self.dialect.reference(name))
    }

    /// Returns the name of the shared schema of a body that is an object as a whole.
    fn shared(&self, body: &Body, direction: Direction) -> Option<String> {
        let mut writer = Writer::new(self.api, self.dialect, direction, &self.names);
        writer.name_of_body(&in_body(body))
    }

    fn schema(&mut self, operation: &'m Operation, side: Side) -> Option<BodySchema> {
        let body = operation.body(side)?;
        let direction = operation.direction(side);
        let mut writer = Writer::new(self.api, self.dialect, direction, &self.names);
        let schema = writer.body(body);
        self.scalars.append(&mut writer.scalars);
        Some(schema)
    }

    /// Keeps the schema of a body under its name.
    fn keep(&mut self, operation: &'m Operation, side: Side, schema: Map) -> Option<String> {
        let name = self.names.unique(&operation.body(side)?.object.name);
        self.by_body.insert((&operation.id, side), name.clone());
        self.bodies.set(name.as_str(), schema);
        Some(name)
    }

    /// Returns the schema of a body that differs from scenario to scenario: what all have is written once.
    fn scenarios(
        &mut self,
        group: &Group<'m>,
        operations: &[&'m Operation],
        side: Side,
    ) -> Option<Map> {
        let schemas = operations.iter().map(|one| self.schema(one, side));
        let schemas: Vec<BodySchema> = schemas.collect::<Option<_>>()?;
        let (shared, own) = BodySchema::split(schemas);
        let base = type_name(&group.id).unwrap_or_else(|_| group.id.clone());
        let word = match side {
            Side::Request => "Request",
            Side::Response => "Response",
        };
        let whole = self.names.unique(&format!("{base}{word}"));
        // The name comes before those of the scenarios.
        self.bodies.set(whole.as_str(), Json::Null);
        let shared = (!shared.is_empty()).then(|| {
            let name = self.names.unique(&format!("{whole}Common"));
            self.bodies.set(name.as_str(), shared);
            self.dialect.reference(&name)
        });
        let mut ways = Vec::new();
        for (operation, schema) in operations.iter().zip(own) {
            let schema = match &shared {
                Some(shared) => schema.beside(shared.clone()),
                None => schema.whole(),
            };
            let schema = Map::new().with("title", &operation.title).and(schema);
            let name = self.keep(operation, side, schema)?;
            ways.push(self.dialect.reference(&name));
        }
        let first = operations.first()?;
        let writer = Writer::new(self.api, self.dialect, first.direction(side), &self.names);
        let bodies = operations.iter().filter_map(|one| one.body(side));
        let bodies: Vec<Cow<'_, Body>> = bodies.map(in_body).collect();
        let bodies: Vec<&Body> = bodies.iter().map(|body| &**body).collect();
        // A message that fits two scenarios is valid, and `oneOf` would refuse it.
        let have_fields = bodies.iter().all(|body| body.object.whole_body().is_none());
        let key = match have_fields && are_exclusive(&writer, &bodies) {
            true => "oneOf",
            false => "anyOf",
        };
        self.bodies.set(whole.as_str(), Map::new().with(key, ways));
        Some(self.dialect.reference(&whole))
    }

    fn example(&self, operation: &Operation, example: &Example, is_alone: bool) -> Shown {
        let Example {
            name,
            side,
            http_status,
            file: _,
            json,
            note,
            sources,
            origin: _,
        } = example;
        let key = match is_alone {
            true => name.clone(),
            false => format!("{}.{name}", operation.id),
        };
        let value = Json::parse(json).unwrap_or_else(|| json.into());
        let value = match side {
            Side::Request => parameters::body_of(operation, value),
            Side::Response => value,
        };
        let example = Map::new()
            .with("summary", format!("{}: {name}", operation.title))
            .with_some("description", note.as_ref())
            .with("value", value)
            .and(facts::sources(self.api, "x-payspec-sources", sources));
        Shown {
            http_status: *http_status,
            name: key,
            example: example.into(),
        }
    }

    /// Returns the named schemas: bodies, then shared types.
    pub(super) fn components(&mut self) -> Map {
        let Payloads {
            api,
            dialect,
            names,
            bodies,
            by_body: _,
            scalars,
        } = self;
        let mut writers = DIRECTIONS.map(|direction| Writer::new(api, *dialect, direction, names));
        let mut types = Map::new();
        for (named, direction) in &names.listed {
            let writer = writers.iter_mut().find(|one| one.direction == *direction);
            let (Some(writer), false) = (writer, matches!(named, Named::Scalar(_))) else {
                continue;
            };
            types.set(names.name(*named, *direction), writer.definition(*named));
        }
        for writer in &mut writers {
            scalars.append(&mut writer.scalars);
        }
        for (scalar, direction) in scalars.iter() {
            if let Some(writer) = writers.iter().find(|one| one.direction == *direction) {
                let name = names.scalar(*scalar, *direction);
                types.set(name, writer.scalar_definition(*scalar));
            }
        }
        std::mem::take(bodies).and(types)
    }
}
