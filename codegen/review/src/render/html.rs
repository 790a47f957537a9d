//! Writes the report as an HTML page.

use std::collections::BTreeSet;

use askama::Template;

use super::section::{Section, SectionRow};
use super::sections::sections;
use super::texts::{Finder, Texts};
use super::traffic::recorded;
use super::words::{
    WHOLE_API, explained, hazards, headlines, impact, places, rule_words, rulings, tone, values,
};
use crate::Level;
use crate::report::{Entry, Report};
use crate::sections::proof::{Proof, Refusal};
use crate::sections::{Hazard, Mark};
use payspec_model::counted;
use payspec_report::{Badge, Document, SideBySide, Table, Tone, plain, quoted, written};

/// The title data of a page: the names, dates and states of the two specs.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The repository, or the folder of the new spec.
    pub name: String,
    /// The day of the review, `2026-11-30`.
    pub date: String,
    /// The commit of the old spec and of the new one: a hash and a date; empty for a folder.
    pub commits: [String; 2],
    /// The output of `payspec check` for the old spec and of the new one; [`None`] for one without errors.
    pub errors: [Option<String>; 2],
}

/// Writes the report as one self-contained HTML page: no script, no other file, no network.
pub fn html(report: &Report, texts: &Texts<'_>, cover: &Cover) -> String {
    let page = Page::new(report, texts, cover);
    written(&Document::new(
        &page.as_title(),
        &page.as_style(),
        &page.as_main(),
    )) + "\n"
}

#[derive(Template)]
#[template(path = "diff/report.html", blocks = ["title", "style", "main"])]
struct Page<'r> {
    name: String,
    date: &'r str,
    worst: &'static str,
    worst_badge: Badge,
    from: Revision,
    to: Revision,
    headlines: Vec<String>,
    errors: Vec<(&'static str, String)>,
    hazards: Vec<HazardView<'r>>,
    new_hazards: bool,
    levels: Vec<LevelView>,
    operations: Vec<&'r str>,
    groups: Vec<Group<'r>>,
    sections: Vec<SectionView>,
    legend: Vec<(Badge, &'static str)>,
}

/// One of the two specs.
struct Revision {
    name: String,
    commit: String,
}

struct LevelView {
    id: &'static str,
    badge: Badge,
    count: usize,
}

struct HazardView<'r> {
    badge: Badge,
    owner: String,
    /// The message in parts; code is marked.
    message: Vec<(bool, &'r str)>,
    proof: &'static str,
    spec: String,
}

/// The findings of a level.
struct Group<'r> {
    id: &'static str,
    badge: Badge,
    count: String,
    explanation: &'static str,
    findings: Vec<Finding<'r>>,
}

struct Finding<'r> {
    operation: &'r str,
    place: String,
    title: String,
    fingerprint: &'r str,
    rule: &'r str,
    /// The numbers of the affected operations.
    operations: Vec<usize>,
    old: Option<String>,
    new: Option<String>,
    meaning: String,
    rulings: Vec<String>,
    recorded: Option<String>,
    /// The other places, if they are few.
    also: String,
    more: Vec<String>,
    more_places: usize,
    /// The explanation in parts; code is marked.
    explanation: Vec<(bool, &'static str)>,
    /// `file:line`, in the new spec if it still has the item.
    spec: String,
    /// True if a reviewer has to look at it.
    loud: bool,
    open: bool,
    /// True if an earlier finding shows the same lines.
    shown: bool,
    sides: SideBySide,
    witnesses: Vec<Witness<'r>>,
    unseen: Option<&'static str>,
    /// The fields that were added and removed inside a field with another object.
    parts: &'r [String],
}

struct Witness<'r> {
    what: String,
    taking: &'static str,
    refusing: &'static str,
    refused: &'r [Refusal],
    message: String,
}

struct SectionView {
    title: String,
    /// Sentences in parts; code is marked.
    notes: Vec<Vec<(bool, String)>>,
    changed: Table,
    drawings: Vec<Drawing>,
    /// Folded tables with their titles: added rows if there are many, and unchanged rows.
    closed: Vec<(String, Table)>,
}

struct Drawing {
    caption: &'static str,
    open: bool,
    /// Written by payspec, so its texts are escaped already.
    svg: String,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, texts: &Texts<'_>, cover: &'r Cover) -> Self {
        let mut operations: Vec<&str> = Vec::new();
        for entry in &report.findings {
            for name in named(entry) {
                if !operations.contains(&name) {
                    operations.push(name);
                }
            }
        }
        let mut reader = Reader {
            operations: &operations,
            finder: Finder::new(texts),
            lines: BTreeSet::new(),
            rules: BTreeSet::new(),
        };
        let groups = Level::ALL.into_iter().filter_map(|level| {
            let entries = report.findings.iter().filter(|entry| entry.level == level);
            let findings: Vec<Finding<'_>> = entries
                .map(|entry| Finding::new(entry, &mut reader))
                .collect();
            (!findings.is_empty()).then(|| Group {
                id: level.as_str(),
                badge: badge(level),
                count: counted(findings.len(), "finding"),
                explanation: explained(level),
                findings,
            })
        });
        let groups: Vec<Group<'_>> = groups.collect();
        let worst = report.summary.level;
        let levels = Level::ALL.into_iter().filter_map(|level| {
            let count = *report.summary.levels.get(&level)?;
            Some(LevelView {
                id: level.as_str(),
                badge: badge(level),
                count,
            })
        });
        let revision = |side: usize| Revision {
            name: plain(texts.names[side]),
            commit: plain(&cover.commits[side]),
        };
        let titles = ["The old spec has errors", "The new spec has errors"];
        let errors = titles.into_iter().zip(&cover.errors);
        let hazards = hazards(report);
        Page {
            name: plain(&cover.name),
            date: &cover.date,
            from: revision(0),
            to: revision(1),
            worst: worst.map_or(super::words::NOTHING, Level::as_str),
            worst_badge: worst.map_or_else(|| Badge::new(Tone::Good, super::words::NOTHING), badge),
            headlines: match worst {
                Some(_) => headlines(report).to_vec(),
                None => vec!["The two specs state the same facts.".to_owned()],
            },
            errors: errors
                .filter_map(|(title, text)| Some((title, text.as_ref()?)))
                .map(|(title, text)| {
                    (
                        title,
                        text.lines().map(plain).collect::<Vec<_>>().join("\n"),
                    )
                })
                .collect(),
            new_hazards: hazards
                .iter()
                .any(|(_, hazard)| hazard.mark != Mark::Removed),
            hazards: hazards.into_iter().map(HazardView::new).collect(),
            levels: levels.collect(),
            groups,
            operations,
            sections: sections(report).iter().map(SectionView::new).collect(),
            legend: Level::ALL
                .into_iter()
                .map(|level| (badge(level), explained(level)))
                .collect(),
        }
    }
}

/// The lines and rules that a reader of the page has already seen.
struct Reader<'p, 'r, 't> {
    operations: &'p [&'r str],
    finder: Finder<'t>,
    /// Changed lines: the file, true for the new one, and the number.
    lines: BTreeSet<(String, bool, usize)>,
    /// Rules that were already explained.
    rules: BTreeSet<&'r str>,
}

impl Reader<'_, '_, '_> {
    /// Returns whether all changed lines were shown before, and marks them as shown.
    fn saw(&mut self, sides: &SideBySide) -> bool {
        let file = |name: &str| {
            name.rsplit_once(':')
                .map_or(name, |(file, _)| file)
                .to_owned()
        };
        let names = [file(&sides.old_name), file(&sides.new_name)];
        let mut changed = BTreeSet::new();
        for row in &sides.rows {
            for (line, is_new) in [(&row.old, false), (&row.new, true)] {
                if let Some(line) = line.as_ref().filter(|line| line.changed) {
                    changed.insert((names[usize::from(is_new)].clone(), is_new, line.number));
                }
            }
        }
        let known = !changed.is_empty() && changed.is_subset(&self.lines);
        self.lines.append(&mut changed);
        known
    }
}

/// Returns the operations whose list shows a finding.
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
    fn new((owner, hazard): (String, &'r Hazard)) -> Self {
        let (tone, word) = match hazard.mark {
            Mark::Removed => (Tone::Good, "gone: "),
            Mark::Same | Mark::Added | Mark::Changed => (Tone::Worst, "new: "),
        };
        HazardView {
            badge: Badge::new(tone, format!("{word}{}", hazard.kind.as_str())),
            owner,
            message: quoted(&hazard.message),
            proof: hazard.proof.unwrap_or_default(),
            spec: hazard.spec.clone(),
        }
    }
}

/// The number of other places named next to the first one.
const INLINE: usize = 3;

impl<'r> Finding<'r> {
    fn new(entry: &'r Entry, reader: &mut Reader<'_, 'r, '_>) -> Self {
        let (place, more) = places(entry);
        let [old, new] = values(entry).map(|side| side.map(|(value, _)| plain(&value)));
        let named = named(entry);
        let numbers = reader.operations.iter().enumerate();
        let operations = numbers
            .filter(|(_, name)| named.contains(name))
            .map(|(number, _)| number)
            .collect();
        let sides = reader.finder.sides(entry);
        let value = entry.new.as_ref().or(entry.old.as_ref());
        let loud = entry.level >= Level::Risky && entry.accepted.is_none();
        let breaks = loud && entry.level >= Level::Breaking;
        let shown = breaks && reader.saw(&sides);
        // The meaning of a rule is explained once.
        let is_news = entry.level > Level::Text && (!loud || reader.rules.insert(&entry.rule));
        let words = rule_words(&entry.rule).filter(|_| is_news);
        let explanation = words.map_or("", |(_, explanation)| explanation);
        let more_places = more.iter().map(|others| others.count).sum();
        let more: Vec<String> = more.into_iter().map(|others| plain(&others.text)).collect();
        let (also, more) = match more.len() <= INLINE {
            true => (more.join("; "), Vec::new()),
            false => (String::new(), more),
        };
        Finding {
            operation: entry.operation.as_deref().unwrap_or_default(),
            place: plain(place),
            title: capitalised(entry.title),
            fingerprint: &entry.fingerprint,
            rule: &entry.rule,
            operations,
            old,
            new,
            meaning: impact(entry),
            rulings: rulings(entry),
            recorded: recorded(entry),
            also,
            more,
            more_places,
            explanation: quoted(explanation),
            spec: value.map_or_else(String::new, |value| plain(&value.spec)),
            loud,
            open: breaks && !shown,
            shown,
            sides,
            witnesses: entry.witnesses.iter().map(Witness::new).collect(),
            unseen: entry.unseen,
            parts: &entry.parts,
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|char| char.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

impl<'r> Witness<'r> {
    fn new(proof: &'r Proof) -> Self {
        Witness {
            what: proof.what(),
            taking: proof.taken_by.as_str(),
            refusing: proof.taken_by.other().as_str(),
            refused: &proof.refused,
            message: format!("{:#}", proof.message),
        }
    }
}

impl SectionView {
    fn new(section: &Section<'_>) -> Self {
        let (changed, left) = section.short();
        let with = |mark: Mark| -> Vec<&SectionRow> {
            section.rows.iter().filter(|row| row.mark == mark).collect()
        };
        let head = [section.head, "change", "before", "after"];
        let table = |caption: &str, rows: &[&SectionRow]| {
            rows.iter().fold(Table::new(caption, head), |table, row| {
                table.row([row.what.as_str(), row.mark.as_str(), &row.old, &row.new])
            })
        };
        let mut closed = Vec::new();
        if left > 0 {
            let caption = format!("{}: added", section.title);
            let table = with(Mark::Added).iter().fold(
                Table::new(&caption, [section.head, "after"]),
                |table, row| table.row([&row.what, &row.new]),
            );
            closed.push((format!("Added: {}", counted(left, "row")), table));
        }
        let same = with(Mark::Same);
        if !same.is_empty() {
            let caption = format!("{}: unchanged", section.title);
            let table = same.iter().fold(
                Table::new(&caption, [section.head, section.value]),
                |table, row| table.row([&row.what, &row.new]),
            );
            let summary = match section.rest {
                "" => format!("Unchanged: {}", counted(same.len(), "row")),
                rest => rest.to_owned(),
            };
            closed.push((summary, table));
        }
        SectionView {
            title: section.title.clone(),
            notes: section
                .notes
                .iter()
                .map(|note| {
                    quoted(note)
                        .into_iter()
                        .map(|(quoted, part)| (quoted, plain(part)))
                        .collect()
                })
                .collect(),
            changed: table(&section.title, &changed),
            drawings: drawn(section),
            closed,
        }
    }
}

/// Returns the drawings of a section: changes unfolded, all else folded.
fn drawn(section: &Section<'_>) -> Vec<Drawing> {
    let Some(drawings) = section.drawings else {
        return Vec::new();
    };
    let moved = !section.changed().is_empty();
    let part = drawings.changed.as_ref().filter(|_| moved);
    // If most rows changed, no smaller part is drawn, so the whole drawing is unfolded.
    let open = moved && part.is_none() && section.changed().len() * 2 >= section.rows.len();
    let sides = [
        ("Drawing of the changes", true, part),
        ("Drawing of the new spec", open, drawings.new.as_ref()),
        (
            "Drawing of the old spec",
            false,
            drawings.old.as_ref().filter(|_| moved),
        ),
    ];
    let drawn = sides.into_iter().filter_map(|(caption, open, svg)| {
        Some(Drawing {
            caption,
            open,
            svg: svg?.clone(),
        })
    });
    drawn.collect()
}
