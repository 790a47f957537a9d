//! Splits lines in which one parameter follows the other, as a copy of a table's cells leaves them.

mod types;

use std::ops::Range;

use super::field::declared;
use super::item::{Item, Kind, Row};
use super::lexicon::{Lexicon, type_norm};
use super::text::is_wire_name;

/// The greatest length of a line whose parameter is read with its description.
const LONGEST: usize = 300;

/// Gives the declaration and the description of each parameter of such a line lines of their own. Most lines are left
/// as they are.
pub(super) fn split(lexicon: &Lexicon, items: Vec<Item>) -> Vec<Item> {
    let mut all: Vec<Item> = Vec::with_capacity(items.len());
    for mut item in items {
        if let Some(at) = types::description_start(lexicon, &item, all.last()) {
            let rest = item.text.split_off(at);
            let declared = std::mem::replace(&mut item.text, rest.trim_start().to_owned());
            all.push(Item {
                text: declared.trim_end().to_owned(),
                ..item.clone()
            });
        }
        if let Some(at) = numbered_title(lexicon, &item) {
            let rest = item.text.split_off(at);
            let title = std::mem::replace(&mut item.text, rest.trim_start().to_owned());
            all.push(Item {
                text: title,
                ..item.clone()
            });
        }
        if let Kind::Row(row) = &mut item.kind
            && let Some(rest) = next_row(lexicon, row)
        {
            // Nothing shows whose field the second one is, so that it is a row without cells.
            let text = rest.join(" | ");
            let rest = Row::new([text.as_str()], true);
            item.text = row.cells.join(" | ");
            let kind = Kind::Row(rest);
            all.push(item.clone());
            all.push(Item { kind, text, ..item });
            continue;
        }
        let starts = match item.kind {
            Kind::Text => declarations(lexicon, &item.text),
            Kind::Heading(_)
            | Kind::Bullet
            | Kind::Term(_)
            | Kind::Row(_)
            | Kind::Code
            | Kind::Fence => Vec::new(),
        };
        let is_read = starts.len() == 1 && item.text.len() <= LONGEST;
        if starts.is_empty() || is_read {
            all.push(item);
            continue;
        }
        let ends = starts.iter().skip(1).map(|place| place.start);
        let ends = ends.chain([item.text.len()]);
        for (place, end) in starts.iter().zip(ends) {
            let parts = [place.clone(), place.end..end];
            let texts = parts.map(|part| item.text.get(part).unwrap_or_default().trim());
            let texts = texts.into_iter().filter(|text| !text.is_empty());
            all.extend(texts.map(|text| Item {
                text: text.to_owned(),
                ..item.clone()
            }));
        }
    }
    all
}

/// Splits the cells of a second parameter off a row, whose line break a copy has lost.
fn next_row(lexicon: &Lexicon, row: &mut Row) -> Option<Vec<String>> {
    /// A title, a name, a type and a requirement, and a description before and behind them.
    const FEWEST: usize = 9;
    if row.cells.len() < FEWEST {
        return None;
    }
    let mut names = row
        .cells
        .windows(3)
        .enumerate()
        .filter(|(_, cells)| match cells {
            [name, ty, required] => {
                is_name(name) && is_type(lexicon, ty) && lexicon.is_requirement(required)
            }
            _ => false,
        });
    let (first, _) = names.next()?;
    let (second, _) = names.next()?;
    let from = second.checked_sub(1).filter(|from| *from > first + 2)?;
    row.indents.truncate(from);
    Some(row.cells.split_off(from))
}

/// Returns the end of a title with a number that is glued to the line below it: `2. Request parameters order_no`.
fn numbered_title(lexicon: &Lexicon, item: &Item) -> Option<usize> {
    const WORDS: usize = 4;
    let text = item.text.as_str();
    if item.kind != Kind::Text || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ends = text.match_indices(' ').map(|(at, _)| at).take(WORDS);
    let is_title = |end: &usize| {
        let title = text.get(..*end).unwrap_or_default();
        let number = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        !number.is_empty() && lexicon.title(title).is_some()
    };
    ends.filter(is_title).last()
}

/// Returns the declarations in a line that begins with one: a name, its requirement, and its type.
fn declarations(lexicon: &Lexicon, text: &str) -> Vec<Range<usize>> {
    let words = || text.split(' ').filter(|word| !word.is_empty());
    let mut first = words();
    let begins = first.next().is_some_and(is_name);
    if !begins
        || !first
            .next()
            .is_some_and(|word| is_requirement(lexicon, word))
    {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let mut at = 0;
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .map(|word| {
            let start = at;
            at += word.len() + 1;
            (start, word)
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    for three in words.windows(3) {
        if let [(at, name), (_, requirement), (last, ty)] = three
            && is_requirement(lexicon, requirement)
            && is_name(name)
            && is_type(lexicon, ty)
        {
            starts.push(*at..last + ty.len());
        }
    }
    if starts.first().is_some_and(|first| first.start == 0) {
        starts
    } else {
        Vec::new()
    }
}

fn is_name(word: &str) -> bool {
    is_wire_name(word) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

fn is_requirement(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.requirement.contains_key(&type_norm(word))
}

fn is_type(lexicon: &Lexicon, word: &str) -> bool {
    const LONGEST: usize = 60;
    word.len() <= LONGEST && {
        let (found, unknown) = declared(lexicon, word);
        found.ty.is_some() && unknown.is_none()
    }
}
