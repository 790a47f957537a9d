//! What a client has to know of a message that the provider sends: the trait `Notice` of it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::naming::{self, OperationNames};
use crate::model::{Caller, Operation};

/// The implementation; [`None`] for an operation that the provider does not call, or that is not
/// replied to.
pub(in crate::emit::rust) fn notice(
    operation: &Operation,
    names: &OperationNames,
) -> Option<TokenStream> {
    match (operation.caller, &operation.response) {
        (Caller::Provider, Some(_)) => {}
        (Caller::Provider, None) | (Caller::Merchant, _) => return None,
    }
    let [request, response, outcome] =
        [&names.request, &names.response, &names.outcome].map(|name| naming::ident(name));
    let (name, verb) = (&operation.id, operation.method.as_str());
    Some(quote! {
        impl ::payspec_runtime::client::Notice for #request {
            type Reply = #response;
            type Outcome = #outcome;

            const NAME: &'static str = #name;
            const METHOD: &'static str = #verb;

            fn outcome(&self) -> Self::Outcome {
                #request::outcome(self)
            }
        }
    })
}
