use crate::ast::Enum;
use crate::attr::value::ValueAttribute;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, LitInt, LitStr, Visibility};

/// The parts in which enums of texts differ.
pub(super) struct Texts {
    values: Vec<LitStr>,
    as_str: TokenStream,
    parse: TokenStream,
    is_known: TokenStream,
    debug: TokenStream,
    numbers: bool,
    open: bool,
    conversions: TokenStream,
}

impl Texts {
    /// Makes them from the documented variants with their texts, and the variant for all others.
    pub(super) fn new(
        ident: &Ident,
        variants: &[(&Ident, &LitStr)],
        unknown: Option<&Ident>,
    ) -> Self {
        let (idents, values): (Vec<&Ident>, Vec<&LitStr>) = variants.iter().copied().unzip();
        let (parse, is_known, conversions) = match unknown {
            Some(unknown) => (
                quote!(::core::option::Option::Some(::core::convert::From::from(
                    text
                ))),
                quote!(!::core::matches!(self, Self::#unknown(_))),
                open_conversions(
                    ident,
                    quote! {
                        match text {
                            #(#values => Self::#idents,)*
                            _ => Self::#unknown(::payspec_runtime::__private::unknown_value(text)),
                        }
                    },
                ),
            ),
            None => (
                quote! {
                    match text {
                        #(#values => ::core::option::Option::Some(Self::#idents),)*
                        _ => ::core::option::Option::None,
                    }
                },
                quote!(true),
                closed_conversions(ident),
            ),
        };
        let unknown_text = unknown.map(|unknown| {
            quote!(Self::#unknown(value) => ::payspec_runtime::__private::unknown_text(value),)
        });
        Texts {
            as_str: quote! {
                match self {
                    #(Self::#idents => #values,)*
                    #unknown_text
                }
            },
            values: values.into_iter().cloned().collect(),
            parse,
            is_known,
            debug: match unknown {
                // Quotes distinguish an unknown text.
                Some(unknown) => quote! {
                    match self {
                        Self::#unknown(value) => ::core::fmt::Debug::fmt(value, f),
                        _ => f.write_str(self.as_str()),
                    }
                },
                None => quote!(f.write_str(self.as_str())),
            },
            numbers: false,
            open: unknown.is_some(),
            conversions,
        }
    }

    /// Makes them for an enum of whole numbers.
    fn of_numbers(ident: &Ident, variants: &[(&Ident, &LitStr)], unknown: Option<&Ident>) -> Self {
        let (idents, values): (Vec<&Ident>, Vec<&LitStr>) = variants.iter().copied().unzip();
        let other = unknown.map(|unknown| {
            quote! {
                _ if ::payspec_runtime::__private::is_number(text) => {
                    ::core::option::Option::Some(
                        Self::#unknown(::payspec_runtime::__private::unknown_value(text)),
                    )
                }
            }
        });
        Texts {
            parse: quote! {
                match text {
                    #(#values => ::core::option::Option::Some(Self::#idents),)*
                    #other
                    _ => ::core::option::Option::None,
                }
            },
            numbers: true,
            conversions: conversions_of_numbers(ident, variants, unknown),
            ..Texts::new(ident, variants, unknown)
        }
    }

    /// Makes them for an enum with errors. It counts as open, because then its user's code needs the
    /// least.
    pub(super) fn stub(ident: &Ident) -> Self {
        Texts {
            values: Vec::new(),
            as_str: quote!(""),
            parse: quote!(::core::option::Option::None),
            is_known: quote!(true),
            debug: quote!(f.write_str(self.as_str())),
            numbers: false,
            open: true,
            conversions: open_conversions(ident, quote!(::core::unreachable!("{text}"))),
        }
    }
}

pub(super) fn whole(input: &Enum<Option<ValueAttribute>>) -> TokenStream {
    let said = || {
        input
            .variants
            .iter()
            .filter_map(|one| Some((one.ident, one.said.as_ref()?)))
    };
    let variants: Vec<_> = said().map(|(ident, value)| (ident, &value.text)).collect();
    let texts = match said().any(|(_, value)| value.is_number) {
        true => Texts::of_numbers(input.ident, &variants, input.unknown),
        false => Texts::new(input.ident, &variants, input.unknown),
    };
    implementations(input.ident, input.vis, &texts)
}

/// Generates implementations that do nothing, for an enum with errors.
pub(super) fn stub(input: &DeriveInput) -> TokenStream {
    implementations(&input.ident, &input.vis, &Texts::stub(&input.ident))
}

pub(super) fn implementations(ident: &Ident, vis: &Visibility, texts: &Texts) -> TokenStream {
    let Texts {
        values,
        as_str,
        parse,
        is_known,
        debug,
        numbers,
        open,
        conversions,
    } = texts;
    let name = ident.to_string();
    let write = match numbers {
        true => quote!(::payspec_runtime::__private::write_number(
            self.as_str(),
            to
        )),
        false => quote!(to.serialize_str(self.as_str())),
    };
    quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
            /// The documented values, spelled as on the wire.
            #vis const VALUES: &'static [&'static ::core::primitive::str] = &[#(#values),*];
            /// The text of the value.
            #vis fn as_str(&self) -> &::core::primitive::str {
                #as_str
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::payspec_runtime::OpenEnum for #ident {
            const SCHEMA: ::payspec_runtime::EnumSchema = ::payspec_runtime::EnumSchema {
                name: #name,
                values: &[#(#values),*],
                numbers: #numbers,
                open: #open,
            };
            fn parse(text: &::core::primitive::str) -> ::core::option::Option<Self> {
                #parse
            }
            fn as_str(&self) -> &::core::primitive::str {
                Self::as_str(self)
            }
            fn is_known(&self) -> ::core::primitive::bool {
                #is_known
            }
        }
        #[automatically_derived]
        impl ::payspec_runtime::Wire for #ident {
            const KIND: ::payspec_runtime::Kind =
                ::payspec_runtime::Kind::Enum(&<Self as ::payspec_runtime::OpenEnum>::SCHEMA);
            fn value(&self) -> ::payspec_runtime::Value<'_> {
                ::payspec_runtime::__private::enum_value(self)
            }
            fn read<'de, D: ::payspec_runtime::__private::Deserializer<'de>>(
                from: D,
                place: &mut ::core::option::Option<Self>,
                reading: &mut ::payspec_runtime::Reading,
            ) -> ::core::result::Result<(), D::Error> {
                ::payspec_runtime::__private::read_enum(from, place, reading)
            }
        }
        #[automatically_derived]
        impl ::payspec_runtime::__private::Serialize for #ident {
            fn serialize<S: ::payspec_runtime::__private::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #write
            }
        }
        #[automatically_derived]
        impl<'de> ::payspec_runtime::__private::Deserialize<'de> for #ident {
            fn deserialize<D: ::payspec_runtime::__private::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::payspec_runtime::__private::deserialize_enum(from)
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #debug
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        #conversions
    }
}

/// Generates the conversions of an open enum, where `body` turns any text into a value. Associated
/// types are not named by `Self::`, which would be ambiguous beside a variant of the same name, such as
/// `Err`.
fn open_conversions(ident: &Ident, body: TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::convert::From<&::core::primitive::str> for #ident {
            /// Takes any text. One that is not documented becomes the variant of unknown values, which
            /// validation refuses in an outgoing message: write the variant where the value is known.
            fn from(text: &::core::primitive::str) -> Self {
                #body
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<::std::string::String> for #ident {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = ::core::convert::Infallible;
            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }
    }
}

/// Generates the conversions of an enum of whole numbers: from a number, and from its text.
fn conversions_of_numbers(
    ident: &Ident,
    variants: &[(&Ident, &LitStr)],
    unknown: Option<&Ident>,
) -> TokenStream {
    let name = ident.to_string();
    let (idents, values): (Vec<&Ident>, Vec<&LitStr>) = variants.iter().copied().unzip();
    let numbers = values.iter().map(|text| number(text));
    let not_a_value = quote!(::payspec_runtime::NotAValue::of(#name));
    let from_number = match unknown {
        Some(unknown) => quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl ::core::convert::From<::core::primitive::i64> for #ident {
                /// Takes any number. One that is not documented becomes the variant of unknown values, which
                /// validation refuses in an outgoing message: write the variant where the value is known.
                fn from(number: ::core::primitive::i64) -> Self {
                    match number {
                        #(#numbers => Self::#idents,)*
                        _ => Self::#unknown(::payspec_runtime::__private::unknown_value(
                            &::std::string::ToString::to_string(&number),
                        )),
                    }
                }
            }
        },
        None => quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl ::core::convert::TryFrom<::core::primitive::i64> for #ident {
                type Error = ::payspec_runtime::NotAValue;
                fn try_from(
                    number: ::core::primitive::i64,
                ) -> ::core::result::Result<Self, ::payspec_runtime::NotAValue> {
                    match number {
                        #(#numbers => ::core::result::Result::Ok(Self::#idents),)*
                        _ => ::core::result::Result::Err(#not_a_value),
                    }
                }
            }
        },
    };
    quote! {
        #from_number
        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = ::payspec_runtime::NotAValue;
            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::payspec_runtime::NotAValue> {
                <Self as ::payspec_runtime::OpenEnum>::parse(text).ok_or(#not_a_value)
            }
        }
    }
}

/// Returns the digits of a number as a literal.
fn number(text: &LitStr) -> TokenStream {
    let digits = text.value();
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (Some(quote!(-)), digits.to_owned()),
        None => (None, digits),
    };
    let digits = LitInt::new(&digits, text.span());
    quote!(#sign #digits)
}

/// Generates the conversions of a closed enum, where only the documented texts are values.
fn closed_conversions(ident: &Ident) -> TokenStream {
    let name = ident.to_string();
    let not_a_value = quote!(::payspec_runtime::NotAValue::of(#name));
    quote! {
        #[automatically_derived]
        impl ::core::convert::TryFrom<&::core::primitive::str> for #ident {
            type Error = ::payspec_runtime::NotAValue;
            fn try_from(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::payspec_runtime::NotAValue> {
                <Self as ::payspec_runtime::OpenEnum>::parse(text).ok_or(#not_a_value)
            }
        }
        #[automatically_derived]
        impl ::core::convert::TryFrom<::std::string::String> for #ident {
            type Error = ::payspec_runtime::NotAValue;
            fn try_from(
                text: ::std::string::String,
            ) -> ::core::result::Result<Self, ::payspec_runtime::NotAValue> {
                <Self as ::payspec_runtime::OpenEnum>::parse(&text).ok_or(#not_a_value)
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = ::payspec_runtime::NotAValue;
            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, ::payspec_runtime::NotAValue> {
                <Self as ::payspec_runtime::OpenEnum>::parse(text).ok_or(#not_a_value)
            }
        }
    }
}
