//! Amounts of money between minor units and a decimal number of major units.

use crate::ast::{Field, Leaf, Message};
use crate::attr::message::Amount;
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the two conversions, for an amount whose fields are always present, with the currency as a
/// `Currency`, and no other required field.
pub(super) fn conversions(message: &Message, amount: &Amount) -> Option<TokenStream> {
    let currency = message.field(&amount.currency.value())?;
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
    let others: Vec<_> = others.map(|field| field.ident).collect();
    let (ident, vis) = (message.ident, message.vis);
    let (currency, value) = (currency.ident, value.ident);
    Some(quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
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
                    #value: ::payspec_runtime::__private::minor_units::<Self>(major, currency)?,
                    #currency: currency,
                    #(#others: ::core::option::Option::None,)*
                })
            }
            /// The amount as a decimal number of major units, with all places of the currency.
            ///
            /// # Errors
            ///
            /// When the currency has no known minor unit.
            #vis fn to_major(&self) -> ::core::result::Result<
                ::payspec_runtime::Decimal,
                ::payspec_runtime::MoneyError,
            > {
                ::payspec_runtime::money::major_from_minor(self.#value, self.#currency)
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
        }
    })
}
