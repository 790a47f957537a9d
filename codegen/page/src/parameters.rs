//! Reads the sections that describe parameters. A line that names a parameter begins it, and the
//! following lines are about it.

mod add;
mod cells;
mod children;
mod clause;
mod exemptions;
mod fact_writer;
mod limits;
mod nesting;
mod rows;
mod scope;
mod terms;
mod values;

use std::collections::{HashMap, HashSet};

use super::annotations::Annotations;
use super::clause::Clause;
use super::condition::ListedUnder;
use super::facts::{Aspect, Children, ConditionKind, Parameter, ValuesKind};
use super::field::{FieldLine, Strictness, field_line};
use super::item::{Item, Kind};
use super::lexicon::{Label, Lexicon};
use super::line_report::FrameKind;
use super::lines::Lines;
use children::Index;
pub(super) use nesting::Nesting;
use rows::{Table, is_meaning, is_value};
pub(super) use scope::{Owner, Purpose};
pub(super) use terms::titled_item;
use terms::{is_listed, level_of};

/// The result of reading a section.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) parameters: Vec<Parameter>,
    /// True if a name had its type in parentheses.
    pub(super) in_parentheses: bool,
    /// True if a table held parameters.
    pub(super) in_tables: bool,
}

/// Reads the items of a section, which may be in several places.
pub(super) fn parameters(
    lexicon: &Lexicon,
    lines: &Lines<'_>,
    own: &[usize],
    owner: Owner,
    purpose: Purpose<'_>,
    nesting: &Nesting,
    annotations: &mut Annotations,
) -> Read {
    let mut reader = Reader {
        lexicon,
        lines,
        items: lines.items,
        owner,
        purpose,
        annotations,
        read: Read::default(),
        open: Vec::new(),
        current: None,
        mode: Mode::Nowhere,
        tables: Vec::new(),
        below: None,
        awaits_declaration: false,
        titles: Index::default(),
        cells_apart: false,
        siblings: HashMap::new(),
        paths: HashMap::new(),
        bare_paths: Vec::new(),
        nesting,
        flat: HashSet::new(),
        barred: Vec::new(),
    };
    let mut at = 0;
    while let Some(index) = own.get(at) {
        at += reader.item(*index, own.get(at..).unwrap_or_default());
    }
    reader.end_tables(0);
    for parameter in &mut reader.read.parameters {
        values::open_half_lists(parameter);
        exemptions::open_needless(parameter);
    }
    reader.read
}

/// The meaning of a line that names no parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// No parameter precedes that it could be about.
    Nowhere,
    /// A description.
    Description,
    /// A note, which may contain any prose.
    Note,
    /// A list of facts: a line without a fact is not understood.
    Facts,
    /// A list of values.
    Values(ValuesKind),
    /// A list of conditions; [`None`] if they are not understood.
    Conditions(ConditionKind, Option<ListedUnder>),
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    lines: &'a Lines<'a>,
    items: &'a [Item],
    owner: Owner,
    purpose: Purpose<'a>,
    annotations: &'a mut Annotations,
    read: Read,
    /// The parameters that may contain the next one, with the levels of their headings.
    open: Vec<(u8, usize)>,
    current: Option<usize>,
    mode: Mode,
    /// The table that is being read, after the tables around it.
    tables: Vec<Table>,
    /// The parameter whose fields the next table lists.
    below: Option<usize>,
    /// True if the next line may declare the current parameter.
    awaits_declaration: bool,
    titles: Index,
    /// True if a table is written with each cell on a line of its own.
    cells_apart: bool,
    /// The number of parameters in each parent so far.
    siblings: HashMap<Option<usize>, u32>,
    paths: HashMap<String, usize>,
    /// The path of each parameter, without the elements of lists.
    bare_paths: Vec<String>,
    /// The fields of the page's examples.
    nesting: &'a Nesting,
    /// The open parameters whose fields are no deeper than they are.
    flat: HashSet<usize>,
    /// Those of them whose fields are the cells of a table that was copied as text; a bar ends it.
    barred: Vec<usize>,
}

impl Reader<'_> {
    /// Reads one item, or several that are one text; returns how many.
    fn item(&mut self, index: usize, own: &[usize]) -> usize {
        let items = self.items;
        let Some(item) = items.get(index) else {
            return 1;
        };
        if !self.annotations.is_open(index) {
            return 1;
        }
        match &item.kind {
            Kind::Heading(level) => {
                self.end_tables(0);
                if self.names_parent(index, own) {
                    return 1;
                }
                let line = field_line(self.lexicon, &item.text, Strictness::Heading)
                    .or_else(|| self.line_above_declaration(item, own));
                match line {
                    Some(line) => {
                        let awaits = line.declared.ty.is_none();
                        self.begin(index, *level, line);
                        self.awaits_declaration = awaits;
                    }
                    None => self.end(),
                }
            }
            Kind::Term(depth) => self.term(index, *depth),
            Kind::Row(row) => match self.lines.label(index) {
                Some(label @ Label::ShownChildren) => self.label(index, label, own),
                Some(Label::More | Label::Frame | Label::Button | Label::HiddenChildren) | None => {
                    self.row(index, row)
                }
            },
            Kind::Code | Kind::Fence => {}
            Kind::Text | Kind::Bullet => {
                let label = self.lines.label(index);
                let read = self.prose(index, own);
                let last = own.get(read.saturating_sub(1));
                let last = last.and_then(|last| self.items.get(*last));
                if label.is_none() && last.is_some_and(|last| last.text.ends_with('|')) {
                    self.end_bars();
                }
                return read;
            }
        }
        1
    }

    /// Begins a parameter.
    fn begin(&mut self, item: usize, level: u8, mut line: FieldLine) {
        let description = std::mem::take(&mut line.description);
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
        if !self.flat.is_empty() {
            let name = line.name.clone().unwrap_or_else(|| line.printed.clone());
            line.declared.guesses.extend(self.end_objects(&name));
        }
        // Space alone may be an accident, and so may the level of a heading.
        let fits = |(_, parent): &&(u8, usize)| self.has_fields(*parent);
        let parent = self.open.iter().rev().find(fits);
        let parent = parent.map(|(_, parent)| *parent);
        line.declared
            .guesses
            .extend(self.indented_below_value(parent));
        let index = self.add(item, parent, line);
        self.open.push((level, index));
        self.current = Some(index);
        self.awaits_declaration = false;
        self.mode = Mode::Description;
        if !description.is_empty() {
            let clause = Clause::new([(item, description.as_str())]);
            self.clause(&clause, Kind::Text);
        }
    }

    /// Ends the current parameter.
    fn end(&mut self) {
        self.current = None;
        self.awaits_declaration = false;
        self.mode = Mode::Nowhere;
    }

    fn prose(&mut self, index: usize, own: &[usize]) -> usize {
        let Some(item) = self.items.get(index) else {
            return 1;
        };
        if self.names_parent(index, own) {
            return 1;
        }
        if let Some(label) = self.lines.label(index) {
            self.label(index, label, own);
            return 1;
        }
        if self.declaration_below(index) || self.name_alone(index, own) {
            return 1;
        }
        if item.kind == Kind::Text
            && let Some(count) = self.cells(index, item, own.get(1).copied())
        {
            return count;
        }
        if let Some(line) = self.lines.field(index)
            && (item.kind == Kind::Text || is_listed(item, line))
        {
            self.begin(index, level_of(item), line.clone());
            return 1;
        }
        if let Some(line) = titled_item(self.lexicon, item) {
            self.begin(index, level_of(item), line);
            return 1;
        }
        if self.declares_unknown(index, item) {
            // What follows is not about the parameter above.
            self.end();
            return 1;
        }
        let note = self.lexicon.note(&item.text);
        if let Some(rest) = note
            && self.current.is_some()
        {
            self.mode = Mode::Note;
            if rest.is_empty() {
                self.annotations.frame(index, FrameKind::Label);
                return 1;
            }
        }
        if let Some(count) = self.value_line(index, own) {
            return count;
        }
        let first = note.unwrap_or(&item.text);
        let mut lines = vec![(index, first)];
        let more = own.iter().enumerate().skip(1).map_while(|(at, index)| {
            let next = self.items.get(*index)?;
            let below = own.get(at + 1).and_then(|below| self.items.get(*below));
            let begins_name = || {
                let own = own.get(at..).unwrap_or_default();
                self.lexicon.names_alone && self.line_above_declaration(next, own).is_some()
            };
            let goes_on = next.is_prose()
                && next.paragraph == item.paragraph
                && self.annotations.is_open(*index)
                && self.begins_nothing(*index, next)
                && !is_value(&next.text)
                && self.labelled(&next.text).is_none()
                && below.is_none_or(|below| {
                    self.type_below(next, below).is_none() && !is_meaning(&next.text, &below.text)
                })
                && !begins_name();
            goes_on.then_some((*index, next.text.as_str()))
        });
        lines.extend(more);
        let clause = Clause::new(lines.iter().copied());
        self.clause(&clause, item.kind.clone());
        lines.len()
    }

    /// Returns whether a line only continues the one above.
    fn begins_nothing(&self, index: usize, item: &Item) -> bool {
        self.lines.label(index).is_none()
            && self.lexicon.note(&item.text).is_none()
            && self.lines.field(index).is_none()
    }

    fn label(&mut self, index: usize, label: Label, own: &[usize]) {
        let children = match label {
            Label::More => {
                self.annotations.frame(index, FrameKind::Label);
                if self.current.is_some() {
                    self.mode = Mode::Facts;
                }
                return;
            }
            Label::Frame => return self.annotations.frame(index, FrameKind::Label),
            Label::Button => return self.annotations.frame(index, FrameKind::Button),
            Label::HiddenChildren => Children::Hidden,
            Label::ShownChildren => Children::Shown,
        };
        let Some(current) = self.current else {
            return;
        };
        let subject = self.owner.subject(current);
        self.annotations.fact(index, subject, Aspect::Children);
        if let Some(parameter) = self.read.parameters.get_mut(current) {
            parameter.children.get_or_insert(children);
            parameter.end_line = self.items.get(index).map_or(0, |item| item.line);
        }
        if children == Children::Shown {
            if self
                .items
                .get(index)
                .is_some_and(|item| item.text.contains('|'))
            {
                self.barred.push(current);
            }
            self.open_object(current, own);
        }
        self.mode = Mode::Facts;
    }
}
