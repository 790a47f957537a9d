//! The authentication of an API that signs nothing: the constant of its headers, and the type of its credentials.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::recipe::{content, content_type, environment, rule};
use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use crate::emit::rust::docs::{Docs, code};
use payspec_model::model::{
    Api, Auth, AuthKind, AuthScheme, Credential, CredentialKind, HeaderPart, NotificationProof,
    ProofPlace, ProofTime,
};
use payspec_model::naming;
use payspec_runtime::{MacAlgorithm, TextEncoding, TimeForm};

/// Returns the value of the constant.
pub(super) fn authentication(api: &Api, auth: &Auth) -> TokenStream {
    let environments = api.servers.iter().map(environment);
    let content_type = content_type(api);
    let rules = api.request_headers.iter().filter_map(rule);
    let headers = auth.schemes.iter().map(header);
    let proof = auth.notification.as_ref();
    let notification = match proof.map(|proof| hmac(api, proof)) {
        Some(proof) => quote!(Some(#proof)),
        None => quote!(None),
    };
    quote! {
        ::payspec_runtime::client::Authentication {
            environments: &[#(#environments),*],
            content_type: #content_type,
            auth: &[#(#headers),*],
            headers: &[#(#rules),*],
            notification: #notification,
        }
    }
}

fn hmac(api: &Api, proof: &NotificationProof) -> TokenStream {
    let NotificationProof {
        algorithm,
        key,
        content: _,
        encoding,
        signature,
        time,
        origin: _,
    } = proof;
    let algorithm = match algorithm {
        MacAlgorithm::HmacSha256 => quote!(HmacSha256),
        MacAlgorithm::HmacSha512 => quote!(HmacSha512),
    };
    let mut credentials = api.credentials.iter();
    let handed_out = credentials.find(|one| one.name == *key);
    let key_encoding = match handed_out.and_then(|one| one.encoding) {
        Some(encoding) => {
            let encoding = text_encoding(encoding);
            quote!(Some(#encoding))
        }
        None => quote!(None),
    };
    let content = content(&proof.parts());
    let (encoding, signature) = (text_encoding(*encoding), place(signature));
    let time = match time {
        Some(ProofTime {
            place: at,
            form,
            tolerance_s,
        }) => {
            let at = place(at);
            let form = match form {
                TimeForm::EpochSeconds => quote!(EpochSeconds),
                TimeForm::EpochMillis => quote!(EpochMillis),
                TimeForm::Iso8601 => quote!(Iso8601),
            };
            let tolerance_s = Literal::u32_unsuffixed(*tolerance_s);
            quote! {
                Some(::payspec_runtime::client::ProofTime {
                    place: #at,
                    form: ::payspec_runtime::TimeForm::#form,
                    tolerance_s: #tolerance_s,
                })
            }
        }
        None => quote!(None),
    };
    quote! {
        ::payspec_runtime::client::Hmac {
            algorithm: ::payspec_runtime::MacAlgorithm::#algorithm,
            key: #key,
            key_encoding: #key_encoding,
            content: #content,
            encoding: #encoding,
            signature: #signature,
            time: #time,
        }
    }
}

fn text_encoding(encoding: TextEncoding) -> TokenStream {
    match encoding {
        TextEncoding::Hex => quote!(::payspec_runtime::TextEncoding::Hex),
        TextEncoding::Base64 => quote!(::payspec_runtime::TextEncoding::Base64),
    }
}

fn place(place: &ProofPlace) -> TokenStream {
    let ProofPlace {
        header,
        param,
        prefix,
    } = place;
    let param = match param {
        Some(param) => quote!(Some(#param)),
        None => quote!(None),
    };
    quote! {
        ::payspec_runtime::client::ProofPlace {
            header: #header,
            param: #param,
            prefix: #prefix,
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
        let (ty, variant) = match kind {
            CredentialKind::Id => (quote!(String), quote!(Id)),
            CredentialKind::Secret => (quote!(::payspec_runtime::client::Secret), quote!(Secret)),
        };
        let variant = quote!(::payspec_runtime::client::CredentialValue::#variant);
        if auth.is_for_notifications_only(name) {
            docs.paragraph()
                .own("It verifies notifications, and is never sent. Without it, none is received.");
            fields.push(quote!(#docs pub #ident: Option<#ty>,));
            values.push(quote!(#name => self.#ident.as_ref().map(#variant),));
        } else {
            fields.push(quote!(#docs pub #ident: #ty,));
            values.push(quote!(#name => Some(#variant(&self.#ident)),));
        }
    }
    let mut docs = Docs::default();
    docs.own("The credentials of a merchant. `Debug` shows no secret of them, and each secret is wiped when it is dropped.");
    docs.paragraph()
        .own("A client sends them over TLS, in the headers of every request:");
    docs.list(auth.schemes.iter().map(|scheme| {
        let header = format!("{}: {}", scheme.kind.name(), scheme.kind.template());
        code(&header)
    }));
    if let Some(proof) = &auth.notification {
        docs.paragraph().own(&format!(
            "The provider proves its notifications with a signature by {}, in these headers:",
            code(&proof.key)
        ));
        docs.list(proof.headers().iter().map(|header| code(header)));
    }
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
