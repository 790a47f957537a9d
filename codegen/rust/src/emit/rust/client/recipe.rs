//! The environments of an API and its rules for signing or authentication, as one constant.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::authentication::authentication;
use payspec_model::model::{
    Api, Header, HeaderFormat, Server, Signature, SignatureAlgorithm, TemplatePart,
};
use payspec_model::signing::{PairKeys, Signing};

/// The media type if the description states none.
const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// The constant with which a client is made.
pub(in crate::emit::rust) struct Recipe {
    proof: Proof,
    value: TokenStream,
}

/// The proof of the sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit::rust) enum Proof {
    /// A signature.
    Signature,
    /// Credentials in headers.
    Credentials,
}

impl Proof {
    /// Returns the proof that the requests of an API have, if it has a client.
    pub(in crate::emit::rust) fn of(api: &Api) -> Self {
        match &api.auth {
            Some(_) => Proof::Credentials,
            None => Proof::Signature,
        }
    }

    /// Returns the type of the envelope in examples.
    pub(in crate::emit::rust) fn envelope(self) -> TokenStream {
        match self {
            Proof::Signature => quote!(Envelope),
            Proof::Credentials => quote!(Envelope<Unsigned, Unsigned>),
        }
    }

    /// Returns what examples import besides the envelope.
    pub(in crate::emit::rust) fn imported(self) -> Option<TokenStream> {
        match self {
            Proof::Signature => None,
            Proof::Credentials => Some(quote!(, Unsigned)),
        }
    }
}

impl Recipe {
    /// Makes it; [`None`] if the description lacks information for a client, or needs features that the runtime does
    /// not have.
    pub(in crate::emit::rust) fn of(api: &Api) -> Option<Self> {
        if api.servers.is_empty() {
            return None;
        }
        let value = match &api.auth {
            Some(auth) => authentication(api, auth),
            None => signing(api)?,
        };
        let proof = Proof::of(api);
        Some(Self { proof, value })
    }

    /// Generates the constant.
    pub(in crate::emit::rust) fn constant(&self) -> TokenStream {
        let (docs, name) = match self.proof {
            Proof::Signature => (
                " The recipe of the signatures, and the addresses of the servers.",
                quote!(Recipe),
            ),
            Proof::Credentials => (
                " The headers that prove who calls, the proofs of messages, and the addresses of the servers.",
                quote!(Authentication),
            ),
        };
        let value = &self.value;
        quote! {
            #[doc = #docs]
            pub const RECIPE: ::payspec_runtime::client::#name = #value;
        }
    }
}

/// Returns the value of the constant of an API that signs.
fn signing(api: &Api) -> Option<TokenStream> {
    let signing = Signing::of(api).ok()?;
    let signature = signing.signature;
    let SignatureAlgorithm::RsaPkcs1V15Sha256 = signature.algorithm;
    let PairKeys {
        algorithm: algorithm_key,
        key_version: version_key,
        signature: signature_key,
    } = signing.keys;
    let environments = api.servers.iter().map(environment);
    let client_id = &signing.client_id.name;
    let (request_time, response_time) =
        (stamp(signing.request_time)?, stamp(signing.response_time)?);
    let content_type = content_type(api);
    let rules = api.request_headers.iter().filter_map(rule);
    let (request, response) = (content(&signing.request), content(&signing.response));
    let Signature {
        algorithm_name,
        header,
        ..
    } = signature;
    Some(quote! {
        ::payspec_runtime::client::Recipe {
            environments: &[#(#environments),*],
            client_id: #client_id,
            request_time: #request_time,
            response_time: #response_time,
            content_type: #content_type,
            algorithm: #algorithm_name,
            request: #request,
            response: #response,
            signature: #header,
            keys: ::payspec_runtime::client::SignatureKeys {
                algorithm: #algorithm_key,
                key_version: #version_key,
                signature: #signature_key,
            },
            headers: &[#(#rules),*],
        }
    })
}

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

/// Returns the header that carries the time.
fn stamp(header: &Header) -> Option<TokenStream> {
    let form = match header.format {
        HeaderFormat::EpochMillis => quote!(EpochMillis),
        HeaderFormat::Datetime => quote!(DateTime),
        HeaderFormat::KeyValueList | HeaderFormat::MediaType | HeaderFormat::Text => return None,
    };
    let name = &header.name;
    Some(quote! {
        ::payspec_runtime::client::Stamp {
            name: #name,
            form: ::payspec_runtime::client::StampForm::#form,
        }
    })
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
        };
        quote!(::payspec_runtime::client::Part::#part)
    });
    quote!(&[#(#parts),*])
}
