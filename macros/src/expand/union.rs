use crate::ast::Union;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::LitStr;

/// The parts in which unions differ.
struct Parts {
    tag: String,
    tags: Vec<LitStr>,
    objects: TokenStream,
    open: bool,
    variant: TokenStream,
    read: TokenStream,
    unknown: TokenStream,
}

pub(super) fn whole(input: &Union<'_>) -> TokenStream {
    let objects = &input.objects;
    let idents: Vec<&Ident> = objects.iter().map(|one| one.ident).collect();
    let types = objects.iter().map(|one| one.ty);
    let tags: Vec<LitStr> = objects.iter().map(|one| one.tag.clone()).collect();
    let index = 0..objects.len();
    let keeper = input.unknown.map(
        |unknown| quote!(Self::#unknown(object) => ::payspec_runtime::Variant::Unknown(object),),
    );
    let parts = Parts {
        tag: input.tag.as_ref().map(LitStr::value).unwrap_or_default(),
        objects: quote!(&[#(<#types as ::payspec_runtime::Message>::schema),*]),
        open: input.unknown.is_some(),
        variant: quote! {
            match self {
                #(Self::#idents(object) => ::payspec_runtime::Variant::Known(#tags, object),)*
                #keeper
            }
        },
        read: quote! {
            match index {
                #(#index => ::payspec_runtime::__private::read_object_of_union(
                    from, place, reading, Self::#idents,
                ),)*
                _ => ::core::result::Result::Ok(()),
            }
        },
        unknown: match input.unknown {
            Some(unknown) => quote!(::core::option::Option::Some(Self::#unknown(object))),
            None => quote! {{
                ::core::mem::drop(object);
                ::core::option::Option::None
            }},
        },
        tags,
    };
    implementations(input.ident, &parts)
}

/// Generates implementations that do nothing, for an enum with errors.
pub(super) fn stub(ident: &Ident) -> TokenStream {
    let parts = Parts {
        tag: String::new(),
        tags: Vec::new(),
        objects: quote!(&[]),
        open: true,
        variant: quote!(::core::unreachable!()),
        read: quote! {{
            let _ = (index, from, place, reading);
            ::core::result::Result::Ok(())
        }},
        unknown: quote! {{
            ::core::mem::drop(object);
            ::core::option::Option::None
        }},
    };
    implementations(ident, &parts)
}

fn implementations(ident: &Ident, parts: &Parts) -> TokenStream {
    let Parts {
        tag,
        tags,
        objects,
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
                tag: #tag,
                tags: &[#(#tags),*],
                objects: #objects,
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
                object: ::payspec_runtime::UnknownObject,
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
