//! The file of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::access::Access;
use super::client::{self, has_client, receives};
use super::constants;
use super::context::Context;
use super::docs::{Docs, code};
use super::example::example;
use super::file::SourceFile;
use super::outcome::Outcome;
use super::result_code::ResultCodes;
use super::struct_::Struct;
use super::{EmitError, Options, lifecycle, summary};
use crate::emit::GeneratedFile;
use payspec_model::model::{Idempotency, Operation, Side};
use payspec_model::naming::{self, OperationNames};
use payspec_model::pointer::pointer;

/// Returns the names of an operation's items.
pub(super) fn names(operation: &Operation) -> Result<OperationNames, EmitError> {
    naming::operation_names(&operation.id).map_err(|reason| EmitError::Name {
        name: operation.id.clone(),
        reason,
    })
}

/// Generates the file of an operation.
pub(super) fn file(
    context: &Context<'_>,
    operation: &Operation,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let names = names(operation)?;
    let mut file = SourceFile::new(options);
    let mut docs = docs(context, operation);
    if options.operation_features {
        docs.paragraph()
            .own(&format!("Cargo feature: {}.", code(&operation.id)));
    }
    if let Some(crate_name) = &options.crate_name {
        docs.heading("Example");
        docs.verbatim(example(context, crate_name, folder, operation, &names)?);
    }
    file.head(docs, quote!())?;
    for constant in constants::of_operation(operation) {
        file.items(constant)?;
    }
    let request = naming::ident(&names.request);
    let body = Struct::body(
        context,
        operation,
        &operation.request,
        operation.direction(Side::Request),
        request,
    )?;
    // Callers and receivers of the operation name its request type, so only that is deprecated.
    file.items(body.deprecated(operation.deprecated.as_ref()))?;
    if let Some(rule) = &operation.idempotency {
        file.block(idempotent(context, operation, &names, rule)?)?;
    }
    if let Some(response) = &operation.response {
        let ident = naming::ident(&names.response);
        let direction = operation.direction(Side::Response);
        file.items(Struct::body(
            context, operation, response, direction, ident,
        )?)?;
    }
    if let (Some(judged), Some(result)) = (operation.judged(), &operation.result) {
        if !result.code.is_empty() {
            let ident = naming::ident(&names.result_code);
            file.items(ResultCodes::new(context.api, operation, result, ident)?)?;
        }
        let outcome = Outcome::new(context, &names, operation, judged, result)?;
        file.items(&outcome)?;
        if let Some(cfg_feature) = options
            .client
            .cfg_feature()
            .filter(|_| has_client(context.api))
        {
            let call = client::call(context, operation, &names, &outcome)?;
            let pages = client::pages(context, operation, &names)?;
            let (notification, replies) = match receives(context.api) {
                true => (
                    client::notification(context, operation, &names)?,
                    client::replies(context.api, operation, &names),
                ),
                false => (None, Vec::new()),
            };
            let written = call
                .into_iter()
                .chain(pages)
                .chain(notification)
                .chain(replies);
            file.items(
                written
                    .map(|item| quote!(#cfg_feature #item))
                    .collect::<TokenStream>(),
            )?;
        }
    }
    let path = format!("{folder}/{}.rs", names.module);
    Ok(GeneratedFile {
        path,
        contents: file.finish(),
    })
}

/// Generates the trait of requests that are identified by one of their fields.
fn idempotent(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    rule: &Idempotency,
) -> Result<TokenStream, EmitError> {
    let access = Access::new(context, &operation.request.object, &rule.key)?;
    let Some(key) = access.and_then(|access| access.text_or_empty()) else {
        return Ok(TokenStream::new());
    };
    let (request, pointer) = (naming::ident(&names.request), pointer(&rule.key));
    Ok(quote! {
        impl ::payspec_runtime::Idempotent for #request {
            const KEY: &'static str = #pointer;

            fn key(&self) -> &str {
                #key
            }
        }
    })
}

fn docs(context: &Context<'_>, operation: &Operation) -> Docs {
    let mut docs = Docs::of(&operation.id, &operation.title);
    docs.paragraph().text(&operation.description);
    let call = format!("{} {}", operation.method.as_str(), operation.path);
    docs.paragraph().own(&code(&call));
    if let Some(deprecated) = &operation.deprecated {
        let note = lifecycle::note(deprecated);
        docs.paragraph().own(&format!("Deprecated: {note}"));
    }
    if let Some(rule) = &operation.idempotency {
        docs.paragraph().text(&rule.description);
    }
    summary::sources(&mut docs, context.api, &operation.sources);
    docs
}
