//! What a client needs: how messages are signed, what each call is, and a method for each.

mod call;
mod examples;
mod methods;
mod notification;
mod recipe;
mod unfinished;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::call::{call, reference};
pub(super) use self::methods::file;
pub(super) use self::notification::notification;
pub(super) use self::recipe::recipe;
use payspec_model::model::Api;
use payspec_model::naming::CLIENT_FEATURE;

/// Whether what a client needs is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClientCode {
    /// No. `payspec-runtime` is needed without its feature `client`.
    #[default]
    Absent,
    /// Yes, behind the cargo feature `client`, which turns on that of `payspec-runtime`.
    Feature,
    /// Yes. `payspec-runtime` is needed with its feature `client`.
    Always,
}

impl ClientCode {
    /// Returns what stands before an item that a client needs; [`None`] where it is not written.
    pub(super) fn cfg_feature(self) -> Option<TokenStream> {
        match self {
            ClientCode::Absent => None,
            ClientCode::Feature => Some(quote!(#[cfg(feature = #CLIENT_FEATURE)])),
            ClientCode::Always => Some(TokenStream::new()),
        }
    }
}

/// Returns whether a client can be written for an API.
pub(super) fn has_client(api: &Api) -> bool {
    recipe(api).is_some()
}
