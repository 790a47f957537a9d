//! The card of a flow: its states, the times at which they send, and the transitions.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::card::{Card, RowFact, StateFact, heading, paragraph};
use crate::facts::Facts;
use crate::output::{bold, dim, plain};
use crate::table::Table;
use payspec_codegen::emit::words::schedule;
use payspec_model::model::{Flow, Pause, Role, State, Target};
use payspec_model::pointer::pointer;

/// Explains a flow.
pub(super) fn card<'m>(facts: Facts<'m>, flow: &'m Flow) -> Card<'m> {
    let mut card = Card {
        meaning: flow.description.clone(),
        ..Card::default()
    };
    card.facts.add("title", flow.title.as_str());
    card.facts.add(flow.kind.key(), flow.principal.as_str());
    card.facts
        .add("starts", flow.state(flow.starts).name.as_str());
    let heard = (!flow.notified_by.is_empty()).then(|| flow.notified_by.join(", "));
    card.facts.maybe("notified_by", heard);
    let expires = flow.expires.as_ref();
    card.facts.maybe(
        "expires",
        expires.map(|path| format!("/{}", path.join("/"))),
    );
    let proves: Vec<_> = flow.proves.iter().map(|path| pointer(path)).collect();
    card.facts
        .maybe("proves", (!proves.is_empty()).then(|| proves.join(", ")));
    let contradicted = flow.contradicted().map(|end| flow.state(end).name.as_str());
    card.facts.maybe("contradicted", contradicted);
    let sent = flow.steps().filter_map(|(_, _, step)| {
        let operation = facts.api.operation(&step.send)?;
        Some(format!(
            "{}: {}",
            operation.id,
            operation.deprecated.as_ref()?.reason
        ))
    });
    let sent: BTreeSet<String> = sent.collect();
    let sent: Vec<String> = sent.into_iter().collect();
    card.facts.maybe(
        "sends_deprecated",
        (!sent.is_empty()).then(|| sent.join("\n")),
    );
    card.states = flow
        .states
        .iter()
        .map(|state| state_fact(flow, state))
        .collect();
    card.events = flow
        .events()
        .into_iter()
        .map(|event| event.name())
        .collect();
    let states = flow.states.iter().map(|state| state.origin);
    let places: Vec<_> = std::iter::once(flow.origin).chain(states).collect();
    card.disputed(facts, &places);
    card.stands(facts, &flow.sources, flow.origin);
    card
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

impl Card<'_> {
    /// Writes the states, and then a table of events and states.
    pub(super) fn write_states(&self, out: &mut impl Write) -> io::Result<()> {
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
