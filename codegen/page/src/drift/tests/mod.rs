//! Compares fixture pages with the spec of this repository.

mod conditions;
mod copies;
mod coverage;
mod cuts;
mod drafts;
mod left_out;
mod line_edits;
mod logic;
mod mutations;
mod operation;
mod real_page;
mod result_changes;
mod results;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::coverage::{Coverage, LineState};
use super::draft;
use super::{Changes, Copy, Drift, FindError, Hints};
use crate as page;
use crate::Page;
use payspec_model::model::Model;
use payspec_model::source::Memory;
use payspec_model::{load, load_from};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixture(name: &str) -> String {
    let file = root().join("tests/fixtures/pages").join(name);
    std::fs::read_to_string(file).expect("a fixture")
}

/// The fixture pages that describe an operation.
const PAGES: &[&str] = &[
    "a-en-pay-entry-code.txt",
    "a-zh-pay-entry-code.txt",
    "b-en-pay-entry-code.txt",
    "c-en-notify-payment.md",
    "c-en-refund.md",
    "c-zh-mt-pay-entry-code.md",
    "d-en-pay-user-presented.md",
    "d-en-unknown-sections.md",
    "d-zh-inquiry-refund.md",
    "e-en-pay-entry-code.md",
    "f2-en-inquiry-payment.md",
    "f3-en-cancel.md",
    "html-en-refund.html",
    "html-zh-cancel.html",
];

fn model() -> Model {
    load(&root().join("spec")).model.expect("the spec is sound")
}

fn read(text: &str) -> Page {
    page::read(text).expect("a page")
}

/// Compares a text with the spec.
fn drift(model: &Model, text: &str) -> Drift {
    found_drift(model, text, Hints::default()).expect("the operation is found")
}

/// Compares a text with the spec, if its operation is found.
fn found_drift(model: &Model, text: &str, hints: Hints<'_>) -> Result<Drift, FindError> {
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    Drift::new(model, copy, hints)
}

fn coverage_of(model: &Model, text: &str) -> Coverage {
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    Coverage::new(model, copy, Hints::default()).expect("the operation is found")
}

/// Returns the files of the spec, for tests that change them.
fn spec() -> Memory {
    fn walk(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{name}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut memory = Memory::default();
    walk(&root().join("spec"), "", &mut memory.files);
    memory
}

/// Lists the differences, one per line, without positions in the spec.
fn listed(drift: &Drift) -> String {
    let mut text = format!(
        "{} from {}\n",
        drift.operation,
        drift.source.as_deref().unwrap_or("-")
    );
    for one in &drift.matches {
        let _ = writeln!(
            text,
            "  `{}` is {}, by {}",
            one.name,
            one.field,
            one.matched_by.as_str()
        );
    }
    let known = drift
        .known
        .iter()
        .map(|known| (&known.finding, known.dispute.as_str()));
    let open = drift.findings.iter().map(|finding| (finding, ""));
    for (finding, dispute) in open.chain(known) {
        let says = |side: &Option<super::Statement>| {
            side.as_ref()
                .map_or("-".to_owned(), |stated| stated.value.clone())
        };
        let line = finding
            .page
            .as_ref()
            .map_or("", |stated| stated.place.as_str());
        let _ = writeln!(
            text,
            "  {} [{}] {}: {} / {} {line} {dispute}",
            finding.level,
            finding.rule,
            finding.subject,
            says(&finding.page),
            says(&finding.spec),
        );
    }
    text.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

#[test]
fn drift_of_the_fixtures() {
    let model = model();
    for name in PAGES {
        insta::assert_snapshot!(
            name.replace(['.', '-'], "_"),
            listed(&drift(&model, &fixture(name)))
        );
    }
}

/// Two renderings that state the same about one operation; disputes record all their differences
/// from the spec.
const TWINS: [&str; 2] = ["a-en-pay-entry-code.txt", "c-zh-mt-pay-entry-code.md"];

#[test]
fn pages_that_say_the_same_differ_from_the_spec_in_disputed_points_alone() {
    let model = model();
    for name in TWINS {
        let drift = drift(&model, &fixture(name));
        assert_eq!(drift.findings, [], "{name}");
        assert_eq!(disputed(&drift), DISPUTED, "{name}");
    }
}

const DISPUTED: [&str; 3] = [
    "payment-factor-required",
    "success-means-redirect",
    "payment-in-process-request-id",
];

fn disputed(drift: &Drift) -> Vec<&str> {
    drift
        .known
        .iter()
        .map(|known| known.dispute.as_str())
        .collect()
}

#[test]
fn two_copies_that_say_the_same_have_no_changes_whatever_their_rendering_and_language() {
    let [old, new] = TWINS.map(|name| read(&fixture(name)));
    let copies = [(&old, &new), (&new, &old)];
    for (old, new) in copies {
        let copy = |page| Copy { name: "page", page };
        let changes = Changes::new(copy(old), copy(new)).expect("both describe something");
        assert_eq!(changes.changes, []);
        let ways = changes
            .matches
            .iter()
            .map(|one| (one.name.as_str(), one.matched_by.as_str()));
        assert_eq!(ways.count(), 2, "the two translated names");
    }
}

#[test]
fn a_field_that_was_renamed_is_perhaps_the_new_one() {
    let text = fixture(TWINS[0]).replace("paymentNotifyUrl URL", "paymentReportUrl URL");
    let drift = drift(&model(), &text);
    let found: Vec<_> = drift
        .findings
        .iter()
        .map(|one| (one.rule, one.subject.as_str(), one.perhaps.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "field-new",
                "request/paymentReportUrl",
                Some("paymentNotifyUrl")
            ),
            (
                "field-gone",
                "request/paymentNotifyUrl",
                Some("paymentReportUrl")
            ),
        ]
    );
}

#[test]
fn reports_can_be_written() {
    let model = model();
    let text = fixture("c-en-refund.md");
    let drift = drift(&model, &text);
    let markdown = super::drift_markdown(&drift);
    for finding in &drift.findings {
        let row = markdown
            .lines()
            .find(|line| line.contains(&format!("`{}`", finding.subject)));
        assert!(
            row.is_some_and(|row| row.starts_with("| ")),
            "{}",
            finding.subject
        );
    }
    let sources = load(&root().join("spec")).sources;
    let html = super::coverage_html(&coverage_of(&model, &text), &sources);
    assert!(html.contains("href=\"#spec-"), "no link to the spec");
    let open = html.contains("id=\"open-only\"") && html.contains("aria-label=\"Legend\"");
    assert!(open, "no filter or no legend");
    let targets = html
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    for target in targets {
        assert!(
            html.contains(&format!("id=\"{target}\"")),
            "{target} leads nowhere"
        );
    }
}
