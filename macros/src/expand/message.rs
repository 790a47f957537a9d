use super::{amount, binding, builder, rate, table};
use crate::ast::{Field, Message};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

/// The bodies of the three functions of `Message`.
struct Bodies {
    schema: TokenStream,
    get: TokenStream,
    read: TokenStream,
}

pub(super) fn whole(message: &Message) -> TokenStream {
    let statics = table::statics(message);
    let bodies = Bodies {
        schema: quote!(#statics &SCHEMA),
        get: get(message),
        read: read(message),
    };
    let (implementations, builder) = (
        implementations(message.ident, &bodies),
        builder::of(message),
    );
    let conversions = amount::conversions(message);
    let quote = message.attributes.quote.as_ref();
    let conversion = quote.and_then(|quote| rate::conversion(message, quote));
    quote!(#implementations #builder #conversions #conversion)
}

/// Generates implementations that do nothing, for a message with errors.
pub(super) fn stub(ident: &Ident, message: Option<&Message>) -> TokenStream {
    let bodies = Bodies {
        schema: quote!(&::payspec_runtime::Schema::EMPTY),
        get: quote!(::payspec_runtime::Value::Absent),
        read: quote!(::core::result::Result::Err(fields.missing())),
    };
    let (implementations, builder) = (implementations(ident, &bodies), message.map(builder::of));
    quote!(#implementations #builder)
}

fn get(message: &Message) -> TokenStream {
    let values = message.fields.iter().enumerate().map(|(index, field)| {
        let ident = field.ident;
        let (view, span) = (view(field), field.type_span());
        quote_spanned!(span=> #index => #view(&self.#ident),)
    });
    quote! {
        match index {
            #(#values)*
            _ => ::payspec_runtime::Value::Absent,
        }
    }
}

fn view(field: &Field) -> TokenStream {
    match (field.is_in_small_letters(), field.shape.optional) {
        (false, true) => quote!(::payspec_runtime::Value::option),
        (false, false) => quote!(::payspec_runtime::Wire::value),
        (true, true) => quote!(::payspec_runtime::__private::LowerCurrency::option),
        (true, false) => quote!(::payspec_runtime::__private::LowerCurrency::view),
    }
}

fn read(message: &Message) -> TokenStream {
    let (mut lets, mut arms, mut inits) = (vec![], vec![], vec![]);
    let (mut required, mut expected) = (vec![], vec![]);
    for (index, field) in message.fields.iter().enumerate() {
        let (ident, binding) = (field.ident, binding(index));
        lets.push(quote!(let mut #binding = ::core::option::Option::None;));
        let span = field.type_span();
        let read = match field.is_in_small_letters() {
            true => quote!(lower_currency),
            false => quote!(value),
        };
        arms.push(quote_spanned!(span=> #index => fields.#read(&mut #binding),));
        inits.push(quote!(#ident: #binding));
        if !field.shape.optional {
            required.push(binding);
        } else if field.attributes.rules.require_in_what_comes_in() {
            expected.push(binding);
        }
    }
    // All at once: since nothing can fail after it, each value is moved directly to its place.
    let all_there = (!required.is_empty()).then(|| {
        quote! {
            let (#(::core::option::Option::Some(#required),)*) = (#(#required,)*) else {
                return ::core::result::Result::Err(fields.missing());
            };
        }
    });
    quote! {
        #(#lets)*
        while let ::core::option::Option::Some(index) = fields.next_index()? {
            match index {
                #(#arms)*
                _ => fields.skip(),
            }?;
        }
        #(fields.expect(&#expected);)*
        #all_there
        ::payspec_runtime::__private::put(place, Self { #(#inits),* });
        ::core::result::Result::Ok(())
    }
}

fn implementations(ident: &Ident, bodies: &Bodies) -> TokenStream {
    let Bodies { schema, get, read } = bodies;
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::payspec_runtime::Message for #ident {
            fn schema() -> &'static ::payspec_runtime::Schema {
                #schema
            }
            #[inline]
            fn get(&self, index: ::core::primitive::usize) -> ::payspec_runtime::Value<'_> {
                #get
            }
            fn read<'de, A: ::payspec_runtime::__private::MapAccess<'de>>(
                fields: &mut ::payspec_runtime::Fields<'_, A>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), A::Error> {
                #read
            }
        }
        #[automatically_derived]
        impl ::payspec_runtime::__private::Serialize for #ident {
            fn serialize<S: ::payspec_runtime::__private::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::payspec_runtime::__private::write_object(self, to)
            }
        }
        #[automatically_derived]
        impl<'de> ::payspec_runtime::__private::Deserialize<'de> for #ident {
            fn deserialize<D: ::payspec_runtime::__private::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::payspec_runtime::__private::deserialize_object(from)
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::payspec_runtime::__private::debug_object(self, f)
            }
        }
    }
}
