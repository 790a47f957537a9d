//! The static description of a flow.

/// The states of a flow, and where each event leads.
#[derive(Debug)]
pub struct Table {
    /// Name of the flow.
    pub id: &'static str,
    /// Index of the state in which the life begins.
    pub start: usize,
    /// Index of the end that a message leads to which contradicts the request; the number of states
    /// where the flow has no such end.
    pub contradicted: usize,
    /// The outcomes that can come in: answers to calls, then what is heard.
    pub signals: &'static [Signal],
    /// The states.
    pub states: &'static [StateRow],
}

impl Table {
    /// Returns what the payment came to, if an outcome proves that in some state.
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

    /// Returns what a payment came to that is in this state.
    #[cfg(feature = "client")]
    pub(crate) fn verdict(&self, state: usize) -> Option<Verdict> {
        match self.states.get(state)?.role {
            Role::End(End::Done(verdict)) => Some(verdict),
            Role::End(End::Escalate) | Role::Step(_) => None,
        }
    }
}

/// An outcome that can come in.
#[derive(Debug)]
pub struct Signal {
    /// The name: `inquiry_payment.paid`.
    pub name: &'static str,
    /// Index of the call that it answers; [`None`] for what the provider tells unasked.
    pub call: Option<usize>,
}

/// A state.
#[derive(Debug)]
pub struct StateRow {
    /// The name.
    pub name: &'static str,
    /// What is done in it.
    pub role: Role,
}

/// What is done in a state.
#[derive(Debug)]
pub enum Role {
    /// Something is sent, until an event leads on.
    Step(Step),
    /// Nothing any more.
    End(End),
}

/// What a state sends, and where events lead from it.
#[derive(Debug)]
pub struct Step {
    /// Index of the call that it sends, each time the same.
    pub call: usize,
    /// The pause before each sending; there are no more sendings than pauses.
    pub pauses: &'static [Pause],
    /// Where signals lead, by their index; one that is not listed leads nowhere.
    pub on: &'static [(usize, Target)],
    /// Where it leads that a sending was not answered.
    pub no_answer: Target,
    /// Where it leads that another sending is asked for and none is left.
    pub exhausted: Target,
    /// Where it leads that the time has come at which the payment must not succeed any more.
    pub expired: Target,
}

/// The pause before a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// As many seconds.
    Seconds(u32),
    /// [`Limits::pause`](super::Limits::pause): no source gives one.
    Own,
}

/// Where an event leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To the state with this index.
    State(usize),
    /// To the next sending of the same state.
    Again,
    /// Nowhere.
    Stay,
}

/// How a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// It is known what the payment, or the refund, came to.
    Done(Verdict),
    /// Nobody could find out: people have to.
    Escalate,
}

/// The result of a payment or a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The money was taken.
    Paid,
    /// The payment ended without success.
    Unpaid,
    /// The payment was cancelled; whatever was taken is given back.
    Cancelled,
    /// The amount is given back. Only the flow of a refund ends so.
    Refunded,
    /// The refund ended without success. Only the flow of a refund ends so.
    RefundFailed,
}

impl Verdict {
    /// Returns whether the money moved as it was asked for.
    pub const fn is_success(self) -> bool {
        match self {
            Self::Paid | Self::Refunded => true,
            Self::Unpaid | Self::Cancelled | Self::RefundFailed => false,
        }
    }
}
