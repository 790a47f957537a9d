//! The tables in `tests/mutations`, one or more for each body: edits of an example and what comes of each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use payspec_model::model::Side;
use payspec_tests::{agree::Validators, edit};
use serde::Deserialize;
use serde_json::Value;

/// A file of the folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) operation: String,
    side: TableSide,
    /// Name of the example that is edited; without it the first of the side.
    example: Option<String>,
    /// The edits that make the example a message without violations.
    #[serde(default)]
    start: Edits,
    pub(crate) cases: Vec<Case>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TableSide {
    Request,
    Response,
}

impl From<TableSide> for Side {
    fn from(side: TableSide) -> Self {
        match side {
            TableSide::Request => Side::Request,
            TableSide::Response => Side::Response,
        }
    }
}

/// One edit and its consequences.
#[derive(Deserialize, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) edits: Edits,
    /// `pointer rule severity what-was-met` of every violation, in any order.
    #[serde(default)]
    expect: Vec<String>,
    /// How a message that is judged comes out: the name of the outcome, or `unreadable`.
    outcome: Option<String>,
    /// Keys that mean nothing, such as the rest of a name with a comma.
    #[serde(flatten)]
    pub(crate) strange: BTreeMap<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Edits {
    set: BTreeMap<String, Value>,
    remove: Option<String>,
    repeat: Repeats,
    replace: Option<Replace>,
}

/// One or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Repeats {
    One(Repeat),
    Several(Vec<Repeat>),
}

impl Default for Repeats {
    fn default() -> Self {
        Repeats::Several(Vec::new())
    }
}

impl Repeats {
    fn all(&self) -> &[Repeat] {
        match self {
            Repeats::One(repeat) => std::slice::from_ref(repeat),
            Repeats::Several(repeats) => repeats,
        }
    }
}

/// A text, or a list, of one thing many times.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    at: String,
    value: Value,
    times: usize,
    /// The start of the text.
    #[serde(default)]
    after: String,
}

/// A piece of the message's text and what takes its place, for what a JSON tree cannot hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    text: String,
    by: String,
}

impl Edits {
    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty()
            && self.remove.is_none()
            && self.repeat.all().is_empty()
            && self.replace.is_none()
    }

    fn on(&self, mut message: Value) -> String {
        for (pointer, value) in &self.set {
            edit::set(&mut message, pointer, value.clone());
        }
        if let Some(pointer) = &self.remove {
            edit::remove(&mut message, pointer);
        }
        for repeat in self.repeat.all() {
            edit::set(&mut message, &repeat.at, repeat.value());
        }
        let text = message.to_string();
        match &self.replace {
            Some(Replace { text: from, by }) => {
                assert!(text.contains(from), "{from} is not in the message");
                text.replacen(from, by, 1)
            }
            None => text,
        }
    }
}

impl Repeat {
    fn value(&self) -> Value {
        match &self.value {
            Value::String(text) => format!("{}{}", self.after, text.repeat(self.times)).into(),
            other => Value::Array(vec![other.clone(); self.times]),
        }
    }
}

impl Table {
    pub(crate) fn side(&self) -> Side {
        self.side.into()
    }

    /// The message that is edited.
    fn message(&self, validators: &Validators) -> Value {
        let (_, operation) = validators.operation(&self.operation);
        let example = operation.examples.iter().find(|example| {
            let named = self
                .example
                .as_ref()
                .is_none_or(|name| *name == example.name);
            named && example.side == self.side()
        });
        let example = example.expect("an example of this side and name");
        let message = serde_json::from_str(&example.json).expect("the example is JSON");
        serde_json::from_str(&self.start.on(message)).expect("still JSON")
    }
}

/// The tables, each with its file.
pub(crate) fn tables() -> Vec<(String, Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mutations");
    let files = fs::read_dir(folder).expect("the folder of the tables");
    let mut tables: Vec<_> = files
        .map(|file| {
            let path = file.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a readable table");
            let name = path.display().to_string();
            let table = serde_yaml::from_str(&text);
            let table = table.unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, table)
        })
        .collect();
    tables.sort_by(|(one, _), (other, _)| one.cmp(other));
    tables
}

/// A message of some table.
pub(crate) struct Edited {
    pub(crate) operation: String,
    pub(crate) side: Side,
    pub(crate) name: String,
    pub(crate) json: String,
    pub(crate) expect: Vec<String>,
    pub(crate) outcome: Option<String>,
}

/// Every case of every table done, and before those of a table the message that they edit.
pub(crate) fn edited(validators: &Validators) -> Vec<Edited> {
    let mut all = Vec::new();
    for (_, table) in tables() {
        let (message, side) = (table.message(validators), table.side());
        let unedited = Case {
            name: "the message that is edited".to_owned(),
            ..Case::default()
        };
        let cases = std::iter::once(unedited).chain(table.cases);
        all.extend(cases.map(|case| Edited {
            operation: table.operation.clone(),
            side,
            json: case.edits.on(message.clone()),
            name: case.name,
            expect: case.expect,
            outcome: case.outcome,
        }));
    }
    all
}
