//! The parts with which a client runs a flow: the requests that it sends, and the way answers are read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::drive::{Drive, request};
use super::follow_ups::{carries, follow_ups};
use super::names::Names;
use super::shown::Shown;
use crate::emit::rust::EmitError;
use crate::emit::rust::access::{Access, Place};
use crate::emit::rust::attr::MessageAttrs;
use crate::emit::rust::context::{Context, Scope, field_ident};
use crate::emit::rust::field::{FieldPlace, StructField};
use payspec_model::model::{Direction, Field, Flow, FlowKind, Object, Type};
use payspec_model::naming;
use payspec_runtime::MediaType;

/// Returns the name of the payment's type, in the module of its flow.
pub(in crate::emit::rust) fn life_type(kind: FlowKind) -> Ident {
    naming::ident(match kind {
        FlowKind::Payment => "Payment",
        FlowKind::Refund => "Refund",
    })
}

/// Generates the items, each with the feature attribute before it.
pub(super) fn driven(
    context: &Context<'_>,
    drive: &Drive<'_>,
    names: &Names<'_>,
    cfg_feature: &TokenStream,
) -> Result<TokenStream, EmitError> {
    let answer = answer(names)?;
    let life = life(context, drive, names)?;
    let hears = hears(context, drive, names)?;
    let proof = proof(context, drive.flow)?;
    let noun = drive.flow.kind.noun();
    let (of, ended) = (
        format!(" A {noun} on its way through this life: see `Client::go_on`."),
        format!(" The end of such a {noun}."),
    );
    let payment = life_type(drive.flow.kind);
    let ending = match drive.flow.kind {
        FlowKind::Payment => quote!(Ending),
        FlowKind::Refund => quote!(RefundEnding),
    };
    Ok(quote! {
        #[doc = #of]
        #cfg_feature
        pub type #payment = ::payspec_runtime::client::life::Payment<Life>;

        #[doc = #ended]
        #cfg_feature
        pub type Ending = ::payspec_runtime::client::life::#ending<Proof>;

        #cfg_feature
        #proof

        #cfg_feature
        #answer

        #cfg_feature
        #life

        #(#cfg_feature #hears)*
    })
}

fn answer(names: &Names<'_>) -> Result<TokenStream, EmitError> {
    let variants = names.calls.iter().map(|party| {
        let (docs, variant, request) = (party.docs(), &party.variant, request(party)?);
        Ok(quote!(#docs #variant(Box<::payspec_runtime::client::Answered<#request>>)))
    });
    let variants = variants.collect::<Result<Vec<_>, EmitError>>()?;
    Ok(quote! {
        #[doc = " An answer, verified and read."]
        #[derive(Debug)]
        pub enum Answer {
            #(#variants,)*
        }
    })
}

fn life(
    context: &Context<'_>,
    drive: &Drive<'_>,
    names: &Names<'_>,
) -> Result<TokenStream, EmitError> {
    let expires = expires(context, drive)?;
    let variants: Vec<_> = names.calls.iter().map(|party| &party.variant).collect();
    let Some(payer) = names.call(&drive.principal.id) else {
        return Ok(TokenStream::new());
    };
    let request = {
        let mut calls = names.calls.iter();
        let party = calls.find(|party| party.operation.id == drive.principal.id);
        party.map(self::request).transpose()?
    };
    let others = names.calls.iter();
    let others: Vec<_> = others
        .filter(|party| party.operation.id != drive.principal.id)
        .collect();
    let follow_ups = follow_ups(&others, drive)?;
    let carries = carries(context, drive, names, &others)?;
    let proofs = names.calls.iter().map(|party| {
        let variant = &party.variant;
        let Some(body) = party.operation.judged() else {
            return Ok(quote!(Answer::#variant(_) => Proof::default(),));
        };
        let root = quote!(answered.response);
        let (proof, any) = proved(context, drive.flow, &body.object, &root)?;
        Ok(match any {
            true => quote!(Answer::#variant(answered) => #proof,),
            false => quote!(Answer::#variant(_) => #proof,),
        })
    });
    let proofs = proofs.collect::<Result<Vec<_>, EmitError>>()?;
    let shown = Shown::of(context, drive.principal)?;
    let (shown_type, showing) = (shown.ty(), shown.showing(context, payer, &others)?);
    Ok(quote! {
        impl ::payspec_runtime::client::life::Driven for Life {
            type Request = #request;
            type Answer = Answer;
            type Proof = Proof;
            type Ending = Ending;
            type Shown = #shown_type;

            const PRINCIPAL: Call = Call::#payer;

            #expires

            #follow_ups

            #carries

            fn read<S, V>(
                call: Call,
                incoming: ::payspec_runtime::client::life::Incoming<'_, S, V>,
            ) -> Result<Answer, ::payspec_runtime::client::AnswerError>
            where
                S: ::payspec_runtime::client::Signer,
                V: ::payspec_runtime::client::Verifier,
            {
                match call {
                    #(Call::#variants => incoming.read().map(Answer::#variants),)*
                }
            }

            fn event(sending: Sending, answer: &Answer) -> Event<'_> {
                match answer {
                    #(Answer::#variants(answered) => {
                        Event::#variants(sending, &answered.outcome)
                    })*
                }
            }

            fn reference(answer: &Answer) -> Option<::payspec_runtime::PaymentReference> {
                match answer {
                    #(Answer::#variants(answered) => answered.reference(),)*
                }
            }

            fn proof(answer: &Answer) -> Proof {
                match answer {
                    #(#proofs)*
                }
            }

            #showing
        }
    })
}

/// Generates the proof of an end as a message, because it is saved as JSON.
fn proof(context: &Context<'_>, flow: &Flow) -> Result<TokenStream, EmitError> {
    let fields = flow.proves.iter();
    let fields: Vec<Field> = fields
        .filter_map(|path| proof_field(context, flow, path))
        .map(|field| Field {
            required: false,
            plain: false,
            constraints: Vec::new(),
            required_when: Vec::new(),
            forbidden_when: Vec::new(),
            ..field.clone()
        })
        .collect();
    let place = FieldPlace {
        scope: Scope::Operation,
        boxed: false,
        sets_fixed: false,
        refinements: &[],
        amounts: &[],
        sources: &flow.sources,
    };
    let fields = fields
        .iter()
        .map(|field| StructField::new(context, field, &place));
    let fields = fields.collect::<Result<Vec<_>, EmitError>>()?;
    let attrs = MessageAttrs {
        direction: Some(Direction::Incoming),
        media_type: MediaType::Json,
        wire: &context.api.wire,
        at_least_one_of: &[],
        same_currency: &[],
        amounts: &[],
        quote: None,
        refinements: &[],
        responses: &[],
        decisive: Vec::new(),
    };
    let about = format!(
        " The fields of the message that ended the {}. A field that the message did not state\n is absent.",
        flow.kind.noun()
    );
    Ok(quote! {
        #[doc = #about]
        #[derive(Clone, PartialEq, Default, ::payspec_runtime::Message)]
        #attrs
        #[non_exhaustive]
        pub struct Proof {
            #(#fields,)*
        }
    })
}

/// Returns the field of the flow's messages that the proof has at a path.
fn proof_field<'a>(context: &Context<'a>, flow: &Flow, path: &[String]) -> Option<&'a Field> {
    let operations = flow.operations().into_iter();
    let mut bodies = operations.filter_map(|id| context.api.operation(id)?.judged());
    bodies.find_map(|body| context.api.field_at(&body.object, path))
}

/// Generates the proof that a body contains, and returns whether it contains anything.
fn proved(
    context: &Context<'_>,
    flow: &Flow,
    body: &Object,
    root: &TokenStream,
) -> Result<(TokenStream, bool), EmitError> {
    let mut fields = Vec::new();
    let mut any = false;
    for path in &flow.proves {
        let Some(field) = proof_field(context, flow, path) else {
            continue;
        };
        let ident = field_ident(field)?;
        let access = Access::rooted(context, root.clone(), body, path)?;
        any |= access.is_some();
        let value = match access {
            Some(Access {
                place: Place::Always(place),
                ..
            }) => quote!(Some(#place.clone())),
            Some(Access {
                place: Place::Perhaps(place),
                ty: Type::String,
            }) => {
                quote!(#place.map(str::to_owned))
            }
            Some(Access {
                place: Place::Perhaps(place),
                ..
            }) => quote!(#place.cloned()),
            None => quote!(None),
        };
        fields.push(quote!(#ident: #value));
    }
    Ok((quote!(Proof { #(#fields),* }), any))
}

/// Generates the time after which the payment must not succeed.
fn expires(context: &Context<'_>, drive: &Drive<'_>) -> Result<TokenStream, EmitError> {
    let body = &drive.principal.request.object;
    let access = match &drive.flow.expires {
        Some(path) => Access::rooted(context, quote!(request), body, path)?,
        None => None,
    };
    let (request, time) = match access.map(|access| access.place) {
        Some(Place::Always(place)) => (quote!(request), quote!(Some(&#place))),
        Some(Place::Perhaps(place)) => (quote!(request), place),
        None => {
            return Ok(quote! {
                fn expires(_: &Self::Request) -> Option<::std::time::SystemTime> {
                    None
                }
            });
        }
    };
    Ok(quote! {
        fn expires(#request: &Self::Request) -> Option<::std::time::SystemTime> {
            #time.and_then(|time| ::std::time::SystemTime::try_from(*time).ok())
        }
    })
}

/// Generates the notifications that the flow receives.
fn hears(
    context: &Context<'_>,
    drive: &Drive<'_>,
    names: &Names<'_>,
) -> Result<Vec<TokenStream>, EmitError> {
    let hears = names.heard.iter().map(|party| {
        let body = &party.operation.request.object;
        let (proof, any) = proved(context, drive.flow, body, &quote!(notification))?;
        let notification = match any {
            true => quote!(notification),
            false => quote!(_),
        };
        let (variant, outcome, request) = (&party.variant, &party.outcome, request(party)?);
        Ok(quote! {
            impl ::payspec_runtime::client::life::Hears<#request> for Life {
                fn heard(outcome: &#outcome) -> Event<'_> {
                    Event::#variant(outcome)
                }

                fn proof_of(#notification: &#request) -> Proof {
                    #proof
                }
            }
        })
    });
    hears.collect()
}
