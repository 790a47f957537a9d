//! Changes whose verdict was decided by hand: the class on the wire for callers that have not moved and
//! for those that have, the money, the class in Rust.
//!
//! The files of `fixtures/diff/verdicts` hold them as edits of `base.yaml`, those of
//! `fixtures/diff/in-store` as edits of the spec of this repository; each file has one subject.
//! Behind `# pair: NAME` stands an edit. Where there is a line `# new`, what stands before it belongs to
//! both specs. `# expect: OLD NEW MONEY RUST` is the verdict of the whole change, `# expect: nothing` that
//! there is no finding, and `# expect: refused CODE` that `check` refuses the new spec; `# told: RULE,
//! PLACE` is a finding of it, in the order of the report; `# why: ` defends the verdict.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use payspec_model::load_from;
use payspec_model::model::{Direction, Model};
use payspec_model::source::Memory;
use payspec_review::changelog::{Bump, Changelog, Heading};
use payspec_review::render;
use payspec_review::report::Entry;
use payspec_review::sections::Mark;
use payspec_review::sections::rust::Words;
use payspec_review::{Impact, Level, Report, Rule, SemverBump, WireImpact, rules, unseen};
use payspec_tests::patch::overlay;
use payspec_tests::random::is_tried;

use super::pairs::{PAIRS, base, model, read};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diff");

/// A change with its verdict.
struct Case {
    /// The file that it stands in, and its name.
    name: String,
    old: Model,
    /// The new spec, or the codes of what `check` says against it.
    new: Result<Model, BTreeSet<&'static str>>,
    heads: BTreeMap<&'static str, Vec<String>>,
}

/// The lines that a case states beside its edits.
const HEADS: [&str; 3] = ["expect", "told", "why"];

impl Case {
    fn read(name: &str, base: &(Memory, Model), text: &str) -> Self {
        let (shared, own) = text.split_once("\n# new\n").unwrap_or(("", text));
        let heads = RefCell::new(BTreeMap::<&'static str, Vec<String>>::new());
        let edited = |start: &Memory, text: &str| {
            let mut memory = start.clone();
            overlay(&mut memory, &format!("{text}\n"), &|_, head| {
                let known = HEADS.into_iter().find_map(|known| {
                    let rest = head.strip_prefix(known)?.strip_prefix(": ")?;
                    Some((known, rest.trim_end().to_owned()))
                });
                let (known, rest) = known.unwrap_or_else(|| panic!("{name}: {head}"));
                heads.borrow_mut().entry(known).or_default().push(rest);
            });
            memory
        };
        let (memory, before) = base;
        let old = edited(memory, shared);
        let new = load_from(&edited(&old, own));
        let codes = new.diagnostics.iter().filter(|one| one.is_error());
        let codes: BTreeSet<_> = codes.map(|one| one.code.id).collect();
        Case {
            old: match shared {
                "" => before.clone(),
                _ => model(name, &old),
            },
            new: new.model.ok_or(codes),
            name: name.to_owned(),
            heads: heads.into_inner(),
        }
    }

    fn head(&self, name: &'static str) -> &[String] {
        self.heads.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The cases of a folder of the fixtures, as edits of a base. Each is read when it is needed.
struct Cases {
    base: (Memory, Model),
    /// The names, and the edits.
    texts: Vec<(String, String)>,
}

impl Cases {
    fn of(folder: &str, base: Memory) -> Self {
        let before = model(folder, &base);
        let folder = Path::new(FIXTURES).join(folder);
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        files.sort();
        let mut texts = Vec::new();
        for file in files {
            let group = file.file_stem().expect("a name").to_string_lossy();
            let text = format!("\n{}", read(&file));
            for part in text.split("\n# pair: ").skip(1) {
                let (name, text) = part.split_once('\n').expect("an edit");
                texts.push((format!("{group}: {name}"), format!("\n{text}")));
            }
        }
        Cases {
            base: (base, before),
            texts,
        }
    }

    fn iter(&self) -> impl Iterator<Item = Case> + '_ {
        let texts = self.texts.iter();
        texts.map(|(name, text)| Case::read(name, &self.base, text))
    }

    fn find(&self, name: &str) -> Case {
        let mut texts = self.texts.iter();
        let case = texts.find(|(one, _)| one == name);
        let (name, text) = case.expect("such a case");
        Case::read(name, &self.base, text)
    }
}

/// Edits of `base.yaml`.
static SMALL: LazyLock<Cases> = LazyLock::new(|| Cases::of("verdicts", base()));

/// Edits of the spec of this repository.
static IN_STORE: LazyLock<Cases> = LazyLock::new(|| Cases::of("in-store", in_store()));

/// The spec of this repository, file by file.
fn in_store() -> Memory {
    fn walk(folder: &Path, root: &Path, memory: &mut Memory) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, root, memory);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root");
            let name = name.to_string_lossy().replace('\\', "/");
            memory
                .files
                .insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut memory = Memory::default();
    walk(&root, &root, &mut memory);
    memory
}

/// Returns the verdict of a report in words.
fn verdict(report: &Report) -> String {
    if report.findings.is_empty() {
        return "nothing".to_owned();
    }
    let none = WireImpact {
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
        .map(|entry| format!("{}, {}", entry.rule, entry.places[0].trim_end()));
    told.collect()
}

/// How the summary or the changelog contradicts the findings.
fn miscounted(report: &Report) -> Option<String> {
    let levels = || report.findings.iter().map(|entry| entry.level);
    let rust = report.findings.iter().map(|entry| entry.rust).max();
    let rust = rust.unwrap_or(SemverBump::None);
    let summary = &report.summary;
    let counted: usize = summary.levels.values().sum();
    if summary.level != levels().max() || summary.open != levels().max() {
        return Some(format!("the summary says {:?}", summary.level));
    }
    if summary.rust != rust || summary.open_rust != rust || counted != report.findings.len() {
        return Some(format!("the summary says {:?}, {counted}", summary.rust));
    }
    let changelog = Changelog::new(report, None);
    let has = |heading: Heading| {
        changelog
            .groups
            .iter()
            .any(|group| group.heading == heading)
    };
    let breaks = |entry: &Entry| {
        entry.level != Level::Money
            && (entry.level == Level::Breaking || entry.rust == SemverBump::Major)
    };
    let money = levels().any(|level| level == Level::Money);
    let breaking = report.findings.iter().any(breaks);
    let bump = match levels().max() {
        None => Bump::None,
        Some(_) if money || rust == SemverBump::Major => Bump::Major,
        Some(level) if level == Level::Breaking || rust == SemverBump::Minor => Bump::Minor,
        Some(_) => Bump::Patch,
    };
    let agrees = has(Heading::Money) == money
        && has(Heading::Breaking) == breaking
        && changelog.bump == bump;
    (!agrees).then(|| format!("the changelog says {changelog:?}"))
}

/// Returns a contradiction between the parts of one report, if there is one.
fn contradiction(report: &Report) -> Option<String> {
    if let Some(told) = miscounted(report) {
        return Some(told);
    }
    let generated = report.generated.as_ref().expect("it was compared");
    let worst = report.findings.iter().map(|entry| entry.rust).max();
    let worst = worst.unwrap_or(SemverBump::None);
    if let Words::Refuted { module } = &generated.words {
        return Some(format!("refuted in {module}"));
    }
    if worst != report.summary.rust || generated.level != report.summary.rust {
        return Some(format!(
            "the findings say {worst:?}, the crates {:?}, the summary {:?}",
            generated.level, report.summary.rust
        ));
    }
    let says_major = render::markdown(report).contains(" must change.\n");
    let touched = generated
        .items
        .iter()
        .any(|item| !matches!(item.mark, Mark::Added | Mark::Same));
    let must = generated.level == SemverBump::Major && touched && generated.words == Words::NotOnly;
    (says_major != must).then(|| format!("{:?}, yet `must change`: {says_major}", generated.level))
}

/// Holds verdicts to those decided by hand.
fn hold(cases: &Cases, at_least: usize) {
    let mut wrong = String::new();
    for (number, (name, text)) in cases.texts.iter().enumerate() {
        if !is_tried(number) {
            continue;
        }
        let case = Case::read(name, &cases.base, text);
        let expected = case.head("expect").first().map_or("", String::as_str);
        let mut add = |line: &str| writeln!(wrong, "{}: {line}", case.name).expect("a text");
        if case.head("why").is_empty() {
            add("nobody defends the verdict");
        }
        let new = match &case.new {
            Ok(new) => new,
            Err(codes) => {
                let refused = expected.strip_prefix("refused ");
                if !refused.is_some_and(|code| codes.contains(code)) {
                    add(&format!("expected {expected}, refused {codes:?}"));
                }
                continue;
            }
        };
        let report = Report::with_generated(&case.old, new).expect("both can be written");
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
    assert!(cases.texts.len() >= at_least, "{}", cases.texts.len());
}

#[test]
fn each_verdict_is_the_one_decided_by_hand() {
    hold(&SMALL, 50);
}

#[test]
#[ignore = "long: an own step of .ci/more"]
fn each_verdict_on_the_in_store_spec_is_the_one_decided_by_hand() {
    hold(&IN_STORE, 140);
}

/// A finding that says that somebody breaks shows a message that does, or says why none can.
#[test]
#[ignore = "long: an own step of .ci/more"]
fn what_breaks_has_a_witness_or_says_why_not() {
    let small: Vec<Case> = SMALL.iter().collect();
    let in_store: Vec<Case> = IN_STORE.iter().collect();
    let cases = small.iter().chain(&in_store);
    let cases = cases.filter_map(|one| Some((&one.name, &one.old, one.new.as_ref().ok()?)));
    let there = PAIRS.iter().map(|one| (&one.name, &one.old, &one.new));
    let back = PAIRS.iter().map(|one| (&one.name, &one.new, &one.old));
    let small = small
        .iter()
        .filter_map(|one| Some((&one.name, one.new.as_ref().ok()?, &one.old)));
    let back = back.chain(small);
    let (mut wrong, mut proved) = (Vec::new(), 0);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (name, old, new) in cases.chain(there).chain(back) {
        let mut report = Report::new(old, new);
        report.prove(old, new);
        // Two fields that swap their names: the message stays, and means something else.
        let names = |entry: &Entry| Some((entry.old.clone()?.value, entry.new.clone()?.value));
        let renamed: Vec<_> = report.findings.iter().filter_map(names).collect();
        let swapped = |entry: &Entry| {
            let names = names(entry);
            entry.rule == "field-renamed"
                && names.is_some_and(|(old, new)| old != new && renamed.contains(&(new, old)))
        };
        for entry in &report.findings {
            let property = Rule::find(&entry.rule).expect("a rule").property;
            let breaks = entry.wire.worst() == Impact::Breaking;
            let has_witness = !entry.witnesses.is_empty();
            let is_right = match (breaks, unseen(property)) {
                (false, _) => !has_witness && entry.unseen.is_none(),
                (true, Some(reason)) => !has_witness && entry.unseen == Some(reason),
                (true, None) => {
                    has_witness != swapped(entry) && entry.unseen.is_none() == has_witness
                }
            };
            if !is_right {
                wrong.push(format!("{name}: {} at {}", entry.rule, entry.places[0]));
            }
            if has_witness {
                proved += 1;
                seen.insert(entry.rule.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proved > 60, "{proved}");
    // Each rule that can have a witness had one.
    let breaks = |rule: &&Rule| {
        let directions = [Direction::Outgoing, Direction::Incoming].into_iter();
        let classes = directions.filter_map(|direction| rule.usual_class(direction));
        classes.map(WireImpact::worst).max() == Some(Impact::Breaking)
    };
    let can = rules()
        .filter(breaks)
        .filter(|rule| unseen(rule.property).is_none());
    let missing: Vec<String> = can.map(Rule::id).filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Of several changes of one item, each shows a message that its own rule refuses.
#[test]
fn a_witness_shows_its_own_change() {
    let shown = |name: &str| -> Vec<(String, Vec<&'static str>)> {
        let case = SMALL.find(name);
        let new = case.new.as_ref().expect("a sound spec");
        let mut report = Report::new(&case.old, new);
        report.prove(&case.old, new);
        let rules = |entry: &Entry| {
            let refused = entry.witnesses.iter().flat_map(|proof| &proof.refused);
            (entry.rule.clone(), refused.map(|one| one.rule).collect())
        };
        report.findings.iter().map(rules).collect()
    };
    let own = |rule: &str, refused: &[&'static str]| (rule.to_owned(), refused.to_vec());
    assert_eq!(
        shown("wire: a text becomes shorter and gets a pattern"),
        [
            own("max-length-narrowed", &["max_length"]),
            own("pattern-narrowed", &["pattern"]),
        ]
    );
    assert_eq!(
        shown("wire: a header becomes required and shorter"),
        [
            own("header-narrowed", &["required"]),
            own("header-max-length-narrowed", &["max_length"]),
        ]
    );
}

/// The kinds of changes that mean nothing, by the file that holds them.
#[test]
fn a_change_without_meaning_is_no_finding() {
    let text = read(&Path::new(FIXTURES).join("verdicts/refactorings.yaml"));
    let kinds = text.matches("# pair: ").count();
    assert!(kinds >= 21, "{kinds}");
    assert_eq!(text.matches("# expect: nothing").count(), kinds);
}

#[test]
fn a_hazard_that_three_flows_inherit_is_told_once() {
    let case = IN_STORE.find("flows: a payment that nobody cancels");
    let report = Report::new(&case.old, case.new.as_ref().expect("a sound spec"));
    let told = render::text(&report, false);
    assert!(
        told.lines()
            .next()
            .is_some_and(|line| line.ends_with("; 1 new hazard")),
        "{told}"
    );
    let page = render::markdown(&report);
    let flows = "`entry_code_payment, order_code_payment, user_presented_payment`";
    assert_eq!(page.matches(flows).count(), 1, "{page}");
}
