//! Compares fixture pages with the spec of this repository.

mod conditions;
mod copies;
mod drafts;
mod left_out;
mod mutations;
mod operation;
mod real_page;
mod results;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::coverage::{Coverage, FactState, LineState};
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

fn coverage(model: &Model, text: &str) -> Coverage {
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
fn every_line_is_accounted_for() {
    let model = model();
    for name in PAGES {
        let page = read(&fixture(name));
        let coverage = coverage(&model, &fixture(name));
        let lines = page
            .lines
            .iter()
            .filter(|line| super::coverage::is_covered(line.section));
        let lines: Vec<u32> = lines.map(|line| line.line).collect();
        let covered: Vec<u32> = coverage.lines.iter().map(|line| line.line).collect();
        assert_eq!(covered, lines, "{name}");
        for unread in page
            .unread
            .iter()
            .filter(|line| super::coverage::is_covered(line.section))
        {
            let state = |line: &&super::coverage::Line| {
                line.line == unread.line && line.text == unread.text
            };
            let line = coverage
                .lines
                .iter()
                .find(state)
                .expect("it is a line of the page");
            assert_eq!(line.state, LineState::Uncaptured, "{name}: {}", unread.text);
        }
        for line in coverage
            .lines
            .iter()
            .filter(|line| line.state == LineState::Captured)
        {
            let captured = line.states.iter().any(|link| link.spec.is_some());
            assert!(captured, "{name}:{} is captured by nothing", line.line);
        }
        for fact in coverage
            .facts
            .iter()
            .filter(|fact| fact.state == FactState::Stated)
        {
            assert!(
                !fact.lines.is_empty(),
                "{name}: {} {}",
                fact.subject,
                fact.fact
            );
        }
    }
}

#[test]
fn a_new_line_does_not_pass_in_silence() {
    let model = model();
    let before = fixture(TWINS[0]);
    let open = |text: &str| {
        let coverage = coverage(&model, text);
        let lines = coverage
            .lines
            .into_iter()
            .filter(|line| line.state == LineState::Uncaptured);
        lines.map(|line| line.text).collect::<Vec<_>>()
    };
    let known = open(&before);
    for anchor in [
        "The merchant's own number for this request.",
        "Which of the scenarios this is.",
        "Where the payer has to be sent.",
        "Code\tValue\tMessage\tFurther action",
    ] {
        let at = before.find(anchor).expect("the page has the line") + anchor.len();
        let (head, tail) = before.split_at(before[at..].find('\n').map_or(at, |end| at + end));
        let new = "Something that nobody has read before.";
        let after = open(&format!("{head}\n\n{new}\n{tail}"));
        let fresh: Vec<&String> = after.iter().filter(|line| !known.contains(line)).collect();
        assert_eq!(fresh, [new], "behind {anchor}");
    }
}

#[test]
fn a_lost_line_says_what_it_was() {
    let model = model();
    let text = fixture(TWINS[0]).replacen("  • Maximum length: 2048 characters\n", "", 1);
    let coverage = coverage(&model, &text);
    let lost: Vec<_> = coverage
        .facts
        .iter()
        .filter(|fact| fact.state == FactState::Unsupported)
        .map(|fact| {
            (
                fact.subject.as_str(),
                fact.fact.as_str(),
                fact.value.as_str(),
            )
        })
        .collect();
    assert_eq!(lost, [("request/paymentRedirectUrl", "max_length", "2048")]);
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
fn a_translated_heading_changes_nothing() {
    let model = model();
    let english = fixture(TWINS[0]);
    let other = english
        .replace("Request parameters\n", "入参\n")
        .replace("Response parameters\n", "出参\n");
    assert_ne!(english, other);
    let states = |text: &str| {
        let coverage = coverage(&model, text);
        let lines = coverage.lines.into_iter();
        lines
            .map(|line| (line.line, line.state, line.at))
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&english), states(&other));
}

#[test]
fn a_waiver_covers_its_line_and_no_other() {
    let known = "The amount, converted at the settlementQuote.";
    let new = format!("{known}\n\nNobody has read this line.");
    let text = fixture(TWINS[0]).replacen(known, &new, 1);
    let open = coverage(&model(), &text);
    let mut open = open
        .lines
        .into_iter()
        .filter(|line| line.state == LineState::Uncaptured);
    let line = open
        .find(|line| line.at.ends_with("grossSettlementAmount"))
        .expect("a line that is open");
    let mut files = spec();
    let file = files
        .files
        .get_mut("ams-instore/operations/pay_entry_code.yaml")
        .expect("the file");
    let waiver = format!(
        "  - at: {}\n    lines: [\"{}\"]\n    reason: It is read.\n",
        line.at, line.fingerprint
    );
    file.extend(waiver.as_bytes());
    let model = load_from(&files).model.expect("the spec is sound");
    let waived = coverage(&model, &text);
    let lines = waived
        .lines
        .iter()
        .filter(|one| one.state == LineState::Waived);
    let lines: Vec<_> = lines.map(|one| (one.line, one.why.as_deref())).collect();
    assert_eq!(lines, [(line.line, Some("It is read."))]);
    // In another place the same words may mean something else.
    let moved = text.replace("grossSettlementAmount", "paymentSettlement");
    let moved = coverage(&model, &moved);
    assert!(
        moved
            .lines
            .iter()
            .all(|one| one.state != LineState::Waived || one.at != line.at)
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
    let html = super::coverage_html(&coverage(&model, &text), &sources);
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

#[test]
fn a_fact_in_the_middle_of_a_line_keeps_it_open() {
    let model = model();
    let before = fixture(TWINS[0]);
    let sources = load(&root().join("spec")).sources;
    let known = coverage(&model, &before).counts.uncaptured;
    for (line, more, part) in [
        (
            "  • Maximum length: 64 characters",
            ", 128 for shops.",
            "128",
        ),
        (
            "The merchant's own number for this request.",
            " It must be new.",
            "must",
        ),
        ("Where the outcome is reported.", " See `order`.", "order"),
        ("Contact technical support.", " Wait 30 minutes.", "30"),
    ] {
        assert!(before.contains(line), "{line}");
        let text = before.replacen(line, &format!("{line}{more}"), 1);
        let coverage = coverage(&model, &text);
        assert_eq!(coverage.counts.uncaptured, known + 1, "{more}");
        let open = coverage
            .lines
            .iter()
            .find(|one| one.text.contains(more.trim()));
        let open = open.expect("the line");
        assert_eq!(open.state, LineState::Uncaptured);
        let parts: Vec<&str> = open.open.iter().map(|part| part.of(&open.text)).collect();
        assert_eq!(parts, [part], "{more}");
        let marked = format!("<mark class=\"open\">{part}</mark>");
        let html = super::coverage_html(&coverage, &sources);
        assert!(html.contains(&marked), "{marked}");
    }
}
