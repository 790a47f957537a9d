//! The two ways in which a client waits for answers.

use proc_macro2::TokenStream;
use quote::quote;

use payspec_model::naming;

/// The way a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit::rust) enum Manner {
    /// The thread waits.
    Blocking,
    /// The task waits.
    Async,
}

impl Manner {
    /// Returns the tokens before `fn`.
    pub(in crate::emit::rust) fn asyncness(self) -> Option<TokenStream> {
        (self == Manner::Async).then(|| quote!(async))
    }

    /// Returns the tokens after a call.
    pub(in crate::emit::rust) fn awaited(self) -> Option<TokenStream> {
        (self == Manner::Async).then(|| quote!(.await))
    }

    /// Returns the names of the client and of its transport trait.
    pub(in crate::emit::rust) fn names(self) -> [proc_macro2::Ident; 2] {
        match self {
            Manner::Blocking => ["Client", "Transport"],
            Manner::Async => ["AsyncClient", "AsyncTransport"],
        }
        .map(naming::ident)
    }
}
