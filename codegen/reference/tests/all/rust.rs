//! The programs in Rust compile, and build the documented requests.

use std::fmt::Write as _;
use std::path::Path;

use payspec_model::model::{Caller, Side};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::{CRATE, made, page, programs, real};

const API: &str = "ams_instore";

/// Returns the programs of all pages as one module, which `programs.rs` is.
fn shown() -> String {
    let model = real();
    let files = made(&model);
    let code = Selector::parse("code.rust").expect("a selector");
    let api = model.api(API).expect("the API");
    let mut text = String::from(
        "//! The programs that the reference site shows, written by\n\
         //! `INSTA_UPDATE=always cargo test -p payspec-reference --test all rust::`.\n\n\
         use std::error::Error;\n",
    );
    let mut calls = String::new();
    for operation in &api.operations {
        let path = format!("{API}/operations/{}.html", operation.id);
        let html = Html::parse_document(page(&files, &path));
        let Some(program) = html.select(&code).next() else {
            assert_eq!(operation.caller, Caller::Provider, "{}", operation.id);
            continue;
        };
        let program: String = program.text().collect();
        let id = &operation.id;
        assert!(
            program.contains(&format!("use {CRATE}::{API}::")),
            "{program}"
        );
        let _ = write!(text, "\n#[rustfmt::skip]\nmod {id} {{\n");
        for line in program.lines() {
            match line {
                "" => text.push('\n'),
                line => drop(writeln!(text, "    {line}")),
            }
        }
        text += "\n    pub(super) fn json() -> Result<Vec<u8>, Box<dyn Error>> {\n        Ok(payspec_runtime::encode(&*request()?)?)\n    }\n}\n";
        let _ = writeln!(calls, "        (\"{id}\", {id}::json()?),");
    }
    let _ = write!(
        text,
        "\n/// Requests as JSON, by the ids of their operations.\n\
         pub(crate) type Requests = Vec<(&'static str, Vec<u8>)>;\n\n\
         /// Returns each request as JSON, by the id of its operation.\n\
         #[rustfmt::skip]\n\
         pub(crate) fn all() -> Result<Requests, Box<dyn Error>> {{\n    Ok(vec![\n{calls}    ])\n}}\n"
    );
    text
}

#[test]
fn the_programs_are_those_of_the_site() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/programs.rs");
    let shown = shown();
    if std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always") {
        std::fs::write(&path, &shown).expect("the file can be written");
    }
    let compiled = std::fs::read_to_string(&path).expect("the file");
    assert_eq!(compiled, shown);
}

#[test]
fn the_programs_build_the_documented_requests() {
    let model = real();
    let api = model.api(API).expect("the API");
    let built = programs::all().expect("every request is valid");
    assert!(built.len() >= 8, "{}", built.len());
    for (id, text) in built {
        let operation = api.operation(id).expect("the operation");
        let example = operation
            .examples
            .iter()
            .find(|one| one.side == Side::Request);
        let example = example.expect("an example");
        let wanted: Value = serde_json::from_str(&example.json).expect("JSON");
        let built: Value = serde_json::from_slice(&text).expect("JSON");
        assert_eq!(built, wanted, "{id}");
    }
}
