use super::{Origin, SourceIds};
pub use crate::format::End;

/// The life of a payment or a refund: a machine whose steps send, and whose ends say what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The name, `snake_case`.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// What it is the life of.
    pub description: String,
    /// A payment or a refund.
    pub kind: FlowKind,
    /// Id of the operation that moves the money: `pays` or `refunds` in the spec.
    pub principal: String,
    /// The state in which it begins.
    pub starts: StateId,
    /// Ids of the operations by which the provider speaks of the payment or the refund.
    pub notified_by: Vec<String>,
    /// Path, in the request of the principal, of the time that bounds all waiting.
    pub expires: Option<Vec<String>>,
    /// Paths of what a message that proves an end says beside; the last names
    /// differ, and each has one type in all messages that have it.
    pub proves: Vec<Vec<String>>,
    /// The states, by [`StateId`]; the one in which it begins stands first.
    pub states: Vec<State>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
    /// Where its keys stand.
    pub origins: FlowOrigins,
}

/// Where keys of a flow stand: in its own file or in that of a base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FlowOrigins {
    /// The operation that moves the money.
    pub principal: Origin,
    /// The state in which it begins.
    pub starts: Origin,
    /// What is heard in it.
    pub notified_by: Origin,
    /// What bounds it.
    pub expires: Origin,
    /// What is proved beside the end.
    pub proves: Origin,
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
    /// The key of the spec that names the operation which moves the money.
    pub const fn key(self) -> &'static str {
        match self {
            FlowKind::Payment => "pays",
            FlowKind::Refund => "refunds",
        }
    }

    /// The word for what the life is of.
    pub const fn noun(self) -> &'static str {
        match self {
            FlowKind::Payment => "payment",
            FlowKind::Refund => "refund",
        }
    }

    /// The end at which the money moved.
    pub const fn success(self) -> End {
        match self {
            FlowKind::Payment => End::Paid,
            FlowKind::Refund => End::Refunded,
        }
    }

    /// The end at which it did not, since the principal failed.
    pub const fn failure(self) -> End {
        match self {
            FlowKind::Payment => End::Unpaid,
            FlowKind::Refund => End::RefundFailed,
        }
    }

    /// Returns whether a flow of this kind can have the end.
    pub const fn ends(self, end: End) -> bool {
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
    /// What is done in it.
    pub role: Role,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// What is done in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Something is sent, until an event leads on.
    Step(Step),
    /// Nothing any more.
    End(End),
}

/// What a state sends, and where events lead from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Id of the operation that it sends.
    pub send: String,
    /// One pause for each sending allowed, before it; at least one.
    pub pauses: Vec<Pause>,
    /// Where events lead, in the spec's order; what `OPERATION.*` stands for is spelt out behind
    /// the others. A row for one code of an outcome goes before the row for all.
    pub rows: Vec<Row>,
    /// Where the sending stands.
    pub origin: Origin,
}

/// The pause before a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pause {
    /// As many seconds.
    Seconds(u32),
    /// The client chooses: no source says.
    Unknown,
}

/// The target of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The event.
    pub event: FlowEvent,
    /// Where it leads.
    pub target: Target,
    /// Where it stands.
    pub origin: Origin,
}

/// An event that a state handles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlowEvent {
    /// An operation came out: the one that was sent, or one of the provider's.
    Outcome {
        /// Id of the operation.
        operation: String,
        /// Name of the outcome.
        outcome: String,
        /// With this code alone.
        code: Option<String>,
    },
    /// A sending was not answered.
    NoAnswer,
    /// Another sending is asked for, and none is left.
    Exhausted,
    /// The time that bounds all waiting has come.
    Expired,
}

impl FlowEvent {
    /// The event as the spec spells it.
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
    /// To another state.
    State(StateId),
    /// To the next sending of the same state.
    Again,
    /// Nowhere: it changes nothing.
    Stay,
}

impl Step {
    /// Returns whether an event leads to another sending.
    pub fn sends_again(&self) -> bool {
        self.rows.iter().any(|row| row.target == Target::Again)
    }
}

impl Flow {
    /// The state with this id.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.0]
    }

    /// The end that a message leads to which contradicts the request, from any step: people have to
    /// find out.
    pub fn contradicted(&self) -> Option<StateId> {
        let mut states = self.states.iter();
        let end = states.position(|state| state.role == Role::End(End::Escalated));
        end.map(StateId)
    }

    /// The steps, with their ids.
    pub fn steps(&self) -> impl Iterator<Item = (StateId, &State, &Step)> {
        let states = self.states.iter().enumerate();
        states.filter_map(|(index, state)| match &state.role {
            Role::Step(step) => Some((StateId(index), state, step)),
            Role::End(_) => None,
        })
    }

    /// The word for where an event leads: a state's name, `again` or `stay`.
    pub fn target_name(&self, target: Target) -> &str {
        match target {
            Target::State(id) => &self.state(id).name,
            Target::Again => "again",
            Target::Stay => "stay",
        }
    }

    /// All events of the flow, each once: those of the operations in the order in which they are
    /// sent and heard, then `no_answer`, `exhausted`, `expired`.
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

    /// Ids of the operations that are sent, then of those that are heard, each once.
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

    /// Ids of the operations that are sent, each once.
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
    /// Returns where an event leads.
    pub fn row(&self, event: &FlowEvent) -> Option<&Row> {
        self.rows.iter().find(|row| row.event == *event)
    }
}
