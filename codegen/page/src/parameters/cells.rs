//! Reads tables that are written with one cell per line, and names with their type on the next line.

use super::Reader;
use super::terms::level_of;
use crate::declared::Declared;
use crate::facts::{Aspect, Requirement, Stated, TypeKind};
use crate::field::{FieldLine, declared};
use crate::item::{Item, Kind};
use crate::lexicon::type_norm;
use crate::line_report::FrameKind;
use crate::text::{is_chinese, is_compound_name, is_wire_name};

impl Reader<'_> {
    /// Reads a cell of a table that is written with one cell per line, or a name with its type
    /// below it; returns the number of lines that it takes.
    pub(super) fn cells(
        &mut self,
        index: usize,
        item: &Item,
        next: Option<usize>,
    ) -> Option<usize> {
        let text = item.text.as_str();
        let in_table = self.current.is_none() || self.cells_apart;
        let word = if in_table {
            type_norm(text)
        } else {
            String::new()
        };
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
        if let Some(value) = self.requirement_alone(item)
            && let Some(current) = self.current
            && let Some(parameter) = self.read.parameters.get_mut(current)
        {
            // A page that has lost the head of its table has it in its cells.
            self.cells_apart = true;
            let line = item.line;
            parameter.required = Stated { value, line };
            let subject = self.owner.subject(current);
            self.annotations.fact(index, subject, Aspect::Required);
            return Some(1);
        }
        let below = next.filter(|below| self.annotations.is_open(*below))?;
        let declaration = self.items.get(below)?;
        let (declared, unknown) = self
            .type_below(item, declaration)
            .map(|declared| (declared, None))
            .or_else(|| self.type_begins_below(item, declaration))?;
        let line = FieldLine {
            printed: text.to_owned(),
            name: Some(text.to_owned()),
            declared,
            ..FieldLine::default()
        };
        self.begin(index, level_of(item), line);
        self.read.in_tables |= self.cells_apart;
        self.lower_cell(below);
        self.mark_unknown(below, unknown);
        Some(2)
    }

    /// Returns the requirement that a line has as a cell: anywhere in a table with a cell on each line, or directly below
    /// the type of a parameter.
    fn requirement_alone(&self, item: &Item) -> Option<Requirement> {
        let parameter = self.read.parameters.get(self.current?)?;
        let (stated, required) = (parameter.ty.as_ref()?, &parameter.required);
        let is_open = match required.value {
            Requirement::Unstated => self.cells_apart,
            Requirement::Optional => {
                required.line <= stated.line
                    && stated.line > parameter.line
                    && stated.line + 1 == item.line
                    && item.text.contains(is_chinese)
            }
            Requirement::Required | Requirement::Conditional => false,
        };
        let word = is_open.then(|| type_norm(&item.text))?;
        self.lexicon.requirement_cells.get(&word).copied()
    }

    /// Returns what the line below a name declares, and its words that are unknown.
    fn type_begins_below<'i>(
        &self,
        item: &Item,
        below: &'i Item,
    ) -> Option<(Declared, Option<&'i str>)> {
        const WORDS: usize = 2;
        // Most lines are no names.
        if !is_wire_name(&item.text) {
            return None;
        }
        let (ty, unknown) = below.text.split_once(char::is_whitespace)?;
        let is_short = unknown.split_whitespace().count() <= WORDS
            && !unknown.contains(['.', '。', ',', '，', ':', '：']);
        let alone = Item {
            text: ty.to_owned(),
            ..below.clone()
        };
        let declared = self.type_below(item, &alone).filter(|_| is_short)?;
        let is_word = declared.ty.as_ref().is_some_and(|ty| ty.name.is_some());
        (!is_word).then_some((declared, Some(unknown)))
    }

    /// Returns whether a line looks like a name with a type that no rule knows: `limits Table<Day>`.
    pub(super) fn declares_unknown(&self, index: usize, item: &Item) -> bool {
        const WORDS: usize = 4;
        let mut words = item.text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let is_name = is_compound_name(name) || name.starts_with('_') && is_wire_name(name);
        let is_type = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
        let in_paragraph = |at: Option<usize>| {
            let beside = at.and_then(|at| self.items.get(at));
            beside.is_some_and(|beside| beside.paragraph == item.paragraph)
        };
        item.kind == Kind::Text
            && is_name
            && words.next().is_some_and(is_type)
            && words.count() + 2 <= WORDS
            && !item.text.ends_with(['.', '。', ':', '：', ';', '；'])
            && !in_paragraph(index.checked_sub(1))
            && !in_paragraph(Some(index + 1))
    }

    /// Returns what the line below declares for a parameter, if this line is its name.
    pub(super) fn type_below(&self, item: &Item, below: &Item) -> Option<Declared> {
        let name = item.text.as_str();
        let is_name = item.kind == Kind::Text
            && is_wire_name(name)
            && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        if !is_name || below.kind != Kind::Text {
            return None;
        }
        if self.lexicon.requirement.contains_key(&type_norm(name)) {
            return None;
        }
        let (declared, unknown) = declared(self.lexicon, &below.text);
        let ty = declared.ty.as_ref().filter(|_| unknown.is_none())?;
        // A single word may be the start of a sentence.
        let is_word = ty.kind == TypeKind::Object && declared.required.is_none();
        (!is_word || self.cells_apart).then_some(declared)
    }

    /// Reads the line below a name, which declares everything but the name.
    pub(super) fn lower_cell(&mut self, item: usize) {
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
                Aspect::MinLength,
                parameter.min_length.as_mut().map(|one| &mut one.line),
            ),
            (
                Aspect::MaxLength,
                parameter.max_length.as_mut().map(|one| &mut one.line),
            ),
            (
                Aspect::MinItems,
                parameter.min_items.as_mut().map(|one| &mut one.line),
            ),
            (
                Aspect::MaxItems,
                parameter.max_items.as_mut().map(|one| &mut one.line),
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
}
