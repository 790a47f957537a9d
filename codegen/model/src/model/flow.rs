use std::fmt;

use super::{Origin, Side, SourceIds};
pub use crate::format::End;
use crate::format::SecondsEntry;
use crate::pointer::pointer;

/// The life of a payment or a refund: a state machine whose steps send requests, and whose ends state
/// the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The name, `snake_case`.
    pub id: String,
    /// The title for readers.
    pub title: String,
    /// The description.
    pub description: String,
    /// A payment or a refund.
    pub kind: FlowKind,
    /// Id of the operation that moves the money: `pays` or `refunds` in the spec.
    pub principal: String,
    /// The first state.
    pub starts: StateId,
    /// Ids of the operations by which the provider reports on the payment or the refund.
    pub notified_by: Vec<String>,
    /// Path, in the request of the principal, of the time after which the payment must not succeed.
    pub expires: Option<Vec<String>>,
    /// Paths of the additional values in a message that proves an end; their last names differ, and
    /// each has one type in all messages that have it.
    pub proves: Vec<Vec<String>>,
    /// The values of earlier messages that later requests carry, in the spec's order.
    pub with: Vec<CarriedValue>,
    /// The states, by [`StateId`]; the first state of the flow comes first.
    pub states: Vec<State>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
    /// The places of its keys.
    pub origins: FlowOrigins,
}

/// A value of an earlier message that a later request of the flow carries, such as the provider's id of
/// the payment. Both are texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedValue {
    /// Id of the operation whose request carries it.
    pub to: String,
    /// The field of that request.
    pub field: String,
    /// Id of the operation whose message gives it.
    pub from: String,
    /// The message of that operation: an answer, or the request that moves the money.
    pub side: Side,
    /// Path of the value in that message.
    pub path: Vec<String>,
    /// The place in the spec.
    pub origin: Origin,
}

impl CarriedValue {
    /// Returns the name of the value, as the spec spells it: `create:/id`, or `create:request:/shop`.
    pub fn name(&self) -> String {
        carried_name(&self.from, self.side, &self.path)
    }

    /// Returns whether both have the same value, perhaps for different requests.
    pub fn is_same_value(&self, other: &Self) -> bool {
        (&self.from, self.side, &self.path) == (&other.from, other.side, &other.path)
    }
}

/// Returns the name of a carried value, as the spec spells it.
pub(crate) fn carried_name(from: &str, side: Side, path: &[String]) -> String {
    let path = pointer(path);
    match side {
        Side::Request => format!("{from}:{}:{path}", side.as_str()),
        Side::Response => format!("{from}:{path}"),
    }
}

/// Writes the value for people: `find /id: send:/order/id`.
impl fmt::Display for CarriedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} /{}: {}", self.to, self.field, self.name())
    }
}

/// The places of a flow's keys: in its own file or in that of a base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FlowOrigins {
    /// The operation that moves the money.
    pub principal: Origin,
    /// The first state.
    pub starts: Origin,
    /// The notifications.
    pub notified_by: Origin,
    /// The time limit.
    pub expires: Origin,
    /// The additional values that prove an end.
    pub proves: Origin,
    /// The values that requests carry.
    pub with: Origin,
}

/// The kind of a flow: a payment or a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowKind {
    /// The payer pays.
    Payment,
    /// The payer gets money back.
    Refund,
}

impl FlowKind {
    /// Returns the key of the spec that names the operation which moves the money.
    pub const fn key(self) -> &'static str {
        match self {
            FlowKind::Payment => "pays",
            FlowKind::Refund => "refunds",
        }
    }

    /// Returns the noun for such a flow.
    pub const fn noun(self) -> &'static str {
        match self {
            FlowKind::Payment => "payment",
            FlowKind::Refund => "refund",
        }
    }

    /// Returns the end in which the money moved.
    pub(crate) const fn success(self) -> End {
        match self {
            FlowKind::Payment => End::Paid,
            FlowKind::Refund => End::Refunded,
        }
    }

    /// Returns the end in which it did not, because the principal failed.
    pub(crate) const fn failure(self) -> End {
        match self {
            FlowKind::Payment => End::Unpaid,
            FlowKind::Refund => End::RefundFailed,
        }
    }

    /// Returns whether a flow of this kind can have the end.
    pub(crate) const fn ends(self, end: End) -> bool {
        match end {
            End::Paid | End::Unpaid | End::Cancelled => matches!(self, FlowKind::Payment),
            End::Refunded | End::RefundFailed => matches!(self, FlowKind::Refund),
            End::Escalated => true,
        }
    }
}

/// Index of a state in [`Flow::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub usize);

/// A state of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The name, `snake_case`.
    pub name: String,
    /// The meaning of the state for the payment or the refund.
    pub description: String,
    /// The task of the state.
    pub role: Role,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// The task of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Send something until an event leads to another state.
    Step(Step),
    /// Nothing: the flow has ended.
    End(End),
}

/// The request that a state sends, and the targets of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Id of the operation that it sends.
    pub send: String,
    /// The pause before each allowed sending; at least one.
    pub pauses: Vec<Pause>,
    /// The targets of events, in the spec's order; the rows of `OPERATION.*` come after the others. A
    /// row for one code of an outcome comes before the row for all codes.
    pub rows: Vec<Row>,
    /// The place of the sending in the spec.
    pub origin: Origin,
}

/// A time that a source may leave open: the pause before a sending, the lifetime of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pause {
    /// This many seconds.
    Seconds(u32),
    /// No source states it. The client chooses such a pause.
    Unknown,
}

impl From<SecondsEntry> for Pause {
    fn from(entry: SecondsEntry) -> Self {
        match entry {
            SecondsEntry::Seconds(seconds) => Pause::Seconds(seconds),
            SecondsEntry::Unknown(_) => Pause::Unknown,
        }
    }
}

/// Writes the time for people: `30 s` or `unknown`.
impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pause::Seconds(seconds) => write!(f, "{seconds} s"),
            Pause::Unknown => f.write_str("unknown"),
        }
    }
}

/// The target of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The event.
    pub event: FlowEvent,
    /// The target.
    pub target: Target,
    /// The place in the spec.
    pub origin: Origin,
}

/// An event that a state handles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlowEvent {
    /// The outcome of an operation: of the one that was sent, or of a notification.
    Outcome {
        /// Id of the operation.
        operation: String,
        /// Name of the outcome.
        outcome: String,
        /// Only with this code.
        code: Option<String>,
    },
    /// A sending was not answered.
    NoAnswer,
    /// Another sending is due, but none is left.
    Exhausted,
    /// The time limit is reached.
    Expired,
}

impl FlowEvent {
    /// Returns the event in the spelling of the spec.
    pub fn name(&self) -> String {
        match self {
            FlowEvent::Outcome {
                operation,
                outcome,
                code: None,
            } => format!("{operation}.{outcome}"),
            FlowEvent::Outcome {
                operation,
                outcome,
                code: Some(code),
            } => format!("{operation}.{outcome} {code}"),
            FlowEvent::NoAnswer => "no_answer".to_owned(),
            FlowEvent::Exhausted => "exhausted".to_owned(),
            FlowEvent::Expired => "expired".to_owned(),
        }
    }
}

/// The target of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Another state.
    State(StateId),
    /// The next sending of the same state.
    Again,
    /// The present state, unchanged.
    Stay,
}

impl Step {
    /// Returns whether an event leads to another sending.
    pub(crate) fn sends_again(&self) -> bool {
        self.rows.iter().any(|row| row.target == Target::Again)
    }
}

impl Flow {
    /// Returns the state with this id.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.0]
    }

    /// Iterates over the values that the request of an operation carries.
    pub fn carried_by<'a>(&'a self, operation: &'a str) -> impl Iterator<Item = &'a CarriedValue> {
        self.with.iter().filter(move |one| one.to == operation)
    }

    /// Returns the end for messages that contradict the request, from any step: a person has to find
    /// out.
    pub fn contradicted(&self) -> Option<StateId> {
        let mut states = self.states.iter();
        let end = states.position(|state| state.role == Role::End(End::Escalated));
        end.map(StateId)
    }

    /// Iterates over the steps, with their ids.
    pub fn steps(&self) -> impl Iterator<Item = (StateId, &State, &Step)> {
        let states = self.states.iter().enumerate();
        states.filter_map(|(index, state)| match &state.role {
            Role::Step(step) => Some((StateId(index), state, step)),
            Role::End(_) => None,
        })
    }

    /// Returns the word for a target: a state's name, `again` or `stay`.
    pub fn target_name(&self, target: Target) -> &str {
        match target {
            Target::State(id) => &self.state(id).name,
            Target::Again => "again",
            Target::Stay => "stay",
        }
    }

    /// Returns all events of the flow, each once: those of the operations in the order in which they
    /// are sent and received, then `no_answer`, `exhausted`, `expired`.
    pub fn events(&self) -> Vec<&FlowEvent> {
        let mut events: Vec<&FlowEvent> = Vec::new();
        for operation in self.operations() {
            for (_, _, step) in self.steps() {
                for row in &step.rows {
                    let here = matches!(&row.event, FlowEvent::Outcome { operation: of, .. } if *of == operation);
                    if here && !events.contains(&&row.event) {
                        events.push(&row.event);
                    }
                }
            }
        }
        let others = [
            FlowEvent::NoAnswer,
            FlowEvent::Exhausted,
            FlowEvent::Expired,
        ];
        for other in &others {
            let rows = self.steps().flat_map(|(_, _, step)| &step.rows);
            events.extend(rows.map(|row| &row.event).find(|event| *event == other));
        }
        events
    }

    /// Returns the ids of the operations that are sent, then of the notifications, each once.
    pub fn operations(&self) -> Vec<&str> {
        let mut operations: Vec<&str> = Vec::new();
        let sent = self.steps().map(|(_, _, step)| step.send.as_str());
        for operation in sent.chain(self.notified_by.iter().map(String::as_str)) {
            if !operations.contains(&operation) {
                operations.push(operation);
            }
        }
        operations
    }

    /// Returns the ids of the operations that are sent, each once.
    pub fn sent(&self) -> Vec<&str> {
        let mut sent: Vec<&str> = Vec::new();
        for (_, _, step) in self.steps() {
            if !sent.contains(&step.send.as_str()) {
                sent.push(&step.send);
            }
        }
        sent
    }
}

impl Step {
    /// Returns the row of an event.
    pub fn row(&self, event: &FlowEvent) -> Option<&Row> {
        self.rows.iter().find(|row| row.event == *event)
    }
}
