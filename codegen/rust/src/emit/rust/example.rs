//! The example in the documentation of an operation: how to build, read and judge its messages. It only
//! contains names of our own, no text of the spec, and compiles as a doctest.

use proc_macro2::TokenStream;
use quote::quote;

use super::EmitError;
use super::context::Context;
use super::fixed::has_required_fields;
use payspec_model::model::{Api, Body, Direction, Operation, Side};
use payspec_model::naming::{self, OperationNames};

/// Returns the lines of the example, for an operation in a module of a crate.
pub(super) fn example(
    context: &Context<'_>,
    crate_name: &str,
    api: &str,
    operation: &Operation,
    names: &OperationNames,
) -> Result<Vec<String>, EmitError> {
    let (crate_name, api) = (naming::ident(crate_name), naming::ident(api));
    let module = naming::ident(&names.module);
    let imports = quote! {
        use #crate_name::#api::#module::*;
        use payspec_runtime::{DecodeError, Valid, Violations, decode};
    };
    let mut lines = vec!["```".to_owned(), "# #![allow(unused)]".to_owned()];
    let bodies = Side::ALL.iter().filter_map(|side| {
        let ident = match side {
            Side::Request => &names.request,
            Side::Response => &names.response,
        };
        let body = operation.body(*side)?;
        Some(match operation.direction(*side) {
            Direction::Outgoing => outgoing(context.api, body, ident),
            Direction::Incoming => incoming(operation, names, ident),
        })
    });
    let blocks = std::iter::once(imports).chain(bodies);
    for (index, block) in blocks.enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        let text = prettyplease::unparse(&syn::parse2(block)?);
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.push("```".to_owned());
    Ok(lines)
}

/// Generates code that builds an outgoing body.
fn outgoing(api: &Api, body: &Body, name: &str) -> TokenStream {
    let ident = naming::ident(name);
    let built = if has_required_fields(api, body) {
        let required = naming::ident(&naming::required_companion(name));
        quote! {
            fn build(required: #required) -> Result<Valid<#ident>, Violations> {
                #ident::builder(required).build()
            }
        }
    } else {
        quote! {
            fn build() -> Result<Valid<#ident>, Violations> {
                #ident::builder().build()
            }
        }
    };
    quote! {
        #[doc = " All violations at once, or the proof that there are none."]
        #built
    }
}

/// Generates code that reads an incoming body.
fn incoming(operation: &Operation, names: &OperationNames, name: &str) -> TokenStream {
    let ident = naming::ident(name);
    if let Some(result) = &operation.result {
        let outcome = naming::ident(&names.outcome);
        let (parameter, argument, decoded) = match result.is_by_http_status() {
            true => (
                Some(quote!(http_status: u16,)),
                Some(quote!(http_status)),
                quote!(payspec_runtime::decode_answer(http_status, received)),
            ),
            false => (None, None, quote!(decode(received))),
        };
        quote! {
            #[doc = " What it decides. What is not clear is pending."]
            fn decide(#parameter received: &[u8]) -> Result<#outcome, DecodeError> {
                let message: #ident = #decoded?;
                Ok(message.outcome(#argument))
            }
        }
    } else {
        quote! {
            #[doc = " What came, with all that is wrong with it."]
            fn read(received: &[u8]) -> Result<#ident, DecodeError> {
                decode(received)
            }
        }
    }
}
