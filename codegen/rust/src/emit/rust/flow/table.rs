//! The static table of a flow, for the runtime.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::names::Names;
use payspec_model::model::{End, Flow, FlowEvent, Pause, Role, State, Step, Target};

/// Generates the numbers of the outcomes, and the static table.
pub(super) fn table(flow: &Flow, names: &Names<'_>) -> [TokenStream; 2] {
    let constants = names.signals.iter().enumerate().map(|(index, signal)| {
        let (constant, index) = (&signal.constant, Literal::usize_unsuffixed(index));
        quote!(const #constant: usize = #index;)
    });
    let (id, start) = (&flow.id, names.state(flow.starts.0));
    let rows = names.signals.iter().map(|signal| {
        let name = signal.event.name();
        let call = match names.call(&signal.operation) {
            Some(call) => quote!(Some(Call::#call as usize)),
            None => quote!(None),
        };
        quote!(Signal { name: #name, call: #call })
    });
    let contradicted = match flow.contradicted() {
        Some(end) => {
            let end = names.state(end.0);
            quote!(#end)
        }
        None => {
            let none = Literal::usize_unsuffixed(flow.states.len());
            quote!(#none)
        }
    };
    let states = flow.states.iter().zip(&names.states);
    let states = states.map(|(state, ident)| row(state, ident, names));
    let table = quote! {
        #[doc = " The next state for each state and event. An event that is not listed changes nothing."]
        static TABLE: ::payspec_runtime::flow::Table = {
            use ::payspec_runtime::flow::{
                End, Pause, Role, Signal, StateRow, Step, Table, Target,
            };
            Table {
                id: #id,
                start: #start,
                contradicted: #contradicted,
                signals: &[#(#rows),*],
                states: &[#(#states),*],
            }
        };
    };
    [quote!(#(#constants)*), table]
}

fn row(state: &State, ident: &Ident, names: &Names<'_>) -> TokenStream {
    let role = match &state.role {
        Role::Step(step) => {
            let step = self::step(step, names);
            quote!(Role::Step(#step))
        }
        Role::End(end) => {
            let end = self::end(*end);
            quote!(Role::End(#end))
        }
    };
    quote!(StateRow { name: State::#ident.as_str(), role: #role })
}

fn end(end: End) -> TokenStream {
    match end {
        End::Paid => quote!(End::Done(Verdict::Paid)),
        End::Unpaid => quote!(End::Done(Verdict::Unpaid)),
        End::Cancelled => quote!(End::Done(Verdict::Cancelled)),
        End::Refunded => quote!(End::Done(Verdict::Refunded)),
        End::RefundFailed => quote!(End::Done(Verdict::RefundFailed)),
        End::Escalated => quote!(End::Escalate),
    }
}

fn step(step: &Step, names: &Names<'_>) -> TokenStream {
    let call = names.call(&step.send);
    let call = call.map(|call| quote!(Call::#call as usize));
    let pauses = step.pauses.iter().map(|pause| match pause {
        Pause::Seconds(seconds) => {
            let seconds = Literal::u32_unsuffixed(*seconds);
            quote!(Pause::Seconds(#seconds))
        }
        Pause::Unknown => quote!(Pause::Own),
    });
    let on = names.signals.iter().filter_map(|signal| {
        let all = FlowEvent::Outcome {
            operation: signal.operation.clone(),
            outcome: signal.outcome.clone(),
            code: None,
        };
        let row = step.row(&signal.event).or(step.row(&all))?;
        let (constant, target) = (&signal.constant, target(row.target, names));
        (row.target != Target::Stay).then(|| quote!((#constant, #target)))
    });
    let other = |event: FlowEvent| match step.row(&event) {
        Some(row) => target(row.target, names),
        None => quote!(Target::Stay),
    };
    let no_answer = other(FlowEvent::NoAnswer);
    let exhausted = other(FlowEvent::Exhausted);
    let expired = other(FlowEvent::Expired);
    quote! {
        Step {
            call: #call,
            pauses: &[#(#pauses),*],
            on: &[#(#on),*],
            no_answer: #no_answer,
            exhausted: #exhausted,
            expired: #expired,
        }
    }
}

fn target(target: Target, names: &Names<'_>) -> TokenStream {
    match target {
        Target::State(id) => {
            let state = names.state(id.0);
            quote!(Target::State(#state))
        }
        Target::Again => quote!(Target::Again),
        Target::Stay => quote!(Target::Stay),
    }
}
