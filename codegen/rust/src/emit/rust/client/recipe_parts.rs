//! The parts that the constants of signing and of authentication share.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use payspec_model::model::{
    Api, AuthKind, AuthScheme, Header, HeaderFormat, HeaderPart, Server, TemplatePart,
};

/// The media type if the description states none.
const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// Returns the media type of a JSON body.
pub(super) fn content_type(api: &Api) -> &str {
    let mut headers = api.request_headers.iter();
    let content_type = headers.find(|header| header.format == HeaderFormat::MediaType);
    let content_type = content_type.and_then(|header| header.example.as_deref());
    content_type.unwrap_or(CONTENT_TYPE)
}

/// Returns the rules for the value of a header; [`None`] if there are none.
pub(super) fn rule(header: &Header) -> Option<TokenStream> {
    let Header {
        name,
        max_length,
        pattern,
        ..
    } = header;
    if max_length.is_none() && pattern.is_none() {
        return None;
    }
    let max_length = max_length.map(|most| {
        let most = Literal::u32_unsuffixed(most);
        quote!(.max_length(#most))
    });
    let pattern = pattern.as_ref().map(|pattern| quote!(.pattern(#pattern)));
    Some(quote!(::payspec_runtime::client::HeaderRule::new(#name) #max_length #pattern))
}

/// Returns an environment with the address of its server.
pub(super) fn environment(prefix: &Server) -> TokenStream {
    let Server {
        environment,
        prefix,
        client_id_prefix,
        ..
    } = prefix;
    let client_id_prefix = match client_id_prefix {
        Some(begin) => quote!(Some(#begin)),
        None => quote!(None),
    };
    quote! {
        ::payspec_runtime::client::Environment {
            name: #environment,
            prefix: #prefix,
            client_id_prefix: #client_id_prefix,
        }
    }
}

/// Returns the signed parts of a message.
pub(super) fn content(parts: &[TemplatePart<'_>]) -> TokenStream {
    let parts = parts.iter().map(|part| {
        let part = match part {
            TemplatePart::Text(text) => quote!(Text(#text)),
            TemplatePart::Method => quote!(Method),
            TemplatePart::Uri => quote!(Uri),
            TemplatePart::ClientId => quote!(ClientId),
            TemplatePart::Time => quote!(Time),
            TemplatePart::Nonce => quote!(Nonce),
            TemplatePart::KeyId => quote!(KeyId),
            TemplatePart::Body => quote!(Body),
            TemplatePart::BodyCrc32 => quote!(BodyCrc32),
            TemplatePart::Credential(name) => quote!(Credential(#name)),
        };
        quote!(::payspec_runtime::client::Part::#part)
    });
    quote!(&[#(#parts),*])
}

/// Writes an option.
pub(super) fn some(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// Returns a header that credentials fill alone.
pub(super) fn header(scheme: &AuthScheme) -> TokenStream {
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
