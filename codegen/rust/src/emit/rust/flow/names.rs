//! The Rust names of a flow, and the numbers of the outcomes that can arrive.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::signals::{Signal, signals};
use crate::emit::rust::context::spelled;
use crate::emit::rust::docs::Docs;
use crate::emit::rust::{EmitError, operation};
use payspec_model::model::{Api, Flow, Operation};
use payspec_model::naming;

/// The Rust names of a flow.
pub(super) struct Names<'a> {
    /// The states, in their order.
    pub(super) states: Vec<Ident>,
    /// The operations that are sent.
    pub(super) calls: Vec<Party<'a>>,
    /// The notifications.
    pub(super) heard: Vec<Party<'a>>,
    /// The outcomes that can arrive.
    pub(super) signals: Vec<Signal>,
}

/// An operation of the flow.
pub(super) struct Party<'a> {
    pub(super) operation: &'a Operation,
    /// The variant among calls and events.
    pub(super) variant: Ident,
    pub(super) module: Ident,
    /// The outcome's type.
    pub(super) outcome: Ident,
    /// The result codes' type.
    pub(super) codes: Ident,
}

impl<'a> Names<'a> {
    pub(super) fn new(api: &'a Api, flow: &'a Flow) -> Result<Self, EmitError> {
        let states = flow.states.iter().map(|state| variant(&state.name));
        let party = |id: &str| -> Result<Option<Party<'a>>, EmitError> {
            let Some(operation) = api.operation(id) else {
                return Ok(None);
            };
            let names = operation::names(operation)?;
            Ok(Some(Party {
                operation,
                variant: variant(id)?,
                module: naming::ident(&names.module),
                outcome: naming::ident(&names.outcome),
                codes: naming::ident(&names.result_code),
            }))
        };
        let parties = |ids: Vec<&str>| -> Result<Vec<Party<'a>>, EmitError> {
            ids.into_iter()
                .filter_map(|id| party(id).transpose())
                .collect()
        };
        Ok(Names {
            states: states.collect::<Result<_, _>>()?,
            calls: parties(flow.sent())?,
            heard: parties(flow.notified_by.iter().map(String::as_str).collect())?,
            signals: signals(api, flow)?,
        })
    }
}

impl Names<'_> {
    /// Returns the number of a state.
    pub(super) fn state(&self, index: usize) -> TokenStream {
        let state = &self.states[index];
        quote!(State::#state as usize)
    }

    /// Returns the variant of an operation that is sent.
    pub(super) fn call(&self, id: &str) -> Option<&Ident> {
        let mut calls = self.calls.iter();
        let call = calls.find(|party| party.operation.id == id)?;
        Some(&call.variant)
    }
}

fn variant(name: &str) -> Result<Ident, EmitError> {
    Ok(naming::ident(&spelled(name, naming::variant_name(name))?))
}

impl Party<'_> {
    pub(super) fn docs(&self) -> Docs {
        Docs::of(&self.operation.id, &self.operation.title)
    }

    /// Returns whether the flow distinguishes codes of the operation.
    pub(super) fn is_told_by_code(&self, signals: &[Signal]) -> bool {
        let mut own = signals
            .iter()
            .filter(|signal| signal.operation == self.operation.id);
        own.any(|signal| signal.code.is_some())
    }

    /// Generates the expression for the number of the signal of `outcome`.
    pub(super) fn signal(&self, signals: &[Signal]) -> Result<TokenStream, EmitError> {
        let (outcome, codes) = (&self.outcome, &self.codes);
        let mut arms = Vec::new();
        for one in self.operation.outcomes() {
            let variant = variant(one.name)?;
            let here = |signal: &&Signal| {
                (&*signal.operation, &*signal.outcome) == (&*self.operation.id, one.name)
            };
            let (mut coded, mut number) = (Vec::new(), quote!());
            for Signal { code, constant, .. } in signals.iter().filter(here) {
                match code {
                    Some(code) => coded.push(quote!(#code => #constant)),
                    None => number = quote!(#constant),
                }
            }
            arms.push(if coded.is_empty() {
                quote!(#outcome::#variant { .. } => #number)
            } else {
                quote! {
                    #outcome::#variant(failed) => {
                        match <#codes as ::payspec_runtime::ResultCode>::as_str(failed.code()) {
                            #(#coded,)*
                            _ => #number,
                        }
                    }
                }
            });
        }
        Ok(quote!(match outcome { #(#arms,)* }))
    }
}
