//! Turns data into tokens.

mod amount;
mod builder;
mod message;
mod open_enum;
mod rate;
mod result_code;
mod table;
#[cfg(test)]
mod tests;
mod union;

use crate::ast::{Enum, Message, OPEN_ENUM, RESULT_CODE, Union};
use crate::errors::Errors;
use crate::validate;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::DeriveInput;

/// Generates the output of `#[derive(Message)]`. After an error the implementations do nothing, but
/// they exist, so that their absence does not cause more errors.
pub(crate) fn derive_message(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let read = Message::read(input, &mut errors);
    if let Some(message) = &read {
        validate::message(message, &mut errors);
    }
    let code = match &read {
        Some(message) if errors.is_empty() => message::whole(message),
        Some(message) => message::stub(message.ident, Some(message)),
        None => message::stub(&input.ident, None),
    };
    finish(input, code, errors)
}

/// Generates the output of `#[derive(OpenEnum)]`.
pub(crate) fn derive_open_enum(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let read = Enum::read(input, &OPEN_ENUM, &mut errors);
    if let Some(input) = &read {
        validate::open_enum(input, &mut errors);
    }
    let code = match &read {
        Some(input) if errors.is_empty() => open_enum::whole(input),
        Some(_) | None => open_enum::stub(input),
    };
    finish(input, code, errors)
}

/// Generates the output of `#[derive(ResultCode)]`.
pub(crate) fn derive_result_code(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let read = Enum::read(input, &RESULT_CODE, &mut errors);
    if let Some(input) = &read {
        validate::result_code(input, &mut errors);
    }
    let code = match &read {
        Some(input) if errors.is_empty() => result_code::whole(input),
        Some(_) | None => result_code::stub(input),
    };
    finish(input, code, errors)
}

/// Generates the output of `#[derive(Union)]`.
pub(crate) fn derive_union(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let read = Union::read(input, &mut errors);
    if let Some(input) = &read {
        validate::union(input, &mut errors);
    }
    let code = match &read {
        Some(input) if errors.is_empty() => union::whole(input),
        Some(_) | None => union::stub(&input.ident),
    };
    finish(input, code, errors)
}

fn finish(input: &DeriveInput, code: TokenStream, errors: Errors) -> TokenStream {
    if !input.generics.params.is_empty() {
        // The stub implementations do not support generics either.
        return errors.into_compile_errors();
    }
    let errors = errors.into_compile_errors();
    quote!(#errors #code)
}

/// Returns `f0`, `f1`, …: bindings that cannot collide with a name of the user.
fn binding(index: usize) -> Ident {
    format_ident!("f{}", index, span = Span::mixed_site())
}
