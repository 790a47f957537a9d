//! The static description of a flow.

/// The states of a flow, with the target of each event.
#[derive(Debug)]
pub struct Table {
    /// Name of the flow.
    pub id: &'static str,
    /// Index of the first state.
    pub start: usize,
    /// Index of the end for messages that contradict the request; the number of states if the flow has
    /// no such end.
    pub contradicted: usize,
    /// The outcomes that can arrive: first answers to calls, then notifications.
    pub signals: &'static [Signal],
    /// The states.
    pub states: &'static [StateRow],
}

impl Table {
    /// Returns the result that an outcome proves in some state, if any.
    #[cfg(feature = "client")]
    pub(crate) fn proves(&self, signal: usize) -> Option<Verdict> {
        let rows = self.states.iter().filter_map(|state| match &state.role {
            Role::Step(step) => Some(step.on.iter()),
            Role::End(_) => None,
        });
        let own = rows.flatten().filter(|(number, _)| *number == signal);
        own.filter_map(|(_, target)| match target {
            Target::State(goal) => self.verdict(*goal),
            Target::Again | Target::Stay => None,
        })
        .next()
    }

    /// Returns the result of a payment in this state, if it has ended.
    #[cfg(feature = "client")]
    pub(crate) fn verdict(&self, state: usize) -> Option<Verdict> {
        match self.states.get(state)?.role {
            Role::End(End::Done(verdict)) => Some(verdict),
            Role::End(End::Escalate) | Role::Step(_) => None,
        }
    }
}

/// An outcome that can arrive.
#[derive(Debug)]
pub struct Signal {
    /// The name: `inquiry_payment.paid`.
    pub name: &'static str,
    /// Index of the call that it answers; [`None`] for a notification.
    pub call: Option<usize>,
}

/// A state.
#[derive(Debug)]
pub struct StateRow {
    /// The name.
    pub name: &'static str,
    /// The task of the state.
    pub role: Role,
}

/// The task of a state.
#[derive(Debug)]
pub enum Role {
    /// Send something until an event leads to another state.
    Step(Step),
    /// Nothing: the flow has ended.
    End(End),
}

/// The request that a state sends, and the targets of events.
#[derive(Debug)]
pub struct Step {
    /// Index of the call that it sends each time.
    pub call: usize,
    /// The pause before each sending; their number limits the sendings.
    pub pauses: &'static [Pause],
    /// The targets of signals, by the index of the signal. A signal that is not listed changes nothing.
    pub on: &'static [(usize, Target)],
    /// The target if a sending was not answered.
    pub no_answer: Target,
    /// The target if another sending is due but none is left.
    pub exhausted: Target,
    /// The target when the payment must no longer succeed.
    pub expired: Target,
}

/// The pause before a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// This many seconds.
    Seconds(u32),
    /// [`Limits::pause`](super::Limits::pause), because the description states none.
    Own,
}

/// The target of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The state with this index.
    State(usize),
    /// The next sending of the same state.
    Again,
    /// The present state, unchanged.
    Stay,
}

/// The end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The result of the payment or the refund is known.
    Done(Verdict),
    /// The result could not be found out: a person has to.
    Escalate,
}

/// The result of a payment or a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The money was taken.
    Paid,
    /// The payment ended without success.
    Unpaid,
    /// The payment was cancelled; any money that was taken is given back.
    Cancelled,
    /// The amount was given back. Only the flow of a refund ends like this.
    Refunded,
    /// The refund ended without success. Only the flow of a refund ends like this.
    RefundFailed,
}

impl Verdict {
    /// Returns whether the money moved as requested.
    pub const fn is_success(self) -> bool {
        match self {
            Self::Paid | Self::Refunded => true,
            Self::Unpaid | Self::Cancelled | Self::RefundFailed => false,
        }
    }
}
