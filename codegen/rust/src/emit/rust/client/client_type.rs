//! The types of the clients, without the methods of single operations.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::recipe::Proof;
use crate::emit::rust::docs::{Docs, code};
use payspec_model::naming;

/// The generics of a client: those of its declaration, its own, those of the runtime's client behind the transport, and
/// the bounds of the keys.
struct Generics {
    declared: TokenStream,
    own: TokenStream,
    keys: TokenStream,
    bounds: TokenStream,
}

impl Generics {
    fn of(proof: Proof) -> Self {
        match proof {
            Proof::Signature => Generics {
                declared: quote! {
                    T,
                    S = ::payspec_runtime::client::SigningKey,
                    V = ::payspec_runtime::client::VerifyingKey,
                },
                own: quote!(T, S, V),
                keys: quote!(S, V),
                bounds: quote! {
                    S: ::payspec_runtime::client::Signer,
                    V: ::payspec_runtime::client::Verifier,
                },
            },
            Proof::Credentials => Generics {
                declared: quote!(T),
                own: quote!(T),
                keys: quote! {
                    ::payspec_runtime::client::Unsigned, ::payspec_runtime::client::Unsigned
                },
                bounds: TokenStream::new(),
            },
        }
    }
}

/// Generates the function that makes a client from texts.
fn from_texts(
    proof: Proof,
    parameter: Option<&TokenStream>,
    argument: Option<&TokenStream>,
) -> TokenStream {
    match proof {
        Proof::Signature => quote! {
            #[doc = " Makes a client without a journal from the provider's address, such as `https://open.example.com`,"]
            #[doc = " the client id, and the texts of both keys."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " When one of the settings cannot be used; the error says which."]
            pub fn from_keys(
                url: &str,
                client_id: &str,
                own_private_key: &str,
                providers_public_key: &str,
                transport: T,
                #parameter
            ) -> Result<Self, ::payspec_runtime::client::SetupError> {
                ::payspec_runtime::client::Envelope::from_keys(
                    &super::RECIPE,
                    url,
                    client_id,
                    own_private_key,
                    providers_public_key,
                )
                .map(|envelope| Self::new(envelope, transport #argument))
            }
        },
        Proof::Credentials => quote! {
            #[doc = " Makes a client without a journal from the provider's address, such as `https://api.example.com`,"]
            #[doc = " and the credentials. The first environment is chosen: for another one, make an envelope."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " When one of the settings cannot be used; the error says which, and never holds a credential."]
            pub fn from_credentials(
                url: &str,
                credentials: &impl ::payspec_runtime::client::Credentials,
                transport: T,
                #parameter
            ) -> Result<Self, ::payspec_runtime::client::SetupError> {
                ::payspec_runtime::client::Envelope::from_credentials(
                    &super::RECIPE,
                    url,
                    credentials,
                )
                .map(|envelope| Self::new(envelope, transport #argument))
            }
        },
    }
}

/// Returns the parameter and the argument of a clock.
fn clock_of(clock: Option<&str>) -> Option<(TokenStream, TokenStream)> {
    let (clock, bound): (Ident, Ident) = (naming::ident("clock"), naming::ident(clock?));
    Some((
        quote!(#clock: impl ::payspec_runtime::client::#bound + 'static,),
        quote!(, #clock),
    ))
}

/// Generates a client over a transport.
pub(super) fn client(
    proof: Proof,
    [name, raw, transport]: [&str; 3],
    clock: Option<&str>,
    methods: &[TokenStream],
) -> TokenStream {
    let from_raw = format!(" from a [`{raw}`](::payspec_runtime::client::{raw}).");
    let mut docs = Docs::default();
    docs.own(&format!(
        "A client of this API. It dereferences to the {}, which carries payments and refunds through \
         their flows, and resends calls in doubt.",
        code(raw)
    ));
    let [name, raw, transport] = [name, raw, transport].map(naming::ident);
    let (parameter, argument) = clock_of(clock).unzip();
    let from_texts = from_texts(proof, parameter.as_ref(), argument.as_ref());
    let Generics {
        declared,
        own,
        keys,
        bounds,
    } = Generics::of(proof);
    let raw = quote!(::payspec_runtime::client::#raw<T, #keys>);
    quote! {
        #docs
        #[derive(Debug)]
        pub struct #name<#declared>(#raw);

        impl<#own> #name<#own> {
            #[doc = " Makes a client without a journal. A client with other settings, such as its own clock, is made"]
            #[doc = #from_raw]
            pub fn new(
                envelope: ::payspec_runtime::client::Envelope<#keys>,
                transport: T,
                #parameter
            ) -> Self {
                Self(<#raw>::new(envelope, transport #argument))
            }

            #[doc = " Records each request in a journal before it is sent, so that a restart goes on with it."]
            pub fn journal(
                self,
                journal: impl ::payspec_runtime::client::Journal + 'static,
            ) -> Self {
                Self(self.0.journal(journal))
            }
        }

        impl<T> #name<T> {
            #from_texts
        }

        impl<#own> From<#raw> for #name<#own> {
            fn from(raw: #raw) -> Self {
                Self(raw)
            }
        }

        impl<#own> ::core::ops::Deref for #name<#own> {
            type Target = #raw;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl<#own> #name<#own>
        where
            T: ::payspec_runtime::client::#transport,
            #bounds
        {
            #(#methods)*
        }
    }
}
