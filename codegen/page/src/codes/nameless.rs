//! Finds errors that a page names by a sentence, with an HTTP status and without a code: a list below each has
//! `code: 400` and what to do. Result codes are decided by codes, so that these cannot be read as some.

use crate::annotations::Annotations;
use crate::item::Item;
use crate::lexicon::{Lexicon, type_norm};
use crate::line_report::UnreadReason;

/// Gives the lines of such errors the reason why they are unread.
pub(super) fn mark(
    lexicon: &Lexicon,
    items: &[Item],
    own: &[usize],
    annotations: &mut Annotations,
) {
    let is_open = |index: &usize| annotations.is_open(*index);
    let open: Vec<usize> = own.iter().copied().filter(is_open).collect();
    let states = |index: &usize| items.get(*index).is_some_and(|item| states(lexicon, item));
    if !open.iter().any(states) {
        return;
    }
    for index in open {
        if items.get(index).is_some_and(Item::is_prose) {
            annotations.unread(index, Some(UnreadReason::NoCode));
        }
    }
}

/// Returns whether a line states the status of an error: `code: 4xx`.
fn states(lexicon: &Lexicon, item: &Item) -> bool {
    let Some((label, value)) = item.text.split_once([':', '：']) else {
        return false;
    };
    let value = value.trim_start().as_bytes();
    let is_status = matches!(
        value,
        [b'1'..=b'5', b'0'..=b'9' | b'x', b'0'..=b'9' | b'x', ..]
    );
    item.is_prose() && is_status && lexicon.code_columns.contains_key(&type_norm(label))
}
