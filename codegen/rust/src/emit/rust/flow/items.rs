//! The types of a flow, and the trait that connects them with the table.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::names::Names;
use crate::emit::rust::docs::Docs;
use crate::emit::rust::{EmitError, Options, Root};
use payspec_model::model::Flow;

/// Generates the imports of the types in the events.
pub(super) fn imports(names: &Names<'_>, options: &Options) -> TokenStream {
    // A program that includes the source may not set timeouts.
    let unused = match options.root {
        Root::Crate => None,
        Root::Include => Some(quote!(#[allow(unused_imports)])),
    };
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
        #unused
        pub use ::payspec_runtime::flow::{Limits, Sending, Verdict};
    }
}

pub(super) fn items(flow: &Flow, names: &Names<'_>) -> Result<[TokenStream; 5], EmitError> {
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

        #[doc = " The next command of the machine."]
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
    let known = format!(" The states of the {}.", flow.kind.noun());
    quote! {
        #[doc = #known]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum State {
            #(#docs #states,)*
        }

        impl State {
            #[doc = " All of them."]
            pub const ALL: &'static [Self] = &[#(Self::#states),*];

            #[doc = " Returns the name, as in the spec and in a saved machine."]
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
        #[doc = " The calls of the flow. All sendings of one call are of the same request."]
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
        #[doc = " The events: an answer, with the sending that it answers; silence; a notification; the"]
        #[doc = " passing of time."]
        #[derive(Debug, Clone, Copy)]
        pub enum Event<'a> {
            #(#answers,)*
            #(#heard,)*
            #[doc = " A sending was not answered: the connection failed, or what came was no answer."]
            NoAnswer(Sending),
            #[doc = " A verified message contradicts the request: another id, or another value of a field"]
            #[doc = " that must agree. Anything else it says needs a person to look at it."]
            Contradicted,
            #[doc = " Time has passed."]
            Tick,
        }
    }
}

/// Generates the trait that connects the types with the table. The last arm matches all other numbers,
/// which do not occur.
fn life(names: &Names<'_>) -> Result<TokenStream, EmitError> {
    let states = &names.states;
    let state_arms = numbered(states);
    let calls: Vec<&Ident> = names.calls.iter().map(|party| &party.variant).collect();
    let call = match calls.as_slice() {
        [only] => quote!(fn call(_: usize) -> Call { Call::#only }),
        calls => {
            let arms = numbered(calls);
            quote! {
                fn call(index: usize) -> Call {
                    match index { #(#arms => Call::#calls,)* }
                }
            }
        }
    };
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

            #call

            // Outcomes without content are matched in the same way as those with content.
            #[allow(clippy::unneeded_struct_pattern)]
            fn input(event: Event<'_>) -> ::payspec_runtime::flow::Input {
                use ::payspec_runtime::flow::Input;
                match event {
                    #(#answers,)*
                    #(#heard,)*
                    Event::NoAnswer(sending) => Input::NoAnswer(sending),
                    Event::Contradicted => Input::Contradicted,
                    Event::Tick => Input::Tick,
                }
            }
        }
    })
}

/// Returns a pattern for each thing: its number, and for the last one everything else.
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
