use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, transform::Transform, transform::transform_subschemas};
use serde_json::{Value, json};

use super::extending;
use super::{ApiFile, ApprovalsFile, FlowFile, OperationFile, ResultsFile, TypesFile};
use crate::resolve::type_names;
use crate::source::sections;

/// The kinds of file that people write: those of a spec, and the approvals beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// `api.yaml`
    Api,
    /// A file below `types/`.
    Types,
    /// A file below `operations/`.
    Operation,
    /// `results.yaml`
    Results,
    /// A file below `flows/`.
    Flow,
    /// `payspec-approvals.yaml`, beside the spec folder.
    Approvals,
}

impl FileKind {
    /// All values.
    pub const ALL: &'static [Self] = &[
        FileKind::Api,
        FileKind::Types,
        FileKind::Operation,
        FileKind::Results,
        FileKind::Flow,
        FileKind::Approvals,
    ];

    /// Returns the word for it: `api`, `types`, `operation`, `results`, `flow`, `approvals`.
    pub const fn as_str(self) -> &'static str {
        match self {
            FileKind::Api => "api",
            FileKind::Types => "types",
            FileKind::Operation => "operation",
            FileKind::Results => "results",
            FileKind::Flow => "flow",
            FileKind::Approvals => "approvals",
        }
    }

    /// Returns the kind for this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// Returns the JSON Schema (draft-07) of one kind of file, for the completion in editors.
pub fn schema(kind: FileKind) -> Value {
    let whole = whole_schema(kind);
    let mut schema = match kind {
        FileKind::Operation => {
            extending::or_whole(inheriting(whole), &["extends"], &["id", "extends"])
        }
        FileKind::Flow => extending::or_whole(whole, &["extends", "abstract"], &["id"]),
        FileKind::Api => inheriting(with_sections(whole)),
        FileKind::Types | FileKind::Results | FileKind::Approvals => whole,
    };
    plain_texts(&mut schema);
    offer_types(&mut schema);
    schema
}

/// Lets a text be written as a number or a boolean without quotes.
fn plain_texts(schema: &mut Value) {
    if let Value::Object(entries) = schema {
        let is_word = entries.contains_key("enum") || entries.contains_key("const");
        if !is_word && entries.get("type").is_some_and(|ty| ty == "string") {
            entries.insert("type".to_owned(), json!(["string", "number", "boolean"]));
        }
        entries.values_mut().for_each(plain_texts);
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(plain_texts);
    }
}

/// Lists the built-in types where a field names its type, so that editors complete them. The shape check does
/// not need them: an unknown type has a diagnostic of its own.
fn offer_types(schema: &mut Value) {
    let Some(properties) = schema.pointer_mut("/definitions/Field/properties") else {
        return;
    };
    let types: Vec<&str> = type_names::scalars()
        .chain(type_names::containers())
        .collect();
    let elements: Vec<&str> = type_names::scalars().collect();
    for (key, names) in [("type", types), ("of", elements)] {
        if let Some(Value::Object(property)) = properties.get_mut(key) {
            property.remove("type");
            let options = json!([
                { "description": "A built-in type.", "enum": names },
                { "description": "An object, enum or union of this API.", "type": "string", "pattern": TYPE_NAME },
            ]);
            property.insert("anyOf".to_owned(), options);
        }
    }
}

/// The form of a name of an object or enum.
const TYPE_NAME: &str = "^[A-Za-z][A-Za-z0-9_]*$";

/// Lets a case leave out what it inherits from the shared results.
fn inheriting(mut schema: Value) -> Value {
    if let Some(decision) = schema[DEFINITIONS]["Decision"].as_object_mut() {
        decision.remove("required");
    }
    schema
}

/// Adds the sections that `api.yaml` may hold in place of files of their own. An operation may extend
/// another one, so none of its keys is required here.
fn with_sections(mut api: Value) -> Value {
    let mut add = |key: &str, schema: &Value| {
        api[PROPERTIES][key] = schema.clone();
    };
    let types = whole_schema(FileKind::Types);
    for key in sections::TYPES {
        add(key, &types[PROPERTIES][*key]);
    }
    let results = whole_schema(FileKind::Results);
    for key in sections::RESULTS {
        add(key, &results[PROPERTIES][*key]);
    }
    let mut operation = whole_schema(FileKind::Operation);
    let definitions = [types, results, operation.clone()].map(|mut one| one[DEFINITIONS].take());
    if let Some(operation) = operation.as_object_mut() {
        for key in ["$schema", "title", "required", DEFINITIONS] {
            operation.remove(key);
        }
    }
    if let Some(properties) = operation[PROPERTIES].as_object_mut() {
        properties.remove("id");
    }
    add(
        sections::OPERATIONS,
        &json!({
            "description": "Operations by id, each as a file below `operations/`.",
            "type": "object",
            "additionalProperties": operation,
        }),
    );
    for more in definitions {
        if let (Some(all), Value::Object(more)) = (api[DEFINITIONS].as_object_mut(), more) {
            all.extend(more);
        }
    }
    api
}

const PROPERTIES: &str = "properties";
const DEFINITIONS: &str = "definitions";

/// Returns the JSON Schema of a complete file, including everything that it extends, for the shape
/// check of [`crate::source`].
pub(crate) fn whole_schema(kind: FileKind) -> Value {
    let mut schema = match kind {
        FileKind::Api => generate::<ApiFile>(),
        FileKind::Types => generate::<TypesFile>(),
        FileKind::Operation => generate::<OperationFile>(),
        FileKind::Results => generate::<ResultsFile>(),
        FileKind::Flow => generate::<FlowFile>(),
        FileKind::Approvals => generate::<ApprovalsFile>(),
    };
    Strict.transform(&mut schema);
    schema.to_value()
}

/// Returns the JSON Schema (draft-07) of a file that is read with
/// [`read_as`](crate::source::read_as).
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut schema = generate::<T>();
    Strict.transform(&mut schema);
    schema.to_value()
}

fn generate<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
}

/// Returns the JSON Schema (draft-07) of a command's output.
pub fn printed<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    schema.to_value()
}

/// Adds rules that the derive cannot express: an absent key is omitted and never `null`, and integers
/// have the range of their Rust type.
struct Strict;

impl Transform for Strict {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        if let Some(Value::Array(types)) = object.get_mut("type") {
            types.retain(|word| word != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                object.insert("type".into(), only);
            }
        }
        if let Some(Value::Array(options)) = object.get_mut("anyOf") {
            let before = options.len();
            options.retain(|option| option.get("type").is_none_or(|word| word != "null"));
            if options.len() == 1 && before == 2 {
                let rest = object.remove("anyOf").unwrap_or_default();
                object.insert("allOf".into(), rest);
            }
        }
        let absent = |value: &Value| value.is_null() || value == "";
        if object.get("default").is_some_and(absent) {
            object.remove("default");
        }
        if object
            .get("format")
            .is_some_and(|format| format == "uint32")
        {
            object.remove("format");
            object
                .entry("maximum")
                .or_insert_with(|| Value::from(u32::MAX));
        }
    }
}
