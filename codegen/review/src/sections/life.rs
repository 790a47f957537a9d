//! The life of a payment or a refund, before and after.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::outcomes::OutcomeTable;
use super::{Drawings, Hazard, HazardKind, Mark, Risk, RiskKey, hazards, joined, shown_as};
use payspec_codegen::emit::flow::{Markers, changed_svg, marked_svg, words::schedule};
use payspec_model::diagnostic::codes;
use payspec_model::lint::flaws;
use payspec_model::model::{Api, CarriedValue, End, Flow, FlowKind, Model, Role, State, Target};
use payspec_model::pointer::pointer;

/// A flow that changed, or that has an operation whose judging changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Life {
    /// The flow.
    pub(crate) flow: String,
    /// The kind of flow: a payment or a refund. Not part of the JSON, because a term says it.
    #[serde(skip)]
    pub(crate) kind: FlowKind,
    /// The change of the flow as a whole: `same` if only an operation that it uses changed.
    pub(crate) mark: Mark,
    /// The operations of the flow whose outcomes changed.
    pub(crate) operations: Vec<String>,
    /// The facts of the flow as a whole: the operation that moves the money, the start, the notifications, the expiry.
    pub(crate) terms: Vec<Term>,
    /// The states, in the order of the new spec; removed ones come last.
    pub(crate) states: Vec<LifeState>,
    /// The hazards that a reviewer must not overlook, new ones first.
    pub(crate) hazards: Vec<Hazard>,
    /// The states as drawings, for a page. Not part of the JSON.
    #[serde(skip)]
    pub(crate) drawings: Drawings,
}

/// A property of a flow as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Term {
    /// The change of the term.
    pub(crate) mark: Mark,
    /// The key: `pays`, `refunds`, `starts`, `heard`, `expires`, `proves`.
    pub(crate) name: &'static str,
    /// The value in the old spec.
    pub(crate) old: Option<String>,
    /// The value in the new spec.
    pub(crate) new: Option<String>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct LifeState {
    /// The change of the state, including its events.
    pub(crate) mark: Mark,
    /// The name.
    pub(crate) name: String,
    /// The old role: `sends pay_entry_code at once, once`, `ends paid`.
    pub(crate) old: Option<String>,
    /// The new role.
    pub(crate) new: Option<String>,
    /// The targets of the state's events; removed ones come last.
    pub(crate) events: Vec<LifeEvent>,
}

/// The target of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct LifeEvent {
    /// The change of the event.
    pub(crate) mark: Mark,
    /// The event, as the spec spells it: `inquiry_payment.paid`.
    pub(crate) event: String,
    /// The old target: the name of a state, `again` or `stay`.
    pub(crate) old: Option<String>,
    /// The new target.
    pub(crate) new: Option<String>,
}

/// Returns the flows that changed, sorted by id; `tables` are those of operations whose judging
/// changed.
pub(crate) fn lives(old: &Model, new: &Model, tables: &[OutcomeTable]) -> Vec<Life> {
    let (before, after) = (flows(old), flows(new));
    let mut lives: Vec<Life> = joined(before.keys(), after.keys())
        .into_iter()
        .filter_map(|id| {
            life(
                Side::of(old, before.get(id).copied()),
                Side::of(new, after.get(id).copied()),
                tables,
            )
        })
        .collect();
    lives.sort_by(|one, other| one.flow.cmp(&other.flow));
    lives
}

fn flows(model: &Model) -> BTreeMap<&str, (&Api, &Flow)> {
    let apis = model.apis.iter();
    apis.flat_map(|api| api.flows.iter().map(move |flow| (api, flow)))
        .map(|(api, flow)| (flow.id.as_str(), (api, flow)))
        .collect()
}

/// A model, with the flow if the model has it.
#[derive(Clone, Copy)]
struct Side<'m> {
    model: &'m Model,
    flow: Option<(&'m Api, &'m Flow)>,
}

impl<'m> Side<'m> {
    fn of(model: &'m Model, flow: Option<(&'m Api, &'m Flow)>) -> Self {
        Side { model, flow }
    }

    fn state(&self, name: &str) -> Option<(&'m Flow, &'m State)> {
        let (_, flow) = self.flow?;
        let state = flow.states.iter().find(|state| state.name == name)?;
        Some((flow, state))
    }

    fn states(&self) -> impl Iterator<Item = &'m str> + use<'m> {
        let states = self.flow.into_iter().flat_map(|(_, flow)| &flow.states);
        states.map(|state| state.name.as_str())
    }

    fn risks(self) -> (&'m Model, Vec<Risk>) {
        let risks = self.flow.map(|(api, flow)| risks(api, flow));
        (self.model, risks.unwrap_or_default())
    }
}

fn life(old: Side<'_>, new: Side<'_>, tables: &[OutcomeTable]) -> Option<Life> {
    let (_, flow) = new.flow.or(old.flow)?;
    let terms = terms(old, new);
    let states: Vec<LifeState> = joined(old.states(), new.states())
        .into_iter()
        .map(|name| state(name, old, new))
        .collect();
    let same = terms.iter().all(|term| term.mark == Mark::Same)
        && states.iter().all(|state| state.mark == Mark::Same);
    let used = |table: &&OutcomeTable| flow.operations().contains(&table.operation.as_str());
    let life = Life {
        flow: flow.id.clone(),
        kind: flow.kind,
        mark: Mark::of(old.flow, new.flow, |_, _| same),
        operations: tables
            .iter()
            .filter(used)
            .map(|table| table.operation.clone())
            .collect(),
        hazards: hazards(old.risks(), new.risks()),
        drawings: drawings(old, new, &states),
        terms,
        states,
    };
    let is_shown =
        life.mark != Mark::Same || !life.operations.is_empty() || !life.hazards.is_empty();
    is_shown.then_some(life)
}

fn terms(old: Side<'_>, new: Side<'_>) -> Vec<Term> {
    type Says = fn(&Flow) -> Option<String>;
    let says: [(&'static str, Says); 7] = [
        (FlowKind::Payment.key(), |flow| {
            (flow.kind == FlowKind::Payment).then(|| flow.principal.clone())
        }),
        (FlowKind::Refund.key(), |flow| {
            (flow.kind == FlowKind::Refund).then(|| flow.principal.clone())
        }),
        ("starts", |flow| Some(flow.state(flow.starts).name.clone())),
        ("heard", |flow| {
            (!flow.notified_by.is_empty()).then(|| flow.notified_by.join(", "))
        }),
        ("expires", |flow| flow.expires.as_deref().map(pointer)),
        ("proves", |flow| {
            let paths: Vec<_> = flow.proves.iter().map(|path| pointer(path)).collect();
            (!paths.is_empty()).then(|| paths.join(", "))
        }),
        ("with", |flow| {
            let carried: Vec<_> = flow.with.iter().map(CarriedValue::to_string).collect();
            (!carried.is_empty()).then(|| carried.join(", "))
        }),
    ];
    let terms = says.into_iter().filter_map(|(name, says)| {
        let value = |side: Side<'_>| side.flow.and_then(|(_, flow)| says(flow));
        let (old, new) = (value(old), value(new));
        (old.is_some() || new.is_some()).then(|| Term {
            mark: Mark::of(old.as_ref(), new.as_ref(), |old, new| old == new),
            name,
            old,
            new,
        })
    });
    terms.collect()
}

fn state(name: &str, old: Side<'_>, new: Side<'_>) -> LifeState {
    let (old, new) = (old.state(name), new.state(name));
    let rows = |side: Option<(&Flow, &State)>| -> Vec<(String, String)> {
        match side {
            Some((
                flow,
                State {
                    role: Role::Step(step),
                    ..
                },
            )) => {
                let rows = step.rows.iter();
                rows.map(|row| (row.event.name(), flow.target_name(row.target).to_owned()))
                    .collect()
            }
            Some((
                _,
                State {
                    role: Role::End(_), ..
                },
            ))
            | None => Vec::new(),
        }
    };
    let (before, after) = (rows(old), rows(new));
    let names = |rows: &[(String, String)]| -> Vec<String> {
        rows.iter().map(|(event, _)| event.clone()).collect()
    };
    let events = joined(names(&before), names(&after))
        .into_iter()
        .map(|event| {
            let target = |rows: &[(String, String)]| {
                let row = rows.iter().find(|(other, _)| *other == event);
                row.map(|(_, target)| target.clone())
            };
            let (old, new) = (target(&before), target(&after));
            LifeEvent {
                mark: Mark::of(old.as_ref(), new.as_ref(), |old, new| old == new),
                event,
                old,
                new,
            }
        });
    let events: Vec<LifeEvent> = events.collect();
    let does = |side: Option<(&Flow, &State)>| side.map(|(_, state)| does(state));
    let (old, new) = (does(old), does(new));
    let same = events.iter().all(|event| event.mark == Mark::Same);
    LifeState {
        mark: Mark::of(old.as_ref(), new.as_ref(), |old, new| old == new && same),
        name: name.to_owned(),
        old,
        new,
        events,
    }
}

fn does(state: &State) -> String {
    match &state.role {
        Role::Step(step) => format!("sends {} {}", step.send, schedule(step)),
        Role::End(end) => format!("ends {}", end.as_str()),
    }
}

fn drawings(old: Side<'_>, new: Side<'_>, states: &[LifeState]) -> Drawings {
    let (before, after) = (markers(states, Mark::Removed), markers(states, Mark::Added));
    let whole = |side: Side<'_>, markers: &Markers| {
        let (api, flow) = side.flow?;
        Some(marked_svg(api, flow, markers))
    };
    Drawings {
        old: whole(old, &before),
        new: whole(new, &after),
        changed: new
            .flow
            .and_then(|(api, flow)| changed_svg(api, flow, &after)),
    }
}

/// Returns the marks for the drawing of one side; `own` is the mark of what only this side has.
fn markers(states: &[LifeState], own: Mark) -> Markers {
    let mut markers = Markers::default();
    for state in states {
        let shown = |mark: Mark| mark == own || mark == Mark::Changed;
        // The mark of a state is about its role; its events have marks of their own.
        if state.mark == own || (state.mark == Mark::Changed && state.old != state.new) {
            markers
                .states
                .insert(state.name.clone(), shown_as(state.mark));
        }
        for event in state.events.iter().filter(|event| shown(event.mark)) {
            let place = (state.name.clone(), event.event.clone());
            markers.events.insert(place, shown_as(event.mark));
        }
    }
    markers
}

/// Returns the flaws of a flow, and the events after which a person must continue.
fn risks(api: &Api, flow: &Flow) -> Vec<Risk> {
    let mut risks: Vec<Risk> = flaws(api, flow)
        .into_iter()
        .map(|flaw| Risk {
            kind: kind_of(flaw.code),
            key: RiskKey::Flaw(flaw.code.id, flaw.site),
            message: flaw.message,
            proof: Some(flaw.code.id),
            at: flaw.at,
        })
        .collect();
    for (_, state, step) in flow.steps() {
        for row in &step.rows {
            let Target::State(target) = row.target else {
                continue;
            };
            if flow.state(target).role == Role::End(End::Escalated) {
                let event = row.event.name();
                risks.push(Risk {
                    kind: HazardKind::DeadEnd,
                    key: RiskKey::Escalated(state.name.clone(), row.event.clone()),
                    message: format!(
                        "after `{event}` in `{}`, no program can continue: a person must investigate",
                        state.name
                    ),
                    proof: None,
                    at: row.origin,
                });
            }
        }
    }
    risks
}

/// Returns the kind of hazard that a flaw is.
fn kind_of(code: &'static payspec_model::diagnostic::Code) -> HazardKind {
    let twice = [&codes::PAYS_TWICE, &codes::PASSED_OVER];
    let misread = [&codes::FALSE_END, &codes::PAID_AFTER_CANCEL];
    if twice.contains(&code) {
        HazardKind::PaysTwice
    } else if misread.contains(&code) {
        HazardKind::Misread
    } else {
        HazardKind::DeadEnd
    }
}
