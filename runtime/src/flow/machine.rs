//! The state machine of one flow, with the flow's types.

use super::life::Life;
use super::{Input, NotSaved, Sending, Table, Verdict};
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;

/// A flow: its table, and types for the numbers in the table. Generated.
pub trait Flow {
    /// The states of the flow.
    type State: Copy;
    /// The calls that it sends.
    type Call: Copy;
    /// The events that can happen.
    type Event<'a>;

    /// The table.
    const TABLE: &'static Table;

    /// Returns the state with this index.
    fn state(index: usize) -> Self::State;

    /// Returns the call with this index.
    fn call(index: usize) -> Self::Call;

    /// Translates an event into the numbers of the table.
    fn input(event: Self::Event<'_>) -> Input;
}

/// The times that the description does not state, or that differ for each payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time from the start until the payment must no longer succeed; [`None`] if the request does
    /// not state it.
    pub expires: Option<Duration>,
    /// The pause before a sending if the description states none.
    pub pause: Duration,
    /// The time to wait for the answer to a sending.
    pub timeout: Duration,
}

/// The next step of the program.
#[must_use = "a life goes on only when this is done"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command<C> {
    /// Send this, the same bytes each time; report the result together with the number.
    Send {
        /// The call to send.
        call: C,
        /// The number of the sending.
        sending: Sending,
    },
    /// Wait for this time, unless something happens before; then tick.
    Wait(Duration),
    /// The flow has ended with this result.
    Done(Verdict),
    /// The flow has ended without a known result: a person has to find out.
    Escalate,
}

/// The state machine of one payment.
///
/// See the [module](crate::flow) for its rules. It is a small value: copy it, [save](Machine::save) it
/// before each sending, [restore](Machine::restore) it after a restart.
pub struct Machine<F> {
    life: Life,
    flow: PhantomData<fn() -> F>,
}

impl<F: Flow> Machine<F> {
    /// Makes a machine at the start of its flow: the first [`tick`](Machine::tick) returns the first
    /// command.
    pub fn new(limits: Limits) -> Self {
        Self::of(Life::new(F::TABLE, limits))
    }

    fn of(life: Life) -> Self {
        Self {
            life,
            flow: PhantomData,
        }
    }

    /// Takes in an event at a time since the start, and returns the next command. A time before the
    /// latest one counts as the latest one.
    pub fn step(&mut self, at: Duration, event: F::Event<'_>) -> Command<F::Call> {
        self.input(at, F::input(event))
    }

    /// Reports that time has passed.
    pub fn tick(&mut self, at: Duration) -> Command<F::Call> {
        self.input(at, Input::Tick)
    }

    pub(crate) fn input(&mut self, at: Duration, input: Input) -> Command<F::Call> {
        match self.life.step(F::TABLE, at, input) {
            Command::Send { call, sending } => Command::Send {
                call: F::call(call),
                sending,
            },
            Command::Wait(time) => Command::Wait(time),
            Command::Done(verdict) => Command::Done(verdict),
            Command::Escalate => Command::Escalate,
        }
    }

    /// Returns the latest reported time since the start.
    #[cfg(feature = "client")]
    pub(crate) fn now(&self) -> Duration {
        Duration::from_millis(self.life.now)
    }

    /// Returns whether it is over.
    #[cfg(feature = "client")]
    pub(crate) fn is_over(&self) -> bool {
        self.life.is_over(F::TABLE)
    }

    /// Returns the index of the present state.
    #[cfg(feature = "client")]
    pub(crate) fn index(&self) -> usize {
        self.life.state
    }

    /// Returns the index of the state that an input leads to from the present one, if any.
    #[cfg(feature = "client")]
    pub(crate) fn goal(&self, input: Input) -> Option<usize> {
        self.life.goal(F::TABLE, input)
    }

    /// Returns the call that the present state makes, if any.
    #[cfg(feature = "client")]
    pub(crate) fn calls(&self) -> Option<F::Call> {
        self.life.calls(F::TABLE).map(F::call)
    }

    /// Returns the present state.
    pub fn state(&self) -> F::State {
        F::state(self.life.state)
    }

    /// Returns the sending that waits for its answer.
    pub fn under_way(&self) -> Option<Sending> {
        self.life.under_way(F::TABLE)
    }

    /// Saves the whole machine as one line of text, for a journal. The line holds no data of the
    /// payment.
    pub fn save(&self) -> String {
        self.life.save(F::TABLE)
    }

    /// Restores a machine that was [saved](Machine::save) as this line. A sending that was under way
    /// may still be answered; if not, it counts as unanswered after its timeout.
    ///
    /// # Errors
    ///
    /// When the line does not belong to this flow, or its state no longer exists.
    pub fn restore(line: &str) -> Result<Self, NotSaved> {
        Life::restore(F::TABLE, line).map(Self::of)
    }
}

impl<F> Clone for Machine<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Machine<F> {}

impl<F> PartialEq for Machine<F> {
    fn eq(&self, other: &Self) -> bool {
        self.life == other.life
    }
}

impl<F> Eq for Machine<F> {}

impl<F: Flow> fmt::Debug for Machine<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Machine({})", self.save())
    }
}
