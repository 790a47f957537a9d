//! Compares the lines of two pages in one language and format, so that no change is silent.

use std::collections::BTreeMap;

use super::align::Alignment;
use super::compare::{Difference, StatedValue, letters};
use super::fact_sheet::{FactSheet, Place};
use super::rules::WORDING;
use crate::{Aspect, FactRef, Line, Page, Reading, Section, Subject};
use payspec_model::model::Side;

/// The lines about each subject, in the page's order.
type Blocks<'p> = BTreeMap<String, Vec<&'p Line>>;

/// A page of a comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Older,
    Newer,
}

/// Adds a difference for each line that only one of two pages has, or that each has in another
/// place. Lines that another difference shows are left out, and so are those of a parameter or a
/// code that only one page has: the whole of it is reported.
pub(crate) fn add(
    differences: &mut Vec<Difference>,
    [old, new]: [&Page; 2],
    older: &FactSheet,
    alignment: &Alignment,
) {
    let names = |role, page| Names {
        role,
        page,
        older,
        alignment,
    };
    let mut before = names(Role::Older, old).blocks();
    let mut after = names(Role::Newer, new).blocks();
    let mut subjects: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    subjects.sort();
    subjects.dedup();
    let mut changed = Vec::new();
    for subject in subjects {
        let old = before.remove(&subject).unwrap_or_default();
        let new = after.remove(&subject).unwrap_or_default();
        for (old, new) in changes(&old, &new) {
            changed.push((subject.clone(), old, new));
        }
    }
    let number = |line: Option<&Line>| line.map_or(u32::MAX, |line| line.line);
    changed.sort_by_key(|(_, old, new)| (number(*new), number(*old)));
    for (subject, old, new) in changed {
        let stated = |line: &Line| StatedValue {
            value: line.text.clone(),
            place: Place::Line(line.line),
        };
        let difference = Difference {
            rule: &WORDING,
            level: WORDING.level,
            subject,
            fact: None,
            page: new.map(stated),
            spec: old.map(stated),
            origins: Vec::new(),
            perhaps: None,
        };
        let shows = |one: &Difference| shows(one, old, new);
        if !differences.iter().any(shows) {
            differences.push(difference);
        }
    }
}

/// Returns whether a difference shows both lines of a change.
fn shows(difference: &Difference, old: Option<&Line>, new: Option<&Line>) -> bool {
    let shows = |stated: &Option<StatedValue>, line: Option<&Line>| {
        let shown = stated.as_ref().and_then(|stated| stated.place.line());
        line.is_none_or(|line| shown == Some(line.line))
    };
    shows(&difference.spec, old) && shows(&difference.page, new)
}

/// Pairs the lines that only one side has, in their order. If both have the same lines in another
/// order, the first that moved is a change.
fn changes<'p>(old: &[&'p Line], new: &[&'p Line]) -> Vec<(Option<&'p Line>, Option<&'p Line>)> {
    let text =
        |lines: &[&Line]| -> String { lines.iter().map(|line| letters(&line.text)).collect() };
    if text(old) == text(new) {
        return Vec::new();
    }
    let gone = only(old, new);
    let came = only(new, old);
    if gone.is_empty() && came.is_empty() {
        let mut pairs = old.iter().zip(new);
        let moved = pairs.find(|(old, new)| letters(&old.text) != letters(&new.text));
        return moved
            .map(|(old, new)| (Some(*old), Some(*new)))
            .into_iter()
            .collect();
    }
    let count = gone.len().max(came.len());
    let at = |lines: &[&'p Line], at: usize| lines.get(at).copied();
    (0..count)
        .map(|index| (at(&gone, index), at(&came, index)))
        .collect()
}

/// Returns the lines that the other side lacks; equal lines are counted.
fn only<'p>(lines: &[&'p Line], others: &[&Line]) -> Vec<&'p Line> {
    let mut left: Vec<String> = others.iter().map(|line| letters(&line.text)).collect();
    let mut only = Vec::new();
    for line in lines {
        let text = letters(&line.text);
        match left.iter().position(|one| *one == text) {
            Some(at) => {
                left.swap_remove(at);
            }
            None if text.is_empty() => {}
            None => only.push(*line),
        }
    }
    only
}

/// Finds the names of the subjects of a page's lines: those of the older page.
struct Names<'a, 'p> {
    role: Role,
    page: &'p Page,
    older: &'a FactSheet,
    alignment: &'a Alignment,
}

impl<'p> Names<'_, 'p> {
    fn blocks(&self) -> Blocks<'p> {
        let mut blocks = Blocks::new();
        let mut section = None;
        let mut subject = None;
        for line in &self.page.lines {
            let Some(word) = section_word(line.section) else {
                continue;
            };
            if section != Some(line.section) {
                section = Some(line.section);
                subject = Some(word.to_owned());
            }
            match &line.reading {
                Reading::Captured { facts } => {
                    if facts.iter().all(|fact| fact.aspect == Aspect::Date) {
                        continue;
                    }
                    if let Some(named) = facts.iter().find_map(|fact| self.named(fact)) {
                        subject = named;
                    }
                }
                Reading::Unread => {}
                // The navigation above the title.
                Reading::Outside if line.section == Section::Head => continue,
                Reading::Outside => {}
                Reading::Frame { .. } | Reading::Junk { .. } => continue,
            }
            if let Some(subject) = &subject {
                blocks.entry(subject.clone()).or_default().push(line);
            }
        }
        blocks
    }

    /// Returns the name of a fact's subject, if it has one of its own; it is [`None`] inside if the
    /// other page does not have the subject.
    fn named(&self, fact: &FactRef) -> Option<Option<String>> {
        match fact.subject {
            Subject::Page | Subject::Operation { .. } | Subject::Example { .. } => None,
            Subject::Parameter { side, index, .. } => {
                let offset = match side {
                    Side::Request => 0,
                    Side::Response => self.page.operations.first()?.request.len(),
                };
                let at = offset + index;
                let pair = match self.role {
                    Role::Older => self.alignment.of_spec(at),
                    Role::Newer => self.alignment.of_page(at),
                };
                let field = pair.and_then(|pair| self.older.fields.get(pair.spec));
                Some(field.map(|field| field.path.clone()))
            }
            Subject::Field { object, .. } => {
                let object = self.page.objects.get(object)?;
                Some(Some(format!("objects/{}", object.name.value)))
            }
            Subject::Logic { index, .. } => {
                let logic = self.page.operations.first()?.result_logic.get(index)?;
                let status = logic.statuses.first();
                Some(Some(status.map_or_else(
                    || "logic".to_owned(),
                    |status| format!("logic/{status}"),
                )))
            }
            Subject::Code { index, .. } => {
                let mut codes = self.alignment.codes.iter();
                let pair = codes.find(|pair| match self.role {
                    Role::Older => pair.spec == index,
                    Role::Newer => pair.page == index,
                });
                let code = pair.and_then(|pair| self.older.codes.get(pair.spec));
                Some(code.map(|code| format!("codes/{}", code.name)))
            }
        }
    }
}

/// Returns the name of a section's lines without a subject of their own; [`None`] for sections that
/// are not compared.
const fn section_word(section: Section) -> Option<&'static str> {
    match section {
        Section::Head => Some("introduction"),
        Section::Request => Some("request"),
        Section::Response => Some("response"),
        Section::Objects => Some("objects"),
        Section::MoreInformation => Some("more information"),
        Section::ResultLogic => Some("logic"),
        Section::Codes => Some("codes"),
        Section::Other => Some("other"),
        Section::Examples | Section::Footer => None,
    }
}
