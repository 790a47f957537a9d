use super::open_enum::{self, Texts};
use crate::ast::{Enum, Variant};
use crate::attr::code::CodeAttribute;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, LitStr, Visibility};

pub(super) fn whole(input: &Enum<CodeAttribute>) -> TokenStream {
    let codes: Vec<(&Ident, &LitStr)> = input
        .variants
        .iter()
        .filter_map(|variant| variant.said.code.as_ref().map(|code| (variant.ident, code)))
        .collect();
    let texts = Texts::new(input.ident, &codes, input.unknown);
    let meanings = input.variants.iter().map(meaning);
    implementations(
        input.ident,
        input.vis,
        &texts,
        &quote! {
            match self {
                #(#meanings)*
                _ => ::core::option::Option::None,
            }
        },
    )
}

/// Generates implementations that do nothing, for an enum with errors.
pub(super) fn stub(input: &DeriveInput) -> TokenStream {
    implementations(
        &input.ident,
        &input.vis,
        &Texts::stub(&input.ident),
        &quote!(::core::option::Option::None),
    )
}

/// Returns the documented meaning of a code; [`None`] for a code with errors.
fn meaning(variant: &Variant<CodeAttribute>) -> Option<TokenStream> {
    let ident = variant.ident;
    let CodeAttribute {
        status,
        class,
        next_step,
        resend,
        message,
        ..
    } = &variant.said;
    let (status, class) = (status.as_ref()?, class.as_ref()?);
    let (next_step, resend) = (next_step.as_ref()?, resend.as_ref()?);
    let message = match message {
        Some(message) => quote!(Some(#message)),
        None => quote!(None),
    };
    Some(quote! {
        Self::#ident => ::core::option::Option::Some(&::payspec_runtime::CodeMeaning {
            status: #status,
            class: ::payspec_runtime::StatusClass::#class,
            next_step: ::payspec_runtime::NextStep::#next_step,
            resend: ::payspec_runtime::Resend::#resend,
            message: ::core::option::Option::#message,
        }),
    })
}

fn implementations(
    ident: &Ident,
    vis: &Visibility,
    texts: &Texts,
    meaning: &TokenStream,
) -> TokenStream {
    let open_enum = open_enum::implementations(ident, vis, texts);
    quote! {
        #open_enum
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::payspec_runtime::ResultCode for #ident {
            fn parse(text: &::core::primitive::str) -> Self {
                ::core::convert::From::from(text)
            }
            fn as_str(&self) -> &::core::primitive::str {
                Self::as_str(self)
            }
            fn meaning(
                &self,
            ) -> ::core::option::Option<&'static ::payspec_runtime::CodeMeaning> {
                #meaning
            }
        }
    }
}
