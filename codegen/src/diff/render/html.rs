use askama::Template;

use super::sections::{Section, SectionRow, sections};
use super::texts::{Finder, Texts};
use super::traffic::recorded;
use super::words::{
    WHOLE_API, counts, explained, groups, hazards, headlines, impact, places, rule_words, rulings,
    tone, values,
};
use crate::diff::Level;
use crate::diff::report::{Entry, Report};
use crate::diff::sections::proof::{Proof, Refusal};
use crate::diff::sections::{Hazard, Mark};
use crate::report::{Badge, SideBySide, Table, Tone, plain, quoted, written};

/// The report as one HTML page that needs nothing else: no script, no file, no network.
pub fn html(report: &Report, texts: &Texts<'_>) -> String {
    let names = texts.names.map(plain);
    written(&Page::new(report, names, &mut Finder::new(texts))) + "\n"
}

#[derive(Template)]
#[template(path = "diff/report.html")]
struct Page<'r> {
    worst: &'static str,
    worst_badge: Badge,
    from: String,
    to: String,
    headlines: Vec<String>,
    hazards: Vec<HazardView<'r>>,
    levels: Vec<LevelView>,
    operations: Vec<&'r str>,
    groups: Vec<Group<'r>>,
    sections: Vec<SectionView>,
}

struct LevelView {
    id: &'static str,
    badge: Badge,
    count: usize,
    explanation: &'static str,
}

struct HazardView<'r> {
    badge: Badge,
    owner: String,
    /// In parts, those that are code marked.
    message: Vec<(bool, &'r str)>,
    proof: &'static str,
    spec: String,
}

struct Group<'r> {
    name: &'r str,
    counts: String,
    findings: Vec<Finding<'r>>,
}

struct Finding<'r> {
    level: &'static str,
    badge: Badge,
    place: String,
    title: &'r str,
    fingerprint: &'r str,
    rule: &'r str,
    /// Numbers of the operations in which it happened.
    operations: Vec<usize>,
    old: Option<String>,
    new: Option<String>,
    meaning: String,
    rulings: Vec<String>,
    recorded: Option<String>,
    more: Vec<String>,
    more_places: usize,
    explanation: &'static str,
    open: bool,
    sides: SideBySide,
    witnesses: Vec<Witness<'r>>,
}

struct Witness<'r> {
    side: &'static str,
    taking: &'static str,
    refusing: &'static str,
    refused: &'r [Refusal],
    message: String,
}

struct SectionView {
    title: String,
    note: String,
    changed: Table,
    same: Table,
    drawings: Vec<Drawing>,
}

struct Drawing {
    caption: &'static str,
    open: bool,
    /// Ours: its texts are escaped.
    svg: String,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, [from, to]: [String; 2], finder: &mut Finder<'_>) -> Self {
        let mut operations: Vec<&str> = Vec::new();
        for entry in &report.findings {
            for name in named(entry) {
                if !operations.contains(&name) {
                    operations.push(name);
                }
            }
        }
        let groups = groups(report).into_iter().map(|(name, entries)| Group {
            name,
            counts: counts(entries.iter().copied()),
            findings: entries
                .into_iter()
                .map(|entry| Finding::new(entry, &operations, finder))
                .collect(),
        });
        let worst = report.summary.level;
        let levels = Level::ALL.into_iter().filter_map(|level| {
            let count = *report.summary.levels.get(&level)?;
            let (id, badge) = (level.as_str(), badge(level));
            Some(LevelView {
                id,
                badge,
                count,
                explanation: explained(level),
            })
        });
        Page {
            from,
            to,
            worst: worst.map_or(super::words::NOTHING, Level::as_str),
            worst_badge: worst.map_or_else(|| Badge::new(Tone::Good, super::words::NOTHING), badge),
            headlines: match worst {
                Some(_) => headlines(report).to_vec(),
                None => vec!["The two specs say the same.".to_owned()],
            },
            hazards: hazards(report).map(HazardView::new).collect(),
            levels: levels.collect(),
            groups: groups.collect(),
            operations,
            sections: sections(report).iter().map(SectionView::new).collect(),
        }
    }
}

/// The operations under which a finding is found.
fn named(entry: &Entry) -> Vec<&str> {
    match entry.operations.as_slice() {
        [] => vec![WHOLE_API],
        operations => operations.iter().map(String::as_str).collect(),
    }
}

fn badge(level: Level) -> Badge {
    Badge::new(tone(level), level.as_str())
}

impl<'r> HazardView<'r> {
    fn new((owner, hazard): (&str, &'r Hazard)) -> Self {
        let (tone, word) = match hazard.mark {
            Mark::Removed => (Tone::Good, "gone: "),
            Mark::Same | Mark::Added | Mark::Changed => (Tone::Worst, "new: "),
        };
        HazardView {
            badge: Badge::new(tone, format!("{word}{}", hazard.kind.as_str())),
            owner: owner.to_owned(),
            message: quoted(&hazard.message),
            proof: hazard.proof.unwrap_or_default(),
            spec: hazard.spec.clone(),
        }
    }
}

impl<'r> Finding<'r> {
    fn new(entry: &'r Entry, operations: &[&str], finder: &mut Finder<'_>) -> Self {
        let (place, more) = places(entry);
        let [old, new] = values(entry).map(|said| said.map(|(value, _)| plain(&value)));
        let named = named(entry);
        let numbers = operations.iter().enumerate();
        Finding {
            level: entry.level.as_str(),
            badge: badge(entry.level),
            place: plain(place),
            title: entry.title,
            fingerprint: &entry.fingerprint,
            rule: &entry.rule,
            operations: numbers
                .filter(|(_, name)| named.contains(name))
                .map(|(number, _)| number)
                .collect(),
            old,
            new,
            meaning: impact(entry),
            rulings: rulings(entry),
            recorded: recorded(entry),
            more_places: more.iter().map(|others| others.count).sum(),
            more: more.into_iter().map(|others| others.text).collect(),
            explanation: rule_words(&entry.rule).map_or("", |(_, explanation)| explanation),
            open: entry.level >= Level::Risky && entry.accepted.is_none(),
            sides: finder.sides(entry),
            witnesses: entry.witnesses.iter().map(Witness::new).collect(),
        }
    }
}

impl<'r> Witness<'r> {
    fn new(proof: &'r Proof) -> Self {
        Witness {
            side: proof.side.as_str(),
            taking: proof.taken_by.as_str(),
            refusing: proof.taken_by.other().as_str(),
            refused: &proof.refused,
            message: format!("{:#}", proof.message),
        }
    }
}

impl SectionView {
    fn new(section: &Section<'_>) -> Self {
        let same = section.rows.iter().filter(|row| row.mark == Mark::Same);
        let same = same.fold(
            Table::new(
                format!("{}: what stayed", section.title),
                [section.head, "says"],
            ),
            |table, row| table.row([&row.what, &row.new]),
        );
        let changed = section.changed().into_iter().fold(
            Table::new(&section.title, ["", section.head, "before", "after"]),
            |table,
             SectionRow {
                 mark,
                 what,
                 old,
                 new,
             }| table.row([mark.as_str(), what, old, new]),
        );
        // What mostly changed is drawn as it is now, with its changes marked; all else is closed, and what
        // stayed is drawn once.
        let moved = !section.changed().is_empty();
        let open = moved && section.changed().len() * 2 >= section.rows.len();
        let drawings = section.drawings.into_iter().flat_map(|drawings| {
            let before = drawings.old.as_ref().filter(|_| moved);
            let sides = [
                ("Drawing of what is now", open, drawings.new.as_ref()),
                ("Drawing of what was", false, before),
            ];
            sides.into_iter().filter_map(|(caption, open, svg)| {
                Some(Drawing {
                    caption,
                    open,
                    svg: svg?.clone(),
                })
            })
        });
        SectionView {
            title: section.title.clone(),
            note: section.note.clone(),
            changed,
            same,
            drawings: drawings.collect(),
        }
    }
}
