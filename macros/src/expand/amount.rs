//! Amounts of money: their row in the table, and the conversions between minor units and a decimal number of major
//! units.

use crate::ast::{Field, Leaf, Message};
use crate::attr::amount::{Amount, Currency, Decimals, Step};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::LitStr;

/// Generates the `AmountRule` of an amount.
pub(super) fn rule(amount: &Amount, message: &Message) -> TokenStream {
    let index = |name: &LitStr| {
        message
            .fields
            .iter()
            .position(|field| field.wire_name() == name.value())
    };
    let currency = match &amount.currency {
        Currency::Field(name) => {
            let index = index(name);
            quote!(Field(#index))
        }
        Currency::Code(code) => quote!(Code(#code)),
    };
    let value = index(&amount.value);
    let steps = amount.steps.iter().map(
        |Step {
             currency,
             step,
             strength,
         }| {
            quote! {
                ::payspec_runtime::AmountStep { currency: #currency, step: #step, #strength }
            }
        },
    );
    let decimals = amount.decimals.iter().map(|Decimals { currency, places }| {
        let places = Literal::u32_unsuffixed(places.value);
        quote!((#currency, #places))
    });
    quote! {
        ::payspec_runtime::AmountRule {
            currency: ::payspec_runtime::AmountCurrency::#currency,
            value: #value,
            multiple_of: &[#(#steps),*],
            decimals: &[#(#decimals),*],
        }
    }
}

/// The fields of an amount that has conversions.
struct Parts<'a> {
    currency: &'a Ident,
    value: &'a Ident,
    others: Vec<&'a Ident>,
}

/// Generates the conversions of a shared object with a single amount, whose fields are always present, with the
/// currency as a `Currency`, and no other required field.
pub(super) fn conversions(message: &Message) -> Option<TokenStream> {
    let attributes = &message.attributes;
    let ([amount], None) = (attributes.amounts.as_slice(), attributes.direction) else {
        return None;
    };
    let Currency::Field(currency) = &amount.currency else {
        return None;
    };
    let currency = message.field(&currency.value())?;
    let value = message.field(&amount.value.value())?;
    let is_part = |field: &Field| field.ident == currency.ident || field.ident == value.ident;
    let fits = currency.shape.leaf == Leaf::Currency
        && message
            .fields
            .iter()
            .all(|field| is_part(field) != field.shape.optional);
    if !fits {
        return None;
    }
    let others = message.fields.iter().filter(|field| !is_part(field));
    let parts = Parts {
        currency: currency.ident,
        value: value.ident,
        others: others.map(|field| field.ident).collect(),
    };
    Some(match value.shape.leaf {
        Leaf::Decimal => of_decimal(message, &parts),
        Leaf::String
        | Leaf::Integer
        | Leaf::Boolean
        | Leaf::DateTime
        | Leaf::Date
        | Leaf::Timestamp
        | Leaf::Uuid
        | Leaf::Binary
        | Leaf::Url
        | Leaf::Country
        | Leaf::Currency
        | Leaf::Json
        | Leaf::Any
        | Leaf::Other
        | Leaf::Wrong => of_integer(message, amount, &parts),
    })
}

/// Generates the conversions of an amount in major units.
fn of_decimal(message: &Message, parts: &Parts<'_>) -> TokenStream {
    let (ident, vis) = (message.ident, message.vis);
    let (currency, value) = (parts.currency, parts.value);
    let from_major = from_major(message, parts, &Ident::new("major_units", value.span()));
    quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
            #from_major
            /// The amount as a whole number of the currency's minor units.
            ///
            /// # Errors
            ///
            /// When the currency has no known minor unit, or the number is not a whole one or does not fit.
            #vis fn minor_units(&self) -> ::core::result::Result<
                ::core::primitive::i64,
                ::payspec_runtime::MoneyError,
            > {
                ::payspec_runtime::__private::minor_number::<Self>(&self.#value, self.#currency)
            }
        }
    }
}

/// Generates the conversions of an amount in minor units.
fn of_integer(message: &Message, amount: &Amount, parts: &Parts<'_>) -> TokenStream {
    let (ident, vis) = (message.ident, message.vis);
    let Parts {
        currency,
        value,
        others,
    } = parts;
    let from_major = from_major(message, parts, &Ident::new("minor_units", value.span()));
    let decimal_places = (!amount.decimals.is_empty()).then(|| {
        quote! {
            fn decimal_places(
                currency: ::payspec_runtime::Currency,
            ) -> ::core::option::Option<::core::primitive::u8> {
                ::payspec_runtime::__private::decimal_places::<Self>(currency)
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
            #from_major
            /// The amount as a decimal number of major units, with all places of the currency.
            ///
            /// # Errors
            ///
            /// When the currency has no known minor unit.
            #vis fn to_major(&self) -> ::core::result::Result<
                ::payspec_runtime::Decimal,
                ::payspec_runtime::MoneyError,
            > {
                ::payspec_runtime::__private::major_number::<Self>(self.#value, self.#currency)
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::payspec_runtime::MoneyAmount for #ident {
            fn currency(&self) -> ::payspec_runtime::Currency {
                self.#currency
            }
            fn minor_units(&self) -> ::core::primitive::i64 {
                self.#value
            }
            fn from_minor_units(
                minor_units: ::core::primitive::i64,
                currency: ::payspec_runtime::Currency,
            ) -> Self {
                Self {
                    #value: minor_units,
                    #currency: currency,
                    #(#others: ::core::option::Option::None,)*
                }
            }
            #decimal_places
        }
    }
}

/// Generates `from_major`; `convert` is the function of the runtime that returns the value.
fn from_major(message: &Message, parts: &Parts<'_>, convert: &Ident) -> TokenStream {
    let vis = message.vis;
    let Parts {
        currency,
        value,
        others,
    } = parts;
    quote! {
        /// Makes the amount of a decimal number of major units, such as `"12.50"`. Exact: nothing
        /// is rounded.
        ///
        /// # Errors
        ///
        /// When the text is not a decimal number, or not a whole number of the currency's minor
        /// units or steps.
        #vis fn from_major(
            major: impl ::payspec_runtime::MajorUnits,
            currency: ::payspec_runtime::Currency,
        ) -> ::core::result::Result<Self, ::payspec_runtime::MoneyError> {
            ::core::result::Result::Ok(Self {
                #value: ::payspec_runtime::__private::#convert::<Self>(major, currency)?,
                #currency: currency,
                #(#others: ::core::option::Option::None,)*
            })
        }
    }
}
