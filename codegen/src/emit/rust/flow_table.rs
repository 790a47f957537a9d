//! The table of a flow, as the runtime walks over it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, End, Flow, FlowEvent, Pause, Role, State, Step, Target};

/// The outcomes of a flow, numbered.
pub(super) struct Signals<'a> {
    all: Vec<Signal<'a>>,
}

struct Signal<'a> {
    operation: &'a str,
    outcome: &'a str,
    code: Option<&'a str>,
    /// Its call's number, if it is an answer.
    call: Option<usize>,
}

impl<'a> Signals<'a> {
    /// Every outcome of every operation of the flow; those of single codes that some row names
    /// stand before the one for all.
    pub(super) fn new(api: &'a Api, flow: &'a Flow) -> Self {
        let mut all = Vec::new();
        let sent = flow.sent();
        for operation in flow
            .operations()
            .into_iter()
            .filter_map(|id| api.operation(id))
        {
            let call = sent.iter().position(|id| *id == operation.id);
            for outcome in operation.outcomes() {
                let signal = |code| Signal {
                    operation: &operation.id,
                    outcome: outcome.name,
                    code,
                    call,
                };
                let codes = codes(flow, &operation.id, outcome.name);
                all.extend(codes.into_iter().map(Some).chain([None]).map(signal));
            }
        }
        Signals { all }
    }

    /// The number of an outcome.
    pub(super) fn number(&self, operation: &str, outcome: &str, code: Option<&str>) -> usize {
        let found = self.all.iter().position(|signal| {
            (signal.operation, signal.outcome, signal.code) == (operation, outcome, code)
        });
        found.unwrap_or(self.all.len())
    }

    /// The codes of an outcome that have a number of their own.
    pub(super) fn coded(&self, operation: &str, outcome: &str) -> Vec<(&'a str, usize)> {
        let all = self.all.iter().enumerate();
        let here = all.filter(|(_, one)| one.operation == operation && one.outcome == outcome);
        here.filter_map(|(number, one)| Some((one.code?, number)))
            .collect()
    }
}

/// The codes of an outcome that some row names, each once.
fn codes<'a>(flow: &'a Flow, of: &str, name: &str) -> Vec<&'a str> {
    let mut codes = Vec::new();
    for row in flow.steps().flat_map(|(_, _, step)| &step.rows) {
        if let FlowEvent::Outcome {
            operation,
            outcome,
            code: Some(code),
        } = &row.event
            && (operation.as_str(), outcome.as_str()) == (of, name)
            && !codes.contains(&code.as_str())
        {
            codes.push(code);
        }
    }
    codes
}

/// The static item.
pub(super) fn table(flow: &Flow, signals: &Signals<'_>) -> TokenStream {
    let (id, start) = (&flow.id, flow.starts.0);
    let rows = signals.all.iter().map(|signal| {
        let name = FlowEvent::Outcome {
            operation: signal.operation.to_owned(),
            outcome: signal.outcome.to_owned(),
            code: signal.code.map(str::to_owned),
        };
        let name = name.name();
        let call = match signal.call {
            Some(call) => quote!(Some(#call)),
            None => quote!(None),
        };
        quote!(Signal { name: #name, call: #call })
    });
    let states = flow.states.iter().map(|state| row(flow, state, signals));
    quote! {
        #[doc = " Where each event leads, from each state."]
        static TABLE: ::payspec_runtime::flow::Table = {
            use ::payspec_runtime::flow::{
                End, Pause, Role, Signal, StateRow, Step, Table, Target,
            };
            Table {
                id: #id,
                start: #start,
                signals: &[#(#rows),*],
                states: &[#(#states),*],
            }
        };
    }
}

fn row(flow: &Flow, state: &State, signals: &Signals<'_>) -> TokenStream {
    let name = &state.name;
    let role = match &state.role {
        Role::Step(step) => {
            let step = self::step(flow, step, signals);
            quote!(Role::Step(#step))
        }
        Role::End(end) => {
            let end = self::end(*end);
            quote!(Role::End(#end))
        }
    };
    quote!(StateRow { name: #name, role: #role })
}

fn end(end: End) -> TokenStream {
    match end {
        End::Paid => quote!(End::Done(Verdict::Paid)),
        End::Unpaid => quote!(End::Done(Verdict::Unpaid)),
        End::Cancelled => quote!(End::Done(Verdict::Cancelled)),
        End::Escalated => quote!(End::Escalate),
    }
}

fn step(flow: &Flow, step: &Step, signals: &Signals<'_>) -> TokenStream {
    let call = flow
        .sent()
        .iter()
        .position(|id| *id == step.send)
        .unwrap_or(0);
    let pauses = step.pauses.iter().map(|pause| match pause {
        Pause::Seconds(seconds) => quote!(Pause::Seconds(#seconds)),
        Pause::Unknown => quote!(Pause::Own),
    });
    let on = signals.all.iter().map(|signal| {
        let event = |code: Option<&str>| FlowEvent::Outcome {
            operation: signal.operation.to_owned(),
            outcome: signal.outcome.to_owned(),
            code: code.map(str::to_owned),
        };
        let row = step.row(&event(signal.code)).or(step.row(&event(None)));
        target(row.map(|row| row.target))
    });
    let other = |event: FlowEvent| target(step.row(&event).map(|row| row.target));
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

fn target(target: Option<Target>) -> TokenStream {
    match target {
        Some(Target::State(id)) => {
            let index = id.0;
            quote!(Target::State(#index))
        }
        Some(Target::Again) => quote!(Target::Again),
        Some(Target::Stay) | None => quote!(Target::Stay),
    }
}
