//! The clients of an API: one method for each operation that the merchant calls.

use proc_macro2::TokenStream;
use quote::quote;

use super::authentication::credentials;
use super::client_type::client;
use super::examples;
use super::manner::Manner;
use super::raw_calls::RawCalls;
use super::recipe::Proof;
use super::unfinished;
use crate::emit::GeneratedFile;
use crate::emit::rust::context::Context;
use crate::emit::rust::docs::Docs;
use crate::emit::rust::file::SourceFile;
use crate::emit::rust::flow::{self, Drive};
use crate::emit::rust::lifecycle::Deprecation;
use crate::emit::rust::operation::names;
use crate::emit::rust::outcome::Outcome;
use crate::emit::rust::{EmitError, Options};
use payspec_model::model::{Callable, FlowKind};
use payspec_model::naming::{self, CLIENT_MODULE, OperationNames};

/// Generates the module of the clients.
pub(in crate::emit::rust) fn file(
    context: &Context<'_>,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let mut file = SourceFile::new(options);
    let mut callables = Vec::new();
    for (index, operation) in context.api.operations.iter().enumerate() {
        if let Some(callable) = Callable::of(operation) {
            callables.push((index, callable));
        }
    }
    let mut docs = Docs::default();
    docs.own("Clients: a method for each operation that the merchant calls.");
    docs.paragraph().own(
        "A decision, good or bad, is an `Ok`. Everything else is an error that says whether the request \
         may have arrived; while that is unknown, the error owns the request's exact bytes.",
    );
    let first = callables
        .iter()
        .find(|(_, callable)| callable.operation.idempotency.is_some())
        .or(callables.first());
    if let (Some(crate_name), Some((_, first))) = (&options.crate_name, first) {
        docs.heading("Example");
        docs.verbatim(examples::client(
            &RawCalls::of(context.api),
            Proof::of(context.api),
            crate_name,
            folder,
            &names(first.operation)?,
        )?);
    }
    restarting(context, folder, options, &mut docs)?;
    file.head(docs, quote!())?;
    let mut methods = Vec::new();
    let mut async_methods = Vec::new();
    for (index, callable) in callables {
        let operation = callable.operation;
        let cfg_feature = context.cfg_features.operation(index);
        let names = names(operation)?;
        let mut docs = Docs::of(&operation.id, &operation.title);
        docs.paragraph().text(&operation.description);
        if operation.pagination.is_some() {
            docs.paragraph()
                .own("The answer is one page of a list. The method `pages` reads the others, too.");
        }
        docs.heading("Errors").own(
            "When what became of the call is not known, or it could not be made, written down or sent at all.",
        );
        let deprecation = Deprecation(operation.deprecated.as_ref());
        let [module, request, outcome] =
            [&names.module, &names.request, &names.outcome].map(|name| naming::ident(name));
        let signature = |manner: Manner| -> Result<TokenStream, EmitError> {
            let mut docs = docs.clone();
            if let Some(crate_name) = &options.crate_name {
                let outcome = judged(context, &callable, &names)?;
                docs.heading("Example");
                docs.verbatim(examples::call(
                    manner, crate_name, folder, &names, &outcome,
                )?);
            }
            let asyncness = manner.asyncness();
            Ok(quote! {
                #cfg_feature
                #docs
                #deprecation
                pub #asyncness fn #module(
                    &self,
                    request: impl ::payspec_runtime::Validated<super::#module::#request>,
                ) -> Result<
                    super::#module::#outcome,
                    ::payspec_runtime::client::CallError<super::#module::#request>,
                >
            })
        };
        let (plain, waiting) = (signature(Manner::Blocking)?, signature(Manner::Async)?);
        methods.push(quote! {
            #plain { self.0.call(request.into_valid()).map(|answered| answered.outcome) }
        });
        async_methods.push(quote! {
            #waiting { self.0.call(request.into_valid()).await.map(|answered| answered.outcome) }
        });
    }
    methods.extend(lives(context, folder, options, Manner::Blocking)?);
    async_methods.extend(lives(context, folder, options, Manner::Async)?);
    let all = unfinished::Resumable::all(context)?;
    methods.extend(unfinished::method(&all, Manner::Blocking));
    async_methods.extend(unfinished::method(&all, Manner::Async));
    let proof = Proof::of(context.api);
    let blocking = ["Client", "RawClient", "Transport"];
    file.items(client(proof, blocking, None, &methods))?;
    let waiting = ["AsyncClient", "AsyncRawClient", "AsyncTransport"];
    file.items(client(proof, waiting, Some("AsyncClock"), &async_methods))?;
    if let Some(auth) = &context.api.auth {
        file.items(credentials(context.api, auth)?)?;
    }
    file.items(unfinished::items(&all))?;
    let path = format!("{folder}/{CLIENT_MODULE}.rs");
    Ok(GeneratedFile {
        path,
        contents: file.finish(),
    })
}

/// Generates the documentation of a restart, if a client can run a flow.
fn restarting(
    context: &Context<'_>,
    folder: &str,
    options: &Options,
    docs: &mut Docs,
) -> Result<(), EmitError> {
    let flows = context.api.flows.iter();
    let drives = flows.filter(|flow| flow.kind == FlowKind::Payment);
    let mut drives = drives.filter_map(|flow| Some((flow, Drive::of(context.api, flow)?)));
    let (Some(crate_name), Some((flow, drive))) = (&options.crate_name, drives.next()) else {
        return Ok(());
    };
    docs.heading("Starting again");
    docs.own(
        "With a journal, a program that stopped goes on with what it had begun: the same ids, the same bytes. \
         Begin with what is unfinished, then take orders.",
    );
    docs.verbatim(examples::restart(
        &RawCalls::of(context.api),
        Proof::of(context.api),
        crate_name,
        folder,
        (&flow.id, &flow::module(flow)?),
        &names(drive.principal)?,
    )?);
    Ok(())
}

/// Returns the documentation of a call's possible results.
fn judged(
    context: &Context<'_>,
    callable: &Callable<'_>,
    names: &OperationNames,
) -> Result<Outcome, EmitError> {
    let Callable {
        operation,
        response,
        result,
        ..
    } = callable;
    Outcome::new(context, names, operation, response, result)
}

/// Generates a method for each flow that a client can run. None of them blocks or waits.
fn lives(
    context: &Context<'_>,
    folder: &str,
    options: &Options,
    manner: Manner,
) -> Result<Vec<TokenStream>, EmitError> {
    let mut methods = Vec::new();
    let (asyncness, awaited) = (manner.asyncness(), manner.awaited());
    for (index, flow) in context.api.flows.iter().enumerate() {
        let Some(drive) = Drive::of(context.api, flow) else {
            continue;
        };
        let cfg_feature = context.cfg_features.flow(index);
        let mut docs = Docs::of(&flow.id, &flow.title);
        docs.paragraph()
            .own("Begins it, and writes it down. Nothing is sent yet: carry it through with `settle` or `go_on`.");
        docs.heading("Errors")
            .own("When the requests cannot be made, or the life cannot be written down.");
        let deprecation = Deprecation(drive.principal.deprecated.as_ref());
        let (principal, life) = (names(drive.principal)?, flow::module(flow)?);
        if let Some(crate_name) = &options.crate_name {
            docs.heading("Example");
            docs.verbatim(examples::life(
                &RawCalls::of(context.api),
                manner,
                crate_name,
                folder,
                (&life, flow.kind),
                &principal,
            )?);
        }
        let [module, life, request] =
            [&principal.module, &life, &principal.request].map(|name| naming::ident(name));
        let life_type = flow::life_type(flow.kind);
        methods.push(quote! {
            #cfg_feature
            #docs
            #deprecation
            pub #asyncness fn #life(
                &self,
                request: impl ::payspec_runtime::Validated<super::#module::#request>,
            ) -> Result<super::#life::#life_type, ::payspec_runtime::client::life::BeginError> {
                self.0.begin(request.into_valid())#awaited
            }
        });
    }
    Ok(methods)
}
