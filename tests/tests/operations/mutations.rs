//! Single edits of an example, the violations that each must cause, and the two validators that must
//! both find exactly these: the generated one, and the message checker. The edits are tables in
//! `tests/mutations`, one for each body.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use payspec_codegen::model::Side;
use payspec_runtime::Violation;
use payspec_tests::{agree::Validators, edit};
use serde::Deserialize;
use serde_json::Value;

use super::registry;

/// A file of the folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    operation: String,
    side: TableSide,
    /// Name of the example that is edited; without it the first of the side.
    example: Option<String>,
    /// What makes the example a message without violations.
    #[serde(default)]
    start: Edits,
    cases: Vec<Case>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum TableSide {
    Request,
    Response,
}

/// One edit and its consequences.
#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(flatten)]
    edits: Edits,
    /// `pointer rule severity what-was-met` of every violation, in any order.
    #[serde(default)]
    expect: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Edits {
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
    /// What the text starts with.
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
    fn is_empty(&self) -> bool {
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
    fn side(&self) -> Side {
        match self.side {
            TableSide::Request => Side::Request,
            TableSide::Response => Side::Response,
        }
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

    /// The cases whose violations are others than those that the table has.
    fn wrong(&self, validators: &Validators) -> Vec<String> {
        let message = self.message(validators);
        let unedited = Case {
            name: "the message that is edited".to_owned(),
            edits: Edits::default(),
            expect: Vec::new(),
        };
        let cases = std::iter::once(&unedited).chain(&self.cases);
        cases
            .filter_map(|case| {
                let mut found = self.found(validators, &case.edits.on(message.clone()));
                let mut expected = case.expect.clone();
                found.sort();
                expected.sort();
                (found != expected).then(|| {
                    let Table { operation, .. } = self;
                    let name = &case.name;
                    format!("{operation}, {name}\n  expected {expected:?}\n  found    {found:?}")
                })
            })
            .collect()
    }

    fn found(&self, validators: &Validators, json: &str) -> Vec<String> {
        let operation = registry::operation(&self.operation);
        let body = operation.body(self.side()).expect("a body of this side");
        let found = (body.both)(validators, &self.operation, self.side(), json.as_bytes());
        found
            .expect("the edited messages are JSON")
            .iter()
            .map(line)
            .collect()
    }
}

/// A violation as the tables write it.
fn line(violation: &Violation) -> String {
    let Violation {
        path,
        rule,
        severity,
        actual,
        ..
    } = violation;
    // The message as a whole has an empty pointer.
    format!("{path} {rule} {severity} {actual}")
        .trim_start()
        .to_owned()
}

fn tables() -> Vec<(String, Table)> {
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

/// Every edited message, with its operation and side.
pub(crate) fn messages(validators: &Validators) -> Vec<(String, Side, String)> {
    let tables = tables();
    let messages = tables.iter().flat_map(|(_, table)| {
        let message = table.message(validators);
        table.cases.iter().map(move |case| {
            let edited = case.edits.on(message.clone());
            (table.operation.clone(), table.side(), edited)
        })
    });
    messages.collect()
}

#[test]
fn every_edit_has_its_violations_in_both_validators() {
    let validators = Validators::load();
    let wrong: Vec<String> = tables()
        .iter()
        .flat_map(|(_, table)| table.wrong(&validators))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A case that edits nothing, or that stands twice, would only look like one.
#[test]
fn every_case_is_one_of_its_own() {
    for (file, table) in tables() {
        let mut names: Vec<&str> = table.cases.iter().map(|case| case.name.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{file}: a name stands twice");
        for case in &table.cases {
            assert!(
                !case.edits.is_empty(),
                "{file}: {} edits nothing",
                case.name
            );
        }
    }
}

/// The request has twenty, whoever sends it; an answer has a few, which show how it is read.
#[test]
fn every_body_has_its_tables() {
    let mut cases: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (_, table) in tables() {
        let side = table.side().as_str();
        *cases.entry((table.operation, side)).or_default() += table.cases.len();
    }
    for operation in registry::operations() {
        for (side, least) in [(Side::Request, 20), (Side::Response, 5)] {
            if operation.body(side).is_some() {
                let key = (operation.id.to_owned(), side.as_str());
                let count = cases.get(&key).copied().unwrap_or_default();
                assert!(count >= least, "{}, {side}: {count} cases", operation.id);
            }
        }
    }
}
