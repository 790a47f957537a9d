//! JSON Schemas of messages.

use payspec_model::model::{Api, Body, Direction, Operation, Side};

use crate::choose_names::choose;
use crate::json::{Json, Map};
use crate::names::{Named, Names};
use crate::schema::{DIRECTIONS, Dialect, Unsaid, Writer};

/// The address of the language.
const LANGUAGE: &str = "https://json-schema.org/draft/2020-12/schema";

/// A rule about the text of a message, which a schema does not see.
const NO_DUPLICATES: &str =
    "payspec also refuses a message in which an object has two members of one name.";

/// The JSON Schema of the messages of one body.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageSchema {
    /// The schema.
    pub schema: Map,
    /// The rules that it does not assert; the schema lists them as `$comment`.
    pub unsaid: Vec<Unsaid>,
}

/// Returns the JSON Schema (2020-12) of one side of an operation; [`None`] if the operation describes no such body.
///
/// It accepts the messages in which the message checker of `payspec-model` finds no error, apart from the rules that
/// a schema cannot state.
///
/// ```
/// use payspec_model::{load, model::Side};
/// use payspec_openapi::message_schema;
/// use std::path::Path;
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let (api, operation) = model.operation("pay_entry_code").ok_or("no such operation")?;
/// let schema = message_schema(api, operation, Side::Request).ok_or("no request")?;
/// assert!(schema.schema.get("required").is_some());
/// # Ok::<(), &str>(())
/// ```
pub fn message_schema(api: &Api, operation: &Operation, side: Side) -> Option<MessageSchema> {
    let body = operation.body(side)?;
    let mut definitions = Definitions::new(api, &[(body, operation.direction(side))]);
    let schema = definitions.body(body, operation.direction(side));
    let (types, unsaid) = definitions.finish();
    let schema = Map::new()
        .with("$schema", LANGUAGE)
        .with("title", title(operation, side))
        .and(schema)
        .with_filled("$defs", types);
    Some(MessageSchema { schema, unsaid })
}

/// Returns one JSON Schema document with the messages of all operations of an API below `$defs`, and the types that
/// they share once.
pub fn api_schema(api: &Api) -> Map {
    let bodies = || {
        api.operations.iter().flat_map(|operation| {
            let sides = Side::ALL.iter();
            sides.filter_map(move |side| Some((operation, *side, operation.body(*side)?)))
        })
    };
    let all = bodies().map(|(operation, side, body)| (body, operation.direction(side)));
    let mut definitions = Definitions::new(api, &all.collect::<Vec<_>>());
    let mut messages = Map::new();
    for (operation, side, body) in bodies() {
        let schema = definitions.body(body, operation.direction(side));
        let name = definitions.names.unique(&body.object.name);
        let schema = Map::new().with("title", title(operation, side)).and(schema);
        messages.set(name, schema);
    }
    let (types, _) = definitions.finish();
    Map::new()
        .with("$schema", LANGUAGE)
        .with("title", &api.title)
        .with_filled("description", &api.description)
        .with("$defs", messages.and(types))
}

fn title(operation: &Operation, side: Side) -> String {
    format!("{}: {side}", operation.title)
}

/// The types that messages share.
struct Definitions<'m> {
    api: &'m Api,
    names: Names,
    scalars: std::collections::BTreeSet<(crate::scalar::Scalar, Direction)>,
    unsaid: Vec<Unsaid>,
}

impl<'m> Definitions<'m> {
    fn new(api: &'m Api, bodies: &[(&'m Body, Direction)]) -> Self {
        Definitions {
            api,
            names: choose(api, Dialect::JsonSchema, bodies),
            scalars: Default::default(),
            unsaid: Vec::new(),
        }
    }

    fn writer(&self, direction: Direction) -> Writer<'_> {
        Writer::new(self.api, Dialect::JsonSchema, direction, &self.names)
    }

    fn body(&mut self, body: &Body, direction: Direction) -> Map {
        let mut writer = self.writer(direction);
        let mut schema = writer.body(body).whole();
        let comment = match schema.take("$comment") {
            Some(Json::Text(comment)) => format!("{comment} {NO_DUPLICATES}"),
            Some(_) | None => NO_DUPLICATES.to_owned(),
        };
        schema.set("$comment", comment);
        let Writer {
            mut scalars,
            mut unsaid,
            ..
        } = writer;
        self.scalars.append(&mut scalars);
        self.unsaid.append(&mut unsaid);
        schema
    }

    /// Returns the shared types by name, and all rules that the schemas do not assert.
    fn finish(self) -> (Map, Vec<Unsaid>) {
        let mut types = Map::new();
        let mut writers = DIRECTIONS.map(|direction| self.writer(direction));
        for (named, direction) in &self.names.listed {
            let writer = writers.iter_mut().find(|one| one.direction == *direction);
            let (Some(writer), false) = (writer, matches!(named, Named::Scalar(_))) else {
                continue;
            };
            types.set(
                self.names.name(*named, *direction),
                writer.definition(*named),
            );
        }
        let mut scalars = self.scalars.clone();
        let mut unsaid = self.unsaid.clone();
        for writer in &mut writers {
            scalars.append(&mut writer.scalars);
            unsaid.append(&mut writer.unsaid);
        }
        for (scalar, direction) in scalars {
            if let Some(writer) = writers.iter().find(|one| one.direction == direction) {
                let name = self.names.scalar(scalar, direction);
                types.set(name, Json::from(writer.scalar_definition(scalar)));
            }
        }
        unsaid.sort_unstable();
        unsaid.dedup();
        (types, unsaid)
    }
}
