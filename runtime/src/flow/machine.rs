//! The machine of one flow, with its types.

use super::life::Life;
use super::{Input, NotSaved, Sending, Table, Verdict};
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;

/// A flow: its table, and types of its own for what the table numbers. Generated.
pub trait Flow {
    /// The states.
    type State: Copy;
    /// What it sends.
    type Call: Copy;
    /// What can happen.
    type Event<'a>;

    /// The table.
    const TABLE: &'static Table;

    /// The state with this index.
    fn state(index: usize) -> Self::State;

    /// The call with this index.
    fn call(index: usize) -> Self::Call;

    /// An event, by its numbers.
    fn input(event: Self::Event<'_>) -> Input;
}

/// The times that no source gives, or that belong to one payment alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the start to the time after which the payment must not succeed; [`None`] when the
    /// request does not say.
    pub expires: Option<Duration>,
    /// The pause before a sending where no source gives one.
    pub pause: Duration,
    /// How long the answer to a sending is waited for.
    pub timeout: Duration,
}

/// What to do next.
#[must_use = "a life goes on only when this is done"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command<C> {
    /// Send this, the same bytes each time; tell what comes of it together with the number.
    Send {
        /// What to send.
        call: C,
        /// Which sending it is.
        sending: Sending,
    },
    /// Nothing for so long, unless something happens before; then tick.
    Wait(Duration),
    /// It is over, and this came of it.
    Done(Verdict),
    /// It is over, and nobody knows what came of it: let people find out.
    Escalate,
}

/// The life of one payment.
///
/// See the [module](crate::flow) for how it goes. It is a small value: copy it, [save](Machine::save) it
/// before each sending, [restore](Machine::restore) it after a restart.
pub struct Machine<F> {
    life: Life,
    flow: PhantomData<fn() -> F>,
}

impl<F: Flow> Machine<F> {
    /// A life that has not begun: the first [`tick`](Machine::tick) gives the first command.
    pub fn new(limits: Limits) -> Self {
        Self::of(Life::new(F::TABLE, limits))
    }

    fn of(life: Life) -> Self {
        Self {
            life,
            flow: PhantomData,
        }
    }

    /// Takes in what happened at a time, told as the time since the start, and gives the next
    /// command. A time before the latest one counts as that one.
    pub fn step(&mut self, at: Duration, event: F::Event<'_>) -> Command<F::Call> {
        self.input(at, F::input(event))
    }

    /// Takes in that time has passed.
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

    /// The latest time that was told, since the start.
    #[cfg(feature = "client")]
    pub(crate) fn now(&self) -> Duration {
        Duration::from_millis(self.life.now)
    }

    /// Returns whether it is over.
    #[cfg(feature = "client")]
    pub(crate) fn is_over(&self) -> bool {
        self.life.is_over(F::TABLE)
    }

    /// The index of the present state.
    #[cfg(feature = "client")]
    pub(crate) fn index(&self) -> usize {
        self.life.state
    }

    /// The index of the state that an input leads to from the present one, if to any.
    #[cfg(feature = "client")]
    pub(crate) fn goal(&self, input: Input) -> Option<usize> {
        self.life.goal(F::TABLE, input)
    }

    /// The call that the present state makes, if it makes one.
    #[cfg(feature = "client")]
    pub(crate) fn calls(&self) -> Option<F::Call> {
        self.life.calls(F::TABLE).map(F::call)
    }

    /// The present state.
    pub fn state(&self) -> F::State {
        F::state(self.life.state)
    }

    /// The sending whose answer is waited for.
    pub fn under_way(&self) -> Option<Sending> {
        self.life.under_way(F::TABLE)
    }

    /// The whole machine as one line of text, for a journal. It holds no data of the payment.
    pub fn save(&self) -> String {
        self.life.save(F::TABLE)
    }

    /// The machine that was [saved](Machine::save) as this line. A sending that was under way may
    /// still be answered; if not, it counts as not answered when its time is over.
    ///
    /// # Errors
    ///
    /// When the line is not one of this flow, or its state no longer exists.
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
