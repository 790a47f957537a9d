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
