//! The environments of an API and its rules for signing or authentication, as one constant.

use proc_macro2::TokenStream;
use quote::quote;

use super::authentication::authentication;
use super::recipe_parts::{content, content_type, environment, rule};
use payspec_model::model::{Api, Header, HeaderFormat, Signature, SignatureAlgorithm};
use payspec_model::signing::{PairKeys, Signing};

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
