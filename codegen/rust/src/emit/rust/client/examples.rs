//! The examples in the documentation of clients. They only contain names of our own, no text of the
//! spec, and compile as doctests.

use heck::ToSnakeCase as _;
use proc_macro2::TokenStream;
use quote::quote;

use super::manner::Manner;
use super::raw_calls::RawCalls;
use super::recipe::Proof;
use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use crate::emit::rust::outcome::Outcome;
use payspec_model::model::FlowKind;
use payspec_model::naming::{self, OperationNames};

/// Generates a program that makes a client and calls an operation.
pub(super) fn client(
    raw: &RawCalls,
    proof: Proof,
    crate_name: &str,
    api: &str,
    names: &OperationNames,
) -> Result<Vec<String>, EmitError> {
    let [crate_name, api, module, request, outcome] = [
        crate_name,
        api,
        &names.module,
        &names.request,
        &names.outcome,
    ]
    .map(naming::ident);
    let (credentials, made) = made(proof);
    let imports = quote! {
        use #crate_name::#api::client::#credentials;
        use #crate_name::#api::#module::{#outcome, #request};
        use payspec_runtime::Valid;
        use payspec_runtime::client::{CallError, SetupError, Transport};
    };
    let resend = raw.call(Manner::Blocking, "resend", &quote!(doubt));
    let called = quote! {
        #[doc = " What was decided. What is in doubt is sent once more, as the same bytes."]
        fn call<T: Transport>(
            client: &Client<T>,
            request: Valid<#request>,
        ) -> Result<#outcome, CallError<#request>> {
            match client.#module(request) {
                Err(CallError::InDoubt(doubt)) => {
                    #resend.map(|answered| answered.outcome)
                }
                result => result,
            }
        }
    };
    lines([imports, made, called])
}

/// Returns the import of the client, and the function of the example that makes one.
fn made(proof: Proof) -> (TokenStream, TokenStream) {
    match proof {
        Proof::Signature => (
            quote!(Client),
            quote! {
                #[doc = " Over a transport of your choice. The environment follows from the client id."]
                fn client<T: Transport>(
                    url: &str,
                    client_id: &str,
                    own_private_key: &str,
                    providers_public_key: &str,
                    transport: T,
                ) -> Result<Client<T>, SetupError> {
                    Client::from_keys(url, client_id, own_private_key, providers_public_key, transport)
                }
            },
        ),
        Proof::Credentials => (
            quote!({Client, Credentials}),
            quote! {
                #[doc = " Over a transport of your choice."]
                fn client<T: Transport>(
                    url: &str,
                    credentials: &Credentials,
                    transport: T,
                ) -> Result<Client<T>, SetupError> {
                    Client::from_credentials(url, credentials, transport)
                }
            },
        ),
    }
}

/// Generates one call with all its possible results.
pub(super) fn call(
    manner: Manner,
    crate_name: &str,
    api: &str,
    names: &OperationNames,
    outcome: &Outcome,
) -> Result<Vec<String>, EmitError> {
    let [crate_name, api, module, request, name] = [
        crate_name,
        api,
        &names.module,
        &names.request,
        &names.outcome,
    ]
    .map(naming::ident);
    let [client, transport] = manner.names();
    let (asyncness, awaited) = (manner.asyncness(), manner.awaited());
    let settled = outcome.settled().map(|(variant, pattern)| {
        let word = variant.to_string().to_snake_case().replace('_', " ");
        quote!(Ok(#name::#pattern) => #word.to_owned(),)
    });
    let failed = outcome.failures().map(|variant| {
        quote!(Ok(#name::#variant(failed)) => format!("{:?}: {:?}", failed.code(), failed.next_step()),)
    });
    let imports = quote! {
        use #crate_name::#api::{client::#client, #module::*};
        use payspec_runtime::Valid;
        use payspec_runtime::client::{CallError, #transport};
    };
    let called = quote! {
        #[doc = " What came of it, in words."]
        #asyncness fn call<T: #transport>(client: &#client<T>, request: Valid<#request>) -> String {
            match client.#module(request)#awaited {
                #(#settled)*
                #(#failed)*
                Ok(#name::Pending(_)) => "nobody knows".to_owned(),
                Err(CallError::InDoubt(doubt)) => format!("nobody knows: {}", doubt.problem()),
                Err(nothing_has_left) => nothing_has_left.to_string(),
            }
        }
    };
    lines([imports, called])
}

/// Generates a payment from start to end.
pub(super) fn life(
    raw: &RawCalls,
    manner: Manner,
    crate_name: &str,
    api: &str,
    (life, kind): (&str, FlowKind),
    principal: &OperationNames,
) -> Result<Vec<String>, EmitError> {
    let (module, request) = (&principal.module, &principal.request);
    let [crate_name, api, life, module, request] =
        [crate_name, api, life, module, request].map(naming::ident);
    let [client, transport] = manner.names();
    let (ending, [done, not_done]) = match kind {
        FlowKind::Payment => ("Ending", ["Paid", "NotPaid"]),
        FlowKind::Refund => ("RefundEnding", ["Refunded", "NotRefunded"]),
    };
    let [ending, done, not_done] = [ending, done, not_done].map(naming::ident);
    let noun = naming::ident(kind.noun());
    let about = format!(
        " Whether the {} succeeded; [`None`] when people have to find out.",
        kind.noun()
    );
    let (asyncness, awaited) = (manner.asyncness(), manner.awaited());
    let imports = quote! {
        use #crate_name::#api::{client::#client, #module::#request};
        use payspec_runtime::Valid;
        use payspec_runtime::client::#transport;
        use payspec_runtime::client::life::#ending;
    };
    let show = quote!(&mut #noun, |shown| println!("show {shown:?}"));
    let settle = raw.call(manner, "settle", &show);
    let close = raw.call(manner, "close", &quote!(&#noun));
    let lived = quote! {
        #[doc = #about]
        #asyncness fn live<T: #transport>(
            client: &#client<T>,
            request: Valid<#request>,
        ) -> Result<Option<bool>, Box<dyn std::error::Error>> {
            let mut #noun = client.#life(request)#awaited?;
            let ending = #settle?;
            let succeeded = match &ending {
                #ending::#done(_) => Some(true),
                #ending::#not_done(_) => Some(false),
                #ending::InDoubt(_) => None,
            };
            #close?;
            Ok(succeeded)
        }
    };
    lines([imports, lived])
}

/// Generates a program that pays, may stop anywhere, and continues when it is started again.
pub(super) fn restart(
    raw: &RawCalls,
    proof: Proof,
    crate_name: &str,
    api: &str,
    (flow, life): (&str, &str),
    principal: &OperationNames,
) -> Result<Vec<String>, EmitError> {
    let variant = naming::ident(&spelled(flow, naming::variant_name(flow))?);
    let (module, request) = (&principal.module, &principal.request);
    let [crate_name, api, life, module, request] =
        [crate_name, api, life, module, request].map(naming::ident);
    let (envelope, imported) = (proof.envelope(), proof.imported());
    let imports = quote! {
        use #crate_name::#api::client::{Client, Unfinished};
        use #crate_name::#api::{#life::Payment, #module::#request};
        use payspec_runtime::Valid;
        use payspec_runtime::client::{Envelope, FileJournal, Transport #imported};
        use std::error::Error;
    };
    let start = quote! {
        #[doc = " The whole program: what was begun first, then the new orders."]
        fn run<T: Transport>(
            envelope: #envelope,
            transport: T,
            orders: Vec<Valid<#request>>,
        ) -> Result<(), Box<dyn Error>> {
            let journal = FileJournal::open("payments.journal")?;
            for damage in journal.damage() {
                eprintln!("payments.journal: {damage}");
            }
            let client = Client::new(envelope, transport).journal(journal);
            for found in client.unfinished()? {
                match found {
                    Ok(Unfinished::#variant(payment)) => settle(&client, payment)?,
                    Ok(other) => eprintln!("go on with {other:?}"),
                    Err(error) => eprintln!("ask the provider: {error}"),
                }
            }
            for order in orders {
                settle(&client, client.#life(order)?)?;
            }
            Ok(())
        }
    };
    let show = quote!(&mut payment, |shown| println!("show {shown:?}"));
    let settle = raw.call(Manner::Blocking, "settle", &show);
    let close = raw.call(Manner::Blocking, "close", &quote!(&payment));
    let settled = quote! {
        #[doc = " Stopped anywhere in here, the program finds the payment again."]
        fn settle<T: Transport>(
            client: &Client<T>,
            mut payment: Payment,
        ) -> Result<(), Box<dyn Error>> {
            let ending = #settle?;
            println!("book {}: {ending}", payment.id());
            #close?;
            Ok(())
        }
    };
    lines([imports, start, settled])
}

/// Returns the lines of a doctest.
fn lines<const N: usize>(blocks: [TokenStream; N]) -> Result<Vec<String>, EmitError> {
    let mut lines = vec!["```".to_owned(), "# #![allow(unused)]".to_owned()];
    for (index, block) in blocks.into_iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        let text = prettyplease::unparse(&syn::parse2(block)?);
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.push("```".to_owned());
    Ok(lines)
}
