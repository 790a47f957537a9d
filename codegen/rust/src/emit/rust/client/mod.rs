//! The parts that a client needs: the rules for signing or authentication, the description of each call, and a method for
//! each.

mod authentication;
mod call;
mod client_type;
pub(super) mod examples;
pub(super) mod manner;
mod methods;
mod notification;
mod pages;
mod raw_calls;
mod recipe;
mod recipe_parts;
mod tokens;
mod unfinished;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::call::{call, reference};
pub(super) use self::methods::file;
pub(super) use self::notification::{documented_reply, has_status_replies, notification, replies};
pub(super) use self::pages::pages;
pub(super) use self::raw_calls::RawCalls;
pub(super) use self::recipe::{Proof, Recipe};
use payspec_model::model::{Api, Auth};
use payspec_model::naming::CLIENT_FEATURE;

/// The choice whether client code is generated.
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
    /// Returns the attribute before an item of a client; [`None`] if clients are not generated.
    pub(super) fn cfg_feature(self) -> Option<TokenStream> {
        match self {
            ClientCode::Absent => None,
            ClientCode::Feature => Some(quote!(#[cfg(feature = #CLIENT_FEATURE)])),
            ClientCode::Always => Some(TokenStream::new()),
        }
    }
}

/// Returns whether a client can be generated for an API.
pub(super) fn has_client(api: &Api) -> bool {
    Recipe::of(api).is_some()
}

/// Returns whether what the provider sends of its own accord can be received: the spec says what proves its sender, or that
/// nothing does.
pub(super) fn receives(api: &Api) -> bool {
    has_client(api) && api.auth.as_ref().is_none_or(Auth::receives_notifications)
}
