use crate::ast::Union;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{LitStr, Type};

/// The parts in which unions differ.
struct Parts {
    discriminator: TokenStream,
    open: bool,
    variant: TokenStream,
    read: TokenStream,
    unknown: TokenStream,
}

pub(super) fn whole(input: &Union<'_>) -> TokenStream {
    let idents: Vec<&Ident> = input.types.iter().map(|one| one.ident).collect();
    let types: Vec<&Type> = input.types.iter().map(|one| one.ty).collect();
    let index = 0..types.len();
    let keeper = input
        .unknown
        .map(|unknown| quote!(Self::#unknown(json) => ::payspec_runtime::Variant::Unknown(json),));
    let (discriminator, known, read_one) = match &input.attributes.tag {
        Some(tag) => tagged(tag, input, &idents, &types),
        None => (
            quote! {
                ::payspec_runtime::Discriminator::Shape(::payspec_runtime::Shapes::new(
                    &[#(<#types as ::payspec_runtime::Wire>::KIND),*],
                ))
            },
            quote! {
                #(Self::#idents(value) => ::payspec_runtime::Variant::Value(
                    &<#types as ::payspec_runtime::Wire>::KIND,
                    ::payspec_runtime::Wire::value(value),
                ),)*
            },
            quote!(read_value_of_union),
        ),
    };
    let parts = Parts {
        discriminator,
        open: input.unknown.is_some(),
        variant: quote! {
            match self {
                #known
                #keeper
            }
        },
        read: quote! {
            match index {
                #(#index => ::payspec_runtime::__private::#read_one(
                    from, place, reading, Self::#idents,
                ),)*
                _ => ::core::result::Result::Ok(()),
            }
        },
        unknown: match input.unknown {
            Some(unknown) => quote!(::core::option::Option::Some(Self::#unknown(json))),
            None => quote! {{
                ::core::mem::drop(json);
                ::core::option::Option::None
            }},
        },
    };
    implementations(input.ident, &parts)
}

/// Returns the discriminator of objects with a tag, the arms that view one, and the function that reads one.
fn tagged(
    tag: &LitStr,
    input: &Union<'_>,
    idents: &[&Ident],
    types: &[&Type],
) -> (TokenStream, TokenStream, TokenStream) {
    let texts: Vec<&LitStr> = input
        .types
        .iter()
        .filter_map(|one| one.tag.as_ref())
        .collect();
    let discriminator = quote! {
        ::payspec_runtime::Discriminator::Tag(::payspec_runtime::Tags {
            name: #tag,
            texts: &[#(#texts),*],
            objects: &[#(<#types as ::payspec_runtime::Message>::schema),*],
        })
    };
    let known = quote! {
        #(Self::#idents(object) => ::payspec_runtime::Variant::Tagged(#texts, object),)*
    };
    (discriminator, known, quote!(read_object_of_union))
}

/// Generates implementations that do nothing, for an enum with errors.
pub(super) fn stub(ident: &Ident) -> TokenStream {
    let parts = Parts {
        discriminator: quote! {
            ::payspec_runtime::Discriminator::Shape(::payspec_runtime::Shapes::new(&[]))
        },
        open: true,
        variant: quote!(::core::unreachable!()),
        read: quote! {{
            let _ = (index, from, place, reading);
            ::core::result::Result::Ok(())
        }},
        unknown: quote! {{
            ::core::mem::drop(json);
            ::core::option::Option::None
        }},
    };
    implementations(ident, &parts)
}

fn implementations(ident: &Ident, parts: &Parts) -> TokenStream {
    let Parts {
        discriminator,
        open,
        variant,
        read,
        unknown,
    } = parts;
    let name = ident.to_string();
    let wire = wire(ident);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::payspec_runtime::Union for #ident {
            const SCHEMA: ::payspec_runtime::UnionSchema = ::payspec_runtime::UnionSchema {
                name: #name,
                discriminator: #discriminator,
                open: #open,
            };
            fn variant(&self) -> ::payspec_runtime::Variant<'_> {
                #variant
            }
            fn read<'de, D: ::payspec_runtime::__private::Deserializer<'de>>(
                index: ::core::primitive::usize,
                from: D,
                place: &mut ::core::option::Option<Self>,
                reading: &mut ::payspec_runtime::Reading,
            ) -> ::core::result::Result<(), D::Error> {
                #read
            }
            fn unknown(
                json: ::payspec_runtime::UnknownJson,
            ) -> ::core::option::Option<Self> {
                #unknown
            }
        }
        #wire
    }
}

/// Generates what is the same for every union.
fn wire(ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::payspec_runtime::Wire for #ident {
            const KIND: ::payspec_runtime::Kind =
                ::payspec_runtime::Kind::Union(&<Self as ::payspec_runtime::Union>::SCHEMA);
            fn value(&self) -> ::payspec_runtime::Value<'_> {
                ::payspec_runtime::Value::Union(self)
            }
            fn read<'de, D: ::payspec_runtime::__private::Deserializer<'de>>(
                from: D,
                place: &mut ::core::option::Option<Self>,
                reading: &mut ::payspec_runtime::Reading,
            ) -> ::core::result::Result<(), D::Error> {
                ::payspec_runtime::__private::read_union(from, place, reading)
            }
        }
        #[automatically_derived]
        impl ::payspec_runtime::__private::Serialize for #ident {
            fn serialize<S: ::payspec_runtime::__private::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::payspec_runtime::__private::write_union(self, to)
            }
        }
        #[automatically_derived]
        impl<'de> ::payspec_runtime::__private::Deserialize<'de> for #ident {
            fn deserialize<D: ::payspec_runtime::__private::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::payspec_runtime::__private::deserialize_union(from)
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::payspec_runtime::__private::debug_union(self, f)
            }
        }
    }
}
