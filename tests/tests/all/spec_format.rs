//! `docs/spec-format.md` shows every key of the spec format in a spec that loads.
//!
//! A fenced block that names a file, such as `yaml shop/api.yaml`, is a part of that file: mappings
//! are joined, lists appended. Together the blocks are a whole spec.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use payspec_codegen::emit::rust::{Options, Root, emit};
use payspec_model::diagnostic::{self, codes};
use payspec_model::format::FileKind;
use payspec_model::load_from;
use payspec_model::source::Memory;
use serde_json::{Map, Value};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn page() -> String {
    read("spec-format.md")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(docs().join(name)).expect("the page is there")
}

/// A block of the page.
struct Block {
    file: String,
    line: usize,
    text: String,
}

/// The blocks that name a file.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = None;
    for (index, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), inside) {
            (Some(_), Some(_)) => inside = None,
            (Some(info), None) => {
                let file = info.split_once(' ').map(|(_, file)| file.to_owned());
                inside = Some(file.is_some());
                blocks.extend(file.map(|file| Block {
                    file,
                    line: index + 1,
                    text: String::new(),
                }));
            }
            (None, Some(true)) => {
                let block = blocks.last_mut().expect("a block was begun");
                block.text += line;
                block.text.push('\n');
            }
            (None, Some(false) | None) => {}
        }
    }
    blocks
}

/// The files that the blocks make.
fn files(blocks: &[Block]) -> BTreeMap<String, Value> {
    let mut files = BTreeMap::new();
    for block in blocks {
        let part: Value = serde_yaml::from_str(&block.text)
            .unwrap_or_else(|error| panic!("line {}: {error}", block.line));
        let whole = files.entry(block.file.clone()).or_insert(Value::Null);
        if let Err(place) = join(whole, part) {
            panic!(
                "line {}: {place} is there already, with another value",
                block.line
            );
        }
    }
    files
}

/// Joins a part to a whole; the place where they differ.
fn join(whole: &mut Value, part: Value) -> Result<(), String> {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (key, value) in part {
                let place = whole.entry(key.clone()).or_insert(Value::Null);
                join(place, value).map_err(|below| format!("/{key}{below}"))?;
            }
        }
        (Value::Array(whole), Value::Array(part)) => whole.extend(part),
        (whole @ Value::Null, part) => *whole = part,
        (whole, part) if *whole == part => {}
        _ => return Err(String::new()),
    }
    Ok(())
}

fn memory() -> Memory {
    let mut memory = Memory::default();
    for (path, value) in files(&blocks(&page())) {
        let text = if path.ends_with(".json") {
            value.to_string()
        } else {
            serde_yaml::to_string(&value).expect("YAML")
        };
        memory.files.insert(path, text.into_bytes());
    }
    memory
}

#[test]
fn the_examples_are_a_spec() {
    let loaded = load_from(&memory());
    let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    assert_eq!(
        report, "",
        "nothing is to be said about the spec of the page"
    );
    let model = loaded.model.expect("there is no error");
    emit(&model, &Options::new(Path::new("spec"), Root::Include)).expect("it can be generated");
    let of_json = |file: &&String| file.ends_with(".json");
    let operations = model.apis.iter().flat_map(|api| &api.operations);
    let bound = operations.map(|one| one.examples.len());
    assert_eq!(
        memory().files.keys().filter(of_json).count(),
        bound.sum::<usize>()
    );
}

fn schema(kind: FileKind) -> Value {
    let path = docs().join(format!("schema/{}.json", kind.as_str()));
    let text = std::fs::read_to_string(path).expect("`payspec schema --out docs/schema`");
    serde_json::from_str(&text).expect("JSON")
}

fn kind_of(file: &str) -> Option<FileKind> {
    let place = file.split_once('/').map_or(file, |(_, place)| place);
    let word = match place.split_once('/') {
        Some((folder, _)) => folder,
        None => place.strip_suffix(".yaml")?,
    };
    let words = FileKind::ALL.iter().copied();
    let mut kinds =
        words.filter(|kind| word.trim_end_matches('s') == kind.as_str().trim_end_matches('s'));
    kinds.next()
}

/// A key, behind the name of what it belongs to.
type Key = (String, String);

/// Keys that many things have: that they can have them is said in a table, one example is enough.
const COMMON: &[&str] = &["source", "disputed", "since", "deprecated", "removed"];

/// The sections that `api.yaml` may hold in place of files of their own.
const TYPES: &[&str] = &["objects", "enums", "unions"];
const RESULTS: &[&str] = &["by", "code", "message", "cases", "shared_codes", "codes"];

/// Returns the place to look for a key: types that have the same keys by design show them once.
fn home(owner: &str, key: &str) -> Key {
    let owner = match owner {
        "api" if TYPES.contains(&key) => "types",
        "api" if RESULTS.contains(&key) => "results",
        _ if COMMON.contains(&key) => "anything",
        "Condition" | "Refinement" | "Element" if CONSTRAINTS.contains(&key) => "Field",
        owner if owner.ends_with("Particulars") => "Particulars",
        "Condition" if PARTICULARS.contains(&key) => "Particulars",
        owner => owner,
    };
    (owner.to_owned(), key.to_owned())
}

/// The keys of a field that a refinement or an element has as well.
const CONSTRAINTS: &[&str] = &[
    "required",
    "required_when",
    "forbidden_when",
    "const",
    "values",
    "min_length",
    "max_length",
    "pattern",
    "min",
    "max",
    "multiple_of",
    "min_items",
    "max_items",
    "unique_items",
    "format",
    "default",
];

/// The keys that every long form has beside its value.
const PARTICULARS: &[&str] = &["severity", "direction", "reason"];

/// The parts of a schema that have keys of their own, by name; the root by its kind.
fn owners(kind: FileKind, schema: &Value) -> Vec<(String, &Map<String, Value>)> {
    let root = schema["properties"].as_object();
    let mut owners: Vec<_> = root
        .map(|keys| (kind.as_str().to_owned(), keys))
        .into_iter()
        .collect();
    let definitions = schema["definitions"].as_object().expect("definitions");
    for (name, definition) in definitions {
        let keys = definition["properties"].as_object();
        owners.extend(keys.map(|keys| (owner_of(name, kind), keys)));
    }
    owners
}

/// The name of what a definition is about: a file that extends another has parts of what a whole one
/// has.
fn owner_of(definition: &str, kind: FileKind) -> String {
    match definition {
        "Whole" => kind.as_str().to_owned(),
        name => name.trim_start_matches("PartOf").to_owned(),
    }
}

/// Walks a value along its schema and notes the keys that it has.
struct Walk<'s> {
    kind: FileKind,
    root: &'s Value,
    shown: BTreeSet<Key>,
}

impl Walk<'_> {
    fn value(&mut self, owner: &str, schema: &Value, value: &Value) {
        if let Some(target) = schema["$ref"].as_str() {
            let name = target.rsplit('/').next().unwrap_or_default();
            let definition = self.root["definitions"][name].clone();
            return self.value(&owner_of(name, self.kind), &definition, value);
        }
        for all in ["allOf", "anyOf", "oneOf"] {
            for part in schema[all].as_array().into_iter().flatten() {
                if self.fits(part, value) {
                    self.value(owner, part, value);
                }
            }
        }
        if let Value::Array(items) = value {
            items
                .iter()
                .for_each(|item| self.value(owner, &schema["items"], item));
        }
        let Value::Object(entries) = value else {
            return;
        };
        for (key, value) in entries {
            match schema["properties"].get(key) {
                Some(inner) => {
                    self.shown.insert(home(owner, key));
                    self.value(owner, inner, value);
                }
                None if schema["additionalProperties"].is_object() => {
                    self.value(owner, &schema["additionalProperties"], value);
                }
                None => {}
            }
        }
    }

    /// Returns whether a value can be meant by one of several alternatives: all its keys are known there.
    fn fits(&self, schema: &Value, value: &Value) -> bool {
        if let Some(target) = schema["$ref"].as_str() {
            let name = target.rsplit('/').next().unwrap_or_default();
            return self.fits(&self.root["definitions"][name], value);
        }
        match (value, schema["properties"].as_object()) {
            (Value::Object(entries), Some(keys)) => {
                entries.keys().all(|key| keys.contains_key(key))
            }
            _ => true,
        }
    }
}

#[test]
fn every_key_is_shown() {
    let page = page();
    let mut shown = BTreeSet::new();
    for (file, value) in files(&blocks(&page)) {
        if file.ends_with(".yaml") {
            let kind = kind_of(&file).unwrap_or_else(|| panic!("what is {file}?"));
            let root = schema(kind);
            let mut walk = Walk {
                kind,
                root: &root,
                shown: BTreeSet::new(),
            };
            walk.value(kind.as_str(), &root, &value);
            shown.extend(walk.shown);
        }
    }
    let (mut missing, mut untold) = (String::new(), BTreeSet::new());
    // Approvals are no part of a spec; another page shows them.
    let of_spec = |kind: &&FileKind| **kind != FileKind::Approvals;
    for kind in FileKind::ALL.iter().filter(of_spec) {
        for (owner, keys) in owners(*kind, &schema(*kind)) {
            for key in keys.keys() {
                if !shown.contains(&home(&owner, key)) {
                    let _ = writeln!(missing, "{}: `{key}` of {owner}", kind.as_str());
                }
                if !page.contains(&format!("`{key}`")) {
                    untold.insert(key.clone());
                }
            }
        }
    }
    assert_eq!(
        missing, "",
        "no example of docs/spec-format.md has these keys"
    );
    assert_eq!(
        untold,
        BTreeSet::new(),
        "docs/spec-format.md says nothing of these keys"
    );
}

/// The words of a definition's name: `path prefix` for `Server`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.trim_end_matches("File").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[test]
fn the_table_of_common_keys_is_complete() {
    let page = page();
    let (_, page) = page.split_once("## Where common keys").expect("a heading");
    for key in COMMON {
        let start = format!("| `{key}` | ");
        let row = page.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("no row says where `{key}` may stand"));
        let listed = row.trim_start_matches(&start).trim_end_matches(" |");
        let listed: BTreeSet<String> = listed.split(", ").map(str::to_owned).collect();
        let mut wanted = BTreeSet::new();
        for kind in FileKind::ALL {
            for (owner, keys) in owners(*kind, &schema(*kind)) {
                if keys.contains_key(*key) {
                    wanted.insert(match owner.as_str() {
                        owner if owner.ends_with("Particulars") => "constraint".to_owned(),
                        owner => words(owner),
                    });
                }
            }
        }
        assert_eq!(listed, wanted, "where `{key}` may stand");
    }
}

#[test]
fn every_word_is_explained() {
    let mut missing = BTreeSet::new();
    for kind in FileKind::ALL {
        let page = match kind {
            // What reviewers write stands on their page.
            FileKind::Approvals => read("reviewing.md"),
            _ => page(),
        };
        let schema = schema(*kind);
        for definition in schema["definitions"]
            .as_object()
            .expect("definitions")
            .values()
        {
            let one_of = definition["oneOf"].as_array().into_iter().flatten();
            for part in one_of.chain([definition]) {
                let fixed = part["enum"].as_array().into_iter().flatten();
                for word in fixed.chain([&part["const"]]).filter_map(Value::as_str) {
                    if !page.contains(&format!("`{word}`")) {
                        missing.insert(word.to_owned());
                    }
                }
            }
        }
    }
    assert_eq!(
        missing,
        BTreeSet::new(),
        "the documentation says nothing of these words"
    );
}

#[test]
fn every_diagnostic_is_named() {
    let page = page();
    let named: BTreeSet<&str> = page
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| {
            let digits = word.strip_prefix(['E', 'W']);
            digits.is_some_and(|rest| rest.len() == 3 && rest.parse::<u32>().is_ok())
        })
        .collect();
    let known: BTreeSet<&str> = codes::all().map(|code| code.id).collect();
    assert_eq!(
        named, known,
        "left: docs/spec-format.md, right: the table of diagnostics"
    );
}
