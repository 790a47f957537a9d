//! Two texts side by side, line by line.

use askama::Template;
use askama::filters::HtmlSafe;
use similar::{ChangeTag, DiffOp, TextDiff};

use super::plain;

/// The distance in lines below which two windows are shown as one.
const NEAR: usize = 12;

/// The lines of two texts, with corresponding lines side by side.
#[derive(Debug, Clone)]
pub struct Aligned {
    rows: Vec<Row>,
}

/// Two lines side by side. If both are missing, the row stands for lines that are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the old text.
    pub old: Option<Line>,
    /// The line of the new text.
    pub new: Option<Line>,
}

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number, from 1.
    pub number: usize,
    /// True if it is different on the other side.
    pub changed: bool,
    /// The text of the line, in pieces.
    pub pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// True if this part changed.
    pub marked: bool,
    /// The text of the part.
    pub text: String,
}

impl Row {
    /// Returns whether the row stands for lines that are left out.
    pub fn is_gap(&self) -> bool {
        self.old.is_none() && self.new.is_none()
    }

    /// Returns whether both sides have the same text.
    pub fn is_same(&self) -> bool {
        let lines = [&self.old, &self.new];
        lines
            .iter()
            .all(|line| line.as_ref().is_some_and(|line| !line.changed))
    }
}

impl Line {
    fn new(at: usize, text: &str, changed: bool) -> Self {
        Line {
            number: at + 1,
            changed,
            pieces: vec![Piece {
                marked: false,
                text: plain(text),
            }],
        }
    }
}

impl Aligned {
    /// Aligns the lines of two texts.
    pub fn new(old: &str, new: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let diff = TextDiff::from_slices(&old, &new);
        let rows = diff.ops().iter().flat_map(|op| rows(op, &old, &new));
        Aligned {
            rows: rows.collect(),
        }
    }

    /// Returns the line of the new text that corresponds to a line of the old text, or the next line if that
    /// was removed.
    pub fn line_in_new(&self, old: u32) -> u32 {
        let before = self.rows.iter().take_while(|row| {
            let line = row.old.as_ref();
            line.is_none_or(|line| line.number < old as usize)
        });
        let passed = before.filter(|row| row.new.is_some()).count();
        let count = self.rows.iter().filter(|row| row.new.is_some()).count();
        (passed + 1).min(count).max(1) as u32
    }

    /// Returns the first changed row soon after these rows, if none of these changed.
    fn next_change(&self, first: usize, last: usize) -> Option<usize> {
        let changed = |rows: &[Row]| rows.iter().position(|row| !row.is_same());
        if changed(&self.rows[first..=last]).is_some() {
            return None;
        }
        let end = (last + NEAR).min(self.rows.len());
        changed(&self.rows[last..end]).map(|ahead| last + ahead)
    }

    /// Returns the rows around a line of either text, or of both, with `more` rows on each side.
    pub fn around(&self, old: Option<u32>, new: Option<u32>, more: usize) -> Vec<Row> {
        let find = |number: Option<u32>, line: fn(&Row) -> Option<&Line>| {
            let number = number? as usize;
            let is_it = |row| line(row).is_some_and(|line| line.number == number);
            self.rows.iter().position(is_it)
        };
        let places = [
            find(old, |row| row.old.as_ref()),
            find(new, |row| row.new.as_ref()),
        ];
        let mut places: Vec<usize> = places.into_iter().flatten().collect();
        places.sort_unstable();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
            return Vec::new();
        };
        let last = self.next_change(first, last).unwrap_or(last);
        let window = |from: usize, to: usize| {
            let end = (to + more + 1).min(self.rows.len());
            &self.rows[from.saturating_sub(more)..end]
        };
        if last - first <= NEAR.max(2 * more) {
            return window(first, last).to_vec();
        }
        let gap = Row {
            old: None,
            new: None,
        };
        [window(first, first), &[gap], window(last, last)].concat()
    }
}

/// Returns windows of two unrelated texts, each around a line; [`None`] leaves a side empty.
pub fn apart(old: Option<(&str, u32)>, new: Option<(&str, u32)>, more: usize) -> Vec<Row> {
    let window = |side: Option<(&str, u32)>| -> Vec<Line> {
        let Some((text, number)) = side else {
            return Vec::new();
        };
        let at = (number as usize).saturating_sub(1);
        let lines = text.lines().enumerate().skip(at.saturating_sub(more));
        let lines = lines.take_while(|(index, _)| *index <= at + more);
        lines
            .map(|(index, line)| Line::new(index, line, index == at))
            .collect()
    };
    let (old, new) = (window(old), window(new));
    let row = |index: usize| Row {
        old: old.get(index).cloned(),
        new: new.get(index).cloned(),
    };
    (0..old.len().max(new.len())).map(row).collect()
}

/// Returns the rows of one step from the old text to the new one.
fn rows(op: &DiffOp, old: &[&str], new: &[&str]) -> Vec<Row> {
    let (before, after) = (op.old_range(), op.new_range());
    let changed = !matches!(op, DiffOp::Equal { .. });
    let row = |index: usize| {
        let old = before
            .clone()
            .nth(index)
            .map(|at| Line::new(at, old[at], changed));
        let new = after
            .clone()
            .nth(index)
            .map(|at| Line::new(at, new[at], changed));
        let mut row = Row { old, new };
        if changed {
            mark(&mut row);
        }
        row
    };
    (0..before.len().max(after.len())).map(row).collect()
}

/// Marks the words that changed, if enough of the line is the same.
fn mark(row: &mut Row) {
    let Row {
        old: Some(old),
        new: Some(new),
    } = row
    else {
        return;
    };
    let [Piece { text: before, .. }] = old.pieces.as_slice() else {
        return;
    };
    let [Piece { text: after, .. }] = new.pieces.as_slice() else {
        return;
    };
    let (before, after) = (before.clone(), after.clone());
    let diff = TextDiff::from_words(&before, &after);
    if diff.ratio() < 0.5 {
        return;
    }
    let pieces = |own: ChangeTag| {
        let mut pieces: Vec<Piece> = Vec::new();
        for change in diff.iter_all_changes() {
            let marked = change.tag() == own;
            if !marked && change.tag() != ChangeTag::Equal {
                continue;
            }
            match pieces.last_mut() {
                Some(last) if last.marked == marked => last.text += change.value(),
                _ => pieces.push(Piece {
                    marked,
                    text: change.value().to_owned(),
                }),
            }
        }
        pieces
    };
    (old.pieces, new.pieces) = (pieces(ChangeTag::Delete), pieces(ChangeTag::Insert));
}

/// Two texts side by side as a table, with the changes marked.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "sides.html")]
pub struct SideBySide {
    /// The name of the old text.
    pub old_name: String,
    /// The name of the new text.
    pub new_name: String,
    /// The lines; see [`Aligned::around`].
    pub rows: Vec<Row>,
}

impl HtmlSafe for SideBySide {}

impl SideBySide {
    fn caption(&self) -> String {
        let names = [self.old_name.as_str(), self.new_name.as_str()];
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        names.join(" → ")
    }
}
