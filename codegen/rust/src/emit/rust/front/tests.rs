use std::path::Path;

use super::page;
use crate::emit::rust::tests::sample::model;
use crate::emit::rust::{ClientCode, ExampleCrates, Options, Package, Root};
use payspec_model::load;

fn options(client: ClientCode, examples: ExampleCrates) -> Options {
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.crate_name = Some("some_shop".to_owned());
    options.package = Some(Package {
        name: "some-shop".to_owned(),
        version: "4.5.6".to_owned(),
        examples,
    });
    options.client = client;
    options
}

const ALL: ExampleCrates = ExampleCrates {
    ureq: true,
    reqwest: true,
    mock: true,
};

fn headings(lines: &[String]) -> Vec<&str> {
    let mut is_code = false;
    let mut found = Vec::new();
    for line in lines {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        found.extend(line.strip_prefix("# ").filter(|_| !is_code));
    }
    found
}

#[test]
fn an_api_with_payments_has_every_section() {
    let model = load(Path::new("../../spec")).model.expect("the spec");
    let mut options = options(ClientCode::Feature, ALL);
    options.operation_features = true;
    let lines = page(&model, &options).expect("a page").lines();
    assert_eq!(
        headings(&lines),
        [
            "In `Cargo.toml`",
            "A first payment",
            "After a restart",
            "Receiving a notification",
            "Testing",
            "Features"
        ]
    );
    let text = lines.join("\n");
    assert!(text.contains(r#"some-shop = { version = "4.5.6", features = ["client"] }"#));
    assert!(text.contains(r#"# #[cfg(all(feature = "client", feature = "notify_payment"))] {"#));
    assert!(!text.contains("```ignore"), "{text}");
}

#[test]
fn without_clients_there_is_nothing_about_them() {
    let model = load(Path::new("../../spec")).model.expect("the spec");
    let options = options(ClientCode::Absent, ALL);
    let lines = page(&model, &options).expect("a page").lines();
    assert_eq!(headings(&lines), ["In `Cargo.toml`"]);
    let text = lines.join("\n");
    assert!(text.contains("some-shop = \"4.5.6\""));
    assert!(!text.contains("ureq") && !text.contains("client"), "{text}");
}

#[test]
fn an_api_without_calls_has_no_example_of_one() {
    let options = options(ClientCode::Always, ALL);
    let mut model = model();
    model.apis.truncate(1);
    model.apis[0].operations.clear();
    model.apis[0].flows.clear();
    let lines = page(&model, &options).expect("a page").lines();
    assert_eq!(headings(&lines), ["In `Cargo.toml`"]);
}

#[test]
fn an_example_whose_crates_are_missing_is_shown_but_not_compiled() {
    let model = load(Path::new("../../spec")).model.expect("the spec");
    let options = options(ClientCode::Always, ExampleCrates::default());
    let lines = page(&model, &options).expect("a page").lines();
    let fences: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("```") && line.len() > 3 && *line != "```toml")
        .collect();
    // Restart and notification need no crate beyond the dependencies.
    assert_eq!(
        fences,
        [
            "```ignore",
            "```ignore",
            "```no_run",
            "```no_run",
            "```ignore"
        ]
    );
    assert!(!lines.iter().any(|line| line.contains("cfg(")));
}
