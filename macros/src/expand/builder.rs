//! Construction: the required fields as a separate struct, so that the compiler reports a missing one,
//! and a setter for each of the others. A field with a single possible value is set from the start.

use crate::ast::{Field, Leaf, Message};
use crate::attr;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

pub(super) fn of(message: &Message) -> TokenStream {
    let (ident, vis) = (message.ident, message.vis);
    let builder = format_ident!("{}Builder", ident.unraw());
    let (optional, required): (Vec<&Field>, Vec<&Field>) = message
        .fields
        .iter()
        .partition(|field| field.shape.optional || field.attributes.fixed.is_some());
    let companion = format_ident!("{}Required", ident.unraw());
    let companion_struct = companion_struct(message, &companion, &required);
    let argument = (!required.is_empty()).then(|| quote!(required: #companion));
    let required = required.iter().map(|field| field.ident);
    let others = optional.iter().map(|field| start(field));
    let setters = optional.iter().map(|field| setter(field));
    let start_doc = format!("Begins a [`{ident}`].");
    let builder_doc = format!("Builds a [`{ident}`].");
    quote! {
        #companion_struct
        #[doc = #builder_doc]
        #[must_use]
        #[allow(dead_code)]
        #vis struct #builder(#ident);
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
            #[doc = #start_doc]
            #vis fn builder(#argument) -> #builder {
                #builder(Self {
                    #(#required: required.#required,)*
                    #(#others,)*
                })
            }
        }
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #builder {
            #(#setters)*
            /// Checks all rules.
            ///
            /// # Errors
            ///
            /// All violations, when one of them is an error.
            #vis fn build(self) -> ::core::result::Result<
                ::payspec_runtime::Valid<#ident>,
                ::payspec_runtime::Violations,
            > {
                ::payspec_runtime::Valid::new(self.0)
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<#builder> for #ident {
            fn from(builder: #builder) -> Self {
                builder.0
            }
        }
    }
}

/// Returns the field of a new builder that is set later, or has a single possible value.
fn start(field: &Field) -> TokenStream {
    let ident = field.ident;
    match &field.attributes.fixed {
        Some(value) => quote!(#ident: Self::#value()),
        None => quote!(#ident: ::core::option::Option::None),
    }
}

fn companion_struct(message: &Message, name: &Ident, fields: &[&Field]) -> Option<TokenStream> {
    if fields.is_empty() {
        return None;
    }
    let vis = message.vis;
    let doc = format!("The fields that every [`{}`] has.", message.ident);
    let fields = fields.iter().map(|field| {
        let Field {
            ident,
            vis,
            ty,
            repeated,
            ..
        } = field;
        let fallback = fallback_doc(field, "The");
        quote!(#(#repeated)* #fallback #vis #ident: #ty)
    });
    Some(quote! {
        #[doc = #doc]
        #[allow(dead_code, deprecated)]
        #vis struct #name { #(#fields),* }
    })
}

fn setter(field: &Field) -> TokenStream {
    let Field {
        ident,
        vis,
        repeated,
        ..
    } = field;
    let ty = field.shape.present;
    let name = setter_name(ident);
    let fallback = fallback_doc(field, "Sets");
    let (parameter, value) = if converts(field) {
        (
            quote!(impl ::core::convert::Into<#ty>),
            quote!(value.into()),
        )
    } else {
        (quote!(#ty), quote!(value))
    };
    let value = match field.shape.optional {
        true => quote!(::core::option::Option::Some(#value)),
        false => value,
    };
    quote! {
        #(#repeated)*
        #fallback
        #vis fn #name(mut self, value: #parameter) -> Self {
            self.0.#ident = #value;
            self
        }
    }
}

/// Returns whether a setter accepts anything that converts into its type: a literal for a text, a
/// builder for an object. No other types convert, and a plain parameter compiles faster.
fn converts(field: &Field) -> bool {
    match field.shape.leaf {
        // A parameter of the type itself lets the compiler infer what is in it.
        _ if field.shape.nullable => false,
        Leaf::String | Leaf::Url | Leaf::Json | Leaf::Other | Leaf::Wrong => {
            field.shape.container.is_none()
        }
        Leaf::Integer
        | Leaf::Boolean
        | Leaf::Decimal
        | Leaf::DateTime
        | Leaf::Date
        | Leaf::Timestamp
        | Leaf::Uuid
        | Leaf::Binary
        | Leaf::Country
        | Leaf::Currency
        | Leaf::Any => false,
    }
}

/// Returns the name of a setter, which is that of its field, except for `build`.
fn setter_name(ident: &Ident) -> Ident {
    if ident == "build" {
        format_ident!("set_build", span = ident.span())
    } else {
        ident.clone()
    }
}

/// Returns a line of documentation for a field without any.
fn fallback_doc(field: &Field, verb: &str) -> Option<TokenStream> {
    let doc = format!("{verb} `{}`.", field.wire_name());
    let documented = field
        .repeated
        .iter()
        .any(|attribute| attr::is_doc(attribute));
    (!documented).then(|| quote!(#[doc = #doc]))
}
