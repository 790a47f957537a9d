//! No text that a program could log shows a value that the spec marks as sensitive.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use payspec_model::model::{Operation, Side};
use payspec_model::sample;
use payspec_tests::{agree::Validators, canary, edit};
use serde_json::{Value, json};

use super::registry;

/// A number that occurs nowhere else.
const NUMBER: i64 = 700_777_000_777;

fn clean(what: &str, place: &str, text: &str) {
    let seen = canary::seen(text);
    assert!(seen.is_empty(), "{what} of {place} shows {seen:?}");
    assert!(
        !text.contains(&NUMBER.to_string()),
        "{what} of {place} shows the number"
    );
}

/// The values that a sensitive field is given: right ones, and mistakes of every kind.
fn values(pointer: &str) -> Vec<Value> {
    let text = canary::of(pointer);
    vec![
        json!(text),
        json!(format!("{text} {}", text.repeat(200))),
        json!(format!("{}{text}", " ".repeat(3000))),
        json!(format!("https://{text}.example/?{text}")),
        json!(format!("2019-11-27T12:01:01{text}")),
        json!(NUMBER),
        json!(-NUMBER),
        json!([text]),
        json!({"a": text}),
    ]
}

/// Every body with sensitive fields, with a full message and the pointers of those fields.
fn every_body(test: impl Fn(&Validators, &Operation, Side, &Value, &[String])) {
    let validators = Validators::load();
    let mut pointers_seen = 0;
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        for side in [Side::Request, Side::Response] {
            let Some(body) = operation.body(side) else {
                continue;
            };
            let base = sample::full(api, body);
            let mut pointers = Vec::new();
            canary::sensitive(api, &body.object, &base, ("", false), &mut pointers);
            for pointer in &pointers {
                let found = base.pointer(pointer);
                assert!(found.is_some(), "the full message of {id} lacks {pointer}");
            }
            pointers_seen += pointers.len();
            test(&validators, operation, side, &base, &pointers);
        }
    }
    assert!(pointers_seen > 0);
}

#[test]
fn in_what_the_crate_and_the_checker_say() {
    every_body(|validators, operation, side, base, pointers| {
        let id = &operation.id;
        let body = registry::operation(id).body(side).expect("a body");
        for pointer in pointers {
            let place = format!("{id} {side} {pointer}");
            for value in values(pointer) {
                let mut message = base.clone();
                edit::set(&mut message, pointer, value);
                for (what, text) in (body.texts)(&message) {
                    clean(what, &place, &text);
                }
                for found in validators.by_model(id, side, message.to_string().as_bytes()) {
                    clean("the checker's finding", &place, &format!("{found:?}"));
                }
            }
        }
    });
}

/// A canary, or a mistake with a canary in it, in every sensitive field at once: nothing that the
/// command prints may show one.
#[test]
#[ignore = "long: an own step of .ci/run"]
fn in_what_the_command_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    every_body(|_, operation, side, base, pointers| {
        if pointers.is_empty() {
            return;
        }
        let mut files = Vec::new();
        for kind in 0..4 {
            let mut message = base.clone();
            for pointer in pointers {
                let text = canary::of(pointer);
                let value = match kind {
                    0 => json!(text),
                    1 => json!(text.repeat(200)),
                    2 => json!([text]),
                    _ => json!(NUMBER),
                };
                edit::set(&mut message, pointer, value);
            }
            let file = folder
                .path()
                .join(format!("{}-{side}-{kind}.json", operation.id));
            std::fs::write(&file, message.to_string()).expect("the file is written");
            files.push(file);
        }
        for format in ["human", "json"] {
            let place = format!("{} {side} as {format}", operation.id);
            let output = validate(&operation.id, side, format, &files);
            let printed = String::from_utf8_lossy(&output.stdout);
            assert!(
                printed.len() > 40,
                "nothing is printed of {place}: {output:?}"
            );
            clean("stdout", &place, &printed);
            clean("stderr", &place, &String::from_utf8_lossy(&output.stderr));
        }
    });
}

fn validate(operation: &str, side: Side, format: &str, files: &[PathBuf]) -> Output {
    let command = ["run", "--quiet", "--bin", "payspec", "--", "validate"];
    Command::new(env!("CARGO"))
        .args(command)
        .args([
            "--operation",
            operation,
            "--side",
            side.as_str(),
            "--format",
            format,
        ])
        .args(files)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .expect("the command runs")
}

#[test]
fn a_canary_is_seen() {
    assert_eq!(
        canary::seen(&format!("x {} y", canary::of("/a/b"))),
        ["CANARYabYRANAC"]
    );
}
