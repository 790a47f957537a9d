//! The file of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::constants::{self, method};
use super::context::Context;
use super::docs::{Docs, code};
use super::file::SourceFile;
use super::outcome::Outcome;
use super::result_code::ResultCodes;
use super::struct_::Struct;
use super::{EmitError, GeneratedFile, Options, summary};
use crate::emit::naming::{self, OperationNames};
use crate::model::{Idempotency, Operation, Side};

/// The names of an operation's items.
pub(super) fn names(operation: &Operation) -> Result<OperationNames, EmitError> {
    naming::operation_names(&operation.id).map_err(|reason| EmitError::Name {
        name: operation.id.clone(),
        reason,
    })
}

/// Writes the file of an operation.
pub(super) fn file(
    context: &Context<'_>,
    operation: &Operation,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let names = names(operation)?;
    let mut file = SourceFile::new(options);
    file.head(docs(context, operation), quote!())?;
    for constant in constants::of_operation(operation) {
        file.items(constant)?;
    }
    file.items(Struct::body(context, &operation.request, Side::Request)?)?;
    if let Some(rule) = &operation.idempotency {
        file.block(idempotent(&names, rule))?;
    }
    if let Some(response) = &operation.response {
        file.items(Struct::body(context, response, Side::Response)?)?;
        if let Some(result) = &operation.result {
            let ident = naming::ident(&names.result_code);
            file.items(ResultCodes::new(context, operation, result, ident)?)?;
            let key = operation.idempotency.as_ref().and_then(key);
            file.items(Outcome::new(context, &names, response, result, key)?)?;
        }
    }
    let path = format!("{folder}/{}.rs", names.module);
    Ok(GeneratedFile {
        path,
        contents: file.finish(),
    })
}

/// The field that requests are known by, if it is one of their own.
fn key(rule: &Idempotency) -> Option<&str> {
    match rule.key.as_slice() {
        [key] => Some(key),
        _ => None,
    }
}

/// The trait of requests that are known by a field of their own; a key deeper inside has none.
fn idempotent(names: &OperationNames, rule: &Idempotency) -> TokenStream {
    let Some(key) = key(rule) else {
        return TokenStream::new();
    };
    let request = naming::ident(&names.request);
    quote! {
        impl ::payspec_runtime::Idempotent for #request {
            const KEY: &'static str = #key;
        }
    }
}

fn docs(context: &Context<'_>, operation: &Operation) -> Docs {
    let mut docs = Docs::of(&operation.id, &operation.title);
    docs.paragraph().text(&operation.description);
    let call = format!("{} {}", method(operation.method), operation.path);
    docs.paragraph().own(&code(&call));
    if let Some(rule) = &operation.idempotency {
        docs.paragraph().text(&rule.description);
    }
    summary::sources(&mut docs, context.api, &operation.sources);
    docs
}
