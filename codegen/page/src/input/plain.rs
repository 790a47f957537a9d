//! Reads the text of a page, as it is copied from a browser or made by a program.

use crate::item::{Item, Kind, indent, row_of};

const BULLETS: [char; 6] = ['•', '-', '*', '◦', '·', '▪'];

pub(super) fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut paragraph = 0;
    for (line, raw) in (1..).zip(text.lines()) {
        let text = raw.trim();
        if text.is_empty() {
            paragraph += 1;
            continue;
        }
        let bullet = text.strip_prefix(BULLETS);
        let bullet = bullet.filter(|text| text.starts_with(char::is_whitespace));
        if let Some((level, text)) = heading(text) {
            paragraph += 1;
            items.push(Item {
                line,
                kind: Kind::Heading(level),
                text: text.to_owned(),
                paragraph,
                indent: 0,
            });
            paragraph += 1;
            continue;
        }
        let (kind, text) = match (bullet, row_of(text)) {
            (Some(text), _) => {
                paragraph += 1;
                (Kind::Bullet, text.trim_start())
            }
            (None, Some(mut row)) => {
                if let Some(first) = row.indents.first_mut() {
                    *first = (*first).max(indent(raw));
                }
                (Kind::Row(row), text)
            }
            (None, None) => (Kind::Text, text),
        };
        items.push(Item {
            line,
            kind,
            text: text.to_owned(),
            paragraph,
            indent: indent(raw),
        });
    }
    items
}

/// Reads a heading in a page that a program drew: `# Request parameters`.
fn heading(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok()?;
    let words = rest.strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !words.is_empty()).then_some((level, words))
}
