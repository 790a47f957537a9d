//! What should no longer be used.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{prose, sentence};
use crate::model::Deprecated;

/// `#[deprecated(note = …)]`, or nothing. The day stands in the note: `since` is for versions.
pub(super) struct Deprecation<'a>(pub(super) Option<&'a Deprecated>);

impl ToTokens for Deprecation<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Some(deprecated) = self.0 else { return };
        let reason = sentence(&prose(&deprecated.reason));
        let replacement = deprecated.replacement.as_deref().map(prose);
        let date = deprecated.date.as_deref().map(prose);
        let note = match (replacement, date) {
            (Some(replacement), Some(date)) => {
                format!("{reason} Use {replacement} instead. Since {date}.")
            }
            (Some(replacement), None) => format!("{reason} Use {replacement} instead."),
            (None, Some(date)) => format!("{reason} Since {date}."),
            (None, None) => reason,
        };
        tokens.extend(quote!(#[deprecated(note = #note)]));
    }
}
