//! The authentication of single operations, and the operation that hands out tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::recipe_parts::{header, some};
use crate::emit::rust::docs::{Docs, code};
use payspec_model::model::{Api, AuthScheme, Caller, IssuedToken};
use payspec_runtime::MediaType;
use payspec_runtime::request::HttpParts;

/// Returns the operations with other headers than their API.
pub(super) fn operations(api: &Api) -> Vec<TokenStream> {
    let called = api.operations.iter();
    let called = called.filter(|operation| operation.caller == Caller::Merchant);
    let operations = called.filter_map(|operation| {
        let headers = operation.auth.as_ref()?.schemes.iter().map(header);
        let id = &operation.id;
        Some(quote! {
            ::payspec_runtime::client::OperationAuth { operation: #id, auth: &[#(#headers),*] }
        })
    });
    operations.collect()
}

/// Returns the operation that hands out tokens, and its request. `check` makes sure that there is one.
pub(super) fn token_source(api: &Api, token: &IssuedToken) -> Option<TokenStream> {
    let IssuedToken {
        operation: id,
        token,
        expires_in,
        origin: _,
    } = token;
    let operation = api.operation(id)?;
    let HttpParts {
        target,
        headers,
        media_type,
        body,
    } = operation.fixed_parts(api)?;
    let method = operation.method.as_str();
    let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
    let media_type = some(media_type.map(|media_type| match media_type {
        MediaType::Json => quote!(::payspec_runtime::MediaType::Json),
        MediaType::Form => quote!(::payspec_runtime::MediaType::Form),
    }));
    let body = String::from_utf8(body).ok()?;
    Some(quote! {
        ::payspec_runtime::client::TokenSource {
            operation: #id,
            method: #method,
            target: #target,
            headers: &[#(#headers),*],
            media_type: #media_type,
            body: #body,
            token: &[#(#token),*],
            expires_in: &[#(#expires_in),*],
        }
    })
}

/// Documents the headers of the operations that have other ones than their API, and the tokens.
pub(super) fn own_headers_of(api: &Api, docs: &mut Docs) {
    let token = api.auth.as_ref().and_then(|auth| auth.token.as_ref());
    if let Some(IssuedToken { operation, .. }) = token {
        docs.paragraph().own(&format!(
            "A client fetches the token from {} when it first needs one, keeps it, and fetches a new one shortly before it expires \
             or after the provider refuses it. No other part of a request changes then. Clones of an envelope share the token.",
            code(operation)
        ));
    }
    for operation in &api.operations {
        let Some(own) = &operation.auth else { continue };
        let name = code(&operation.id);
        let headers = own.schemes.iter().map(AuthScheme::header);
        let headers = headers.map(|(name, value)| code(&format!("{name}: {value}")));
        let headers: Vec<String> = headers.collect();
        docs.paragraph().own(&match headers.as_slice() {
            [] => format!("Requests of {name} carry no credential."),
            headers => format!(
                "Requests of {name} carry {} instead.",
                headers.join(" and ")
            ),
        });
    }
}
