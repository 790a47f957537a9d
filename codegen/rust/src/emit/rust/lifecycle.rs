//! Deprecation of items.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{prose, sentence};
use payspec_model::model::Deprecated;

/// `#[deprecated(note = …)]`, or nothing. The date is in the note, because `since` is for versions.
pub(super) struct Deprecation<'a>(pub(super) Option<&'a Deprecated>);

impl ToTokens for Deprecation<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(note) = self.0.map(note) {
            tokens.extend(quote!(#[deprecated(note = #note)]));
        }
    }
}

/// Returns the reason, the replacement and the date of a deprecation.
pub(super) fn note(deprecated: &Deprecated) -> String {
    let reason = sentence(&prose(&deprecated.reason));
    let replacement = deprecated.replacement.as_deref().map(prose);
    let date = deprecated.date.as_deref().map(prose);
    match (replacement, date) {
        (Some(replacement), Some(date)) => {
            format!("{reason} Use {replacement} instead. Since {date}.")
        }
        (Some(replacement), None) => format!("{reason} Use {replacement} instead."),
        (None, Some(date)) => format!("{reason} Since {date}."),
        (None, None) => reason,
    }
}
