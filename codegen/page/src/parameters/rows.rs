//! Reads the rows of tables. A table may be inside another one, and list the fields of an object.

use super::terms::LINES;
use super::{Mode, Reader};
use crate::clause::Clause;
use crate::facts::{Requirement, ValuesKind};
use crate::field::{Strictness, field_line};
use crate::item::{Kind, Row};
use crate::line_report::FrameKind;
use crate::tables::{Head, RequirementCell, is_ruler, parameter_row};
use crate::text::{is_chinese, norm};

/// A table that is being read.
pub(super) struct Table {
    head: Head,
    /// The number of tables around it.
    nesting: u8,
    /// The parameter whose fields it lists.
    parent: Option<usize>,
    /// The rows that may contain the next one, with the depth that their names show.
    open: Vec<(u16, usize)>,
    /// True if a mark stands for a requirement.
    marks: bool,
    /// The rows without a requirement.
    blank: Vec<usize>,
}

impl Table {
    fn of(head: Head, nesting: u8, parent: Option<usize>) -> Self {
        Table {
            head,
            nesting,
            parent,
            open: Vec::new(),
            marks: false,
            blank: Vec::new(),
        }
    }
}

impl Reader<'_> {
    pub(super) fn row(&mut self, index: usize, row: &Row) {
        let Some(item) = self.items.get(index) else {
            return;
        };
        if is_ruler(row) {
            self.annotations.frame(index, FrameKind::TableHead);
            return;
        }
        self.end_tables(row.nesting.saturating_add(1));
        if let Some(head) = Head::of_parameters(self.lexicon, item) {
            self.annotations.frame(index, FrameKind::TableHead);
            let parent = self.parent_of_table(row.nesting);
            self.end_tables(row.nesting);
            self.tables.push(Table::of(head, row.nesting, parent));
            self.end();
            return;
        }
        if self.tables.is_empty()
            && let Some(head) = Head::without_names(self.lexicon, row)
        {
            self.tables.push(Table::of(head, row.nesting, None));
        }
        let found = self.tables.last();
        let found = found.and_then(|table| parameter_row(self.lexicon, &table.head, row));
        let Some(found) = found else {
            // A table without a head, or a line of words with tabs between them.
            match field_line(self.lexicon, &row.cells.join(" "), Strictness::Prose) {
                Some(line) => self.begin(index, LINES, line),
                // Space for a table inside the next row.
                None if row.cells.iter().all(String::is_empty) => {}
                None => self.end(),
            }
            return;
        };
        self.read.in_tables = true;
        let parent = self.parent_in_table(found.level);
        let current = self.add(index, parent, found.line);
        for title in &found.titles {
            self.titles.add(norm(title), current);
        }
        if let Some(table) = self.tables.last_mut() {
            table.open.push((found.level, current));
            match found.requirement {
                RequirementCell::Mark => table.marks = true,
                RequirementCell::Blank => table.blank.push(current),
                RequirementCell::Words => {}
            }
        }
        self.current = Some(current);
        self.mode = Mode::Description;
        for text in &found.texts {
            self.cell_text(index, text);
        }
        if let Some(words) = found.requirement_words {
            self.requirement_words(index, words);
        }
        // The lines of a cell may continue below a row of plain text.
        if !matches!(self.mode, Mode::Values(_)) {
            self.mode = Mode::Facts;
        }
    }

    /// Reads the words of a cell for the requirement, which may be a condition.
    pub(super) fn requirement_words(&mut self, index: usize, words: &str) {
        let conditions = |reader: &Self| {
            let parameter = reader.current.and_then(|at| reader.read.parameters.get(at));
            parameter.map_or(0, |parameter| parameter.conditions.len())
        };
        let before = conditions(self);
        self.mode = Mode::Facts;
        self.cell_text(index, words);
        if conditions(self) == before {
            self.mark_unknown(index, Some(words));
        }
    }

    /// Returns the parameter whose fields a table lists: the one that a label names, the row that
    /// the table is in, or the name above it.
    fn parent_of_table(&mut self, nesting: u8) -> Option<usize> {
        let below = self.below.take();
        let around = self.tables.last().filter(|table| table.nesting < nesting);
        let row = around.and_then(|table| table.open.last());
        let row = row.map(|(_, row)| *row);
        let above = self.open.last().map(|(_, above)| *above);
        let above = above.filter(|above| self.current == Some(*above) && self.has_fields(*above));
        below.or(row).or(above)
    }

    /// Returns the row that contains one with this depth.
    fn parent_in_table(&mut self, level: u16) -> Option<usize> {
        let table = self.tables.last_mut()?;
        while table.open.last().is_some_and(|(open, _)| *open >= level) {
            table.open.pop();
        }
        let outer = table.parent;
        // Space may be an accident, and a mark may only show that an object is folded.
        let table = self.tables.last()?;
        let mut around = table.open.iter().rev().map(|(_, parent)| *parent);
        around.find(|parent| self.has_fields(*parent)).or(outer)
    }

    /// Ends the tables that are this deep or deeper.
    pub(super) fn end_tables(&mut self, nesting: u8) {
        while let Some(table) = self.tables.pop_if(|table| table.nesting >= nesting) {
            if !table.marks {
                continue;
            }
            for blank in table.blank {
                if let Some(parameter) = self.read.parameters.get_mut(blank)
                    && parameter.required.value == Requirement::Unstated
                {
                    parameter.required.value = Requirement::Optional;
                }
            }
        }
    }

    /// Reads a line of a list of values that has no bullets, or a value with its meaning in the next
    /// line; returns the number of lines.
    pub(super) fn value_line(&mut self, index: usize, own: &[usize]) -> Option<usize> {
        self.current?;
        let item = self
            .items
            .get(index)
            .filter(|item| item.kind == Kind::Text)?;
        let next = own.get(1).and_then(|next| self.items.get(*next));
        let text = item.text.as_str();
        if let Some(below) = next
            && matches!(self.mode, Mode::Values(_))
            && is_meaning(text, &below.text)
        {
            let lines = own.iter().take(2).zip([text, below.text.as_str()]);
            let clause = Clause::new(lines.map(|(index, text)| (*index, text)));
            self.clause(&clause, Kind::Bullet);
            return Some(2);
        }
        if self.glued_values(index, text) {
            return Some(1);
        }
        let is_list = matches!(self.mode, Mode::Values(_))
            || matches!(self.mode, Mode::Facts | Mode::Description)
                && next.is_some_and(|next| is_value(&next.text));
        let text = without_title(text);
        if !is_list || !is_value(text) {
            return None;
        }
        if !matches!(self.mode, Mode::Values(_)) {
            self.mode = Mode::Values(ValuesKind::OneOf);
        }
        for part in parts(text) {
            self.clause(&Clause::new([(index, part)]), Kind::Bullet);
        }
        Some(1)
    }

    /// Reads a line that announces values and lists them with nothing but space between them; returns whether it is one.
    fn glued_values(&mut self, index: usize, text: &str) -> bool {
        let parts = glued(text).unwrap_or_default();
        let Some((announced, values)) = parts.split_first().filter(|(first, rest)| {
            rest.len() > 1 && !is_value(first) && rest.iter().all(|part| is_value(part))
        }) else {
            return false;
        };
        self.clause(&Clause::new([(index, *announced)]), Kind::Text);
        let is_list = matches!(self.mode, Mode::Values(_));
        for value in values {
            let kind = if is_list { Kind::Bullet } else { Kind::Text };
            self.clause(&Clause::new([(index, *value)]), kind);
        }
        true
    }

    /// Reads the text of a cell, which may contain a list of values with their meanings.
    pub(super) fn cell_text(&mut self, index: usize, text: &str) {
        let lines: Vec<&str> = text.lines().flat_map(parts).collect();
        let mut prose: Vec<&str> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let line = line
                .trim()
                .trim_start_matches(['•', '-', '·', '*', '●'])
                .trim_start();
            let line = without_title(line);
            let is_value = is_value(line);
            let beside = |at: Option<usize>| {
                let line = at.and_then(|at| lines.get(at));
                line.is_some_and(is_value_line)
            };
            let is_list = beside(at.checked_sub(1)) || beside(Some(at + 1));
            if !is_value {
                prose.push(line);
                continue;
            }
            self.cell_prose(index, &mut prose);
            if is_list && !matches!(self.mode, Mode::Values(_)) {
                self.mode = Mode::Values(ValuesKind::OneOf);
            }
            if matches!(self.mode, Mode::Values(_)) {
                self.clause(&Clause::new([(index, line)]), Kind::Bullet);
            } else {
                prose.push(line);
            }
        }
        self.cell_prose(index, &mut prose);
    }

    fn cell_prose(&mut self, index: usize, lines: &mut Vec<&str>) {
        if !lines.is_empty() {
            let clause = Clause::new(lines.drain(..).map(|line| (index, line)));
            self.clause(&clause, Kind::Text);
        }
    }
}

/// Splits a line that lists values with their meanings: `A: one; B: two`. Words may announce them.
fn parts(line: &str) -> Vec<&str> {
    let split = |separators: &[char]| -> Option<Vec<&str>> {
        let parts = line.split(separators).map(str::trim);
        let mut parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let (first, rest) = parts.split_first()?;
        if rest.is_empty() || !rest.iter().all(|part| is_value(part)) {
            return None;
        }
        if !is_value(first) {
            let colon = first.find([':', '：'])?;
            let end = first.ceil_char_boundary(colon + 1);
            let (announced, value) = first.split_at(end);
            let value = value.trim();
            if !is_value(value) {
                return None;
            }
            parts.splice(..1, [announced, value]);
        }
        Some(parts)
    };
    split(&[';', '；'])
        .or_else(|| split(&['。']))
        .or_else(|| split(&['.']))
        .or_else(|| split(&[',', '，', '、']))
        .or_else(|| glued(line))
        .unwrap_or_else(|| vec![line])
}

/// Splits a line whose values follow each other with a space or nothing between them: `枚举值: A: 一B: 二`.
fn glued(line: &str) -> Option<Vec<&str>> {
    let colons = line.match_indices([':', '：']).map(|(at, _)| at);
    let starts = colons.filter_map(|colon| {
        let before = line.get(..colon)?;
        let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let rest = before.trim_end_matches(is_word);
        let word = before.get(rest.len()..)?;
        let begins = word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
        let last = rest.chars().next_back();
        let apart =
            last.is_none_or(|c| c.is_whitespace() || is_chinese(c) || ":：。；，".contains(c));
        (begins && apart).then_some(rest.len())
    });
    let starts: Vec<usize> = starts.collect();
    let (announced, _) = line.split_at_checked(*starts.first()?)?;
    let is_list = announced.is_empty() && starts.len() > 1;
    if !is_list && !announced.trim_end().ends_with([':', '：']) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let values = starts.iter().zip(ends);
    let parts = values.filter_map(|(start, end)| line.get(*start..end).map(str::trim));
    let announced = Some(announced.trim()).filter(|text| !text.is_empty());
    Some(announced.into_iter().chain(parts).collect())
}

/// Returns a value with its meaning without the title in brackets before it: `【方式】SEA—海运`.
fn without_title(line: &str) -> &str {
    let titled = line
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'));
    let behind = titled.map(|(_, rest)| rest.trim_start());
    behind.filter(|rest| is_value(rest)).unwrap_or(line)
}

fn is_value_line(line: &&str) -> bool {
    is_value(
        line.trim()
            .trim_start_matches(['•', '-', '·', '*', '●'])
            .trim_start(),
    )
}

/// Returns whether a line is a value and the one below its meaning, which begins with a colon.
pub(super) fn is_meaning(line: &str, below: &str) -> bool {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let word = line.trim_matches('`');
    !word.is_empty() && word.chars().all(is_word) && below.starts_with([':', '：', '(', '（'])
}

/// Returns whether a text is a value with its meaning: `SUCCESS: paid`.
pub(super) fn is_value(text: &str) -> bool {
    let (value, rest) = match text.strip_prefix('`') {
        Some(inner) => match inner.split_once('`') {
            Some((value, rest)) => (value, rest),
            None => return false,
        },
        None => {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            text.split_at(end.unwrap_or(text.len()))
        }
    };
    let is_quoted = text.starts_with('`');
    let is_word = |char: char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_';
    let looks = is_quoted || value == "true" || value == "false" || value.chars().all(is_word);
    let rest = rest.trim_start();
    let meaning = rest.strip_prefix([':', '：', '-', '–', '—', '=', '(', '（', '|']);
    !value.is_empty() && looks && meaning.is_some_and(|meaning| !meaning.trim().is_empty())
}
