//! Changes whose verdict was decided by hand: the class on the wire for callers that have not moved and
//! for those that have, the money, the class in Rust.
//!
//! The files of `fixtures/diff/verdicts` hold them as edits of `base.yaml`, those of one subject each.
//! Behind `# pair: NAME` stands an edit. Where there is a line `# new`, what stands before it belongs to
//! both specs. `# expect: OLD NEW MONEY RUST` is the verdict of the whole change, or `# expect: nothing`;
//! `# told: RULE, PLACE` is a finding of it, in the order of the report; `# why: ` defends the verdict.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use payspec_codegen::diff::sections::rust::Words;
use payspec_codegen::diff::{Class, Impact, Level, Report, Rust};
use payspec_codegen::model::Model;
use payspec_codegen::source::Memory;
use payspec_tests::patch::overlay;

use crate::pairs::{PAIRS, base, model, read};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diff/verdicts");

/// A change with its verdict.
struct Case {
    /// The file that it stands in, and its name.
    name: String,
    old: Model,
    new: Model,
    heads: BTreeMap<&'static str, Vec<String>>,
}

/// The lines that a case states beside its edits.
const HEADS: [&str; 3] = ["expect", "told", "why"];

impl Case {
    fn read(name: &str, text: &str) -> Self {
        let (shared, own) = text.split_once("\n# new\n").unwrap_or(("", text));
        let mut heads: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let edited =
            |start: &Memory, text: &str, heads: &mut BTreeMap<&'static str, Vec<String>>| {
                let mut memory = start.clone();
                let found = std::cell::RefCell::new(Vec::new());
                overlay(&mut memory, &format!("{text}\n"), &|_, head| {
                    found.borrow_mut().push(head.to_owned());
                });
                for head in found.into_inner() {
                    let known = HEADS.into_iter().find_map(|known| {
                        let rest = head.strip_prefix(known)?.strip_prefix(": ")?;
                        Some((known, rest.trim_end().to_owned()))
                    });
                    let (known, rest) = known.unwrap_or_else(|| panic!("{name}: {head}"));
                    heads.entry(known).or_default().push(rest);
                }
                memory
            };
        let old = edited(&base(), shared, &mut heads);
        let new = edited(&old, own, &mut heads);
        Case {
            old: model(name, &old),
            new: model(name, &new),
            name: name.to_owned(),
            heads,
        }
    }

    fn all() -> Vec<Self> {
        let mut files: Vec<_> = std::fs::read_dir(FOLDER)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        files.sort();
        let mut cases = Vec::new();
        for file in files {
            let group = file
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let text = format!("\n{}", read(&file));
            for part in text.split("\n# pair: ").skip(1) {
                let (name, text) = part.split_once('\n').expect("an edit");
                cases.push(Case::read(
                    &format!("{group}: {name}"),
                    &format!("\n{text}"),
                ));
            }
        }
        cases
    }

    fn head(&self, name: &'static str) -> &[String] {
        self.heads.get(name).map_or(&[], Vec::as_slice)
    }
}

/// What a report comes to.
fn verdict(report: &Report) -> String {
    if report.findings.is_empty() {
        return "nothing".to_owned();
    }
    let none = Class {
        old_caller: Impact::None,
        new_caller: Impact::None,
    };
    let wire = report
        .findings
        .iter()
        .fold(none, |class, entry| class.and(entry.wire));
    let money = report.summary.level == Some(Level::Money);
    format!(
        "{} {} {} {}",
        wire.old_caller.as_str(),
        wire.new_caller.as_str(),
        if money { "money" } else { "safe" },
        report.summary.rust.as_str()
    )
}

fn findings(report: &Report) -> Vec<String> {
    let told = report
        .findings
        .iter()
        .map(|entry| format!("{}, {}", entry.rule, entry.places[0]));
    told.collect()
}

/// Whether the parts of one report contradict each other.
fn contradiction(report: &Report) -> Option<String> {
    let generated = report.generated.as_ref().expect("it was compared");
    let worst = report.findings.iter().map(|entry| entry.rust).max();
    let worst = worst.unwrap_or(Rust::None);
    if let Words::Refuted { module } = &generated.words {
        return Some(format!("refuted in {module}"));
    }
    if worst != report.summary.rust || generated.level != report.summary.rust {
        return Some(format!(
            "the findings say {worst:?}, the crates {:?}, the summary {:?}",
            generated.level, report.summary.rust
        ));
    }
    None
}

#[test]
fn each_verdict_is_the_one_decided_by_hand() {
    let mut wrong = String::new();
    let cases = Case::all();
    for case in &cases {
        let report = Report::with_generated(&case.old, &case.new).expect("both can be written");
        let expected = case.head("expect").first().map_or("", String::as_str);
        let mut add = |line: &str| writeln!(wrong, "{}: {line}", case.name).expect("a text");
        if case.head("why").is_empty() {
            add("nobody defends the verdict");
        }
        if verdict(&report) != expected {
            add(&format!("expected {expected}, found {}", verdict(&report)));
        }
        if findings(&report) != case.head("told") {
            let told: String = findings(&report)
                .iter()
                .map(|line| format!("\n# told: {line}"))
                .collect();
            add(&format!("other findings{told}"));
        }
        if let Some(contradiction) = contradiction(&report) {
            add(&contradiction);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(cases.len() > 20, "{}", cases.len());
}

/// Rules of fields that no message shows: the message stays, and means another amount.
const WITHOUT_MESSAGE: &[&str] = &["amount-fields-changed", "quote-fields-changed"];

/// A finding that says that somebody breaks shows a message that does.
#[test]
fn what_breaks_at_a_field_has_a_witness() {
    let cases = Case::all()
        .into_iter()
        .map(|one| (one.name, one.old, one.new));
    let pairs = PAIRS.iter();
    let pairs = pairs.map(|one| (one.name.clone(), one.old.clone(), one.new.clone()));
    let (mut bare, mut proved) = (Vec::new(), 0);
    for (name, old, new) in cases.chain(pairs) {
        let mut report = Report::new(&old, &new);
        report.prove(&old, &new);
        let breaking = report.findings.iter().filter(|entry| {
            let place = &entry.places[0];
            let field = place.contains(" request /") || place.contains(" response /");
            field
                && entry.wire.worst() == Impact::Breaking
                && !WITHOUT_MESSAGE.contains(&entry.rule.as_str())
        });
        for entry in breaking {
            match entry.witnesses.is_empty() {
                true => bare.push(format!("{name}: {} at {}", entry.rule, entry.places[0])),
                false => proved += 1,
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
    assert!(proved > 50, "{proved}");
}

/// The kinds of changes that mean nothing, by the file that holds them.
#[test]
fn a_change_without_meaning_is_no_finding() {
    let text = read(&Path::new(FOLDER).join("refactorings.yaml"));
    let kinds = text.matches("# pair: ").count();
    assert!(kinds >= 21, "{kinds}");
    assert_eq!(text.matches("# expect: nothing").count(), kinds);
}
