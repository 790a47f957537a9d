//! The words that all writers of the review report share.

use crate::approvals::POLICY_RULES;
use crate::report::{Entry, Report, SourcedValue, Summary};
use crate::sections::{Hazard, Mark};
use crate::{Impact, Level, MatchedBy, Rule, SemverBump};
use payspec_model::counted;
use payspec_report::Tone;

/// The text of a report without findings.
pub(super) const NOTHING: &str = "nothing changed";

/// The group of findings that belong to no operation.
pub(super) const WHOLE_API: &str = "the whole API";

/// Returns the three lines at the top: what changed, who breaks, what to do.
pub(super) fn headlines(report: &Report) -> [String; 3] {
    let Summary { rust, open, .. } = &report.summary;
    [
        what_changed(report),
        who_breaks(report),
        format!(
            "{} {}",
            release(*rust),
            next_step(*open, new_hazards(report))
        ),
    ]
}

/// Returns the findings that are not accepted.
fn open(report: &Report) -> impl Iterator<Item = &Entry> + Clone {
    report.findings.iter().filter(|one| one.accepted.is_none())
}

fn what_changed(report: &Report) -> String {
    let summary = &report.summary;
    let mut line = format!(
        "{}: {}",
        counted(report.findings.len(), "change"),
        counts(open(report))
    );
    if summary.accepted > 0 {
        let accepted = report.findings.iter().filter(|one| one.accepted.is_some());
        let between = if open(report).next().is_some() {
            "; "
        } else {
            ""
        };
        line += &format!("{between}accepted: {}", counts(accepted));
    }
    match new_hazards(report) {
        0 => line,
        count => format!("{line}; {}", counted(count, "new hazard")),
    }
}

/// Counts the entries of each level, the worst first: `2 money, 1 text`.
pub(super) fn counts<'e>(entries: impl IntoIterator<Item = &'e Entry> + Clone) -> String {
    let of = |level: Level| {
        let entries = entries.clone().into_iter();
        entries.filter(|entry| entry.level == level).count()
    };
    let counts = Level::ALL.map(|level| (of(level), level));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, level)| format!("{count} {level}"))
        .collect();
    counts.join(", ")
}

/// Describes how many of the breaking findings have a witness; [`None`] if none was looked for.
pub(super) fn witnessed(report: &Report) -> Option<String> {
    let entries = || report.findings.iter();
    let have = entries()
        .filter(|entry| !entry.witnesses.is_empty())
        .count();
    let lack = entries().filter(|entry| entry.unseen.is_some()).count();
    let all = have + lack;
    let rest = if lack > 0 {
        "; the others give the reason"
    } else {
        ""
    };
    (all > 0).then(|| format!("{have} of {all} breaking findings have a witness{rest}"))
}

/// Counts the new hazards.
fn new_hazards(report: &Report) -> usize {
    let hazards = hazards(report).into_iter();
    let new = hazards.filter(|(_, hazard)| hazard.mark == Mark::Added);
    new.count()
}

/// Counts the open findings with this impact on callers with the old crate, and on those with the
/// new one.
fn hits(report: &Report, impact: Impact) -> [usize; 2] {
    let count = |hit: fn(&Entry) -> Impact| open(report).filter(|one| hit(one) == impact).count();
    [
        count(|entry| entry.wire.old_caller),
        count(|entry| entry.wire.new_caller),
    ]
}

fn who_breaks(report: &Report) -> String {
    let [old, new] = hits(report, Impact::Breaking);
    let verb = |count: usize| if count == 1 { "breaks" } else { "break" };
    let changes = |count: usize| counted(count, "change");
    let old_crate = format!(
        "{} {} callers that still use the old crate",
        changes(old),
        verb(old)
    );
    let new_crate = "the new crate at a provider that has not updated";
    let broken = match (old, new) {
        (0, 0) => nobody(report),
        (_, 0) => format!("{old_crate}."),
        (0, _) => format!("{} {} {new_crate}.", changes(new), verb(new)),
        (_, _) => format!("{old_crate}; {new} {} {new_crate}.", verb(new)),
    };
    let risky = match hits(report, Impact::Risky) {
        [0, 0] => return broken,
        [old, 0] => format!("{old} for old callers"),
        [0, new] => format!("{new} for new callers at an old provider"),
        [old, new] => format!("{old} for old callers, {new} for new callers at an old provider"),
    };
    format!("{broken} Risky: {risky}.")
}

fn nobody(report: &Report) -> String {
    let accepted = report.findings.iter().filter(|one| one.accepted.is_some());
    match accepted.map(|one| one.wire.worst()).max() {
        Some(Impact::Breaking | Impact::Risky) => "Nothing breaks beyond the accepted findings.",
        Some(Impact::None | Impact::Compatible) | None => "Nothing breaks.",
    }
    .to_owned()
}

fn release(rust: SemverBump) -> &'static str {
    match rust {
        SemverBump::None => "Rust: none, the code does not change.",
        SemverBump::Patch => "Rust: patch.",
        SemverBump::Minor => "Rust: minor, items are added.",
        SemverBump::Major => "Rust: major, dependent code may not compile.",
    }
}

fn next_step(open: Option<Level>, new_hazards: usize) -> &'static str {
    match open {
        Some(Level::Money) => "Next: review the money findings with the payments team.",
        Some(Level::Breaking) => {
            "Next: move callers to the new crate before the provider updates, or revert the change."
        }
        _ if new_hazards > 0 => "Next: review the new hazards with the payments team.",
        Some(Level::Risky) => "Next: warn callers whose readers are strict.",
        Some(Level::Compatible | Level::Text) | None => "Next: merge it.",
    }
}

/// Returns the colour and sign of a level.
pub const fn tone(level: Level) -> Tone {
    match level {
        Level::Money => Tone::Worst,
        Level::Breaking => Tone::Bad,
        Level::Risky => Tone::Warn,
        Level::Compatible => Tone::Good,
        Level::Text => Tone::Quiet,
    }
}

/// Describes the effect of a finding on the wire and in Rust, with its fingerprint if it may have
/// to be accepted.
pub(super) fn meaning(entry: &Entry) -> String {
    let fingerprint = match entry.level {
        Level::Money | Level::Breaking | Level::Risky => {
            format!("fingerprint {}", entry.fingerprint)
        }
        Level::Compatible | Level::Text => String::new(),
    };
    let parts = [impact(entry), fingerprint];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Explains a level to a reader who sees it for the first time.
pub(super) const fn explained(level: Level) -> &'static str {
    match level {
        Level::Money => {
            "Affects whether, how often or how much money moves, or what a caller believes about it."
        }
        Level::Breaking => "Messages that used to pass are refused, misread, or lose a value.",
        Level::Risky => "Allowed, but a strict reader fails, or data is lost or exposed.",
        Level::Compatible => "Messages or code change, but nothing breaks.",
        Level::Text => "No message and no decision changes.",
    }
}

/// Describes the effect of a finding on the wire and in Rust; empty for changed texts.
pub(super) fn impact(entry: &Entry) -> String {
    let wire = &entry.wire;
    if entry.level == Level::Text {
        return String::new();
    }
    let matched = match entry.matched_by {
        None => String::new(),
        Some(MatchedBy::Declared) => "declared as the same, ".to_owned(),
        Some(MatchedBy::Similar(points)) => {
            format!("matched as the same (similarity {points} of 100), ")
        }
    };
    let wire = match (wire.old_caller, wire.new_caller) {
        (Impact::None, Impact::None) => "no effect on messages".to_owned(),
        (old, new) => format!(
            "old callers: {}, new callers at an old provider: {}",
            old.as_str(),
            new.as_str()
        ),
    };
    format!("{matched}{wire}, Rust: {}", entry.rust.as_str())
}

/// Returns the title and the explanation of a rule.
pub(super) fn rule_words(id: &str) -> Option<(&'static str, &'static str)> {
    let of_policy = || {
        let mut rules = POLICY_RULES.iter();
        let rule = rules.find(|rule| rule.id == id)?;
        Some((rule.title, rule.explanation))
    };
    let rule = Rule::find(id).map(|rule| (rule.title, rule.explanation));
    rule.or_else(of_policy)
}

/// The number of other places named where space is limited.
const PLACES: usize = 5;

/// Other places of a finding that are described together, with their number.
pub(super) struct Others {
    pub(super) text: String,
    pub(super) count: usize,
}

/// Returns the first place of a finding, and the others; the same place in several operations is
/// described once.
pub(super) fn places(entry: &Entry) -> (&str, Vec<Others>) {
    let mut places = entry.places.iter().map(|place| split(place, entry));
    let (_, first) = places.next().unwrap_or_default();
    let mut others: Vec<(&str, Vec<&str>)> = Vec::new();
    for (operation, place) in places {
        match others.iter_mut().find(|(other, _)| *other == place) {
            Some((_, operations)) => operations.push(operation),
            None => others.push((place, vec![operation])),
        }
    }
    let own = entry.operation.as_deref().unwrap_or_default();
    let others = others.into_iter().map(|(place, operations)| {
        let count = operations.len();
        let operations = operations.join(", ");
        let text = if place == first {
            format!("the same in {operations}")
        } else if operations == own {
            place.to_owned()
        } else {
            format!("{place} in {operations}")
        };
        Others { text, count }
    });
    (first, others.collect())
}

/// Lists the fields that were added and removed inside a field with another object, as far as there
/// is space; [`None`] for other findings.
pub(super) fn parts(entry: &Entry) -> Option<String> {
    let shown: Vec<&str> = entry
        .parts
        .iter()
        .take(PLACES)
        .map(String::as_str)
        .collect();
    let more = match entry.parts.len().saturating_sub(PLACES) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    (!shown.is_empty()).then(|| shown.join("; ") + &more)
}

/// Splits a place into its operation, empty for the whole API, and the place inside it.
fn split<'p>(place: &'p str, entry: &'p Entry) -> (&'p str, &'p str) {
    let mut operations = entry.operations.iter();
    let found = operations.find_map(|operation| {
        let rest = place.strip_prefix(operation.as_str())?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((operation.as_str(), rest))
    });
    match found {
        Some((operation, "")) => (operation, "the operation"),
        Some((operation, rest)) => (operation, rest.trim_start()),
        None => ("", place),
    }
}

/// Lists the first few other places, and counts the rest.
pub(super) fn few(places: Vec<Others>) -> Vec<String> {
    let left: usize = places.iter().skip(PLACES).map(|others| others.count).sum();
    let mut shown: Vec<String> = places
        .into_iter()
        .take(PLACES)
        .map(|others| others.text)
        .collect();
    if left > 0 {
        shown.push(format!("{left} more"));
    }
    shown
}

/// Joins the places of two values that are shown together.
pub(super) fn both(from: &str, to: &str) -> String {
    match (from.rsplit_once(':'), to.rsplit_once(':')) {
        _ if from == to => to.to_owned(),
        (Some((old, _)), Some((new, line))) if old == new => format!("{from} → :{line}"),
        _ => format!("{from} → {to}"),
    }
}

/// Describes who accepted a finding, and how the approvals file changed its level.
pub(super) fn rulings(entry: &Entry) -> Vec<String> {
    let accepted = entry.accepted.as_ref().map(|one| {
        format!(
            "accepted by {} until {}: {} ({})",
            one.owner, one.expires, one.reason, one.spec
        )
    });
    let relevelled = entry.relevelled.as_ref().map(|one| {
        let because = one.reason.as_ref();
        let because = because.map_or_else(String::new, |reason| format!(": {reason}"));
        format!(
            "the rules say {}; the approvals file changed the level{because} ({})",
            one.was, one.spec
        )
    });
    accepted.into_iter().chain(relevelled).collect()
}

/// Groups the findings by operation, the one with the worst finding first.
pub(super) fn groups(report: &Report) -> Vec<(&str, Vec<&Entry>)> {
    let mut groups: Vec<(&str, Vec<&Entry>)> = Vec::new();
    for entry in &report.findings {
        let name = entry.operation.as_deref().unwrap_or(WHOLE_API);
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((name, vec![entry])),
        }
    }
    groups
}

/// Returns all hazards, each with the operations or flows that have it, so that one cause is shown
/// once.
pub(super) fn hazards(report: &Report) -> Vec<(String, &Hazard)> {
    let of_answers = report.outcomes.iter().flat_map(|table| {
        let name = table.operation.as_str();
        table.hazards.iter().map(move |hazard| (name, hazard))
    });
    let of_lives = report.lives.iter().flat_map(|life| {
        let name = life.flow.as_str();
        life.hazards.iter().map(move |hazard| (name, hazard))
    });
    let mut shown: Vec<(String, &Hazard)> = Vec::new();
    for (name, hazard) in of_answers.chain(of_lives) {
        match shown.iter_mut().find(|(_, known)| *known == hazard) {
            Some((names, _)) => {
                names.push_str(", ");
                names.push_str(name);
            }
            None => shown.push((name.to_owned(), hazard)),
        }
    }
    shown
}

/// The number of characters shown of a value.
const SHOWN: usize = 120;

/// The number of unchanged characters shown before a change.
const BEFORE: usize = 30;

/// Returns the values of both specs; long ones are cut to the part that differs.
pub(super) fn values(entry: &Entry) -> [Option<(String, &str)>; 2] {
    let [old, new] = [&entry.old, &entry.new].map(Option::as_ref);
    let text = |side: Option<&SourcedValue>| side.map_or("", |side| side.value.as_str()).to_owned();
    let (before, after) = (text(old), text(new));
    let same = before
        .char_indices()
        .zip(after.chars())
        .take_while(|((_, one), other)| one == other)
        .count();
    let skip = match before.chars().count().max(after.chars().count()) > SHOWN {
        true => same.saturating_sub(BEFORE),
        false => 0,
    };
    [old, new].map(|side| side.map(|side| (cut(&side.value, skip), side.spec.as_str())))
}

fn cut(text: &str, skip: usize) -> String {
    let mut chars = text.chars().skip(skip);
    let mut shown: String = chars.by_ref().take(SHOWN).collect();
    if skip > 0 {
        shown.insert(0, '…');
    }
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
