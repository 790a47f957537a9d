//! Records which rule took which line: the report of lines while it is being written.

use std::collections::HashSet;
use std::ops::Range;

use super::facts::{Aspect, FactRef, Section, Subject};
use super::item::Item;
use super::lexicon::Lexicon;
use super::line_report::{FrameKind, JunkKind, Line, Reading, Span, UnreadLine, UnreadReason};
use super::open_parts::{Names, Prose, ProseKind, Understood, open_parts};

/// The reading of each item so far, in the order of the items.
#[derive(Debug, Clone)]
pub(super) struct Annotations(Vec<Annotation>);

#[derive(Debug, Clone, Default)]
struct Annotation {
    reading: Option<Reading>,
    /// The reason why it is unread.
    reason: Option<UnreadReason>,
    /// The parts that are prose.
    prose: Vec<Prose>,
    /// The parts of the prose that a rule understood.
    understood: Vec<Understood>,
    /// Cells of the item that are prose about a result code.
    cells: Vec<String>,
    /// Parts that no rule understood, apart from the prose.
    unknown: Vec<Range<usize>>,
}

impl Annotations {
    pub(super) fn new(count: usize) -> Self {
        Annotations(vec![Annotation::default(); count])
    }

    /// Marks that the item states this fact. An earlier reading is replaced, unless it was a fact
    /// too.
    pub(super) fn fact(&mut self, item: usize, subject: Subject, aspect: Aspect) {
        let fact = FactRef { subject, aspect };
        let Some(Annotation { reading, .. }) = self.0.get_mut(item) else {
            return;
        };
        match reading {
            Some(Reading::Captured { facts, .. }) if facts.contains(&fact) => {}
            Some(Reading::Captured { facts, .. }) => facts.push(fact),
            other => {
                *other = Some(Reading::Captured {
                    facts: vec![fact],
                    open: Vec::new(),
                });
            }
        }
    }

    pub(super) fn frame(&mut self, item: usize, kind: FrameKind) {
        self.set(item, Reading::Frame { kind });
    }

    pub(super) fn junk(&mut self, item: usize, kind: JunkKind) {
        self.set(item, Reading::Junk { kind });
    }

    /// Marks that the item looks like a statement where nothing is read, with the reason if it is known.
    pub(super) fn unread(&mut self, item: usize, reason: Option<UnreadReason>) {
        self.set(item, Reading::Unread);
        if let Some(one) = self.0.get_mut(item) {
            one.reason = one.reason.or(reason);
        }
    }

    pub(super) fn is_open(&self, item: usize) -> bool {
        self.0.get(item).is_some_and(|one| one.reading.is_none())
    }

    /// Marks a part of an item as prose, in which every fact has to be understood.
    pub(super) fn prose(&mut self, item: usize, range: Range<usize>, kind: ProseKind) {
        if let Some(one) = self.0.get_mut(item) {
            // Parts of a long line are all of it.
            if one.prose.last().is_none_or(|last| last.range != range) {
                one.prose.push(Prose { range, kind });
            }
        }
    }

    /// Marks a cell of an item as prose about a result code, unless it is empty.
    pub(super) fn code_prose(&mut self, item: usize, cell: &str) {
        if let Some(one) = self.0.get_mut(item).filter(|_| !cell.is_empty()) {
            one.cells.push(cell.to_owned());
        }
    }

    /// Marks that a rule understood a part of the prose.
    pub(super) fn understood(&mut self, item: usize, part: Understood) {
        if let Some(one) = self.0.get_mut(item) {
            one.understood.push(part);
        }
    }

    /// Gives the codes their numbers, by those of the rows that state them. Rows that contradict each other are open.
    pub(super) fn number_codes(
        &mut self,
        items: &[Item],
        of_row: &[usize],
        contradicts: impl Fn(usize) -> bool,
    ) {
        for (one, item) in self.0.iter_mut().zip(items) {
            let Some(Reading::Captured { facts, .. }) = &mut one.reading else {
                continue;
            };
            let mut is_open = false;
            for fact in facts.iter_mut() {
                if let Subject::Code { index, .. } = &mut fact.subject {
                    *index = of_row.get(*index).copied().unwrap_or(*index);
                    is_open |= contradicts(*index);
                }
            }
            if is_open {
                one.unknown.push(0..item.text.len());
            }
        }
    }

    /// Marks that no rule understood a part.
    pub(super) fn unknown(&mut self, item: usize, range: Range<usize>) {
        if let Some(one) = self.0.get_mut(item) {
            one.unknown.push(range);
        }
    }

    /// Finds the parts of the captured lines that look like facts and that no rule understood.
    /// `names` returns the names of the subject that a fact is about.
    pub(super) fn find_open_parts<'p>(
        &mut self,
        lexicon: &Lexicon,
        items: &[Item],
        all: &HashSet<&'p str>,
        names: impl Fn(Subject) -> Vec<&'p str>,
    ) {
        for (one, item) in self.0.iter_mut().zip(items) {
            let Some(Reading::Captured { facts, open }) = &mut one.reading else {
                continue;
            };
            let cells = one.cells.iter().filter_map(|cell| {
                let start = item.text.find(cell.as_str())?;
                let range = start..start + cell.len();
                let kind = ProseKind::Code;
                Some(Prose { range, kind })
            });
            one.prose.extend(cells);
            let own: Vec<&str> = facts.iter().flat_map(|fact| names(fact.subject)).collect();
            let names = Names { all, own: &own };
            *open = open_parts(lexicon, &names, &item.text, &one.prose, &one.understood);
            let unknown = one.unknown.iter().map(|range| Span {
                start: range.start,
                end: range.end,
            });
            open.extend(unknown);
            open.sort_unstable();
        }
    }

    fn set(&mut self, item: usize, reading: Reading) {
        if let Some(one) = self.0.get_mut(item) {
            one.reading.get_or_insert(reading);
        }
    }

    /// Drops facts that were announced and not stated: the announcement of a list that does not
    /// follow is a label.
    pub(super) fn keep(&mut self, stated: impl Fn(&FactRef) -> bool) {
        for mark in self.0.iter_mut().filter_map(|one| one.reading.as_mut()) {
            if let Reading::Captured { facts, .. } = mark {
                facts.retain(&stated);
                if facts.is_empty() {
                    let kind = FrameKind::Label;
                    *mark = Reading::Frame { kind };
                }
            }
        }
    }

    /// Makes the report of lines, and lists those that no rule understood. A line that no rule took is unread in a
    /// section that must be read, and outside otherwise.
    pub(super) fn line_report(
        self,
        items: Vec<Item>,
        sections: &[Section],
    ) -> (Vec<Line>, Vec<UnreadLine>) {
        let mut unread = Vec::new();
        let lines = items.into_iter().zip(sections).zip(self.0);
        let lines = lines.map(|((item, section), one)| {
            let other = match section.is_read() {
                true => Reading::Unread,
                false => Reading::Outside,
            };
            let reading = one.reading.unwrap_or(other);
            if reading == Reading::Unread {
                unread.push(UnreadLine {
                    line: item.line,
                    section: *section,
                    text: item.text.clone(),
                    reason: one.reason,
                });
            }
            Line {
                line: item.line,
                section: *section,
                text: item.text,
                reading,
            }
        });
        (lines.collect(), unread)
    }
}
