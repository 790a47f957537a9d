//! The requests after the first: what names the payment in them, and the values of earlier messages that they carry.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::drive::{Drive, request};
use super::names::{Names, Party};
use crate::emit::rust::access::{Access, Place};
use crate::emit::rust::context::Context;
use crate::emit::rust::context::field_ident;
use crate::emit::rust::{EmitError, operation};
use payspec_model::model::{CarriedValue, Field, Filled, Side};
use payspec_model::naming;

/// Generates the requests that carry no value of an earlier message.
pub(super) fn follow_ups(
    others: &[&Party<'_>],
    drive: &Drive<'_>,
) -> Result<TokenStream, EmitError> {
    let others = others.iter().filter(|party| !is_carrying(party, drive));
    let made = others.map(|party| made(party, drive));
    let made = made.collect::<Result<Vec<_>, EmitError>>()?;
    let id = match made.is_empty() {
        true => quote!(_),
        false => quote!(id),
    };
    Ok(quote! {
        fn follow_ups(
            #id: &str,
        ) -> Result<
            Vec<(Call, ::payspec_runtime::client::life::FollowUp)>,
            ::payspec_runtime::client::life::BeginError,
        > {
            Ok(Vec::from([#(#made),*]))
        }
    })
}

/// Generates the requests that carry values of earlier messages, and the functions that read these values; nothing
/// if the flow has none.
pub(super) fn carries(
    context: &Context<'_>,
    drive: &Drive<'_>,
    names: &Names<'_>,
    others: &[&Party<'_>],
) -> Result<TokenStream, EmitError> {
    let carrying = others.iter().filter(|party| is_carrying(party, drive));
    let carrying: Vec<_> = carrying.copied().collect();
    if carrying.is_empty() {
        return Ok(TokenStream::new());
    }
    let pushed = carrying.iter().map(|party| pushed(party, drive));
    let pushed = pushed.collect::<Result<Vec<_>, EmitError>>()?;
    let given = given(context, drive)?;
    let read = read(context, drive, names)?;
    let id = match carrying.iter().any(|party| needs_key(party, drive)) {
        true => quote!(id),
        false => quote!(_),
    };
    Ok(quote! {
        fn carrying(
            #id: &str,
            carried: &::payspec_runtime::client::life::Carried,
        ) -> Result<
            Vec<(Call, ::payspec_runtime::client::life::FollowUp)>,
            ::payspec_runtime::client::life::BeginError,
        > {
            let mut made = Vec::new();
            #(#pushed)*
            Ok(made)
        }

        #given

        #read
    })
}

/// Returns each value of these messages once.
fn values_of<'a>(drive: &'a Drive<'_>, side: Side) -> Vec<&'a CarriedValue> {
    values(drive.flow.with.iter().filter(|value| value.side == side))
}

/// Generates the function that reads the values of the first request; nothing if no request carries one.
fn given(context: &Context<'_>, drive: &Drive<'_>) -> Result<Option<TokenStream>, EmitError> {
    let mut pairs = Vec::new();
    for value in values_of(drive, Side::Request) {
        let body = &drive.principal.request.object;
        let access = Access::rooted(context, quote!(request), body, &value.path)?;
        pairs.extend(access.map(|access| pair(value, access)));
    }
    Ok((!pairs.is_empty()).then(|| {
        quote! {
            fn given(request: &Self::Request) -> Vec<(&'static str, &str)> {
                [#(#pairs),*].into_iter().flatten().collect()
            }
        }
    }))
}

/// Generates the name of a value with its text, if the message has it.
fn pair(value: &CarriedValue, access: Access) -> TokenStream {
    let name = value.name();
    match access.place {
        Place::Always(place) => quote!(Some((#name, #place.as_str()))),
        Place::Perhaps(place) => quote!(#place.map(|value| (#name, value))),
    }
}

fn is_carrying(party: &Party<'_>, drive: &Drive<'_>) -> bool {
    drive.flow.carried_by(&party.operation.id).next().is_some()
}

/// Returns the fields that a client fills in.
fn filled<'a>(party: &'a Party<'_>, drive: &'a Drive<'_>) -> Vec<(&'a Field, Filled<'a>)> {
    // A flow that lacks something has no client.
    let filled = drive.flow.filled(party.operation, drive.key);
    filled.unwrap_or_default()
}

fn needs_key(party: &Party<'_>, drive: &Drive<'_>) -> bool {
    let mut filled = filled(party, drive).into_iter();
    filled.any(|(_, content)| match content {
        Filled::Key | Filled::OwnKey => true,
        Filled::Carried(_) => false,
    })
}

/// Generates the statement that makes a request as soon as its values are known.
fn pushed(party: &Party<'_>, drive: &Drive<'_>) -> Result<TokenStream, EmitError> {
    let values = values(drive.flow.carried_by(&party.operation.id));
    let variables: Vec<_> = (0..values.len()).map(variable).collect();
    let names: Vec<_> = values.iter().map(|value| value.name()).collect();
    let made = made(party, drive)?;
    let (known, found) = match (variables.as_slice(), names.as_slice()) {
        ([variable], [name]) => (quote!(Some(#variable)), quote!(carried.get(#name))),
        _ => (
            quote!((#(Some(#variables)),*)),
            quote!((#(carried.get(#names)),*)),
        ),
    };
    Ok(quote! {
        if let #known = #found {
            made.push(#made);
        }
    })
}

/// Returns the variable for a value among those of a request.
fn variable(index: usize) -> proc_macro2::Ident {
    format_ident!("value_{}", index + 1)
}

/// Returns each value once.
fn values<'a>(carried: impl Iterator<Item = &'a CarriedValue>) -> Vec<&'a CarriedValue> {
    let mut values: Vec<&CarriedValue> = Vec::new();
    for one in carried {
        if !values.iter().any(|known| known.is_same_value(one)) {
            values.push(one);
        }
    }
    values
}

/// Generates a call with its request, in which the client fills in all fields.
fn made(party: &Party<'_>, drive: &Drive<'_>) -> Result<TokenStream, EmitError> {
    let (request, variant, module) = (request(party)?, &party.variant, &party.module);
    let own = values(drive.flow.carried_by(&party.operation.id));
    let operation = &party.operation.id;
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for (field, content) in filled(party, drive) {
        let ident = field_ident(field)?;
        let value = match content {
            Filled::Key => quote!(id),
            Filled::OwnKey => {
                quote!(::payspec_runtime::client::life::own_key(id, #operation))
            }
            Filled::Carried(value) => {
                let index = own.iter().position(|known| known.is_same_value(value));
                let variable = variable(index.unwrap_or_default());
                quote!(#variable)
            }
        };
        let owned = match content {
            Filled::OwnKey if field.nullable => quote!(#value.into()),
            Filled::OwnKey => value.clone(),
            Filled::Key | Filled::Carried(_) if field.nullable => quote!(#value.into()),
            Filled::Key | Filled::Carried(_) => quote!(#value.to_owned()),
        };
        match field.plain {
            true => required.push(quote!(#ident: #owned)),
            false => optional.push(quote!(.#ident(#value))),
        }
    }
    let builder = if required.is_empty() {
        quote!(#request::builder())
    } else {
        let names = operation::names(party.operation)?;
        let companion = naming::ident(&naming::required_companion(&names.request));
        quote!(#request::builder(super::#module::#companion { #(#required),* }))
    };
    Ok(quote! {
        (
            Call::#variant,
            ::payspec_runtime::client::life::FollowUp::new(&#builder #(#optional)*.build()?)?,
        )
    })
}

/// Generates the function that reads the values of an answer.
fn read(
    context: &Context<'_>,
    drive: &Drive<'_>,
    names: &Names<'_>,
) -> Result<TokenStream, EmitError> {
    let all = values_of(drive, Side::Response);
    let mut arms = Vec::new();
    for party in &names.calls {
        let variant = &party.variant;
        let own = all.iter().filter(|value| value.from == party.operation.id);
        let mut pairs = Vec::new();
        for value in own {
            let Some(body) = &party.operation.response else {
                continue;
            };
            let root = quote!(answered.response);
            let access = Access::rooted(context, root, &body.object, &value.path)?;
            pairs.extend(access.map(|access| pair(value, access)));
        }
        arms.push(match pairs.is_empty() {
            true => quote!(Answer::#variant(_) => Vec::new(),),
            false => quote! {
                Answer::#variant(answered) => [#(#pairs),*].into_iter().flatten().collect(),
            },
        });
    }
    Ok(quote! {
        fn carried(answer: &Answer) -> Vec<(&'static str, &str)> {
            match answer {
                #(#arms)*
            }
        }
    })
}
