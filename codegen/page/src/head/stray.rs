//! Parameters above all sections: a page whose headings no phrase knows.

use crate::clause::Clause;
use crate::facts::TypeKind;
use crate::field::{Strictness, declared, field_line};
use crate::item::{Item, Kind};
use crate::lexicon::Lexicon;

/// The greatest length of a line that only declares a type or a requirement.
const LONGEST: usize = 60;

/// Returns whether a line states something about a parameter: a name, a type, a requirement or a limit.
pub(super) fn is_stray(lexicon: &Lexicon, item: &Item) -> bool {
    let text = item.text.as_str();
    let names = |strictness| field_line(lexicon, text, strictness).is_some();
    match &item.kind {
        Kind::Row(row) => row.cells.iter().any(|cell| declares(lexicon, cell)),
        Kind::Term(_) => names(Strictness::Name),
        Kind::Text | Kind::Bullet => {
            names(Strictness::Prose) || declares(lexicon, text) || limits(lexicon, text)
        }
        Kind::Heading(_) | Kind::Code | Kind::Fence => false,
    }
}

/// Returns whether a text is a type, a requirement, or both.
fn declares(lexicon: &Lexicon, text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let (found, unknown) = declared(lexicon, text);
    // A word with a capital may be the name of an object, or begin a sentence.
    let is_type = found
        .ty
        .is_some_and(|ty| ty.kind != TypeKind::Object || ty.name.is_none());
    unknown.is_none() && (is_type || found.required.is_some())
}

fn limits(lexicon: &Lexicon, text: &str) -> bool {
    Clause::new([(0, text)]).has_limits(lexicon)
}
