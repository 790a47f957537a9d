//! The outcomes that move a flow.

use proc_macro2::Ident;

use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use payspec_model::model::{Api, Flow, FlowEvent};
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
