//! The file of a flow: its states, calls and events as types, and its table.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::{Context, spelled};
use super::docs::Docs;
use super::file::SourceFile;
use super::flow_docs::{docs, tables};
use super::flow_table::{Signal, signals, table};
use super::{EmitError, GeneratedFile, Options, in_markup, operation};
use crate::emit::flow::svg;
use crate::emit::naming;
use crate::model::{Api, Flow, Operation};

/// The name of a flow's module.
pub(super) fn module(flow: &Flow) -> Result<String, EmitError> {
    spelled(&flow.id, naming::module_name(&flow.id))
}

/// Writes the files of a flow: its module, and the diagram that its documentation shows.
pub(super) fn files(
    context: &Context<'_>,
    flow: &Flow,
    folder: &str,
    options: &Options,
) -> Result<[GeneratedFile; 2], EmitError> {
    let (api, module) = (context.api, module(flow)?);
    let diagram = format!("{module}.svg");
    let names = Names::new(api, flow)?;
    let mut file = SourceFile::new(options);
    let tables = tables(api, flow, options, folder, &module, &names)?;
    file.head(docs(flow), quote!(#![doc = include_str!(#diagram)] #tables))?;
    file.block(imports(&names))?;
    for item in items(flow, &names)? {
        file.items(item)?;
    }
    let [numbers, table] = table(flow, &names);
    file.block(numbers)?;
    file.items(table)?;
    Ok([
        GeneratedFile {
            path: format!("{folder}/{module}.rs"),
            contents: file.finish(),
        },
        GeneratedFile {
            path: format!("{folder}/{diagram}"),
            contents: format!("{}\n{}", in_markup(&options.mark()), svg(api, flow)),
        },
    ])
}

/// The Rust names of a flow.
pub(super) struct Names<'a> {
    /// Of its states, in their order.
    pub(super) states: Vec<Ident>,
    /// Of what is sent.
    pub(super) calls: Vec<Party<'a>>,
    /// Of what is heard.
    heard: Vec<Party<'a>>,
    /// What can come in.
    pub(super) signals: Vec<Signal>,
}

/// An operation of the flow.
pub(super) struct Party<'a> {
    pub(super) operation: &'a Operation,
    /// Its variant among calls and events.
    pub(super) variant: Ident,
    module: Ident,
    /// Its outcome's type.
    outcome: Ident,
    /// Its result codes' type.
    codes: Ident,
}

impl<'a> Names<'a> {
    fn new(api: &'a Api, flow: &'a Flow) -> Result<Self, EmitError> {
        let states = flow.states.iter().map(|state| variant(&state.name));
        let party = |id: &str| -> Result<Option<Party<'a>>, EmitError> {
            let Some(operation) = api.operation(id) else {
                return Ok(None);
            };
            let names = operation::names(operation)?;
            Ok(Some(Party {
                operation,
                variant: variant(id)?,
                module: naming::ident(&names.module),
                outcome: naming::ident(&names.outcome),
                codes: naming::ident(&names.result_code),
            }))
        };
        let parties = |ids: Vec<&str>| -> Result<Vec<Party<'a>>, EmitError> {
            ids.into_iter()
                .filter_map(|id| party(id).transpose())
                .collect()
        };
        Ok(Names {
            states: states.collect::<Result<_, _>>()?,
            calls: parties(flow.sent())?,
            heard: parties(flow.notified_by.iter().map(String::as_str).collect())?,
            signals: signals(api, flow)?,
        })
    }
}

impl Names<'_> {
    /// The number of a state.
    pub(super) fn state(&self, index: usize) -> TokenStream {
        let state = &self.states[index];
        quote!(State::#state as usize)
    }

    /// The variant of an operation that is sent.
    pub(super) fn call(&self, id: &str) -> Option<&Ident> {
        let mut calls = self.calls.iter();
        let call = calls.find(|party| party.operation.id == id)?;
        Some(&call.variant)
    }
}

fn variant(name: &str) -> Result<Ident, EmitError> {
    Ok(naming::ident(&spelled(name, naming::variant_name(name))?))
}

/// The types that the events carry.
fn imports(names: &Names<'_>) -> TokenStream {
    let parties = names.calls.iter().chain(&names.heard);
    let imports = parties.map(|party| {
        let (module, outcome, codes) = (&party.module, &party.outcome, &party.codes);
        if party.is_told_by_code(&names.signals) {
            quote!(use super::#module::{#outcome, #codes};)
        } else {
            quote!(use super::#module::#outcome;)
        }
    });
    quote! {
        #(#imports)*
        pub use ::payspec_runtime::flow::{Limits, Sending, Verdict};
    }
}

fn items(flow: &Flow, names: &Names<'_>) -> Result<[TokenStream; 5], EmitError> {
    Ok([
        aliases(flow),
        states(flow, &names.states),
        calls(names),
        events(names),
        life(names)?,
    ])
}

fn aliases(flow: &Flow) -> TokenStream {
    let title = Docs::of(&flow.id, &flow.title);
    quote! {
        #title
        #[derive(Debug)]
        pub enum Life {}

        #[doc = " The machine of this flow."]
        pub type Machine = ::payspec_runtime::flow::Machine<Life>;

        #[doc = " What the machine wants done next."]
        pub type Command = ::payspec_runtime::flow::Command<Call>;
    }
}

fn states(flow: &Flow, states: &[Ident]) -> TokenStream {
    let docs = flow
        .states
        .iter()
        .map(|state| Docs::of(&state.name, &state.description));
    let words: Vec<&str> = flow
        .states
        .iter()
        .map(|state| state.name.as_str())
        .collect();
    quote! {
        #[doc = " What is known of the payment."]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum State {
            #(#docs #states,)*
        }

        impl State {
            #[doc = " All of them."]
            pub const ALL: &'static [Self] = &[#(Self::#states),*];

            #[doc = " Its name, as the spec and a saved machine have it."]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#states => #words,)*
                }
            }
        }
    }
}

fn calls(names: &Names<'_>) -> TokenStream {
    let variants = names.calls.iter().map(|party| {
        let (docs, variant) = (party.docs(), &party.variant);
        quote!(#docs #variant)
    });
    quote! {
        #[doc = " What is sent. All sendings of one call are of the same request."]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Call {
            #(#variants,)*
        }
    }
}

fn events(names: &Names<'_>) -> TokenStream {
    let answers = names.calls.iter().map(|party| {
        let (docs, variant, outcome) = (party.docs(), &party.variant, &party.outcome);
        quote!(#docs #variant(Sending, &'a #outcome))
    });
    let heard = names.heard.iter().map(|party| {
        let (docs, variant, outcome) = (party.docs(), &party.variant, &party.outcome);
        quote!(#docs #variant(&'a #outcome))
    });
    quote! {
        #[doc = " What can happen: an answer, with the sending that it answers; silence; a"]
        #[doc = " notification; the passing of time."]
        #[derive(Debug, Clone, Copy)]
        pub enum Event<'a> {
            #(#answers,)*
            #(#heard,)*
            #[doc = " A sending was not answered: the connection failed, or what came was no answer."]
            NoAnswer(Sending),
            #[doc = " Time has passed."]
            Tick,
        }
    }
}

/// The trait that ties the types to the table. The last arms stand for all other numbers, of which
/// there are none.
fn life(names: &Names<'_>) -> Result<TokenStream, EmitError> {
    let states = &names.states;
    let state_arms = numbered(states);
    let calls: Vec<&Ident> = names.calls.iter().map(|party| &party.variant).collect();
    let call_arms = numbered(&calls);
    let answers = names.calls.iter().map(|party| {
        let (variant, signal) = (&party.variant, party.signal(&names.signals)?);
        Ok(quote! {
            Event::#variant(sending, outcome) => Input::Answer { sending, signal: #signal }
        })
    });
    let answers = answers.collect::<Result<Vec<_>, EmitError>>()?;
    let heard = names.heard.iter().map(|party| {
        let (variant, signal) = (&party.variant, party.signal(&names.signals)?);
        Ok(quote!(Event::#variant(outcome) => Input::Heard(#signal)))
    });
    let heard = heard.collect::<Result<Vec<_>, EmitError>>()?;
    Ok(quote! {
        impl ::payspec_runtime::flow::Flow for Life {
            type State = State;
            type Call = Call;
            type Event<'a> = Event<'a>;

            const TABLE: &'static ::payspec_runtime::flow::Table = &TABLE;

            fn state(index: usize) -> State {
                match index { #(#state_arms => State::#states,)* }
            }

            fn call(index: usize) -> Call {
                match index { #(#call_arms => Call::#calls,)* }
            }

            fn input(event: Event<'_>) -> ::payspec_runtime::flow::Input {
                use ::payspec_runtime::flow::Input;
                match event {
                    #(#answers,)*
                    #(#heard,)*
                    Event::NoAnswer(sending) => Input::NoAnswer(sending),
                    Event::Tick => Input::Tick,
                }
            }
        }
    })
}

/// A pattern for each: its number, and for the last one everything else.
fn numbered<T>(things: &[T]) -> Vec<TokenStream> {
    let last = things.len().saturating_sub(1);
    let pattern = |index| match index == last {
        true => quote!(_),
        false => {
            let index = Literal::usize_unsuffixed(index);
            quote!(#index)
        }
    };
    (0..things.len()).map(pattern).collect()
}

impl Party<'_> {
    fn docs(&self) -> Docs {
        Docs::of(&self.operation.id, &self.operation.title)
    }

    /// Whether a code of its makes a difference.
    fn is_told_by_code(&self, signals: &[Signal]) -> bool {
        let mut own = signals
            .iter()
            .filter(|signal| signal.operation == self.operation.id);
        own.any(|signal| signal.code.is_some())
    }

    /// The number of the signal that `outcome` is.
    fn signal(&self, signals: &[Signal]) -> Result<TokenStream, EmitError> {
        let (outcome, codes) = (&self.outcome, &self.codes);
        let mut arms = Vec::new();
        for one in self.operation.outcomes() {
            let variant = variant(one.name)?;
            let here = |signal: &&Signal| {
                (&*signal.operation, &*signal.outcome) == (&*self.operation.id, one.name)
            };
            let (mut coded, mut number) = (Vec::new(), quote!());
            for Signal { code, constant, .. } in signals.iter().filter(here) {
                match code {
                    Some(code) => coded.push(quote!(#code => #constant)),
                    None => number = quote!(#constant),
                }
            }
            arms.push(if coded.is_empty() {
                quote!(#outcome::#variant { .. } => #number)
            } else {
                quote! {
                    #outcome::#variant(failed) => {
                        match <#codes as ::payspec_runtime::ResultCode>::as_str(failed.code()) {
                            #(#coded,)*
                            _ => #number,
                        }
                    }
                }
            });
        }
        Ok(quote!(match outcome { #(#arms,)* }))
    }
}
