//! The card of a flow: its states, the times at which they send, and the transitions.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::body::Body;
use super::details::Details;
use super::head::Head;
use super::spec_card::SpecCard;
use super::text::{heading, paragraph};
use crate::facts::Facts;
use crate::output::{bold, dim, plain};
use crate::table::Table;
use payspec_codegen::emit::words::schedule;
use payspec_model::model::{CarriedValue, Flow, Pause, Role, State, Target};
use payspec_model::pointer::pointer;

/// The body of a flow.
#[derive(Debug, Serialize)]
pub(super) struct FlowBody<'m> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    states: Vec<StateFact<'m>>,
    /// The events of all states, in the order of the table.
    #[serde(skip)]
    events: Vec<String>,
}

/// A state.
#[derive(Debug, Serialize)]
struct StateFact<'m> {
    name: &'m str,
    meaning: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sends: Option<&'m str>,
    /// The schedule in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule: Option<String>,
    /// The pause before each attempt, in seconds; `null` where the client chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_s: Option<Vec<Option<u32>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    on: Vec<RowFact<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'static str>,
}

/// The state to which an event leads.
#[derive(Debug, Serialize)]
struct RowFact<'m> {
    event: String,
    to: &'m str,
}

/// Explains a flow.
pub(super) fn card<'m>(head: Head, facts: Facts<'m>, flow: &'m Flow) -> SpecCard<'m, FlowBody<'m>> {
    let mut details = Details::default();
    details.add("title", flow.title.as_str());
    details.add(flow.kind.key(), flow.principal.as_str());
    details.add("starts", flow.state(flow.starts).name.as_str());
    details.joined("notified_by", flow.notified_by.iter().cloned(), ", ");
    let expires = flow.expires.as_ref();
    details.maybe(
        "expires",
        expires.map(|path| format!("/{}", path.join("/"))),
    );
    details.joined("proves", flow.proves.iter().map(|path| pointer(path)), ", ");
    let carried = flow.with.iter().map(CarriedValue::to_string);
    details.lines("with", carried.collect::<Vec<_>>());
    let contradicted = flow.contradicted().map(|end| flow.state(end).name.as_str());
    details.maybe("contradicted", contradicted);
    let sent = flow.steps().filter_map(|(_, _, step)| {
        let operation = facts.api.operation(&step.send)?;
        Some(format!(
            "{}: {}",
            operation.id,
            operation.deprecated.as_ref()?.reason
        ))
    });
    let sent: BTreeSet<String> = sent.collect();
    details.lines("sends_deprecated", sent);
    let states = flow.states.iter().map(|state| state.origin);
    let places: Vec<_> = std::iter::once(flow.origin).chain(states).collect();
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: flow.description.clone(),
        details,
        body: FlowBody {
            states: flow
                .states
                .iter()
                .map(|state| state_fact(flow, state))
                .collect(),
            events: flow.events().iter().map(|event| event.name()).collect(),
        },
        disputes: facts.disputes_about(&places, &[]),
        sources: facts.sources(&flow.sources),
        spec: facts.place(flow.origin),
    }
}

fn state_fact<'m>(flow: &'m Flow, state: &'m State) -> StateFact<'m> {
    let mut fact = StateFact {
        name: &state.name,
        meaning: &state.description,
        sends: None,
        schedule: None,
        after_s: None,
        on: Vec::new(),
        end: None,
    };
    match &state.role {
        Role::Step(step) => {
            fact.sends = Some(&step.send);
            fact.schedule = Some(schedule(step));
            let pauses = step.pauses.iter().map(|pause| match pause {
                Pause::Seconds(seconds) => Some(*seconds),
                Pause::Unknown => None,
            });
            fact.after_s = Some(pauses.collect());
            let rows = step.rows.iter().map(|row| RowFact {
                event: row.event.name(),
                to: match row.target {
                    Target::State(id) => &flow.state(id).name,
                    Target::Again | Target::Stay => flow.target_name(row.target),
                },
            });
            fact.on = rows.collect();
        }
        Role::End(end) => fact.end = Some(end.as_str()),
    }
    fact
}

impl Body for FlowBody<'_> {
    /// Writes the states, and then a table of events and states.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        heading(out, "states", self.states.is_empty())?;
        for state in &self.states {
            let does = match (state.sends, &state.schedule, state.end) {
                (Some(sends), Some(schedule), _) => format!("sends {sends} {schedule}"),
                (_, _, Some(end)) => format!("the end: {end}"),
                (_, _, None) => String::new(),
            };
            writeln!(out, "  {}: {}", bold(plain(state.name)), dim(plain(&does)))?;
            paragraph(out, "      ", state.meaning)?;
        }
        if self.events.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        let steps: Vec<_> = self
            .states
            .iter()
            .filter(|state| state.end.is_none())
            .collect();
        let heads = steps.iter().map(|state| state.name);
        let mut table = Table::new(std::iter::once("EVENT").chain(heads));
        for event in &self.events {
            let targets = steps.iter().map(|state| {
                let row = state.on.iter().find(|row| row.event == *event);
                row.map_or("-", |row| row.to)
            });
            table.row(std::iter::once(event.as_str()).chain(targets));
        }
        table.write(out, "  ")
    }
}
