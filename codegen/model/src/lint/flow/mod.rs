//! Proofs about flows: every event is handled, every payment or refund ends, nothing is paid or given
//! back twice, and no end is claimed that the events do not prove.

mod cancel;
mod deprecated;
mod driven;
mod ends;
mod given;
mod graph;
mod handled;
mod lifetime;
mod prompts;
mod repeats;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Api, End, Flow, FlowEvent, Operation, Origin, Outcome, Role, Row, State, Step, Target,
};
use crate::source::SourceMap;

/// Proves all flows of an API, or reports their flaws.
pub(super) fn prove(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for flow in &api.flows {
        let flaws = flaws(api, flow);
        let gaps = match flaws.is_empty() {
            true => gaps(api, flow),
            false => Vec::new(),
        };
        diagnostics.extend(flaws.into_iter().chain(gaps).map(|flaw| {
            let mut diagnostic =
                Diagnostic::new(flaw.code, flaw.message).at(sources.word_at(flaw.at), "");
            diagnostic.help.extend(flaw.help);
            diagnostic
        }));
    }
}

/// A flaw that makes a flow unsound.
pub struct Flaw {
    pub code: &'static Code,
    pub site: FlawSite,
    pub message: String,
    pub at: Origin,
    help: Vec<String>,
}

/// The part of a flow that has a flaw. With the code it names the flaw, also in another revision of the
/// spec, whatever the message says. At most one flaw of a flow has the same code and site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlawSite {
    /// The flow as a whole.
    Flow,
    /// The state with this name.
    State(String),
    /// A row of a state.
    Row {
        /// The name of the state.
        state: String,
        /// The event of the row.
        event: FlowEvent,
    },
}

impl FlawSite {
    fn state(state: &State) -> Self {
        FlawSite::State(state.name.clone())
    }

    fn row(state: &State, row: &Row) -> Self {
        FlawSite::Row {
            state: state.name.clone(),
            event: row.event.clone(),
        }
    }
}

/// Returns all flaws of a flow.
pub fn flaws(api: &Api, flow: &Flow) -> Vec<Flaw> {
    let mut findings = FlowFindings {
        api,
        flow,
        found: Vec::new(),
    };
    handled::prove(&mut findings);
    handled::contradiction(&mut findings);
    graph::prove(&mut findings);
    repeats::prove(&mut findings);
    lifetime::prove(&mut findings);
    ends::prove(&mut findings);
    cancel::prove(&mut findings);
    given::prove(&mut findings);
    prompts::prove(&mut findings);
    findings.found
}

/// Returns the gaps of a sound flow: information that the spec could add.
fn gaps(api: &Api, flow: &Flow) -> Vec<Flaw> {
    let mut findings = FlowFindings {
        api,
        flow,
        found: Vec::new(),
    };
    driven::check(&mut findings);
    deprecated::check(&mut findings);
    findings.found
}

/// A flow, with the flaws that were found in it.
struct FlowFindings<'a> {
    api: &'a Api,
    flow: &'a Flow,
    found: Vec<Flaw>,
}

impl<'a> FlowFindings<'a> {
    fn add(
        &mut self,
        code: &'static Code,
        message: String,
        site: FlawSite,
        at: Origin,
    ) -> &mut Flaw {
        self.found.push(Flaw {
            code,
            site,
            message,
            at,
            help: Vec::new(),
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Returns the operations whose outcome can arrive in a step: the one that it sends, and the
    /// notifications.
    fn received_operations(&self, step: &'a Step) -> impl Iterator<Item = &'a Operation> + use<'a> {
        let (api, flow) = (self.api, self.flow);
        let ids = std::iter::once(&step.send).chain(&flow.notified_by);
        ids.filter_map(move |id| api.operation(id))
    }

    /// Returns the outcome of an event, with its operation.
    fn outcome(&self, event: &FlowEvent) -> Option<(&'a Operation, Outcome<'a>)> {
        match event {
            FlowEvent::Outcome {
                operation, outcome, ..
            } => {
                let operation = self.api.operation(operation)?;
                let mut outcomes = operation.outcomes().into_iter();
                let outcome = outcomes.find(|known| known.name == outcome)?;
                Some((operation, outcome))
            }
            FlowEvent::NoAnswer | FlowEvent::Exhausted | FlowEvent::Expired => None,
        }
    }

    /// Returns whether an event proves this end of the payment or the refund.
    fn proves(&self, event: &FlowEvent, end: End) -> bool {
        self.outcome(event).is_some_and(|(operation, outcome)| {
            outcome.proves(end, operation.id == self.flow.principal)
        })
    }

    /// Returns the end of a target, if it is one.
    fn end(&self, target: Target) -> Option<End> {
        match target {
            Target::State(id) => match self.flow.state(id).role {
                Role::End(end) => Some(end),
                Role::Step(_) => None,
            },
            Target::Again | Target::Stay => None,
        }
    }
}
