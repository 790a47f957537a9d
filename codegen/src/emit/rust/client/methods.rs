//! The clients of an API: one method for each operation that the merchant calls.

use proc_macro2::TokenStream;
use quote::quote;

use super::Callable;
use crate::emit::naming::{self, CLIENT_MODULE, OperationNames};
use crate::emit::rust::context::Context;
use crate::emit::rust::docs::{Docs, code};
use crate::emit::rust::file::SourceFile;
use crate::emit::rust::flow::{self, Drive};
use crate::emit::rust::operation::names;
use crate::emit::rust::{EmitError, GeneratedFile, Options};

/// Writes the module of the clients.
pub(in crate::emit::rust) fn file(
    context: &Context<'_>,
    folder: &str,
    options: &Options,
) -> Result<GeneratedFile, EmitError> {
    let mut file = SourceFile::new(options);
    let mut callables = Vec::new();
    for (index, operation) in context.api.operations.iter().enumerate() {
        if let Some(callable) = Callable::of(operation) {
            callables.push((index, callable.operation));
        }
    }
    let mut docs = Docs::default();
    docs.own("Clients: a method for each operation that the merchant calls.");
    docs.paragraph().own(
        "What is decided is an `Ok`, be it good or bad. All else is an error that says whether the \
         request may have arrived; while that is not known, it owns the request's exact bytes, and \
         nothing gives a request that could be changed into a second one.",
    );
    let first = callables
        .iter()
        .find(|(_, operation)| operation.idempotency.is_some())
        .or(callables.first());
    if let (Some(crate_name), Some((_, first))) = (&options.crate_name, first) {
        docs.heading("Example");
        docs.verbatim(example(crate_name, folder, &names(first)?)?);
    }
    file.head(docs, quote!())?;
    let mut methods = Vec::new();
    let mut async_methods = Vec::new();
    for (index, operation) in callables {
        let gate = context.gates.operation(index);
        let names = names(operation)?;
        let mut docs = Docs::of(&operation.id, &operation.title);
        docs.paragraph().text(&operation.description);
        docs.heading("Errors").own(
            "When what became of the call is not known, or it could not be made or sent at all.",
        );
        let [module, request, outcome] =
            [&names.module, &names.request, &names.outcome].map(|name| naming::ident(name));
        let signature = |asyncness: TokenStream| {
            quote! {
                #gate
                #docs
                pub #asyncness fn #module(
                    &self,
                    request: &::payspec_runtime::Valid<super::#module::#request>,
                ) -> Result<
                    super::#module::#outcome,
                    ::payspec_runtime::client::CallError<super::#module::#request>,
                >
            }
        };
        let (plain, waiting) = (signature(quote!()), signature(quote!(async)));
        methods.push(quote! {
            #plain { self.0.call(request).map(|answered| answered.outcome) }
        });
        async_methods.push(quote! {
            #waiting { self.0.call(request).await.map(|answered| answered.outcome) }
        });
    }
    for life in lives(context)? {
        methods.push(life.clone());
        async_methods.push(life);
    }
    file.items(client("Client", "Transport", &methods))?;
    file.items(client("AsyncClient", "AsyncTransport", &async_methods))?;
    let path = format!("{folder}/{CLIENT_MODULE}.rs");
    Ok(GeneratedFile {
        path,
        contents: file.finish(),
    })
}

/// A method for each flow that a client can carry through. None of them waits.
fn lives(context: &Context<'_>) -> Result<Vec<TokenStream>, EmitError> {
    let mut methods = Vec::new();
    for (index, flow) in context.api.flows.iter().enumerate() {
        let Some(drive) = Drive::of(context.api, flow) else {
            continue;
        };
        let gate = context.gates.flow(index);
        let mut docs = Docs::of(&flow.id, &flow.title);
        docs.paragraph()
            .own("Begins it, and writes it down. Nothing is sent yet: carry it through with the client inside.");
        docs.heading("Errors")
            .own("When the requests cannot be made, or the life cannot be written down.");
        let pays = names(drive.pays)?;
        let [module, life, request] =
            [&pays.module, &flow::module(flow)?, &pays.request].map(|name| naming::ident(name));
        methods.push(quote! {
            #gate
            #docs
            pub fn #life(
                &self,
                request: &::payspec_runtime::Valid<super::#module::#request>,
            ) -> Result<super::#life::Payment, ::payspec_runtime::client::life::BeginError> {
                self.0.begin(request)
            }
        });
    }
    Ok(methods)
}

/// A client over a transport.
fn client(name: &str, transport: &str, methods: &[TokenStream]) -> TokenStream {
    let mut docs = Docs::default();
    docs.own(&format!(
        "A client of this API, around the {} of any API, which gives whole answers and sends again \
         what is in doubt.",
        code(name)
    ));
    let (name, transport) = (naming::ident(name), naming::ident(transport));
    quote! {
        #docs
        #[derive(Debug)]
        pub struct #name<
            T,
            S = ::payspec_runtime::client::SigningKey,
            V = ::payspec_runtime::client::VerifyingKey,
        >(#[doc = " What does the work."] pub ::payspec_runtime::client::#name<T, S, V>);

        impl<T, S, V> #name<T, S, V>
        where
            T: ::payspec_runtime::client::#transport,
            S: ::payspec_runtime::client::Signer,
            V: ::payspec_runtime::client::Verifier,
        {
            #(#methods)*
        }
    }
}

/// A program that calls an operation, with names of our own making only.
fn example(crate_name: &str, api: &str, names: &OperationNames) -> Result<Vec<String>, EmitError> {
    let [crate_name, api, module, request, outcome] = [
        crate_name,
        api,
        &names.module,
        &names.request,
        &names.outcome,
    ]
    .map(naming::ident);
    let imports = quote! {
        use #crate_name::#api::{RECIPE, client::Client};
        use #crate_name::#api::#module::{#outcome, #request};
        use payspec_runtime::Valid;
        use payspec_runtime::client::{
            Base, CallError, Client as Calls, Envelope, SigningKey, Transport, VerifyingKey,
        };
    };
    let made = quote! {
        #[doc = " Over a transport of your choice. The environment follows from the client id."]
        fn client<T: Transport>(
            host: &str,
            client_id: &str,
            own_private_key: &str,
            providers_public_key: &str,
            transport: T,
        ) -> Result<Client<T>, Box<dyn std::error::Error>> {
            let envelope = Envelope::new(
                &RECIPE,
                Base::https(host)?,
                client_id,
                SigningKey::from_text(own_private_key)?,
                VerifyingKey::from_text(providers_public_key)?,
            )?;
            Ok(Client(Calls::new(envelope, transport)))
        }
    };
    let called = quote! {
        #[doc = " What was decided. What is in doubt is sent once more, as the same bytes."]
        fn call<T: Transport>(
            client: &Client<T>,
            request: &Valid<#request>,
        ) -> Result<#outcome, CallError<#request>> {
            match client.#module(request) {
                Err(CallError::InDoubt(doubt)) => {
                    client.0.resend(doubt).map(|answered| answered.outcome)
                }
                result => result,
            }
        }
    };
    let mut lines = vec!["```".to_owned(), "# #![allow(unused)]".to_owned()];
    for (index, block) in [imports, made, called].into_iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        let text = prettyplease::unparse(&syn::parse2(block)?);
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.push("```".to_owned());
    Ok(lines)
}
