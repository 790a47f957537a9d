//! Generates the trait `Call` of a request, which a client needs to send it.

use payspec_runtime::{AgreedKind, Issuer};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::rust::EmitError;
use crate::emit::rust::access::Access;
use crate::emit::rust::constants;
use crate::emit::rust::context::Context;
use crate::emit::rust::outcome::Outcome;
use payspec_model::format::{Decide, End, Method};
use payspec_model::model::{
    Agreement, AgreementPart, Api, Body, Callable, Flow, FlowEvent, Object, Operation, Pause,
    PendingAction, ResultHandling, Role, Target,
};
use payspec_model::naming::{self, OperationNames};
use payspec_model::pointer::pointer;

/// Number of repetitions of a request with an unknown outcome, if no flow states one.
const REPEATS: u32 = 3;

/// Generates the implementation; [`None`] for an operation that a client cannot call.
pub(in crate::emit::rust) fn call(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    outcome: &Outcome,
) -> Result<Option<TokenStream>, EmitError> {
    let Some(callable) = Callable::of(operation) else {
        return Ok(None);
    };
    let Callable {
        response: response_body,
        result,
        status,
        ..
    } = callable;
    let id = match &operation.idempotency {
        Some(_) => quote!(Some(::payspec_runtime::Idempotent::key(self))),
        None => quote!(None),
    };
    let key_pointer = match &operation.idempotency {
        Some(_) => quote!(<Self as ::payspec_runtime::Idempotent>::KEY),
        None => quote!(""),
    };
    let key = operation.idempotency.iter().map(|rule| &rule.key);
    let mut paths: Vec<&Vec<String>> = result.references.iter().collect();
    paths.extend(key.filter(|key| !result.references.contains(key)));
    let asked = named(context, &operation.request, &quote!(self), &paths)?.map(|names| {
        quote! {
            fn asked(&self) -> Vec<::payspec_runtime::Reference<'_>> {
                #names
            }
        }
    });
    let answered = named(context, response_body, &quote!(response), &paths)?.map(|names| {
        quote! {
            fn answered(response: &Self::Response) -> Vec<::payspec_runtime::Reference<'_>> {
                #names
            }
        }
    });
    let agrees = agrees(context.api, &response_body.object, &result.agrees);
    let code = result.code.iter().map(|path| quote!(&[#(#path),*]));
    let (id_name, verb, path) = (&operation.id, operation.method.as_str(), &operation.path);
    let repeat = repeat(&callable).variant();
    let lifetime = lifetime(operation);
    let is_journaled = is_journaled(context.api, &callable);
    let repeats = Literal::u32_unsuffixed(repeats(context.api, operation));
    let rule = operation.idempotency.as_ref();
    let conflict = match rule.and_then(|rule| rule.conflict_code.as_ref()) {
        Some(code) => quote!(Some(#code)),
        None => quote!(None),
    };
    let [request, response, outcome_name] =
        [&names.request, &names.response, &names.outcome].map(|name| naming::ident(name));
    let statuses = statuses(context.api, result);
    let judgement = judgement(outcome, &outcome_name);
    let decide = match outcome.is_by_http_status() {
        true => quote! {
            fn outcome(response: &Self::Response, http_status: u16) -> Self::Outcome {
                response.outcome(http_status)
            }
        },
        false => quote! {
            fn outcome(response: &Self::Response, _: u16) -> Self::Outcome {
                response.outcome()
            }
        },
    };
    Ok(Some(quote! {
        impl ::payspec_runtime::client::Call for #request {
            type Response = #response;
            type Outcome = #outcome_name;

            const ENDPOINT: ::payspec_runtime::client::Endpoint =
                ::payspec_runtime::client::Endpoint {
                    name: #id_name,
                    method: #verb,
                    path: #path,
                    request: <Self as ::payspec_runtime::Message>::schema,
                    status: &[#(#status),*],
                    codes: &[#(#code),*],
                    statuses: #statuses,
                };
            const KEY: &'static str = #key_pointer;
            const REPEAT: ::payspec_runtime::client::Repeat =
                ::payspec_runtime::client::Repeat::#repeat;
            #lifetime
            const JOURNALED: bool = #is_journaled;
            const REPEATS: u32 = #repeats;
            const CONFLICT: Option<&'static str> = #conflict;
            #agrees

            fn id(&self) -> Option<&str> {
                #id
            }

            #asked
            #answered

            #decide

            fn judgement(outcome: &Self::Outcome) -> ::payspec_runtime::client::Judgement<'_> {
                use ::payspec_runtime::client::Judgement;
                match outcome {
                    #judgement
                }
            }
        }
    }))
}

/// Returns the ids by which a body names its payment, with their values; [`None`] if it has none.
pub(super) fn named(
    context: &Context<'_>,
    body: &Body,
    root: &TokenStream,
    paths: &[&Vec<String>],
) -> Result<Option<TokenStream>, EmitError> {
    let mut named = Vec::new();
    for path in paths {
        let access = Access::rooted(context, root.clone(), &body.object, path)?;
        let text = access.and_then(|access| access.text());
        if let Some(text) = text {
            named.extend(reference(context.api, path, &text));
        }
    }
    Ok((!named.is_empty()).then(|| quote!(vec![#(#named),*])))
}

/// Returns the expression of an id that a body may have; [`None`] for the body itself, which is not an
/// id.
pub(in crate::emit::rust) fn reference(
    api: &Api,
    path: &[String],
    text: &TokenStream,
) -> Option<TokenStream> {
    let name = path.last()?;
    let issuer = match api.issuer(name) {
        Issuer::Merchant => quote!(merchant),
        Issuer::Provider => quote!(provider),
    };
    Some(quote!(::payspec_runtime::Reference::#issuer(#name, #text)))
}

/// Generates the constant with the fields in which a body must agree with the request; [`None`] if
/// there are none.
pub(super) fn agrees(api: &Api, body: &Object, agreements: &[Agreement]) -> Option<TokenStream> {
    let agreed = agreements.iter().filter_map(|agreement| {
        // Fields that cannot be compared have been reported.
        let parts = agreement.parts(api, body).ok()?;
        let (path, pointer) = (&agreement.path, pointer(&agreement.path));
        let parts = parts.iter().map(|AgreementPart { path, kind, case: _ }| {
            let kind = match kind {
                AgreedKind::Text => quote!(Text),
                AgreedKind::Integer => quote!(Integer),
                AgreedKind::Decimal => quote!(Decimal),
                AgreedKind::Boolean => quote!(Boolean),
            };
            quote! {
                ::payspec_runtime::AgreedPart {
                    path: &[#(#path),*],
                    kind: ::payspec_runtime::AgreedKind::#kind,
                }
            }
        });
        Some(quote! {
            ::payspec_runtime::Agreed { pointer: #pointer, path: &[#(#path),*], parts: &[#(#parts),*] }
        })
    });
    let agreed: Vec<_> = agreed.collect();
    (!agreed.is_empty()).then(|| {
        quote! {
            const AGREES: &'static [::payspec_runtime::Agreed<'static>] = &[#(#agreed),*];
        }
    })
}

/// The reason why a repetition is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeat {
    ByKey,
    Documented,
    Reads,
    Never,
}

impl Repeat {
    fn variant(self) -> TokenStream {
        match self {
            Repeat::ByKey => quote!(ByKey),
            Repeat::Documented => quote!(Documented),
            Repeat::Reads => quote!(Reads),
            Repeat::Never => quote!(Never),
        }
    }
}

fn repeat(callable: &Callable<'_>) -> Repeat {
    let Callable {
        operation, result, ..
    } = callable;
    let mut actions = result
        .decisions
        .iter()
        .flat_map(|decision| &decision.actions);
    let is_documented = actions.any(|action| *action == PendingAction::ResendSame);
    match (operation.method, &operation.idempotency) {
        (Method::Get, _) => Repeat::Reads,
        (Method::Post | Method::Put | Method::Patch | Method::Delete, Some(_)) => Repeat::ByKey,
        (Method::Post | Method::Put | Method::Patch | Method::Delete, None) => {
            match is_documented {
                true => Repeat::Documented,
                false => Repeat::Never,
            }
        }
    }
}

/// Generates the lifetime of the key, if it is known.
fn lifetime(operation: &Operation) -> Option<TokenStream> {
    match operation.idempotency.as_ref()?.lifetime? {
        Pause::Seconds(seconds) => {
            let seconds = u64::from(seconds);
            Some(quote! {
                const KEY_LIFETIME: Option<::std::time::Duration> =
                    Some(::std::time::Duration::from_secs(#seconds));
            })
        }
        Pause::Unknown => None,
    }
}

/// Returns whether a journal records such calls: those with a key, and those that may be repeated and
/// whose success ends a flow as cancelled. An inquiry may be repeated too, but a program that stopped
/// does not need to know about it.
pub(super) fn is_journaled(api: &Api, callable: &Callable<'_>) -> bool {
    match repeat(callable) {
        Repeat::ByKey => true,
        Repeat::Documented => cancels(api, callable),
        Repeat::Reads | Repeat::Never => false,
    }
}

/// Returns whether success of an operation ends a flow as cancelled.
fn cancels(api: &Api, callable: &Callable<'_>) -> bool {
    let Callable {
        operation, result, ..
    } = callable;
    let is_done = |name: &str| {
        let mut decisions = result.decisions.iter();
        decisions.any(|decision| decision.name == name && decision.decide == Decide::Done)
    };
    let is_cancelled = |flow: &Flow, target: Target| match target {
        Target::State(state) => match flow.state(state).role {
            Role::End(End::Cancelled) => true,
            Role::End(
                End::Paid | End::Unpaid | End::Refunded | End::RefundFailed | End::Escalated,
            )
            | Role::Step(_) => false,
        },
        Target::Again | Target::Stay => false,
    };
    api.flows.iter().any(|flow| {
        let mut rows = flow.steps().flat_map(|(_, _, step)| &step.rows);
        rows.any(|row| match &row.event {
            FlowEvent::Outcome {
                operation: id,
                outcome,
                ..
            } => *id == operation.id && is_done(outcome) && is_cancelled(flow, row.target),
            FlowEvent::NoAnswer | FlowEvent::Exhausted | FlowEvent::Expired => false,
        })
    })
}

/// Returns the number of repetitions of a request: as many as a flow allows. Flows do not count for a
/// request without a key, because sending it again on a schedule may be a new inquiry.
fn repeats(api: &Api, operation: &Operation) -> u32 {
    let sendings = api.flows.iter().map(|flow| {
        let steps = flow.states.iter().filter_map(|state| match &state.role {
            Role::Step(step) if step.send == operation.id => Some(step.pauses.len()),
            Role::Step(_) | Role::End(_) => None,
        });
        steps.sum::<usize>()
    });
    let most = sendings.max().filter(|most| *most > 0);
    match (&operation.idempotency, most) {
        (Some(_), Some(most)) => u32::try_from(most - 1).unwrap_or(REPEATS),
        (Some(_) | None, _) => REPEATS,
    }
}

fn judgement(outcome: &Outcome, name: &Ident) -> TokenStream {
    let failures = outcome.failures().map(|variant| {
        quote! {
            #name::#variant(failed) => Judgement::Failed {
                code: ::payspec_runtime::ResultCode::as_str(failed.code()),
            },
        }
    });
    let settled: Vec<_> = outcome.settled().map(|(_, pattern)| pattern).collect();
    let settled =
        (!settled.is_empty()).then(|| quote!(#(#name::#settled)|* => Judgement::Decided,));
    quote! {
        #settled
        #(#failures)*
        #name::Pending(pending) => Judgement::Pending {
            code: ::payspec_runtime::ResultCode::as_str(pending.code()),
            status: pending.status(),
            resend: ::payspec_runtime::ResultCode::resend(pending.code()),
        },
    }
}

/// Returns the table of the statuses of an answer: that of the API, unless the operation has its own.
fn statuses(api: &Api, result: &ResultHandling) -> TokenStream {
    let shared = api.statuses.iter().map(|shared| shared.name.as_str());
    let own = result.statuses();
    let known: Vec<&str> = shared
        .clone()
        .chain(
            own.into_iter()
                .filter(|own| !shared.clone().any(|one| one == *own)),
        )
        .collect();
    let is_shared = |name: &&str| {
        let class = api.class(result, name);
        let mut statuses = api.statuses.iter();
        statuses.any(|shared| shared.name == **name && Some(shared.class) == class)
    };
    if known.iter().all(is_shared) {
        return quote!(super::STATUSES);
    }
    let rows = known.into_iter().filter_map(|status| {
        let class = constants::class(api.class(result, status)?);
        Some(quote!((#status, #class)))
    });
    quote!(&[#(#rows),*])
}
