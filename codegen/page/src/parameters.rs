//! Reads the sections that describe parameters. A line that names a parameter begins it, and the
//! following lines are about it.

use payspec_runtime::Pointer;
use std::collections::HashMap;

use super::annotations::Annotations;
use super::clause::{Clause, Says, operands};
use super::facts::{
    Aspect, Children, Condition, ConditionKind, Confidence, Format, Guess, Parameter, Prose, Range,
    Requirement, Stated, Subject, TypeKind, Value, Values, ValuesKind,
};
use super::field::{Declared, FieldLine, Strictness, declared, field_line};
use super::item::{Item, Kind, Row};
use super::lexicon::{Label, Lexicon, Limit, type_norm};
use super::line_report::FrameKind;
use super::tables::{Head, is_ruler, parameter_row};
use super::text::is_wire_name;

/// The owner of the fields that are being read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    /// A side of an operation.
    Body {
        operation: usize,
        side: payspec_model::model::Side,
    },
    /// An object that a table describes.
    Object(usize),
}

impl Owner {
    fn subject(self, index: usize) -> Subject {
        match self {
            Owner::Body { operation, side } => Subject::Parameter {
                operation,
                side,
                index,
            },
            Owner::Object(object) => Subject::Field { object, index },
        }
    }
}

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
    items: &[Item],
    own: &[usize],
    owner: Owner,
    annotations: &mut Annotations,
) -> Read {
    let mut reader = Reader {
        lexicon,
        items,
        owner,
        annotations,
        read: Read::default(),
        open: Vec::new(),
        current: None,
        mode: Mode::Nowhere,
        head: None,
        cells_apart: false,
        siblings: HashMap::new(),
        paths: HashMap::new(),
    };
    let mut at = 0;
    while let Some(index) = own.get(at) {
        at += reader.item(*index, own.get(at..).unwrap_or_default());
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
    Values,
    /// A list of conditions.
    Conditions(ConditionKind),
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    items: &'a [Item],
    owner: Owner,
    annotations: &'a mut Annotations,
    read: Read,
    /// The parameters that may contain the next one, with the levels of their headings.
    open: Vec<(u8, usize)>,
    current: Option<usize>,
    mode: Mode,
    head: Option<Head>,
    /// True if a table is written with each cell on a line of its own.
    cells_apart: bool,
    /// The number of parameters in each parent so far.
    siblings: HashMap<Option<usize>, u32>,
    paths: HashMap<String, usize>,
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
                self.head = None;
                match field_line(self.lexicon, &item.text, Strictness::Heading) {
                    Some(line) => self.begin(index, *level, line),
                    None => self.end(),
                }
            }
            Kind::Row(row) => self.row(index, row),
            Kind::Code | Kind::Fence => {}
            Kind::Text | Kind::Bullet => return self.prose(index, own),
        }
        1
    }

    /// Begins a parameter.
    fn begin(&mut self, item: usize, level: u8, mut line: FieldLine) {
        let description = std::mem::take(&mut line.description);
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
        let parent = self.open.last().map(|(_, parent)| *parent);
        let index = self.add(item, parent, line);
        self.open.push((level, index));
        self.current = Some(index);
        self.mode = Mode::Description;
        if !description.is_empty() {
            let clause = Clause::new([(item, description.as_str())]);
            self.clause(&clause, Kind::Text);
        }
    }

    fn add(&mut self, item: usize, parent: Option<usize>, mut line: FieldLine) -> usize {
        let by_name = self.parent_by_name(line.name.as_deref());
        let parent = match by_name {
            Some((parent, name)) => {
                line.name = Some(name);
                Some(parent)
            }
            None => parent,
        };
        let at = self.items.get(item).map_or(0, |item| item.line);
        let list = &mut self.read.parameters;
        let index = list.len();
        self.read.in_parentheses |= line.in_parentheses;
        let declared = line.declared;
        let above = parent.and_then(|parent| list.get_mut(parent));
        let (mut path, depth) = match above {
            Some(above) => {
                above.children = Some(Children::Shown);
                let is_array = above.ty.as_ref().map(|ty| ty.value.kind) == Some(TypeKind::Array);
                let each = if is_array { "/*" } else { "" };
                (format!("{}{each}", above.path), above.depth + 1)
            }
            None => (String::new(), 0),
        };
        let name = line.name.as_deref().unwrap_or(&line.printed);
        path.push('/');
        path.push_str(&Pointer::escape(name));
        let siblings = self.siblings.entry(parent).or_default();
        let position = *siblings;
        *siblings += 1;
        self.paths.insert(path.replace("/*", ""), index);
        let stated = |value| Stated { value, line: at };
        let parameter = Parameter {
            path,
            position,
            name_as_printed: line.printed,
            name: line.name,
            line: at,
            end_line: at,
            depth,
            parent,
            ty: declared.ty.map(|value| Stated { value, line: at }),
            required: stated(declared.required.unwrap_or(
                if self.head.is_some() || self.cells_apart {
                    Requirement::Unstated
                } else {
                    Requirement::Optional
                },
            )),
            min_length: None,
            max_length: declared.max_length.map(|value| Stated { value, line: at }),
            range: declared.range.map(|value| Stated { value, line: at }),
            max_items: None,
            multiple_of: None,
            unique_items: None,
            format: None,
            values: None,
            conditions: Vec::new(),
            idempotency: None,
            deprecated: None,
            description: None,
            notes: Vec::new(),
            children: None,
            guesses: declared.guesses,
        };
        let subject = self.owner.subject(index);
        let mut states = |aspect| self.annotations.fact(item, subject, aspect);
        states(Aspect::Name);
        states(Aspect::Required);
        for (aspect, stated) in [
            (Aspect::Type, parameter.ty.is_some()),
            (Aspect::MaxLength, parameter.max_length.is_some()),
            (Aspect::Range, parameter.range.is_some()),
        ] {
            if stated {
                states(aspect);
            }
        }
        self.read.parameters.push(parameter);
        index
    }

    /// Ends the current parameter.
    fn end(&mut self) {
        self.current = None;
        self.mode = Mode::Nowhere;
    }

    fn row(&mut self, index: usize, row: &Row) {
        let Some(item) = self.items.get(index) else {
            return;
        };
        if is_ruler(row) {
            self.annotations.frame(index, FrameKind::TableHead);
            return;
        }
        if let Some(head) = Head::of_parameters(self.lexicon, item) {
            self.annotations.frame(index, FrameKind::TableHead);
            self.head = Some(head);
            self.end();
            return;
        }
        let found = self.head.as_ref();
        let found = found.and_then(|head| parameter_row(self.lexicon, head, row));
        let Some((line, description)) = found else {
            // A table without a head, or a line of words with tabs between them.
            match field_line(self.lexicon, &row.cells.join(" "), Strictness::Prose) {
                Some(line) => self.begin(index, u8::MAX, line),
                None => self.end(),
            }
            return;
        };
        self.read.in_tables = true;
        let current = self.add(index, None, line);
        self.current = Some(current);
        self.mode = Mode::Description;
        let mut texts = self
            .head
            .as_ref()
            .map_or(Vec::new(), |head| head.others(row));
        texts.push(description);
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            let lines = text.lines().map(|line| (index, line));
            self.clause(&Clause::new(lines), Kind::Text);
        }
        self.mode = Mode::Facts;
    }

    /// Finds the parent of a dotted name: `order.env` is in `order`, if that was read.
    fn parent_by_name(&self, name: Option<&str>) -> Option<(usize, String)> {
        let (parent, name) = name?.rsplit_once('.')?;
        let path = format!("/{}", parent.replace('.', "/"));
        let parent = self.paths.get(&path).copied()?;
        Some((parent, name.to_owned()))
    }

    fn prose(&mut self, index: usize, own: &[usize]) -> usize {
        let Some(item) = self.items.get(index) else {
            return 1;
        };
        if let Some(label) = self.lexicon.label(&item.text) {
            self.label(index, label);
            return 1;
        }
        if item.kind == Kind::Text
            && let Some(count) = self.cells(index, item, own.get(1).copied())
        {
            return count;
        }
        if item.kind == Kind::Text
            && let Some(line) = field_line(self.lexicon, &item.text, Strictness::Prose)
        {
            // Without headings no parameter is nested.
            self.begin(index, u8::MAX, line);
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
        let first = note.unwrap_or(&item.text);
        let mut lines = vec![(index, first)];
        let more = own.iter().enumerate().skip(1).map_while(|(at, index)| {
            let next = self.items.get(*index)?;
            let below = own.get(at + 1).and_then(|below| self.items.get(*below));
            let goes_on = next.is_prose()
                && next.paragraph == item.paragraph
                && self.annotations.is_open(*index)
                && self.begins_nothing(next)
                && below.is_none_or(|below| self.type_below(next, below).is_none());
            goes_on.then_some((*index, next.text.as_str()))
        });
        lines.extend(more);
        let clause = Clause::new(lines.iter().copied());
        self.clause(&clause, item.kind.clone());
        lines.len()
    }

    /// Reads a cell of a table that is written with one cell per line, or a name with its type
    /// below it; returns the number of lines that it takes.
    fn cells(&mut self, index: usize, item: &Item, next: Option<usize>) -> Option<usize> {
        let text = item.text.as_str();
        let word = type_norm(text);
        let in_table = self.current.is_none() || self.cells_apart;
        if in_table && self.lexicon.parameter_columns.contains_key(&word) {
            self.cells_apart = true;
            self.annotations.frame(index, FrameKind::TableHead);
            return Some(1);
        }
        let is_number = text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if self.cells_apart && is_number {
            self.annotations.frame(index, FrameKind::TableHead);
            return Some(1);
        }
        if self.cells_apart
            && let Some(required) = self.lexicon.requirement_cells.get(&word)
            && let Some(current) = self.current
            && let Some(parameter) = self.read.parameters.get_mut(current)
            && parameter.required.value == Requirement::Unstated
        {
            let (value, line) = (*required, item.line);
            parameter.required = Stated { value, line };
            let subject = self.owner.subject(current);
            self.annotations.fact(index, subject, Aspect::Required);
            return Some(1);
        }
        let below = next.filter(|below| self.annotations.is_open(*below))?;
        let declared = self.type_below(item, self.items.get(below)?)?;
        let line = FieldLine {
            printed: text.to_owned(),
            name: Some(text.to_owned()),
            declared,
            ..FieldLine::default()
        };
        self.begin(index, u8::MAX, line);
        self.read.in_tables |= self.cells_apart;
        self.lower_cell(below);
        Some(2)
    }

    /// Returns what the line below declares for a parameter, if this line is its name.
    fn type_below(&self, item: &Item, below: &Item) -> Option<Declared> {
        let name = item.text.as_str();
        let is_name = item.kind == Kind::Text
            && is_wire_name(name)
            && name.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_name || below.kind != Kind::Text {
            return None;
        }
        let (declared, unknown) = declared(self.lexicon, &below.text);
        let ty = declared.ty.as_ref().filter(|_| unknown.is_none())?;
        // A single word may be the start of a sentence.
        let is_word = ty.kind == TypeKind::Object && declared.required.is_none();
        (!is_word || self.cells_apart).then_some(declared)
    }

    /// Reads the line below a name, which declares everything but the name.
    fn lower_cell(&mut self, item: usize) {
        let Some(current) = self.current else { return };
        let Some(parameter) = self.read.parameters.get_mut(current) else {
            return;
        };
        let line = self.items.get(item).map_or(0, |item| item.line);
        let subject = self.owner.subject(current);
        parameter.end_line = line;
        for (aspect, stated) in [
            (Aspect::Type, parameter.ty.as_mut().map(|one| &mut one.line)),
            (
                Aspect::MaxLength,
                parameter.max_length.as_mut().map(|one| &mut one.line),
            ),
            (
                Aspect::Range,
                parameter.range.as_mut().map(|one| &mut one.line),
            ),
        ] {
            if let Some(stated) = stated {
                *stated = line;
                self.annotations.fact(item, subject, aspect);
            }
        }
        if parameter.required.value != Requirement::Unstated {
            parameter.required.line = line;
            self.annotations.fact(item, subject, Aspect::Required);
        }
    }

    /// Returns whether a line only continues the one above.
    fn begins_nothing(&self, item: &Item) -> bool {
        self.lexicon.label(&item.text).is_none()
            && self.lexicon.note(&item.text).is_none()
            && field_line(self.lexicon, &item.text, Strictness::Prose).is_none()
    }

    fn label(&mut self, index: usize, label: Label) {
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
        self.mode = Mode::Facts;
    }

    /// Reads a text about the current parameter.
    fn clause(&mut self, clause: &Clause, kind: Kind) {
        let Some(current) = self.current else {
            return;
        };
        let Some(parameter) = self.read.parameters.get_mut(current) else {
            return;
        };
        let lines = Lines {
            items: self.items,
            subject: self.owner.subject(current),
        };
        let is_bullet = kind == Kind::Bullet;
        let listed = match self.mode {
            Mode::Values if is_bullet => lines.value(parameter, clause, self.annotations),
            Mode::Conditions(kind) if is_bullet => {
                lines.condition(parameter, clause, kind, self.annotations);
                true
            }
            Mode::Values | Mode::Conditions(_) => {
                // The list has ended.
                self.mode = Mode::Facts;
                false
            }
            Mode::Nowhere | Mode::Description | Mode::Note | Mode::Facts => false,
        };
        if listed {
            lines.close(parameter, clause);
            return;
        }
        let statements = clause.statements(self.lexicon);
        let mut understood = !statements.is_empty();
        let mut next = None;
        for statement in statements {
            let (first, last) = statement.items;
            let line = self.items.get(first).map_or(0, |item| item.line);
            let end_line = self.items.get(last).map_or(line, |item| item.line);
            next = match &statement.says {
                Says::ValuesFollow => Some(Mode::Values),
                Says::ConditionsFollow(kind) => Some(Mode::Conditions(*kind)),
                Says::Limit(..)
                | Says::Format(_)
                | Says::Values(..)
                | Says::Condition(..)
                | Says::UniqueItems
                | Says::Idempotency
                | Says::Deprecated => next,
            };
            let Some(aspect) = lines.state(parameter, statement.says, line, end_line) else {
                understood = false;
                continue;
            };
            for item in clause.items().filter(|item| (first..=last).contains(item)) {
                self.annotations.fact(item, lines.subject, aspect);
            }
        }
        match self.mode {
            Mode::Description if !is_bullet => {
                let description = &mut parameter.description;
                lines.prose(description, clause, Aspect::Description, self.annotations);
            }
            Mode::Note if !understood => {
                let mut note = None;
                lines.prose(&mut note, clause, Aspect::Notes, self.annotations);
                parameter.notes.extend(note);
            }
            Mode::Nowhere
            | Mode::Description
            | Mode::Note
            | Mode::Facts
            | Mode::Values
            | Mode::Conditions(_) => {}
        }
        if understood || self.mode != Mode::Facts {
            lines.close(parameter, clause);
        }
        self.mode = next.unwrap_or(self.mode);
    }
}

/// Writes the facts of lines into a parameter.
struct Lines<'a> {
    items: &'a [Item],
    subject: Subject,
}

impl Lines<'_> {
    fn span(&self, clause: &Clause) -> (u32, u32) {
        let mut lines = clause
            .items()
            .filter_map(|item| self.items.get(item))
            .map(|item| item.line);
        let first = lines.next().unwrap_or(0);
        (first, lines.last().unwrap_or(first))
    }

    fn close(&self, parameter: &mut Parameter, clause: &Clause) {
        parameter.end_line = parameter.end_line.max(self.span(clause).1);
    }

    fn prose(
        &self,
        into: &mut Option<Prose>,
        clause: &Clause,
        aspect: Aspect,
        annotations: &mut Annotations,
    ) {
        let (line, end_line) = self.span(clause);
        match into {
            Some(prose) => {
                prose.text.push('\n');
                prose.text.push_str(&clause.text);
                prose.end_line = end_line;
            }
            None => {
                *into = Some(Prose {
                    text: clause.text.clone(),
                    line,
                    end_line,
                });
            }
        }
        for item in clause.items() {
            annotations.fact(item, self.subject, aspect);
        }
    }

    /// Reads a value with its meaning: `VALUE: meaning`.
    fn value(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        annotations: &mut Annotations,
    ) -> bool {
        let text = clause.text.trim();
        let quoted = text
            .strip_prefix('`')
            .and_then(|inner| inner.split_once('`'));
        let (value, rest) = quoted.unwrap_or_else(|| {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            text.split_at(text.find(|c| !word(c)).unwrap_or(text.len()))
        });
        let rest = rest.trim_start();
        let meaning = rest.trim_start_matches([':', '：', '-', '–', '—', ' ']);
        // A sentence that begins with a word is not a value.
        let is_value = !value.is_empty()
            && (quoted.is_some() || rest.is_empty() || meaning.len() < rest.len());
        if !is_value {
            return false;
        }
        let (line, _) = self.span(clause);
        let values = parameter.values.get_or_insert_with(|| Values {
            kind: ValuesKind::OneOf,
            items: Vec::new(),
            line,
        });
        values.items.push(Value {
            value: value.to_owned(),
            meaning: (!meaning.is_empty()).then(|| meaning.to_owned()),
            line,
        });
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Values);
        }
        true
    }

    fn condition(
        &self,
        parameter: &mut Parameter,
        clause: &Clause,
        kind: ConditionKind,
        annotations: &mut Annotations,
    ) {
        let (line, end_line) = self.span(clause);
        add_condition(parameter, kind, clause.text.trim(), line, end_line);
        for item in clause.items() {
            annotations.fact(item, self.subject, Aspect::Conditions);
        }
    }

    /// Adds a statement; the first one about an aspect is kept. [`None`] if a later one differs, or
    /// if a limit cannot have its numbers.
    fn state(
        &self,
        parameter: &mut Parameter,
        says: Says,
        line: u32,
        end_line: u32,
    ) -> Option<Aspect> {
        let prose = |text: &str| Prose {
            text: text.to_owned(),
            line,
            end_line,
        };
        let aspect = match says {
            Says::Limit(limit, min, max) => return limited(parameter, limit, min, max, line),
            Says::Format(format) => return formatted(parameter, format, line),
            Says::Values(kind, found) => {
                if let Some(first) = &parameter.values {
                    let is_known =
                        |value: &String| first.items.iter().any(|one| one.value == *value);
                    return found
                        .iter()
                        .all(|(_, value)| is_known(value))
                        .then_some(Aspect::Values);
                }
                let values = found.into_iter().map(|(item, value)| Value {
                    value,
                    meaning: None,
                    line: self.items.get(item).map_or(line, |item| item.line),
                });
                parameter.values = Some(Values {
                    kind,
                    items: values.collect(),
                    line,
                });
                Aspect::Values
            }
            Says::ValuesFollow => Aspect::Values,
            Says::Condition(kind, text) => {
                add_condition(parameter, kind, &text, line, end_line);
                Aspect::Conditions
            }
            Says::ConditionsFollow(_) => Aspect::Conditions,
            Says::UniqueItems => {
                let kind = parameter.ty.as_ref().map(|ty| ty.value.kind);
                if kind != Some(TypeKind::Array) {
                    return None;
                }
                let text = self.text(line);
                parameter.unique_items.get_or_insert_with(|| prose(&text));
                Aspect::UniqueItems
            }
            Says::Idempotency => {
                let text = self.text(line);
                parameter.idempotency.get_or_insert_with(|| prose(&text));
                Aspect::Idempotency
            }
            Says::Deprecated => {
                let text = self.text(line);
                parameter.deprecated.get_or_insert_with(|| prose(&text));
                Aspect::Deprecated
            }
        };
        Some(aspect)
    }

    fn text(&self, line: u32) -> String {
        let at = self.items.partition_point(|item| item.line < line);
        self.items
            .get(at)
            .map_or_else(String::new, |item| item.text.clone())
    }
}

fn add_condition(
    parameter: &mut Parameter,
    kind: ConditionKind,
    text: &str,
    line: u32,
    end_line: u32,
) {
    let (field, values) = operands(text);
    parameter.conditions.push(Condition {
        kind,
        text: text.to_owned(),
        field,
        values,
        line,
        end_line,
    });
}

/// Adds a limit.
fn limited(
    parameter: &mut Parameter,
    limit: Limit,
    min: Option<String>,
    max: Option<String>,
    line: u32,
) -> Option<Aspect> {
    let number = min.as_deref().and_then(|number| number.parse::<u32>().ok());
    let (aspect, slot) = match limit {
        Limit::MaxLength => (Aspect::MaxLength, &mut parameter.max_length),
        Limit::MinLength => (Aspect::MinLength, &mut parameter.min_length),
        Limit::MaxItems => (Aspect::MaxItems, &mut parameter.max_items),
        Limit::MultipleOf => {
            let value = min?;
            let first = parameter.multiple_of.get_or_insert_with(|| Stated {
                value: value.clone(),
                line,
            });
            return (first.value == value).then_some(Aspect::MultipleOf);
        }
        Limit::Range => {
            let range = Range { min, max };
            let first = parameter.range.get_or_insert_with(|| Stated {
                value: range.clone(),
                line,
            });
            // `minimum` and `maximum` may be in two sentences.
            let old = &mut first.value;
            let same = |old: &Option<String>, new: &Option<String>| {
                old.is_none() || new.is_none() || old == new
            };
            if !same(&old.min, &range.min) || !same(&old.max, &range.max) {
                return None;
            }
            old.min = old.min.take().or(range.min);
            old.max = old.max.take().or(range.max);
            return Some(Aspect::Range);
        }
    };
    let value = number?;
    let first = slot.get_or_insert(Stated { value, line });
    if first.value != value {
        let why = format!(
            "line {} says {}, line {line} says {value}",
            first.line, first.value
        );
        parameter.guesses.push(Guess {
            aspect,
            confidence: Confidence::Low,
            why,
        });
        return None;
    }
    Some(aspect)
}

/// Adds a format; for a parameter of type date it is the date format.
fn formatted(parameter: &mut Parameter, format: Format, line: u32) -> Option<Aspect> {
    let is_date = parameter
        .ty
        .as_ref()
        .is_some_and(|ty| ty.value.kind == TypeKind::Date);
    let is_object = parameter
        .ty
        .as_ref()
        .is_some_and(|ty| ty.value.kind == TypeKind::Object);
    if is_object {
        return Some(Aspect::Format);
    }
    let value = match format {
        Format::Datetime if is_date => Format::Date,
        other => other,
    };
    let first = parameter.format.get_or_insert(Stated { value, line });
    (first.value == value).then_some(Aspect::Format)
}
