//! A draft is a spec, and says what its page says.

use super::*;
use crate::drift::draft::{DraftFile, draft};

fn files_of(drafts: &[DraftFile], into: &mut Memory) {
    for file in drafts {
        let path = file.path.to_string_lossy().into_owned();
        into.files.insert(path, file.text.clone().into_bytes());
    }
}

/// Drafts a page over some files, and holds it against what came of it.
fn round_trip(name: &str, mut files: Memory) {
    let page = read(&fixture(name));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let before = load_from(&files).model.unwrap_or_default();
    let drafts = draft(
        &before,
        copy,
        hints,
        Path::new("shop/operations/drafted.yaml"),
    );
    files_of(&drafts.expect("a draft"), &mut files);
    let loaded = load_from(&files);
    let said: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|one| one.message.clone())
        .collect();
    let Some(model) = loaded.model else {
        panic!("{name}: {said:?}");
    };
    let drift = Drift::new(&model, copy, hints).expect("the operation is there");
    assert_eq!(drift.findings, [], "{name}");
}

#[test]
fn from_nothing() {
    for name in PAGES {
        round_trip(name, Memory::default());
    }
}

#[test]
fn from_an_api_without_operations() {
    let api = include_str!("../../cli/starter/api.yaml");
    for name in TWINS {
        let mut files = Memory::default();
        files
            .files
            .insert("shop/api.yaml".to_owned(), api.as_bytes().to_vec());
        round_trip(name, files);
    }
}

#[test]
fn a_patch_holds_what_is_missing_and_nothing_else() {
    let page = read(&fixture("d-en-pay-user-presented.md"));
    let copy = Copy {
        name: "page.md",
        page: &page,
    };
    let files = draft(&model(), copy, Hints::default(), Path::new("patch.yaml")).expect("a patch");
    let texts: Vec<_> = files
        .iter()
        .map(|file| (file.path.to_string_lossy(), &file.text))
        .collect();
    insta::assert_debug_snapshot!("patch", texts);
}

#[test]
fn a_page_that_the_spec_knows_needs_no_draft() {
    let page = read(&fixture("html-en-refund.html"));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let files = draft(&model(), copy, Hints::default(), Path::new("patch.yaml"));
    assert_eq!(files, Ok(Vec::new()));
}
