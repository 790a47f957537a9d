//! Deprecation of items.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{prose, sentence};
use payspec_model::model::Deprecated;

/// `#[deprecated(note = …)]`, or nothing. The dates are in the note, because `since` is for versions.
pub(super) struct Deprecation<'a>(pub(super) Option<&'a Deprecated>);

impl ToTokens for Deprecation<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(note) = self.0.map(note) {
            tokens.extend(quote!(#[deprecated(note = #note)]));
        }
    }
}

/// Returns the reason, the replacement and the dates of a deprecation.
pub(super) fn note(deprecated: &Deprecated) -> String {
    let Deprecated {
        reason,
        replacement,
        date,
        sunset,
    } = deprecated;
    let mut note = sentence(&prose(reason));
    let parts = [
        ("Use", replacement, " instead"),
        ("Since", date, ""),
        ("Sunset:", sunset, ""),
    ];
    for (before, part, after) in parts {
        if let Some(part) = part {
            note += &format!(" {before} {}{after}.", prose(part));
        }
    }
    note
}
