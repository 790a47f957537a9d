//! Generates the trait `Paged` of a request whose answer is a page of a list.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::EmitError;
use crate::emit::rust::access::{Access, Place};
use crate::emit::rust::context::{Context, Scope, field_ident};
use payspec_model::model::{Callable, Cursor, Operation, Type};
use payspec_model::naming::{self, OperationNames};

/// Generates the implementation; [`None`] for an operation without pages, and for one that a client cannot call.
pub(in crate::emit::rust) fn pages(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Result<Option<TokenStream>, EmitError> {
    let (Some(pagination), Some(callable)) = (&operation.pagination, Callable::of(operation))
    else {
        return Ok(None);
    };
    let body = &callable.response.object;
    let response = || quote!(response);
    let items = Access::rooted(context, response(), body, &pagination.items)?;
    let to = operation.request.object.field(&pagination.to);
    let (Some(items), Some(to)) = (items, to) else {
        return Ok(None);
    };
    let Type::List(element) = items.ty else {
        return Ok(None);
    };
    let list = reference(&items);
    let next = match &pagination.next {
        Cursor::Answer(path) => {
            Access::rooted(context, response(), body, path)?.map(|at| cursor(&at))
        }
        Cursor::LastItem(path) => {
            let item = naming::ident("item");
            let inside = match element.ty.object() {
                Some(id) => Access::inside(context, &item, id, path)?,
                None => None,
            };
            inside.map(|at| {
                let inside = cursor(&at);
                quote!(#list.and_then(|items| items.last()).and_then(|#item| #inside))
            })
        }
    };
    let more = match &pagination.more {
        Some(path) => Access::rooted(context, response(), body, path)?.map(|more| value(&more)),
        None => Some(match &pagination.next {
            Cursor::Answer(_) => quote!(None),
            // An element without a cursor does not end the list: only an empty page does.
            Cursor::LastItem(_) => quote!(#list.map(|items| !items.is_empty())),
        }),
    };
    let (Some(next), Some(more)) = (next, more) else {
        return Ok(None);
    };
    let item = context.value_type(&element.ty, Scope::Operation);
    let cursor = context.value_type(&to.ty, Scope::Operation);
    let to = field_ident(to)?;
    let request = naming::ident(&names.request);
    Ok(Some(quote! {
        impl ::payspec_runtime::client::Paged for #request {
            type Item = #item;
            type Cursor = #cursor;

            fn page(
                response: &Self::Response,
            ) -> ::payspec_runtime::client::ListPage<Self::Item, Self::Cursor> {
                ::payspec_runtime::client::ListPage {
                    items: #list.cloned(),
                    next: #next,
                    more: #more,
                }
            }

            fn after(&self, cursor: Self::Cursor) -> Self {
                let mut request = self.clone();
                request.#to = Some(cursor);
                request
            }
        }
    }))
}

/// Returns a value as an `Option` of a reference.
fn reference(access: &Access<'_>) -> TokenStream {
    match &access.place {
        Place::Always(place) => quote!(Some(&#place)),
        Place::Perhaps(place) => place.clone(),
    }
}

/// Returns a number or a boolean as an `Option` of it.
fn value(access: &Access<'_>) -> TokenStream {
    match &access.place {
        Place::Always(place) => quote!(Some(#place)),
        Place::Perhaps(place) => quote!(#place.copied()),
    }
}

/// Returns a cursor as an `Option` of it. An empty text is no cursor.
fn cursor(access: &Access<'_>) -> TokenStream {
    match access.text() {
        Some(text) => quote!(#text.filter(|cursor| !cursor.is_empty()).map(str::to_owned)),
        None => value(access),
    }
}
