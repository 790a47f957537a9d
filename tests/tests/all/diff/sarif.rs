//! The report for code scanners, held against the format's own schema and against what GitHub asks for
//! beyond it.

use std::path::Path;

use payspec_model::source::Memory;
use payspec_model::{Loaded, load_from};
use payspec_review::Report;
use payspec_review::render::{Texts, sarif};
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../fixtures/sarif/sarif-2.1.0-rtm.5.json");

/// Edits of the base of the pairs: for money, a limit, words that are not plain, a value of an enum.
const EDITS: &[(&str, &str)] = &[
    (
        "next_step: resend_same, resend: safe",
        "next_step: inquire, resend: safe",
    ),
    (
        "description: Its id., required: true, max_length: 64",
        "description: Its id., required: true, max_length: 32",
    ),
    (
        "description: One of two.",
        "description: \"One of \\u2028 <two> | three.\"",
    ),
    (
        "      BIG: {",
        "      QUITE_NEW: { description: A new one. }\n      BIG: {",
    ),
];

fn base(edits: &[(&str, &str)]) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff/base.yaml");
    let text = std::fs::read_to_string(path).expect("the base");
    let mut memory = Memory::default();
    payspec_tests::patch::overlay(&mut memory, &text, &|_, _| {});
    for bytes in memory.files.values_mut() {
        let text = String::from_utf8(bytes.clone()).expect("a text");
        let edited = edits
            .iter()
            .fold(text, |text, (old, new)| text.replace(old, new));
        *bytes = edited.into_bytes();
    }
    load_from(&memory)
}

fn report(edits: &[(&str, &str)]) -> (usize, Value) {
    let (old, new) = (base(&[]), base(edits));
    let told = payspec_model::diagnostic::human(&new.diagnostics, &new.sources, false);
    let models = [&old, &new].map(|side| side.model.as_ref().unwrap_or_else(|| panic!("{told}")));
    let mut report = Report::with_generated(models[0], models[1]).expect("it can be written");
    report.prove(models[0], models[1]);
    let texts = Texts {
        names: ["old", "new"],
        old: &old.sources,
        new: &new.sources,
    };
    let text = sarif(&report, &texts);
    (
        report.findings.len(),
        serde_json::from_str(&text).expect("JSON"),
    )
}

#[test]
fn the_schema_takes_it() {
    let mut schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    // A bracket too many in it: no strict reader takes it for a pattern.
    for holder in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][holder]["properties"]["language"];
        let language = language.as_object_mut().expect("a property");
        assert!(language.remove("pattern").is_some(), "{holder}");
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for edits in [EDITS, &[]] {
        let (count, document) = report(edits);
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        assert_eq!(
            document["runs"][0]["results"].as_array().map(Vec::len),
            Some(count)
        );
        assert_eq!(count > 0, !edits.is_empty());
    }
    // The schema is one that refuses something.
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })));
}

#[test]
fn a_scanner_can_show_it() {
    let (_, document) = report(EDITS);
    let run = &document["runs"][0];
    for result in run["results"].as_array().expect("results") {
        // What has no place in a file, or no message, GitHub refuses; what has no fingerprint is new
        // with every push.
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string(), "{result}");
        assert!(place["region"]["startLine"].as_u64() > Some(0), "{result}");
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| text.len() < 10_000)
        );
        assert!(result["partialFingerprints"]["payspecFinding/v1"].is_string());
    }
}
