//! Calls of the runtime's client in examples.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::manner::Manner;
use payspec_model::model::Api;
use payspec_model::naming;

/// Writes calls of the runtime's client, which generated clients dereference to. An operation or flow with the
/// name of such a method hides it, so the call names its type then.
pub(in crate::emit::rust) struct RawCalls {
    hidden: BTreeSet<String>,
}

impl RawCalls {
    pub(in crate::emit::rust) fn of(api: &Api) -> Self {
        let operations = api.operations.iter().map(|operation| &operation.id);
        let ids = operations.chain(api.flows.iter().map(|flow| &flow.id));
        let hidden = ids.filter_map(|id| naming::module_name(id).ok()).collect();
        RawCalls { hidden }
    }

    /// Writes the call of a method of the variable `client`.
    pub(in crate::emit::rust) fn call(
        &self,
        manner: Manner,
        method: &str,
        arguments: &TokenStream,
    ) -> TokenStream {
        let name = naming::ident(method);
        let awaited = manner.awaited();
        if !self.hidden.contains(method) {
            return quote!(client.#name(#arguments)#awaited);
        }
        let raw = naming::ident(match manner {
            Manner::Blocking => "RawClient",
            Manner::Async => "AsyncRawClient",
        });
        quote!(payspec_runtime::client::#raw::#name(&client, #arguments)#awaited)
    }
}
