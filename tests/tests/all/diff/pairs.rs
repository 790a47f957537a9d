//! For every rule a pair of minimal specs, and what is told of it there and back.
//!
//! The files of `diff/rules/examples` hold the pairs, those of one table of rules each; `payspec explain`
//! shows the first one of a rule as its example. Behind a line
//! `# pair: RULE` stands the edit of `base.yaml` that the rule tells of; behind a comma, in which case.
//! The way back shows the mirror of the rule. Words behind `# beside: RULE: ` say why it comes along.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use payspec_model::model::Model;
use payspec_model::source::Memory;
use payspec_model::{diagnostic, load_from};
use payspec_review::{Finding, Impact, Level, Rule, SemverBump, findings, rules};
use payspec_tests::patch::overlay;

const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diff/base.yaml");
const EXAMPLES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../codegen/review/src/rules/examples"
);

/// The files with pairs.
const GROUPS: &[&str] = &[
    "fields",
    "results",
    "transport",
    "types",
    "flows",
    "texts",
    "names",
];

/// Rules that no pair can show, and why.
const WITHOUT_PAIR: &[(&str, &str)] = &[(
    "lengths-changed",
    "the format has one word for what lengths count, so two specs cannot differ in it",
)];

/// The base, and a patch of it.
pub(crate) struct Pair {
    /// The file that it stands in.
    pub(crate) group: &'static str,
    /// The rule and the case.
    pub(crate) name: String,
    /// The rules that come along, and why.
    beside: BTreeMap<String, String>,
    /// The base.
    pub(crate) old: Model,
    /// The same spec with the patch.
    pub(crate) new: Model,
    ways: OnceLock<[Way; 2]>,
}

/// The rule that tells of one way of a pair, and the findings of that way.
type Way = (&'static Rule, Vec<Finding>);

pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn base() -> Memory {
    let mut memory = Memory::default();
    overlay(&mut memory, &read(Path::new(BASE)), &|_, _| {});
    memory
}

pub(crate) fn model(name: &str, memory: &Memory) -> Model {
    let loaded = load_from(memory);
    let told = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    loaded.model.unwrap_or_else(|| panic!("{name}: {told}"))
}

/// All pairs, in the order of the files.
pub(crate) static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let old = model("the base", &base());
    let mut pairs = Vec::new();
    for group in GROUPS {
        for text in format!(
            "\n{}",
            read(&Path::new(EXAMPLES).join(format!("{group}.yaml")))
        )
        .split("\n# pair: ")
        .skip(1)
        {
            let (name, patch) = text.split_once('\n').expect("a patch");
            let mut memory = base();
            let beside = RefCell::new(BTreeMap::new());
            overlay(&mut memory, &format!("{patch}\n"), &|_, head| {
                let told = head
                    .strip_prefix("beside: ")
                    .and_then(|told| told.split_once(": "));
                let (rule, reason) = told.unwrap_or_else(|| panic!("{name}: {head}"));
                beside
                    .borrow_mut()
                    .insert(rule.to_owned(), reason.to_owned());
            });
            pairs.push(Pair {
                group,
                name: name.to_owned(),
                beside: beside.into_inner(),
                old: old.clone(),
                new: model(name, &memory),
                ways: OnceLock::new(),
            });
        }
    }
    pairs
});

impl Pair {
    /// The rule that tells of it.
    fn rule(&self) -> &'static Rule {
        let id = self.name.split(',').next().unwrap_or_default();
        Rule::find(id).unwrap_or_else(|| panic!("no rule {id}"))
    }

    /// Returns whether a rule comes along, there or back.
    fn is_beside(&self, rule: &Rule) -> bool {
        self.beside.contains_key(&rule.id()) || self.beside.contains_key(&mirror(rule).id())
    }

    /// Returns the findings there, and back.
    fn ways(&self) -> &[Way; 2] {
        self.ways.get_or_init(|| {
            let rule = self.rule();
            [
                (rule, findings(&self.old, &self.new)),
                (mirror(rule), findings(&self.new, &self.old)),
            ]
        })
    }
}

/// The rule that tells of the way back.
fn mirror(rule: &Rule) -> &'static Rule {
    let mut rules = rules();
    let found = rules.find(|one| one.property == rule.property && one.edit == rule.edit.mirrored());
    found.unwrap_or_else(|| panic!("{} has no mirror", rule.id()))
}

/// A finding in a line.
fn line(finding: &Finding) -> String {
    let places: Vec<String> = finding.places.iter().map(ToString::to_string).collect();
    let class = finding.class;
    format!(
        "{:<10} {:<28} {:>10} | {:<10} {:<5} {}",
        finding.level(),
        finding.rule.id(),
        class.old_caller.as_str(),
        class.new_caller.as_str(),
        finding.rust.as_str(),
        places.join(", ")
    )
}

#[test]
fn each_pair_is_told_like_this() {
    let mut told: BTreeMap<&str, String> = BTreeMap::new();
    for pair in PAIRS.iter() {
        let text = told.entry(pair.group).or_default();
        writeln!(text, "{}", pair.name).expect("a text");
        for (way, (rule, findings)) in ["there", "back"].into_iter().zip(pair.ways()) {
            assert!(
                findings.iter().any(|one| std::ptr::eq(one.rule, *rule)),
                "{}, {way}: {} is silent",
                pair.name,
                rule.id()
            );
            writeln!(text, "  {way}").expect("a text");
            for finding in findings {
                writeln!(text, "    {}", line(finding)).expect("a text");
            }
        }
    }
    let head = "the level, the rule, what it does to a caller with the old crate | to one with the new \
                crate, what it asks of Rust, and where";
    for (group, text) in told {
        insta::with_settings!({ description => head }, {
            insta::assert_snapshot!(group, text);
        });
    }
}

#[test]
fn every_rule_has_a_pair_or_a_reason() {
    let told = PAIRS.iter().flat_map(Pair::ways).map(|(rule, _)| rule.id());
    let told: BTreeSet<String> = told.collect();
    for rule in rules().map(Rule::id) {
        let waived = WITHOUT_PAIR.iter().any(|(id, _)| *id == rule);
        assert_ne!(told.contains(&rule), waived, "{rule}");
    }
}

/// The properties of a finding that count. If a rule has one of these, no other finding of its pair has it.
const VOICES: [fn(&Finding) -> bool; 3] = [
    |one| one.level() >= Level::Risky,
    |one| one.rust >= SemverBump::Minor,
    |one| one.class.worst() > Impact::None,
];

#[test]
fn without_its_rule_a_pair_is_compatible() {
    let mut objections = Vec::new();
    for pair in PAIRS.iter() {
        for (rule, findings) in pair.ways() {
            let (own, rest): (Vec<&Finding>, Vec<&Finding>) = findings
                .iter()
                .filter(|one| !pair.is_beside(one.rule))
                .partition(|one| std::ptr::eq(one.rule, *rule));
            let says =
                |of: &[&Finding], voice: fn(&Finding) -> bool| of.iter().any(|one| voice(one));
            // What is harmless at worst is held against the least: that a message changes, or that
            // anything is told at all.
            let [harm, work, change] = VOICES.map(|voice| says(&own, voice));
            let left = match (harm, work, change) {
                (false, false, false) => !rest.is_empty(),
                (false, false, true) => says(&rest, VOICES[2]),
                (harm, work, _) => {
                    (harm && says(&rest, VOICES[0])) || (work && says(&rest, VOICES[1]))
                }
            };
            if left {
                let rest: Vec<String> = rest.iter().map(|one| line(one)).collect();
                let (name, rule, rest) = (&pair.name, rule.id(), rest.join("\n  "));
                objections.push(format!("{name}, without {rule}:\n  {rest}"));
            }
        }
    }
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[test]
fn what_stands_beside_a_rule_is_told() {
    for pair in PAIRS.iter() {
        let [(_, findings), _] = pair.ways();
        for (rule, reason) in &pair.beside {
            let is_told = findings.iter().any(|one| one.rule.id() == *rule);
            assert!(is_told && reason.ends_with('.'), "{}: {rule}", pair.name);
        }
    }
}
