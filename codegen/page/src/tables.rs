//! Reads the heads of tables, and the declaration of a parameter in the cells of a row.

use super::facts::{Requirement, TypeKind};
use super::field::{Declared, FieldLine, Strictness, declared, dotted, field_line};
use super::item::{Item, Row};
use super::lexicon::{Column, Lexicon, type_norm};

/// The column of a table at each position, if known.
#[derive(Debug, Clone)]
pub(super) struct Head(Vec<Option<Column>>);

impl Head {
    /// Recognises the head of a table of parameters.
    pub(super) fn of_parameters(lexicon: &Lexicon, item: &Item) -> Option<Self> {
        let head = Self::of(item.row()?, |word| {
            lexicon.parameter_columns.get(word).copied()
        });
        let also = [
            Column::Type,
            Column::Required,
            Column::Description,
            Column::MaxLength,
        ];
        let also = also.iter().any(|column| head.has(*column));
        (head.has(Column::Name) && also).then_some(head)
    }

    /// Recognises the head of a table of result codes.
    pub(super) fn of_codes(lexicon: &Lexicon, row: &Row) -> Option<Self> {
        let head = Self::of(row, |word| lexicon.code_columns.get(word).copied());
        let also = head.has(Column::Status) || head.has(Column::Message);
        (head.has(Column::Code) && also).then_some(head)
    }

    /// Returns the usual columns for a table of result codes without a head.
    pub(super) fn usual() -> Self {
        let columns = [
            Column::Code,
            Column::Status,
            Column::Message,
            Column::Action,
        ];
        Head(columns.map(Some).to_vec())
    }

    fn of(row: &Row, column: impl Fn(&str) -> Option<Column>) -> Self {
        Head(
            row.cells
                .iter()
                .map(|cell| column(&type_norm(cell)))
                .collect(),
        )
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    /// Returns the cells under unknown columns, in their order.
    pub(super) fn others<'r>(&self, row: &'r Row) -> Vec<&'r str> {
        let cells = row.cells.iter().enumerate();
        let others = cells.filter(|(at, _)| self.0.get(*at).is_none_or(Option::is_none));
        others.map(|(_, cell)| cell.trim()).collect()
    }

    /// Returns the cell of a column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r str> {
        let index = self.0.iter().position(|one| *one == Some(column))?;
        row.cells.get(index).map(String::as_str)
    }
}

/// Returns whether a row is the ruler between the head of a table and its rows, or the end of a row
/// on a line of its own.
pub(super) fn is_ruler(row: &Row) -> bool {
    row.cells
        .iter()
        .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// Reads a row about a parameter, and returns the rest of its description as well.
pub(super) fn parameter_row<'r>(
    lexicon: &Lexicon,
    head: &Head,
    row: &'r Row,
) -> Option<(FieldLine, &'r str)> {
    let name = head.cell(row, Column::Name)?;
    // In a column for names, the name need not look like camel case.
    let mut line = field_line(lexicon, name, Strictness::Heading).or_else(|| bare(name))?;
    let cell = |column| head.cell(row, column).unwrap_or_default();
    let (found, unknown) = declared(lexicon, cell(Column::Type));
    merge(&mut line.declared, found);
    line.unknown = line.unknown.take().or(unknown);
    let mut unknown = Vec::new();
    match cell(Column::MaxLength).trim() {
        text if is_blank(text) => {}
        text => match text.parse() {
            Ok(length) => {
                line.declared.max_length.get_or_insert(length);
            }
            Err(_) => unknown.push(text),
        },
    }
    if head.has(Column::Required) {
        let word = type_norm(cell(Column::Required));
        let known = lexicon.requirement.get(&word);
        let required = known.or_else(|| lexicon.requirement_cells.get(&word));
        if required.is_none() && !is_blank(&word) {
            unknown.push(cell(Column::Required));
        }
        line.declared.required = Some(required.copied().unwrap_or(Requirement::Unstated));
    }
    if !unknown.is_empty() {
        let known = line.unknown.take();
        let words: Vec<&str> = known.as_deref().into_iter().chain(unknown).collect();
        line.unknown = Some(words.join(" "));
    }
    let mut description = cell(Column::Description);
    if line.declared.ty.is_none() {
        let (found, rest) = opening(lexicon, description);
        merge(&mut line.declared, found);
        description = rest;
    }
    Some((line, description))
}

/// Returns whether a cell states nothing: it has no letters or digits, or says that it is empty.
fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    !cell.chars().any(char::is_alphanumeric) || cell.eq_ignore_ascii_case("n/a")
}

fn bare(cell: &str) -> Option<FieldLine> {
    let name = cell.trim().trim_matches('`');
    dotted(name).map(|wire| FieldLine {
        printed: name.to_owned(),
        name: Some(wire),
        ..FieldLine::default()
    })
}

/// Fills in what is unknown so far.
fn merge(into: &mut Declared, from: Declared) {
    into.ty = into.ty.take().or(from.ty);
    into.required = into.required.or(from.required);
    into.min_length = into.min_length.or(from.min_length);
    into.max_length = into.max_length.or(from.max_length);
    into.min_items = into.min_items.or(from.min_items);
    into.max_items = into.max_items.or(from.max_items);
    into.range = into.range.take().or(from.range);
    into.guesses.extend(from.guesses);
}

/// Splits off a declaration such as `MANDATORY String (32)` from the description after it.
pub(super) fn opening<'t>(lexicon: &Lexicon, text: &'t str) -> (Declared, &'t str) {
    const WORDS: usize = 8;
    let mut best = (Declared::default(), text);
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    for end in ends.chain([text.len()]).take(WORDS) {
        let Some((start, rest)) = text.split_at_checked(end) else {
            continue;
        };
        let (found, unknown) = declared(lexicon, start);
        // A sentence may begin with a word that could be the name of an object.
        let is_type = found
            .ty
            .as_ref()
            .is_some_and(|ty| found.required.is_some() || ty.kind != TypeKind::Object);
        if unknown.is_none() && is_type {
            best = (found, rest.trim_start());
        }
    }
    best
}
