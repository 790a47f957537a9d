//! The static table of a flow, for the runtime.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::names::Names;
use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use payspec_model::model::{Api, End, Flow, FlowEvent, Pause, Role, State, Step, Target};
use payspec_model::naming;

/// An outcome of a flow. Its number is its index among all; a constant holds it.
pub(super) struct Signal {
    pub(super) event: FlowEvent,
    pub(super) operation: String,
    pub(super) outcome: String,
    pub(super) code: Option<String>,
    pub(super) constant: Ident,
}

/// Returns every outcome of every operation of the flow; outcomes with a single code that a row names
/// come before the one for all codes.
pub(super) fn signals(api: &Api, flow: &Flow) -> Result<Vec<Signal>, EmitError> {
    let mut signals = Vec::new();
    let operations = flow.operations().into_iter();
    for operation in operations.filter_map(|id| api.operation(id)) {
        for outcome in operation.outcomes() {
            let codes = codes(flow, &operation.id, outcome.name);
            for code in codes.into_iter().map(Some).chain([None]) {
                let code = code.map(str::to_owned);
                let event = FlowEvent::Outcome {
                    operation: operation.id.clone(),
                    outcome: outcome.name.to_owned(),
                    code: code.clone(),
                };
                let name = event.name();
                signals.push(Signal {
                    operation: operation.id.clone(),
                    outcome: outcome.name.to_owned(),
                    code,
                    constant: naming::ident(&spelled(&name, naming::constant_name(&name))?),
                    event,
                });
            }
        }
    }
    Ok(signals)
}

/// Returns the codes of an outcome that a row names, each once.
fn codes<'a>(flow: &'a Flow, of: &str, name: &str) -> Vec<&'a str> {
    let mut codes = Vec::new();
    for row in flow.steps().flat_map(|(_, _, step)| &step.rows) {
        let FlowEvent::Outcome {
            operation,
            outcome,
            code: Some(code),
        } = &row.event
        else {
            continue;
        };
        let is_of = (operation.as_str(), outcome.as_str()) == (of, name);
        if is_of && !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    codes
}

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
