//! Implementations of the trait `Notification` for messages that the provider sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::call::{agrees, named};
use crate::emit::rust::EmitError;
use crate::emit::rust::context::Context;
use payspec_model::model::{Caller, Operation};
use payspec_model::naming::{self, OperationNames};

/// Generates the implementation; [`None`] for an operation that the provider does not call, or that has
/// no reply.
pub(in crate::emit::rust) fn notification(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Result<Option<TokenStream>, EmitError> {
    match (operation.caller, &operation.response) {
        (Caller::Provider, Some(_)) => {}
        (Caller::Provider, None) | (Caller::Merchant, _) => return Ok(None),
    }
    let [request, response, outcome] =
        [&names.request, &names.response, &names.outcome].map(|name| naming::ident(name));
    let (name, verb) = (&operation.id, operation.method.as_str());
    let references = operation
        .result
        .iter()
        .flat_map(|result| &result.references);
    let paths: Vec<&Vec<String>> = references.collect();
    let named = named(context, &operation.request, &quote!(self), &paths)?.map(|names| {
        quote! {
            fn named(&self) -> Vec<::payspec_runtime::Reference<'_>> {
                #names
            }
        }
    });
    let agreements = operation.result.iter().flat_map(|result| &result.agrees);
    let agreements: Vec<_> = agreements.cloned().collect();
    let agrees = agrees(context.api, &operation.request.object, &agreements);
    Ok(Some(quote! {
        impl ::payspec_runtime::client::Notification for #request {
            type Reply = #response;
            type Outcome = #outcome;

            const NAME: &'static str = #name;
            const METHOD: &'static str = #verb;
            #agrees

            fn outcome(&self) -> Self::Outcome {
                #request::outcome(self)
            }

            fn undecided(&self) -> Self::Outcome {
                #request::undecided(self)
            }

            #named
        }
    }))
}
