//! The file of a flow: its states, calls and events as types, and its table.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, spelled};
use super::docs::Docs;
use super::file::SourceFile;
use super::flow_docs::{docs, tables};
use super::flow_table::{Signals, table};
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
    for item in items(flow, &names) {
        file.items(item)?;
    }
    file.items(table(flow, &names.signals))?;
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
    pub(super) signals: Signals<'a>,
}

/// An operation of the flow.
pub(super) struct Party<'a> {
    pub(super) operation: &'a Operation,
    /// Its variant among calls and events.
    pub(super) variant: Ident,
    /// Its outcome's type.
    outcome: TokenStream,
    /// Its result codes' type.
    codes: TokenStream,
}

impl<'a> Names<'a> {
    fn new(api: &'a Api, flow: &'a Flow) -> Result<Self, EmitError> {
        let states = flow.states.iter().map(|state| variant(&state.name));
        let party = |id: &str| -> Result<Option<Party<'a>>, EmitError> {
            let Some(operation) = api.operation(id) else {
                return Ok(None);
            };
            let names = operation::names(operation)?;
            let module = naming::ident(&names.module);
            let (outcome, codes) = (
                naming::ident(&names.outcome),
                naming::ident(&names.result_code),
            );
            Ok(Some(Party {
                operation,
                variant: variant(id)?,
                outcome: quote!(super::#module::#outcome),
                codes: quote!(super::#module::#codes),
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
            signals: Signals::new(api, flow),
        })
    }
}

fn variant(name: &str) -> Result<Ident, EmitError> {
    Ok(naming::ident(&spelled(name, naming::variant_name(name))?))
}

fn items(flow: &Flow, names: &Names<'_>) -> [TokenStream; 5] {
    [
        aliases(flow),
        states(flow, &names.states),
        calls(names),
        events(names),
        life(names),
    ]
}

fn aliases(flow: &Flow) -> TokenStream {
    let title = Docs::of(&flow.id, &flow.title);
    quote! {
        pub use ::payspec_runtime::flow::{Limits, Sending, Verdict};

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
fn life(names: &Names<'_>) -> TokenStream {
    let states = &names.states;
    let state_arms = numbered(states);
    let calls: Vec<&Ident> = names.calls.iter().map(|party| &party.variant).collect();
    let call_arms = numbered(&calls);
    let answers = names.calls.iter().map(|party| {
        let (variant, signal) = (&party.variant, party.signal(&names.signals));
        quote! {
            Event::#variant(sending, outcome) => Input::Answer { sending, signal: #signal }
        }
    });
    let heard = names.heard.iter().map(|party| {
        let (variant, signal) = (&party.variant, party.signal(&names.signals));
        quote!(Event::#variant(outcome) => Input::Heard(#signal))
    });
    quote! {
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
    }
}

/// A pattern for each: its number, and for the last one everything else.
fn numbered<T>(things: &[T]) -> Vec<TokenStream> {
    let last = things.len().saturating_sub(1);
    let pattern = |index| match index == last {
        true => quote!(_),
        false => quote!(#index),
    };
    (0..things.len()).map(pattern).collect()
}

impl Party<'_> {
    fn docs(&self) -> Docs {
        Docs::of(&self.operation.id, &self.operation.title)
    }

    /// The number of the signal that `outcome` is.
    fn signal(&self, signals: &Signals<'_>) -> TokenStream {
        let (outcome, codes) = (&self.outcome, &self.codes);
        let arms = self.operation.outcomes().into_iter().map(|one| {
            let variant = naming::variant_name(one.name).unwrap_or_default();
            let variant = naming::ident(&variant);
            let number = signals.number(&self.operation.id, one.name, None);
            let coded = signals.coded(&self.operation.id, one.name);
            if coded.is_empty() {
                return quote!(#outcome::#variant { .. } => #number);
            }
            let coded = coded
                .into_iter()
                .map(|(code, number)| quote!(#code => #number));
            quote! {
                #outcome::#variant(failed) => {
                    match <#codes as ::payspec_runtime::ResultCode>::as_str(failed.code()) {
                        #(#coded,)*
                        _ => #number,
                    }
                }
            }
        });
        quote!(match outcome { #(#arms,)* })
    }
}
