//! The example that the documentation of an operation shows: how to build, read and judge its
//! messages. It holds names of our own making only, no text of the spec, and compiles as a doctest.

use proc_macro2::TokenStream;
use quote::quote;

use super::EmitError;
use crate::emit::naming::{self, OperationNames};
use crate::model::Operation;

/// The lines of the example, for an operation in a module of a crate.
pub(super) fn example(
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
    let blocks = [
        Some(imports),
        Some(request(operation, names)),
        response(operation, names),
    ];
    for (index, block) in blocks.into_iter().flatten().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        let text = prettyplease::unparse(&syn::parse2(block)?);
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.push("```".to_owned());
    Ok(lines)
}

fn request(operation: &Operation, names: &OperationNames) -> TokenStream {
    let request = naming::ident(&names.request);
    let fields = &operation.request.object.fields;
    let built = if fields.iter().any(|field| field.required) {
        let required = naming::ident(&naming::required_companion(&names.request));
        quote! {
            fn build(required: #required) -> Result<Valid<#request>, Violations> {
                #request::builder(required).build()
            }
        }
    } else {
        quote! {
            fn build() -> Result<Valid<#request>, Violations> {
                #request::builder().build()
            }
        }
    };
    quote! {
        #[doc = " All violations at once, or the proof that there are none."]
        #built
    }
}

fn response(operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
    operation.response.as_ref()?;
    let response = naming::ident(&names.response);
    Some(if operation.result.is_some() {
        let outcome = naming::ident(&names.outcome);
        quote! {
            #[doc = " What an answer decides. What is not clear is pending."]
            fn decide(answer: &[u8]) -> Result<#outcome, DecodeError> {
                let response: #response = decode(answer)?;
                Ok(response.outcome())
            }
        }
    } else {
        quote! {
            #[doc = " An answer, with all that is wrong with it."]
            fn read(answer: &[u8]) -> Result<#response, DecodeError> {
                decode(answer)
            }
        }
    })
}
