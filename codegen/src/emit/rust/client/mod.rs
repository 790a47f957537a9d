//! What a client needs: how messages are signed, what each call is, and a method for each.

mod call;
mod examples;
mod methods;
mod notice;
mod recipe;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::call::call;
pub(super) use self::methods::file;
pub(super) use self::notice::notice;
pub(super) use self::recipe::recipe;
use super::EmitError;
use super::context::Context;
use super::outcome::Outcome;
use crate::emit::features::CLIENT;
use crate::emit::naming::OperationNames;
use crate::model::{Api, Body, Caller, Operation, ResultHandling, StatusPlace};

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
    /// What stands before an item that a client needs; [`None`] where it is not written.
    pub(super) fn gate(self) -> Option<TokenStream> {
        match self {
            ClientCode::Absent => None,
            ClientCode::Feature => Some(quote!(#[cfg(feature = #CLIENT)])),
            ClientCode::Always => Some(TokenStream::new()),
        }
    }
}

/// An operation that a client can call: the merchant calls it, and an answer has a status.
struct Callable<'m> {
    operation: &'m Operation,
    response: &'m Body,
    result: &'m ResultHandling,
    /// Path of the status.
    status: &'m [String],
}

impl<'m> Callable<'m> {
    fn of(operation: &'m Operation) -> Option<Self> {
        let result = operation.result.as_ref()?;
        match (operation.caller, &operation.response, &result.status) {
            (Caller::Merchant, Some(response), StatusPlace::Field(status)) => Some(Callable {
                operation,
                response,
                result,
                status,
            }),
            (Caller::Merchant | Caller::Provider, _, _) => None,
        }
    }

    /// What a call can come to.
    fn outcome(&self, context: &Context<'_>, names: &OperationNames) -> Result<Outcome, EmitError> {
        Outcome::new(context, names, self.operation, self.response, self.result)
    }
}

/// Whether a client can call an operation.
pub(super) fn is_callable(operation: &Operation) -> bool {
    Callable::of(operation).is_some()
}

/// Whether a client can be written for an API.
pub(super) fn has_client(api: &Api) -> bool {
    recipe(api).is_some()
}
