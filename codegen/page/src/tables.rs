//! Reads the heads of tables, and the declaration of a parameter in the cells of a row.

mod parameter_row;

use super::declared::Declared;
use super::field::declared;
use super::item::{Item, Row};
use super::lexicon::{Column, Lexicon, type_norm};
use super::text::is_wire_name;

pub(super) use parameter_row::{RequirementCell, parameter_row, without_marks};

/// The column of a table at each position, if known.
#[derive(Debug, Clone)]
pub(super) struct Head(Vec<Option<Column>>);

impl Head {
    /// Recognises the head of a table of parameters.
    pub(super) fn of_parameters(lexicon: &Lexicon, item: &Item) -> Option<Self> {
        let head = Self::of(item.row()?, |word| {
            lexicon.parameter_columns.get(word).copied()
        });
        head.lists_parameters().then_some(head)
    }

    /// Returns the columns of a table of parameters whose head is lost, by one of its rows: a title, a name,
    /// its type and its requirement are side by side.
    pub(super) fn without_names(lexicon: &Lexicon, row: &Row) -> Option<Self> {
        let is_known = |cell: &String| {
            let word = type_norm(cell);
            lexicon.requirement.contains_key(&word) || lexicon.requirement_cells.contains_key(&word)
        };
        let mut three = row.cells.windows(3);
        let name = three.position(|cells| match cells {
            [name, ty, required] if is_wire_name(name) && is_known(required) => {
                let (found, unknown) = declared(lexicon, ty);
                found.ty.is_some() && unknown.is_none()
            }
            _ => false,
        })?;
        let titles = std::iter::repeat_n(Column::Title, name);
        let columns = [
            Column::Name,
            Column::Type,
            Column::Required,
            Column::Description,
        ];
        // Without a title beside it, a name may be any word.
        (name > 0).then(|| Head(titles.chain(columns).map(Some).collect()))
    }

    /// Recognises the head of a table of parameters that is written with one cell per line.
    pub(super) fn of_lines(lexicon: &Lexicon, lines: &[Item]) -> bool {
        let columns = lines.iter().map_while(|item| {
            let column = lexicon.parameter_columns.get(&type_norm(&item.text));
            column.filter(|_| item.is_prose()).copied().map(Some)
        });
        Head(columns.collect()).lists_parameters()
    }

    /// Returns whether these columns name parameters and say something about them.
    fn lists_parameters(&self) -> bool {
        let also = [
            Column::Type,
            Column::Required,
            Column::Description,
            Column::MaxLength,
        ];
        let names = self.has(Column::Name) || self.has(Column::Title);
        names && also.iter().any(|column| self.has(*column))
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
        // A longer cell is a description.
        const LONGEST: usize = 120;
        let of = |cell: &String| (cell.len() <= LONGEST).then(|| column(&type_norm(cell)))?;
        Head(row.cells.iter().map(of).collect())
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    /// Returns the number of columns.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the positions of unknown columns.
    pub(super) fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        let columns = self.0.iter().enumerate();
        columns.filter(|(_, one)| one.is_none()).map(|(at, _)| at)
    }

    /// Names an unknown column.
    pub(super) fn name(&mut self, at: usize, column: Column) {
        if let Some(one @ None) = self.0.get_mut(at) {
            *one = Some(column);
        }
    }

    /// Returns the cells under unknown columns, in their order.
    pub(super) fn others<'r>(&self, row: &'r Row) -> Vec<&'r str> {
        let cells = row.cells.iter().enumerate();
        let others = cells.filter(|(at, _)| self.0.get(*at).is_none_or(Option::is_none));
        others.map(|(_, cell)| cell.trim()).collect()
    }

    /// Returns the columns for names, those for names on the wire first.
    fn names(&self) -> impl Iterator<Item = usize> + '_ {
        [Column::Name, Column::Title]
            .into_iter()
            .flat_map(|column| {
                let columns = self.0.iter().enumerate();
                columns
                    .filter(move |(_, one)| **one == Some(column))
                    .map(|(at, _)| at)
            })
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
