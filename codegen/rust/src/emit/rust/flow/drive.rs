//! A flow that a client can run.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::Party;
use crate::emit::rust::client::has_client;
use crate::emit::rust::{EmitError, operation};
use payspec_model::model::{Api, Flow, Operation};
use payspec_model::naming;

/// A flow that a client can run, because each of its requests can be made from the one that moves the
/// money.
pub(in crate::emit::rust) struct Drive<'a> {
    pub(super) flow: &'a Flow,
    pub(in crate::emit::rust) principal: &'a Operation,
    /// The field that names the payment or the refund, in all requests and notifications of the flow.
    pub(super) key: &'a str,
}

impl<'a> Drive<'a> {
    /// Makes it; [`None`] if a message of the flow does not name the payment or the refund by the same
    /// field as the request that moves the money, or if a client cannot call an operation.
    pub(in crate::emit::rust) fn of(api: &'a Api, flow: &'a Flow) -> Option<Self> {
        let (principal, key) = flow.driven_by(api).ok().filter(|_| has_client(api))?;
        Some(Drive {
            flow,
            principal,
            key,
        })
    }
}

/// Returns the type of the request of an operation.
pub(super) fn request(party: &Party<'_>) -> Result<TokenStream, EmitError> {
    let request = naming::ident(&operation::names(party.operation)?.request);
    let module = &party.module;
    Ok(quote!(super::#module::#request))
}
