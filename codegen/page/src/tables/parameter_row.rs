//! Reads a row about a parameter, cell by cell.

use super::{Head, merge};
use crate::declared::Declared;
use crate::facts::Requirement;
use crate::field::opening;
use crate::field::{FieldLine, Strictness, declared, dotted, field_line};
use crate::item::Row;
use crate::lexicon::{Column, Lexicon, type_norm};
use crate::limits;
use crate::text::is_chinese;

/// A row about a parameter.
#[derive(Debug)]
pub(crate) struct ParameterRow<'r> {
    pub(crate) line: FieldLine,
    /// The names for people.
    pub(crate) titles: Vec<&'r str>,
    /// The further texts about it.
    pub(crate) texts: Vec<String>,
    /// The depth that space and marks before the name show.
    pub(crate) level: u16,
    /// The form of the cell for the requirement.
    pub(crate) requirement: RequirementCell,
    /// The words of that cell if they are no requirement: perhaps a condition.
    pub(crate) requirement_words: Option<&'r str>,
}

/// The forms of a cell for the requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequirementCell {
    Blank,
    /// A mark, such as a tick: a blank cell then means the opposite.
    Mark,
    Words,
}

/// Reads a row about a parameter.
pub(crate) fn parameter_row<'r>(
    lexicon: &Lexicon,
    head: &Head,
    row: &'r Row,
) -> Option<ParameterRow<'r>> {
    let (line, column, level) = name_cell(lexicon, head, row)?;
    let mut line = line;
    let cell = |column| head.cell(row, column).unwrap_or_default();
    let mut texts: Vec<String> = head.others(row).into_iter().map(str::to_owned).collect();
    let mut unknown: Vec<String> = line.unknown.take().into_iter().collect();
    let (declared, rest) = match type_cell(lexicon, cell(Column::Type)) {
        Ok(read) => read,
        Err(words) => {
            unknown.push(words);
            (Declared::default(), "")
        }
    };
    merge(&mut line.declared, declared);
    texts.push(rest.to_owned());
    let mut requirement = RequirementCell::Blank;
    let mut requirement_words = None;
    if head.has(Column::Required) {
        let text = cell(Column::Required);
        let (found, form, rest) = requirement_cell(lexicon, text);
        requirement = form;
        let is_unknown = found.is_none() && form == RequirementCell::Words && !is_blank(text);
        requirement_words = is_unknown.then_some(text);
        let rest = if is_unknown { "" } else { rest };
        line.declared.required = found
            .or(line.declared.required)
            .or(Some(Requirement::Unstated));
        texts.push(rest.to_owned());
    }
    let mut description = cell(Column::Description);
    if line.declared.ty.is_none() {
        let (found, rest) = opening(lexicon, description);
        merge(&mut line.declared, found);
        description = rest;
    }
    if line.declared.required.is_none() {
        let mut others = std::iter::once(description).chain(texts.iter().map(String::as_str));
        line.declared.required = others.find_map(|text| opening_requirement(lexicon, text));
    }
    let length = cell(Column::MaxLength);
    let is_read = match limits::bounds(lexicon, length) {
        Some(bounds) => limits::apply(&mut line.declared, bounds),
        None => is_blank(length),
    };
    if !is_read {
        unknown.push(length.to_owned());
    }
    line.unknown = (!unknown.is_empty()).then(|| unknown.join(" "));
    texts.push(description.to_owned());
    texts.retain(|text| !text.trim().is_empty());
    let titles = head.names().filter(|at| *at != column);
    let titles = titles.filter_map(|at| row.cells.get(at).map(String::as_str));
    Some(ParameterRow {
        line,
        titles: titles.collect(),
        texts,
        level,
        requirement,
        requirement_words,
    })
}

/// Reads the cell with the name: of several columns for names, the one with a name on the wire.
fn name_cell(lexicon: &Lexicon, head: &Head, row: &Row) -> Option<(FieldLine, usize, u16)> {
    let (mut wire, mut translated) = (None, None);
    let mut deepest = 0;
    for column in head.names() {
        let Some(cell) = row.cells.get(column) else {
            continue;
        };
        let indent = row.indents.get(column).copied().unwrap_or_default();
        let (level, name) = unmarked(lexicon, cell, indent);
        // One of the columns may have the marks.
        deepest = deepest.max(level);
        match named(lexicon, name) {
            Some(line) if line.name.is_some() => wire = wire.or(Some((line, column))),
            Some(line) => translated = translated.or(Some((line, column))),
            None => {}
        }
    }
    let (line, column) = wire.or(translated)?;
    Some((line, column, deepest))
}

/// Returns a name without the marks before it, and its depth, to which they add. A greater number is deeper.
fn unmarked<'t>(lexicon: &Lexicon, cell: &'t str, indent: u16) -> (u16, &'t str) {
    const WIDTH: u16 = 4;
    let mut rest = cell.trim_start();
    let mut level = indent;
    // The first mark of a run: the others only draw a line, as in `└──`, unless they repeat it.
    let mut first: Option<&str> = None;
    while let Some((mark, after)) = lexicon.child_marks.iter().find_map(|mark| {
        let after = rest.strip_prefix(mark.as_str())?;
        Some((mark.as_str(), after))
    }) {
        if first.is_none_or(|first| first == mark) {
            level = level.saturating_add(WIDTH);
        }
        rest = after.trim_start();
        let is_run = rest.len() == after.len();
        first = is_run.then_some(first.unwrap_or(mark));
    }
    let is_name = |c: char| c.is_alphabetic() || matches!(c, '_' | '`' | '*');
    if rest.starts_with(is_name) {
        (level, rest)
    } else {
        (indent, cell)
    }
}

/// Reads a name in its cell, with what may be beside it.
fn named(lexicon: &Lexicon, cell: &str) -> Option<FieldLine> {
    let whole = cell.replace('\n', " ");
    let lines = std::iter::once(whole.as_str()).chain(cell.lines());
    let mut translated = None;
    for text in lines {
        let (mark, text) = without_marks(lexicon, text);
        let line = field_line(lexicon, text, Strictness::Name)
            .or_else(|| field_line(lexicon, text, Strictness::Heading))
            .or_else(|| beside_title(text));
        let Some(mut line) = line else { continue };
        line.declared.required = mark.or(line.declared.required);
        if line.name.is_some() {
            return Some(line);
        }
        translated = translated.or(Some(line));
    }
    translated
}

/// Reads a name on the wire beside a translated one: `amount 金额`.
fn beside_title(text: &str) -> Option<FieldLine> {
    let words = text.split([' ', '/', '(', ')', '（', '）']);
    let words = words
        .map(|word| word.trim_matches('`'))
        .filter(|word| !word.is_empty());
    let (titles, names): (Vec<&str>, Vec<&str>) =
        words.partition(|word| word.chars().any(is_chinese));
    let [name] = names.as_slice() else {
        return None;
    };
    let wire = dotted(name).filter(|_| !titles.is_empty())?;
    Some(FieldLine {
        printed: (*name).to_owned(),
        name: Some(wire),
        ..FieldLine::default()
    })
}

/// Splits a mark for the requirement off a name: `name*`.
pub(crate) fn without_marks<'t>(
    lexicon: &Lexicon,
    text: &'t str,
) -> (Option<Requirement>, &'t str) {
    let text = text.trim();
    for (mark, requirement) in &lexicon.requirement_marks {
        let before = text.strip_prefix(mark.as_str());
        let word = text.split(char::is_whitespace).next().unwrap_or_default();
        let after = word.strip_suffix(mark.as_str());
        match (before, after) {
            // Marks on both sides are emphasis.
            (Some(rest), None) => return (Some(*requirement), rest.trim_start()),
            (None, Some(name)) if !name.is_empty() => {
                let is_whole = word.len() == text.len();
                return (Some(*requirement), if is_whole { name } else { text });
            }
            (Some(_), Some(_)) | (None, Some(_) | None) => {}
        }
        if let Some(name) = text
            .strip_suffix(mark.as_str())
            .filter(|_| before.is_none())
        {
            return (Some(*requirement), name.trim_end());
        }
    }
    (None, text)
}

/// Returns whether a cell states nothing: it has no letters or digits, or says that it is empty.
fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    !cell.chars().any(char::is_alphanumeric) || cell.eq_ignore_ascii_case("n/a")
}

/// Reads a cell for a type, and returns the rest; returns the words if it has no type.
fn type_cell<'t>(lexicon: &Lexicon, cell: &'t str) -> Result<(Declared, &'t str), String> {
    let (found, unknown) = declared(lexicon, cell);
    let Some(unknown) = unknown else {
        return Ok((found, ""));
    };
    const ENDS: usize = 12;
    let is_end = |char: char| {
        char.is_whitespace() || matches!(char, ',' | '，' | ';' | '；' | '。' | '(' | '（')
    };
    let ends = cell.match_indices(is_end).map(|(at, _)| at).take(ENDS);
    let parts = ends.filter_map(|end| cell.split_at_checked(end));
    let known = parts.filter_map(|(start, rest)| {
        let (found, unknown) = declared(lexicon, start);
        // The word after a number may be its unit.
        let is_cut = start.ends_with(|char: char| char.is_ascii_digit())
            && rest.trim_start().starts_with(char::is_alphabetic);
        (unknown.is_none() && found.ty.is_some() && !is_cut).then_some((found, rest))
    });
    known.last().ok_or(unknown)
}

/// Reads a cell for the requirement, and returns its form and the rest.
fn requirement_cell<'t>(
    lexicon: &Lexicon,
    cell: &'t str,
) -> (Option<Requirement>, RequirementCell, &'t str) {
    let cell = cell.trim();
    if cell.is_empty() {
        return (None, RequirementCell::Blank, "");
    }
    let marks = &lexicon.requirement_marks;
    if let Some((_, requirement)) = marks.iter().find(|(mark, _)| mark == cell) {
        return (Some(*requirement), RequirementCell::Mark, "");
    }
    let known = |word: &str| {
        let word = type_norm(word);
        let cells = &lexicon.requirement_cells;
        let found = lexicon.requirement.get(&word).or_else(|| cells.get(&word));
        found.copied()
    };
    if let Some(requirement) = known(cell) {
        // `:heavy_check_mark:` is a mark as well.
        let is_word = cell.contains(char::is_alphanumeric) && !cell.starts_with(':');
        let form = if is_word {
            RequirementCell::Words
        } else {
            RequirementCell::Mark
        };
        return (Some(requirement), form, "");
    }
    let end = cell.find(|char: char| {
        char.is_whitespace()
            || matches!(
                char,
                ',' | '，' | ';' | '；' | '(' | '（' | ':' | '：' | '。'
            )
    });
    let (word, rest) = cell.split_at(end.unwrap_or(cell.len()));
    (known(word), RequirementCell::Words, rest)
}

/// Reads the requirement at the start of a description: `Optional. The time.`, `(optional) The time`.
fn opening_requirement(lexicon: &Lexicon, description: &str) -> Option<Requirement> {
    let text = description.trim_start_matches(['(', '（', '[', '【', ' ']);
    let end = text.find([
        '.', '。', ',', '，', ':', '：', ';', '；', ')', '）', ']', '】', '\n',
    ])?;
    let word = type_norm(text.get(..end)?);
    lexicon.requirement.get(&word).copied()
}
