mod code_tables;
mod declarations;
mod disguises;
mod expected;
mod flat_objects;
mod hostile;
mod layouts;
mod line_reports;
mod mutations;
mod other_providers;
mod others;
mod presence;
mod prose;
mod razorpay;
mod real;
mod sections;
mod silent;
mod titles;
mod value_lists;
mod wechatpay;

use std::path::{Path, PathBuf};

use super::{Page, read};

/// Returns the folder of fixture pages of this kind.
fn folder(kind: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join("../../tests/fixtures").join(kind)
}

/// Pages in the form of a provider.
const PAGES: &str = "pages";
/// Pages with some lines that cannot be understood.
const ODD_PAGES: &str = "odd-pages";
/// Pages in the form of other providers.
const OTHER_PAGES: &str = "other-pages";

/// Returns how many edits of a page there are for each one that is tried: one in ten is, or all of them where
/// `PAYSPEC_PROOFS` is `whole`, as it is in `.ci/run` for the tests that ask for this.
pub(crate) fn stride() -> usize {
    match std::env::var("PAYSPEC_PROOFS").is_ok_and(|word| word == "whole") {
        true => 1,
        false => 10,
    }
}

/// Returns all fixture pages by name, sorted.
fn fixtures() -> Vec<(String, String)> {
    let pages = fixtures_in(PAGES);
    assert!(pages.len() >= 12, "only {} fixture pages", pages.len());
    pages
}

fn fixtures_in(kind: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder(kind)).expect("the folder of the fixture pages");
    let mut pages = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("a name").to_owned();
        if !name.ends_with(".facts") && name != "README.md" {
            let text = std::fs::read_to_string(&path).expect("a page");
            pages.push((name, text));
        }
    }
    pages.sort();
    pages
}

fn page(text: &str) -> Page {
    read(text).expect("a page")
}
