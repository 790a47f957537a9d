//! Exchange rates: converts an amount into the other currency of the pair.

use crate::ast::{Field, Leaf, Message};
use crate::attr::quote::Quote;
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the conversion, for a rate with its pair as a `String` and its price as a `Decimal`.
pub(super) fn conversion(message: &Message, quote: &Quote) -> Option<TokenStream> {
    let pair = message.field(&quote.pair.value())?;
    let price = message.field(&quote.price.value())?;
    if pair.shape.leaf != Leaf::String || price.shape.leaf != Leaf::Decimal {
        return None;
    }
    let direction = &quote.direction;
    let (ident, vis) = (message.ident, message.vis);
    let value = |field: &Field| {
        let ident = field.ident;
        if field.shape.optional {
            quote!(self.#ident.as_ref().ok_or(::payspec_runtime::QuoteError::Incomplete)?)
        } else {
            quote!(&self.#ident)
        }
    };
    let (pair, price) = (value(pair), value(price));
    Some(quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #ident {
            /// The amount in the other currency of the pair. The arithmetic is exact; an end of less than
            /// a minor unit is rounded as asked for.
            ///
            /// # Errors
            ///
            /// When the amount is in neither currency of the pair, the pair or the price is missing or
            /// unreadable, or the result does not fit.
            #vis fn convert<A: ::payspec_runtime::MoneyAmount>(
                &self,
                amount: &A,
                rounding: ::payspec_runtime::Rounding,
            ) -> ::core::result::Result<A, ::payspec_runtime::QuoteError> {
                ::payspec_runtime::quote::convert(
                    #pair,
                    #price,
                    ::payspec_runtime::QuoteDirection::#direction,
                    amount,
                    rounding,
                )
            }
        }
    })
}
