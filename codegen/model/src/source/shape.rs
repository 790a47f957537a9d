//! The JSON Schema of the spec format, compiled for the shape check.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::Value;

use crate::format::{FileKind, whole_schema};

/// The required shape of a node. Numbers point into [`Schema::shapes`].
#[derive(Debug)]
pub(super) enum Shape {
    Any,
    Object {
        properties: BTreeMap<String, usize>,
        required: Vec<String>,
        /// The shape of keys that are not listed; [`None`] if they are not allowed.
        others: Option<usize>,
    },
    List {
        items: usize,
        least: usize,
    },
    Text {
        least: usize,
    },
    Word(Vec<String>),
    Integer {
        least: i64,
        greatest: i64,
    },
    Boolean,
    AnyOf(Vec<usize>),
    /// A definition that is still being compiled, or the target of a reference.
    Same(usize),
}

/// The compiled schema of one kind of file; its root is the last shape.
#[derive(Debug)]
pub(super) struct Schema {
    shapes: Vec<Shape>,
    root: usize,
}

impl Schema {
    pub(super) fn root(&self) -> &Shape {
        self.shape(self.root)
    }

    pub(super) fn shape(&self, mut index: usize) -> &Shape {
        loop {
            match &self.shapes[index] {
                Shape::Same(other) => index = *other,
                shape => return shape,
            }
        }
    }
}

/// The schemas of all kinds of file.
#[derive(Debug)]
pub(super) struct Shapes(Vec<Schema>);

impl Shapes {
    /// Returns the compiled schemas; they are compiled once.
    pub(super) fn get() -> &'static Self {
        static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
            let kinds = FileKind::ALL.iter();
            Shapes(kinds.map(|kind| compile(&whole_schema(*kind))).collect())
        });
        &SHAPES
    }

    pub(super) fn of(&self, kind: FileKind) -> &Schema {
        &self.0[kind as usize]
    }
}

/// Compiles the JSON Schema of a file.
pub(super) fn compile(source: &Value) -> Schema {
    let mut compiler = Compiler {
        definitions: source.get("definitions").unwrap_or(&Value::Null),
        known: BTreeMap::new(),
        shapes: Vec::new(),
    };
    let root = compiler.compile(source);
    Schema {
        shapes: compiler.shapes,
        root,
    }
}

struct Compiler<'a> {
    definitions: &'a Value,
    known: BTreeMap<&'a str, usize>,
    shapes: Vec<Shape>,
}

impl<'a> Compiler<'a> {
    fn add(&mut self, shape: Shape) -> usize {
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    fn compile(&mut self, schema: &'a Value) -> usize {
        if let Some(Value::String(path)) = schema.get("$ref") {
            return self.reference(path.rsplit('/').next().unwrap_or_default());
        }
        // A reference with a description beside it.
        if let Some([only]) = list(schema, "allOf") {
            return self.compile(only);
        }
        let alternatives = list(schema, "anyOf").or_else(|| list(schema, "oneOf"));
        if let Some(options) = alternatives {
            let words: Option<Vec<String>> = options
                .iter()
                .map(words)
                .collect::<Option<Vec<_>>>()
                .map(|words| words.concat());
            if let Some(words) = words {
                return self.add(Shape::Word(words));
            }
            let options = options.iter().map(|option| self.compile(option)).collect();
            return self.add(Shape::AnyOf(options));
        }
        if let Some(words) = words(schema) {
            return self.add(Shape::Word(words));
        }
        let number = |key: &str| schema.get(key).and_then(Value::as_i64);
        let size = |key: &str| {
            number(key)
                .and_then(|value| usize::try_from(value).ok())
                .unwrap_or(0)
        };
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => self.object(schema),
            Some("array") => {
                let items = self.compile(schema.get("items").unwrap_or(&Value::Null));
                self.add(Shape::List {
                    items,
                    least: size("minItems"),
                })
            }
            Some("string") => self.add(Shape::Text {
                least: size("minLength"),
            }),
            Some("integer") => self.add(Shape::Integer {
                least: number("minimum").unwrap_or(i64::MIN),
                greatest: number("maximum").unwrap_or(i64::MAX),
            }),
            Some("boolean") => self.add(Shape::Boolean),
            _ => self.add(Shape::Any),
        }
    }

    fn object(&mut self, schema: &'a Value) -> usize {
        let mut properties = BTreeMap::new();
        if let Some(Value::Object(map)) = schema.get("properties") {
            for (name, property) in map {
                let shape = self.compile(property);
                properties.insert(name.clone(), shape);
            }
        }
        let others = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(other) => Some(self.compile(other)),
            None => Some(self.add(Shape::Any)),
        };
        let required = list(schema, "required").unwrap_or_default();
        let required = required.iter().filter_map(Value::as_str);
        let required: BTreeSet<String> = required.map(str::to_owned).collect();
        self.add(Shape::Object {
            properties,
            required: required.into_iter().collect(),
            others,
        })
    }

    fn reference(&mut self, name: &'a str) -> usize {
        if let Some(index) = self.known.get(name) {
            return *index;
        }
        // Added before it is compiled, because a definition may refer to itself.
        let index = self.add(Shape::Any);
        self.known.insert(name, index);
        if let Some(definition) = self.definitions.get(name) {
            let compiled = self.compile(definition);
            self.shapes[index] = Shape::Same(compiled);
        }
        index
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> Option<&'a [Value]> {
    schema.get(key).and_then(Value::as_array).map(Vec::as_slice)
}

/// Returns the words of a `const` or `enum`.
fn words(schema: &Value) -> Option<Vec<String>> {
    if let Some(Value::String(word)) = schema.get("const") {
        return Some(vec![word.clone()]);
    }
    let words = list(schema, "enum")?.iter();
    Some(words.filter_map(Value::as_str).map(str::to_owned).collect())
}
