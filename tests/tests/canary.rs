//! What is marked sensitive in the spec shows in no text that a program could log.

use std::error::Error;

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_codegen::{
    check,
    model::{Api, Model, Object, Side, Type},
};
use payspec_runtime::{Message, Valid, Validate};
use payspec_tests::{canary, edit, messages};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A number that occurs nowhere else.
const NUMBER: i64 = 700_777_000_777;

/// The pointers of all fields below an object that are sensitive, themselves or by what holds them.
fn sensitive(api: &Api, object: &Object, above: &str, marked: bool, found: &mut Vec<String>) {
    for field in &object.fields {
        let pointer = format!("{above}/{}", field.name);
        let marked = marked || field.sensitive.is_some();
        match &field.ty {
            Type::Object(id) => sensitive(api, api.object(*id), &pointer, marked, found),
            Type::List(element) => match element.as_ref() {
                Type::Object(id) => {
                    sensitive(api, api.object(*id), &format!("{pointer}/0"), marked, found);
                }
                _ if marked => found.push(format!("{pointer}/0")),
                _ => {}
            },
            _ if marked => found.push(pointer),
            _ => {}
        }
    }
}

fn clean(what: &str, place: &str, text: &str) {
    let seen = canary::seen(text);
    assert!(seen.is_empty(), "{what} of {place} shows {seen:?}");
    assert!(
        !text.contains(&NUMBER.to_string()),
        "{what} of {place} shows the number"
    );
}

fn chain(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?} {error:#}");
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(&format!(" {inner} {inner:?}"));
        source = inner.source();
    }
    text
}

/// Every text that the generated crate and the checker make of a message.
fn texts<T>(model: &Model, side: Side, place: &str, message: &Value)
where
    T: Message + Validate + Clone + std::fmt::Debug + DeserializeOwned,
{
    let json = message.to_string();
    match payspec_runtime::decode::<T>(json.as_bytes()) {
        Ok(value) => {
            clean("Debug", place, &format!("{value:?} {value:#?}"));
            let violations = value.violations();
            clean("violations", place, &format!("{violations} {violations:?}"));
            clean("violations as JSON", place, &json!(violations).to_string());
            match Valid::new(value) {
                Ok(valid) => clean("Debug of the proof", place, &format!("{valid:?}")),
                Err(error) => clean("the refusal", place, &chain(&error)),
            }
        }
        Err(error) => clean("the decoding error", place, &chain(&error)),
    }
    if let Err(error) = serde_json::from_str::<T>(&json) {
        clean("serde's error", place, &chain(&error));
    }
    if let Err(error) = serde_json::from_value::<T>(message.clone()) {
        clean("serde's error from a tree", place, &chain(&error));
    }
    let (api, operation) = model
        .operation("pay_entry_code")
        .expect("a known operation");
    let found = check::check_message(model, api, operation, side, json.as_bytes()).expect("JSON");
    for finding in found.iter() {
        clean(
            "the checker's finding",
            place,
            &format!("{:?}", finding.violation),
        );
    }
}

fn every_value<T>(side: Side, base: &Value)
where
    T: Message + Validate + Clone + std::fmt::Debug + DeserializeOwned,
{
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let model = payspec_codegen::load(&spec)
        .model
        .expect("the spec has no errors");
    let (api, operation) = model
        .operation("pay_entry_code")
        .expect("a known operation");
    let body = operation.body(side).expect("both sides are described");
    let mut pointers = Vec::new();
    sensitive(api, &body.object, "", false, &mut pointers);
    assert!(!pointers.is_empty());
    for pointer in &pointers {
        assert!(
            base.pointer(pointer).is_some(),
            "the full message lacks {pointer}"
        );
        let text = canary::of(pointer);
        let values = [
            json!(text),
            json!(format!("{text} {}", text.repeat(200))),
            json!(format!("{}{text}", " ".repeat(3000))),
            json!(format!("https://{text}.example/?{text}")),
            json!(format!("2019-11-27T12:01:01{text}")),
            json!(NUMBER),
            json!(-NUMBER),
            json!([text]),
            json!({"a": text}),
        ];
        for value in values {
            let mut message = base.clone();
            edit::set(&mut message, pointer, value);
            texts::<T>(&model, side, pointer, &message);
        }
    }
}

#[test]
fn in_requests() {
    every_value::<PayEntryCodeRequest>(Side::Request, &messages::full_request());
}

#[test]
fn in_responses() {
    every_value::<PayEntryCodeResponse>(Side::Response, &messages::full_response());
}

/// A canary, or a mistake with a canary in it, in every sensitive field at once: nothing that the
/// command prints may show one.
#[test]
fn in_what_the_command_prints() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let model = payspec_codegen::load(&root.join("spec"))
        .model
        .expect("the spec has no errors");
    let (api, operation) = model
        .operation("pay_entry_code")
        .expect("a known operation");
    let sides = [
        (Side::Request, messages::full_request()),
        (Side::Response, messages::full_response()),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (side, base) in sides {
        let body = operation.body(side).expect("both sides are described");
        let mut pointers = Vec::new();
        sensitive(api, &body.object, "", false, &mut pointers);
        for kind in 0..4 {
            let mut message = base.clone();
            for pointer in &pointers {
                let text = canary::of(pointer);
                let value = match kind {
                    0 => json!(text),
                    1 => json!(text.repeat(200)),
                    2 => json!([text]),
                    _ => json!(NUMBER),
                };
                edit::set(&mut message, pointer, value);
            }
            let file = folder.path().join(format!("{side}-{kind}.json"));
            std::fs::write(&file, message.to_string()).expect("the file is written");
            files.push((side, file));
        }
    }
    for (side, file) in files {
        for format in ["human", "json"] {
            let output = std::process::Command::new(env!("CARGO"))
                .args([
                    "run",
                    "--quiet",
                    "--bin",
                    "payspec",
                    "--",
                    "validate",
                    "--operation",
                ])
                .args([
                    "pay_entry_code",
                    "--side",
                    side.as_str(),
                    "--format",
                    format,
                ])
                .arg(&file)
                .current_dir(&root)
                .output()
                .expect("the command runs");
            let place = file.display().to_string();
            let printed = String::from_utf8_lossy(&output.stdout);
            assert!(
                printed.len() > 40,
                "nothing is printed of {place}: {output:?}"
            );
            clean("stdout", &place, &printed);
            clean("stderr", &place, &String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn a_canary_is_seen() {
    assert_eq!(
        canary::seen(&format!("x {} y", canary::of("/a/b"))),
        ["CANARYabYRANAC"]
    );
}
