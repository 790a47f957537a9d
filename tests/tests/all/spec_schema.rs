//! The JSON Schema of the spec format, as editors use it: a second implementation of JSON Schema
//! must agree with the loader's own shape check.

use std::path::Path;

use payspec_model::format::{FileKind, schema};
use payspec_model::model::{NextStep, Rule};
use payspec_model::source::Memory;
use payspec_model::{load, load_from};
use payspec_page::drift::coverage::Coverage;
use payspec_page::drift::{Changes, Copy, Drift, Hints};
use payspec_review::Report;
use serde_json::Value;

fn read(folder: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn base() -> Memory {
    let mut memory = Memory::default();
    for part in read("fixtures/diagnostics", "base.yaml")
        .split("# file: ")
        .skip(1)
    {
        let (path, content) = part.split_once('\n').expect("a path");
        memory.files.insert(path.to_owned(), content.into());
    }
    memory
}

fn file_of(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Api => "demo/api.yaml",
        FileKind::Types => "demo/types/types.yaml",
        FileKind::Operation => "demo/operations/ping.yaml",
        FileKind::Results => "demo/results.yaml",
        FileKind::Flow => "demo/flows/life.yaml",
        FileKind::Approvals => "payspec-approvals.yaml",
    }
}

fn accepts(kind: FileKind, yaml: &str) -> bool {
    let validator = jsonschema::validator_for(&schema(kind)).expect("a schema");
    let value: Value = serde_yaml::from_str(yaml).expect("YAML");
    validator.is_valid(&value)
}

#[test]
fn the_schemas_are_schemas() {
    for kind in FileKind::ALL {
        let schema = schema(*kind);
        assert!(jsonschema::meta::is_valid(&schema), "{}", kind.as_str());
        assert_eq!(schema["additionalProperties"], Value::Bool(false));
        assert_eq!(FileKind::parse(kind.as_str()), Some(*kind));
    }
}

#[test]
fn the_real_spec_obeys_them() {
    let root = "../spec/ams-instore";
    assert!(accepts(FileKind::Api, &read(root, "api.yaml")));
    assert!(accepts(FileKind::Results, &read(root, "results.yaml")));
    assert!(accepts(FileKind::Types, &read(root, "types/order.yaml")));
    assert!(accepts(
        FileKind::Operation,
        &read(root, "operations/pay_entry_code.yaml")
    ));
}

#[test]
fn a_field_offers_the_built_in_types() {
    let field = |ty: &str| {
        format!(
            "source: page\nobjects:\n  Order:\n    description: An order.\n    fields:\n      \
             id: {{ type: {ty}, description: The id. }}\n"
        )
    };
    for ty in [
        "string",
        "currency",
        "Order",
        "list, of: string",
        "list, of: Order",
    ] {
        assert!(accepts(FileKind::Types, &field(ty)), "{ty}");
    }
    for ty in ["my type", "7th", "''", "list, of: a list"] {
        assert!(!accepts(FileKind::Types, &field(ty)), "{ty}");
    }
    for kind in [FileKind::Types, FileKind::Operation] {
        let schema = schema(kind);
        let offered = &schema["definitions"]["Field"]["properties"]["type"]["anyOf"][0]["enum"];
        let offered: Vec<&str> = offered
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        assert!(
            offered.contains(&"datetime") && offered.contains(&"list"),
            "{offered:?}"
        );
    }
}

#[test]
fn schema_and_loader_agree() {
    let changes = [
        (FileKind::Api, "payspec: 2", "payspec: 3"),
        (FileKind::Api, "title: Demo", "title: 5"),
        (FileKind::Api, "title: Demo", "title:"),
        (FileKind::Api, "id: demo\n", ""),
        (FileKind::Api, "id: demo\n", "id: demo\nheaders: {}\n"),
        (FileKind::Types, "required: true", "required: 1"),
        (
            FileKind::Types,
            "required: true",
            "required: { severity: warning }",
        ),
        (
            FileKind::Types,
            "required: true",
            "required: { severity: warn }",
        ),
        (FileKind::Types, "required: true", "max_length: unknown"),
        (FileKind::Types, "required: true", "max_length: unbekannt"),
        (FileKind::Types, "required: true", "max_length: -1"),
        (
            FileKind::Types,
            "required: true",
            "max_length: { value: 5, direction: both }",
        ),
        (FileKind::Types, "required: true", "values: A"),
        (FileKind::Types, "required: true", "values: [A, B]"),
        (FileKind::Types, "required: true", "source: [page, 1]"),
        (FileKind::Operation, "method: POST", "method: post"),
        (FileKind::Operation, "decide: done", "decide: finished"),
        (
            FileKind::Operation,
            "meaning: It worked.",
            "reason: It worked.",
        ),
        (FileKind::Results, "decide: done", "decide: [done]"),
    ];
    for (kind, from, to) in changes {
        let mut memory = base();
        let path = file_of(kind);
        let text = String::from_utf8(memory.files[path].clone()).expect("UTF-8");
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed, "{from}");
        memory.files.insert(path.into(), changed.clone().into());
        let loaded = load_from(&memory);
        let mut shape = loaded.diagnostics.iter().map(|one| one.code.id);
        let refused = shape.any(|id| ("E020".."E030").contains(&id));
        assert_eq!(accepts(kind, &changed), !refused, "{to}");
    }
}

#[test]
fn what_pages_state_obeys_the_schema_of_pages() {
    let validator = jsonschema::validator_for(&payspec_page::schema()).expect("a schema");
    let mut count = 0;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    for entry in std::fs::read_dir(folder).expect("fixture pages") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end != "facts") {
            let bytes = std::fs::read(&path).expect("a page");
            let page = payspec_page::read_bytes(&bytes).expect("a page");
            let facts = serde_json::to_value(page).expect("JSON");
            let mistakes: Vec<String> = validator
                .iter_errors(&facts)
                .map(|one| one.to_string())
                .collect();
            assert!(mistakes.is_empty(), "{}: {mistakes:?}", path.display());
            count += 1;
        }
    }
    assert!(count >= 12, "{count}");
}

#[test]
fn what_is_said_of_pages_obeys_the_schemas_of_drift() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let model = load(&here.join("../spec")).model.expect("a sound spec");
    let pages = [
        "a-en-pay-entry-code.txt",
        "c-zh-mt-pay-entry-code.md",
        "d-en-pay-user-presented.md",
    ];
    let pages = pages.map(|name| {
        let path = here.join("fixtures/pages").join(name);
        payspec_page::read_bytes(&std::fs::read(path).expect("a page")).expect("a page")
    });
    let copies: Vec<_> = pages
        .iter()
        .map(|page| Copy { name: "page", page })
        .collect();
    for copy in &copies {
        let drift = Drift::new(&model, *copy, Hints::default()).expect("an operation");
        obeys(&Drift::schema(), &drift);
        let coverage = Coverage::new(&model, *copy, Hints::default()).expect("an operation");
        obeys(&Coverage::schema(), &coverage);
    }
    let changes = Changes::new(copies[0], copies[1]).expect("two copies of a page");
    obeys(&Changes::schema(), &changes);
}

/// A report has no mistake in the eyes of its schema, and has one when a key is taken from it.
fn obeys(schema: &Value, report: &impl serde::Serialize) {
    assert!(jsonschema::meta::is_valid(schema));
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let mut report = serde_json::to_value(report).expect("JSON");
    let mistakes = validator.iter_errors(&report).map(|one| one.to_string());
    assert_eq!(mistakes.collect::<Vec<_>>(), Vec::<String>::new());
    report.as_object_mut().expect("an object").remove("matches");
    report.as_object_mut().expect("an object").remove("counts");
    assert!(!validator.is_valid(&report));
}

#[test]
fn a_review_obeys_its_schema() {
    let schema = Report::schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let old = load(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../spec")
            .as_path(),
    );
    let old = old.model.expect("the spec has no errors");
    let mut new = old.clone();
    let api = &mut new.apis[0];
    for operation in &mut api.operations {
        let codes = operation.result.as_mut().map(|result| &mut result.codes);
        for code in codes.into_iter().flatten() {
            code.next_step = NextStep::Inquire;
        }
        for field in &mut operation.request.object.fields {
            field
                .constraints
                .retain(|one| !matches!(one.rule, Rule::MaxLength(_)));
            field.description.push('!');
        }
    }
    api.flows[0].expires = None;
    let mut report = Report::with_generated(&old, &new).expect("both can be generated");
    report.prove(&old, &new);
    assert!(report.findings.iter().any(|one| !one.witnesses.is_empty()));
    assert!(!report.outcomes.is_empty() && !report.lives.is_empty());
    let json = serde_json::to_value(&report).expect("JSON");
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .map(|one| one.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The schema is no rubber stamp.
    let mut wrong = json;
    wrong["findings"][0]["level"] = "awful".into();
    assert!(!validator.is_valid(&wrong));
}
