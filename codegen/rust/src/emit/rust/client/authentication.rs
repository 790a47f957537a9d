//! The authentication of an API that signs nothing: the constant of its headers, and the type of its credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::recipe::{content_type, environment, rule};
use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use crate::emit::rust::docs::{Docs, code};
use payspec_model::model::{
    Api, Auth, AuthKind, AuthScheme, Credential, CredentialKind, HeaderPart,
};
use payspec_model::naming;

/// Returns the value of the constant.
pub(super) fn authentication(api: &Api, auth: &Auth) -> TokenStream {
    let environments = api.servers.iter().map(environment);
    let content_type = content_type(api);
    let rules = api.request_headers.iter().filter_map(rule);
    let headers = auth.schemes.iter().map(header);
    quote! {
        ::payspec_runtime::client::Authentication {
            environments: &[#(#environments),*],
            content_type: #content_type,
            auth: &[#(#headers),*],
            headers: &[#(#rules),*],
            notification: None,
        }
    }
}

fn header(scheme: &AuthScheme) -> TokenStream {
    let name = scheme.kind.name();
    let parts = parts(&scheme.kind);
    let parts = parts
        .iter()
        .map(|part| quote!(::payspec_runtime::client::AuthPart::#part));
    quote! {
        ::payspec_runtime::client::AuthHeader { name: #name, parts: &[#(#parts),*] }
    }
}

fn parts(kind: &AuthKind) -> Vec<TokenStream> {
    match kind {
        AuthKind::Bearer { token } => vec![quote!(Text("Bearer ")), quote!(Credential(#token))],
        AuthKind::Basic { user, password } => vec![
            quote!(Text("Basic ")),
            quote!(Basic { user: #user, password: #password }),
        ],
        AuthKind::Header { parts, .. } => {
            let parts = parts.iter().map(|part| match part {
                HeaderPart::Text(text) => quote!(Text(#text)),
                HeaderPart::Credential(name) => quote!(Credential(#name)),
            });
            parts.collect()
        }
    }
}

/// Generates the struct with one field for each credential.
pub(super) fn credentials(api: &Api, auth: &Auth) -> Result<TokenStream, EmitError> {
    let mut fields = Vec::new();
    let mut values = Vec::new();
    for credential in &api.credentials {
        let Credential {
            name,
            kind,
            description,
            ..
        } = credential;
        let ident = naming::ident(&spelled(name, naming::field_name(name))?);
        let mut docs = Docs::default();
        match description.as_str() {
            "" => docs.own(&format!("The credential {}.", code(name))),
            description => docs.text(description),
        };
        let (ty, value) = match kind {
            CredentialKind::Id => (
                quote!(String),
                quote!(::payspec_runtime::client::CredentialValue::Id(&self.#ident)),
            ),
            CredentialKind::Secret => (
                quote!(::payspec_runtime::client::Secret),
                quote!(::payspec_runtime::client::CredentialValue::Secret(&self.#ident)),
            ),
        };
        fields.push(quote!(#docs pub #ident: #ty,));
        values.push(quote!(#name => Some(#value),));
    }
    let mut docs = Docs::default();
    docs.own("The credentials of a merchant. `Debug` shows no secret of them, and each secret is wiped when it is dropped.");
    docs.paragraph()
        .own("A client sends them over TLS, in the headers of every request:");
    docs.list(auth.schemes.iter().map(|scheme| {
        let header = format!("{}: {}", scheme.kind.name(), scheme.kind.template());
        code(&header)
    }));
    docs.paragraph().own(
        "Nothing else proves who sent an answer: whoever can read and change what TLS carries can make a payment look \
         paid.",
    );
    Ok(quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Credentials {
            #(#fields)*
        }

        impl ::payspec_runtime::client::Credentials for Credentials {
            fn credential(
                &self,
                name: &str,
            ) -> Option<::payspec_runtime::client::CredentialValue<'_>> {
                match name {
                    #(#values)*
                    _ => None,
                }
            }
        }
    })
}
