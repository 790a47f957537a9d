//! Records which rule took which line: the report of lines while it is being written.

use super::facts::{Aspect, FactRef, Section, Subject};
use super::item::Item;
use super::line_report::{FrameKind, JunkKind, Line, Reading, UnreadLine};

/// The reading of each item so far, in the order of the items.
#[derive(Debug, Clone)]
pub(super) struct Annotations(Vec<Option<Reading>>);

impl Annotations {
    pub(super) fn new(count: usize) -> Self {
        Annotations(vec![None; count])
    }

    /// Marks that the item states this fact. An earlier reading is replaced, unless it was a fact
    /// too.
    pub(super) fn fact(&mut self, item: usize, subject: Subject, aspect: Aspect) {
        let fact = FactRef { subject, aspect };
        match self.0.get_mut(item) {
            Some(Some(Reading::Captured { facts })) if facts.contains(&fact) => {}
            Some(Some(Reading::Captured { facts })) => facts.push(fact),
            Some(mark) => *mark = Some(Reading::Captured { facts: vec![fact] }),
            None => {}
        }
    }

    pub(super) fn frame(&mut self, item: usize, kind: FrameKind) {
        self.set(item, Reading::Frame { kind });
    }

    pub(super) fn junk(&mut self, item: usize, kind: JunkKind) {
        self.set(item, Reading::Junk { kind });
    }

    /// Marks that the item looks like a statement where nothing is read.
    pub(super) fn unread(&mut self, item: usize) {
        self.set(item, Reading::Unread);
    }

    pub(super) fn is_open(&self, item: usize) -> bool {
        matches!(self.0.get(item), Some(None))
    }

    fn set(&mut self, item: usize, reading: Reading) {
        if let Some(mark @ None) = self.0.get_mut(item) {
            *mark = Some(reading);
        }
    }

    /// Drops facts that were announced and not stated: the announcement of a list that does not
    /// follow is a label.
    pub(super) fn keep(&mut self, stated: impl Fn(&FactRef) -> bool) {
        for mark in self.0.iter_mut().flatten() {
            if let Reading::Captured { facts } = mark {
                facts.retain(&stated);
                if facts.is_empty() {
                    let kind = FrameKind::Label;
                    *mark = Reading::Frame { kind };
                }
            }
        }
    }

    /// Makes the report of lines. A line that no rule took is unread in a section that must be
    /// read, and outside otherwise.
    pub(super) fn line_report(self, items: Vec<Item>, sections: &[Section]) -> Vec<Line> {
        let lines = items.into_iter().zip(sections).zip(self.0);
        lines
            .map(|((item, section), mark)| Line {
                line: item.line,
                section: *section,
                text: item.text,
                reading: mark.unwrap_or(if section.is_read() {
                    Reading::Unread
                } else {
                    Reading::Outside
                }),
            })
            .collect()
    }
}

/// Returns the lines that no rule understood.
pub(super) fn unread(lines: &[Line]) -> Vec<UnreadLine> {
    let unread = lines.iter().filter(|line| line.reading == Reading::Unread);
    unread
        .map(|line| UnreadLine {
            line: line.line,
            section: line.section,
            text: line.text.clone(),
        })
        .collect()
}
