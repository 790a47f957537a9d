//! Finds the line where a wrong indentation begins, so that it gives one error instead of one for each key that
//! it moves.

use std::collections::BTreeMap;

use super::scalar::Plain;
use super::shape::{Schema, Shape};
use super::tree::{At, Kind};
use super::{FileId, Span};
use crate::diagnostic::{Diagnostic, codes};
use payspec_runtime::closest;

/// Returns the entry of a mapping at which the wrong indentation begins, and the error for it. `outer` has the
/// shapes of the mappings around it, the innermost last.
pub(super) fn misplaced<'a>(
    schema: &Schema,
    shape: &Shape,
    outer: &[&Shape],
    at: At<'a>,
) -> Option<(At<'a>, Diagnostic)> {
    let entries: Vec<At<'a>> = at.entries().collect();
    for pair in entries.windows(2) {
        let [before, entry] = pair else { continue };
        let Some(name) = entry.key() else { continue };
        let inner = || value_shape(schema, shape, *before).and_then(|own| object(schema, own));
        let belongs_to_before = !declares(shape, name)
            && has_no_value(*before)
            && inner().is_some_and(|inner| declares(inner, name));
        if !belongs_to_before && belongs(schema, shape, *entry) {
            continue;
        }
        // In `{ a: 1, b: 2 }`, indentation means nothing.
        if line_of(*before) == line_of(*entry) {
            continue;
        }
        if belongs_to_before {
            return Some((*entry, too_shallow(*entry, name, *before)));
        }
        if names_follow(&entries, *entry) {
            return Some((*entry, too_deep(*entry, name)));
        }
        // A misspelt key is the likelier mistake.
        if is_misspelt(shape, name) {
            continue;
        }
        if let Some(parent) = parent_of(schema, shape, *before, *entry) {
            return Some((*entry, too_shallow(*entry, name, parent)));
        }
        let home = outer.iter().rev().find(|outer| declares(outer, name));
        if home.is_some() {
            return Some((*entry, too_deep(*entry, name)));
        }
    }
    None
}

/// Returns the line of a key.
fn line_of(entry: At<'_>) -> u32 {
    entry.map.positions(entry.key_span()).0.line
}

fn error(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(&codes::INDENTATION, message).at(at, "the wrong indentation begins here")
}

fn too_shallow(entry: At<'_>, name: &str, parent: At<'_>) -> Diagnostic {
    let key = parent.key().unwrap_or_default();
    error(
        entry.key_span(),
        format!("wrong indentation: `{name}` cannot be a key beside `{key}`"),
    )
    .also(parent.key_span(), format!("it can be a key of `{key}`"))
    .help("indent the line, and those that belong with it, by two more spaces")
}

fn too_deep(entry: At<'_>, name: &str) -> Diagnostic {
    error(
        entry.key_span(),
        format!("wrong indentation: `{name}` cannot be a key here, but further out"),
    )
    .help("indent the line, and those that belong with it, by fewer spaces")
}

/// Returns the entry that a key behind it can belong to: the one before it, or its last descendant.
fn parent_of<'a>(schema: &Schema, shape: &Shape, before: At<'a>, entry: At<'_>) -> Option<At<'a>> {
    let mut parent = before;
    let mut own = value_shape(schema, shape, before)?;
    loop {
        if let Some(inner) = object(schema, own) {
            if belongs(schema, inner, entry) {
                return Some(parent);
            }
            if parent.kind() == Kind::Mapping {
                let last = parent.entries().last()?;
                own = value_shape(schema, inner, last)?;
                parent = last;
                continue;
            }
        }
        return None;
    }
}

/// Returns the shape of the value of an entry.
fn value_shape<'s>(schema: &'s Schema, shape: &'s Shape, entry: At<'_>) -> Option<&'s Shape> {
    let Shape::Object {
        properties, others, ..
    } = shape
    else {
        return None;
    };
    let own = properties.get(entry.key()?).copied().or(*others)?;
    Some(schema.shape(own))
}

/// Returns the shape as one of a mapping, if a mapping fits it.
fn object<'s>(schema: &'s Schema, shape: &'s Shape) -> Option<&'s Shape> {
    match shape {
        Shape::Object { .. } => Some(shape),
        Shape::AnyOf(options) => {
            let mut options = options.iter().map(|option| schema.shape(*option));
            options.find_map(|option| object(schema, option))
        }
        Shape::Any
        | Shape::List { .. }
        | Shape::Text { .. }
        | Shape::Word(_)
        | Shape::Integer { .. }
        | Shape::Boolean
        | Shape::Same(_) => None,
    }
}

/// Returns whether a mapping may have this key with a value of this kind. A name that the author chooses fits if
/// its value looks like what it should be.
fn belongs(schema: &Schema, shape: &Shape, entry: At<'_>) -> bool {
    let Some(name) = entry.key() else { return true };
    let Some(own) = value_shape(schema, shape, entry) else {
        return false;
    };
    let is_declared = declares(shape, name);
    let Some(Shape::Object { properties, .. }) = object(schema, own) else {
        return true;
    };
    match entry.kind() {
        // Only keys of its own show that a mapping with a free name belongs here.
        Kind::Mapping if !is_declared && !properties.is_empty() => {
            let keys = || entry.entries().filter_map(|inner| inner.key());
            keys().next().is_none() || keys().any(|key| properties.contains_key(key))
        }
        Kind::Mapping => true,
        Kind::Sequence | Kind::Plain | Kind::Text => {
            is_declared || is_short_form(schema, own, entry)
        }
    }
}

/// Returns whether a value that is not a mapping is a short form of one.
fn is_short_form(schema: &Schema, shape: &Shape, entry: At<'_>) -> bool {
    match shape {
        Shape::AnyOf(options) => {
            let mut options = options.iter().map(|option| schema.shape(*option));
            options.any(|option| is_short_form(schema, option, entry))
        }
        Shape::List { .. } => entry.kind() == Kind::Sequence,
        Shape::Text { .. } | Shape::Word(_) | Shape::Integer { .. } | Shape::Boolean => {
            matches!(entry.kind(), Kind::Plain | Kind::Text)
        }
        Shape::Any | Shape::Same(_) => true,
        Shape::Object { .. } => false,
    }
}

/// Returns whether the format knows the key, other than as a name that the author chooses.
fn declares(shape: &Shape, name: &str) -> bool {
    match shape {
        Shape::Object { properties, .. } => properties.contains_key(name),
        Shape::Any
        | Shape::List { .. }
        | Shape::Text { .. }
        | Shape::Word(_)
        | Shape::Integer { .. }
        | Shape::Boolean
        | Shape::AnyOf(_)
        | Shape::Same(_) => false,
    }
}

fn is_misspelt(shape: &Shape, name: &str) -> bool {
    let Shape::Object {
        properties,
        others: None,
        ..
    } = shape
    else {
        return false;
    };
    closest(name, properties.keys().map(String::as_str)).is_some()
}

/// Returns whether a key without a value is followed by keys that the mapping has already: they are its own.
fn names_follow(entries: &[At<'_>], entry: At<'_>) -> bool {
    let keys = || entries.iter().filter_map(|one| one.key());
    let mut earlier = keys().take_while(|key| Some(*key) != entry.key());
    let mut later = keys().skip_while(|key| Some(*key) != entry.key()).skip(1);
    let next = later.next();
    has_no_value(entry) && next.is_some_and(|next| earlier.any(|key| key == next))
}

fn has_no_value(entry: At<'_>) -> bool {
    let plain = entry.text().filter(|_| entry.kind() == Kind::Plain);
    plain.is_some_and(|text| Plain::of(text) == Plain::Null)
}

/// Returns the line at which a wrong indentation begins, in a text that is not YAML because of it. `stopped` is where
/// the parser gave up.
pub(super) fn culprit(file: FileId, text: &str, stopped: usize) -> Option<Span> {
    let before = text.get(..stopped)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = text[start..]
        .find('\n')
        .map_or(text.len(), |end| start + end);
    let here = Line::of(start, text.get(start..end)?)?;
    let unit = usual_step(text);
    let mut above: Vec<Line> = lines(text.get(..start)?).collect();
    above.reverse();
    let step = |from: Line, to: Line| to.indent.checked_sub(from.indent) == unit;
    let found = match here.indent > above.first()?.indent {
        true => below_a_value(here, &above, step)?,
        false => between_levels(here, &above, step)?,
    };
    let start = found.start + found.indent;
    let length = text.get(start..)?.find([':', '\n']).unwrap_or(0);
    Some(Span::new(file, start as u32, (start + length) as u32))
}

/// Returns the number of spaces by which most lines are deeper than the line above them.
fn usual_step(text: &str) -> Option<usize> {
    let indents: Vec<usize> = lines(text).map(|line| line.indent).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in indents.windows(2) {
        if let [above, line] = pair {
            if line > above {
                *counts.entry(line - above).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(step, _)| step)
}

/// Returns the wrong one of a key and the line above it, which has a value and so no keys.
fn below_a_value(here: Line, above: &[Line], step: impl Fn(Line, Line) -> bool) -> Option<Line> {
    let last = above.first().copied().filter(|line| line.has_value)?;
    let Some(parent) = above.get(1).copied() else {
        return Some(here);
    };
    let is_step = |child| step(parent, child);
    let is_last = match parent.has_value {
        // The line above stands alone between two lines of one level.
        true => parent.indent == here.indent,
        // The line above should have been deeper, below its parent.
        false => parent.indent == last.indent || (is_step(here) && !is_step(last)),
    };
    Some(if is_last { last } else { here })
}

/// Returns the wrong one of a line whose level is not open, the line that closed the level, and the first line below
/// that one.
fn between_levels(here: Line, above: &[Line], step: impl Fn(Line, Line) -> bool) -> Option<Line> {
    let inner = above
        .iter()
        .take_while(|line| line.indent > here.indent)
        .count();
    let first = above.get(inner.checked_sub(1)?).copied()?;
    let Some(outer) = above.get(inner).copied() else {
        return Some(first);
    };
    if outer.indent == here.indent {
        return None;
    }
    let beyond = above.get(inner + 1..)?;
    let is_shifted = beyond.first().is_some_and(|parent| {
        let is_parent = !parent.has_value && parent.indent <= outer.indent;
        let is_orphan = parent.indent == outer.indent;
        is_parent && (is_orphan || (step(*parent, here) && !step(*parent, outer)))
    });
    let mut siblings = beyond.iter().take_while(|line| line.indent >= outer.indent);
    let closes = inner > 1 && step(here, first) && siblings.any(|line| line.indent == here.indent);
    Some(match is_shifted || closes {
        true => outer,
        false if step(outer, here) => first,
        false => here,
    })
}

/// A line that is neither empty nor a comment.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    indent: usize,
    /// True if it is a key with its value on the line.
    has_value: bool,
}

impl Line {
    fn of(start: usize, line: &str) -> Option<Self> {
        let body = line.trim_start_matches(' ');
        let text = body.trim_end();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let value = text.split_once(": ").map(|(_, value)| value.trim_start());
        Some(Line {
            start,
            indent: line.len() - body.len(),
            has_value: value.is_some_and(|value| !value.starts_with('#')),
        })
    }
}

fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    lines.filter_map(|(start, line)| Line::of(start, line))
}
