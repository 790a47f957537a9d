//! The lines of a page, with what the reader asks of a line more than once.

use std::cell::OnceCell;

use super::field::{FieldLine, Strictness, field_line};
use super::item::Item;
use super::lexicon::{Label, Lexicon};

/// The lines of a page.
pub(super) struct Lines<'p> {
    lexicon: &'p Lexicon,
    pub(super) items: &'p [Item],
    known: Vec<Known>,
}

/// The answers about a line so far.
#[derive(Default)]
struct Known {
    label: OnceCell<Option<Label>>,
    field: OnceCell<Option<Box<FieldLine>>>,
}

impl<'p> Lines<'p> {
    pub(super) fn new(lexicon: &'p Lexicon, items: &'p [Item]) -> Self {
        let known = items.iter().map(|_| Known::default()).collect();
        Lines {
            lexicon,
            items,
            known,
        }
    }

    /// Returns the label that a line is.
    pub(super) fn label(&self, index: usize) -> Option<Label> {
        let (item, known) = (self.items.get(index)?, self.known.get(index)?);
        *known.label.get_or_init(|| {
            let label = self.lexicon.label(&item.text)?;
            // The bars of a table that was copied as text: its cells follow.
            let is_shown = label == Label::HiddenChildren && item.text.contains('|');
            Some(if is_shown {
                Label::ShownChildren
            } else {
                label
            })
        })
    }

    /// Returns the parameter that a line in prose names.
    pub(super) fn field(&self, index: usize) -> Option<&FieldLine> {
        let (item, known) = (self.items.get(index)?, self.known.get(index)?);
        let field = known.field.get_or_init(|| {
            let line = field_line(self.lexicon, &item.text, Strictness::Prose);
            line.map(Box::new)
        });
        field.as_deref()
    }
}
