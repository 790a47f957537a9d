//! Runs a table, without the types of a particular flow.

use super::table::{End, Pause, Role, Step, Table, Target};
use super::{Command, Limits};
use core::num::NonZeroU32;
use core::time::Duration;

/// The number of a sending within one payment, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sending(NonZeroU32);

impl Sending {
    /// Returns the sending with this number; [`None`] for 0.
    pub fn from_number(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// Returns its number.
    pub fn number(self) -> u32 {
        self.0.get()
    }
}

/// An event, without the types of a particular flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A sending was answered.
    Answer {
        /// The sending.
        sending: Sending,
        /// Index of the outcome among [`Table::signals`].
        signal: usize,
    },
    /// A sending was not answered: the connection failed, or the response was not a valid answer.
    NoAnswer(Sending),
    /// The program stopped while an inquiry or a cancellation was under way: its answer can no longer
    /// come, so it is sent again.
    Interrupted(Sending),
    /// A notification came: index of the outcome among [`Table::signals`].
    Heard(usize),
    /// A verified message contradicts the request, whatever else it says.
    Contradicted,
    /// Time has passed.
    Tick,
}

/// Milliseconds since the start.
pub(super) type Millis = u64;

/// The state of a payment in its flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) limits: LimitMillis,
    /// The latest time that was reported: it never goes back.
    pub(super) now: Millis,
    pub(super) state: usize,
    /// Number of sendings so far.
    pub(super) sent: u32,
    /// Number of sendings in the present state.
    pub(super) here: u32,
    pub(super) phase: Phase,
}

/// The event that a step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The time of the next sending.
    Resting { send_at: Millis },
    /// The answer to the last sending.
    InFlight { answer_by: Millis },
}

/// [`Limits`] in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LimitMillis {
    pub(super) expires: Option<Millis>,
    pub(super) pause: Millis,
    pub(super) timeout: Millis,
}

impl From<Limits> for LimitMillis {
    fn from(limits: Limits) -> Self {
        Self {
            expires: limits.expires.map(millis),
            pause: millis(limits.pause),
            timeout: millis(limits.timeout),
        }
    }
}

fn millis(time: Duration) -> Millis {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Life {
    pub(super) fn new(table: &Table, limits: Limits) -> Self {
        let mut life = Self {
            limits: limits.into(),
            now: 0,
            state: table.start,
            sent: 0,
            here: 0,
            phase: Phase::Resting { send_at: 0 },
        };
        life.enter(table, table.start);
        life
    }

    /// Takes in an event, then does everything that is due.
    pub(super) fn step(&mut self, table: &Table, at: Duration, input: Input) -> Command<usize> {
        self.now = self.now.max(millis(at));
        if let Some(step) = step_of(table, self.state) {
            match input {
                // A contradiction settles nothing, and nothing may be cancelled because of it.
                Input::Contradicted => self.enter(table, table.contradicted),
                Input::Interrupted(sending) => self.take_back(sending),
                Input::Answer { .. } | Input::NoAnswer(_) | Input::Heard(_) | Input::Tick => {
                    let (target, current) = self.reading(table, step, input);
                    self.follow(table, step, target, current);
                }
            }
        }
        self.due(table)
    }

    /// Returns the state that an input leads to, if any.
    #[cfg(feature = "client")]
    pub(super) fn goal(&self, table: &Table, input: Input) -> Option<usize> {
        let step = step_of(table, self.state)?;
        match self.reading(table, step, input).0 {
            Target::State(goal) => Some(goal),
            Target::Again | Target::Stay => None,
        }
    }

    /// Returns the call that the present state makes, if any.
    #[cfg(feature = "client")]
    pub(super) fn calls(&self, table: &Table) -> Option<usize> {
        step_of(table, self.state).map(|step| step.call)
    }

    /// Returns whether it is over.
    #[cfg(feature = "client")]
    pub(super) fn is_over(&self, table: &Table) -> bool {
        step_of(table, self.state).is_none()
    }

    /// Returns the target of an input, and whether the input is about the sending under way.
    fn reading(&self, table: &Table, step: &Step, input: Input) -> (Target, bool) {
        let on = |signal: usize| {
            let mut rows = step.on.iter();
            let row = rows.find(|(number, _)| *number == signal);
            row.map_or(Target::Stay, |(_, target)| *target)
        };
        match input {
            Input::Answer { sending, signal } => {
                let call = table.signals.get(signal).and_then(|signal| signal.call);
                let target = if self.is_own(sending) && call == Some(step.call) {
                    on(signal)
                } else {
                    Target::Stay
                };
                (target, self.is_under_way(sending))
            }
            Input::NoAnswer(sending) if self.is_under_way(sending) => (step.no_answer, true),
            Input::NoAnswer(_) | Input::Interrupted(_) | Input::Tick => (Target::Stay, false),
            Input::Heard(signal) => (on(signal), false),
            Input::Contradicted => (Target::State(table.contradicted), false),
        }
    }

    /// Returns whether the present state made the sending.
    fn is_own(&self, sending: Sending) -> bool {
        let number = sending.number();
        number <= self.sent && number > self.sent.saturating_sub(self.here)
    }

    fn is_under_way(&self, sending: Sending) -> bool {
        matches!(self.phase, Phase::InFlight { .. })
            && self.is_own(sending)
            && sending.number() == self.sent
    }

    /// Returns the sending that is under way.
    pub(super) fn under_way(&self, table: &Table) -> Option<Sending> {
        let flying = matches!(self.phase, Phase::InFlight { .. });
        step_of(table, self.state)
            .filter(|_| flying)
            .and_then(|_| Sending::from_number(self.sent))
    }

    /// Repeats a sending at once. It does not count as one of the state's sendings, because nobody
    /// waited for its answer.
    fn take_back(&mut self, sending: Sending) {
        if self.is_under_way(sending) {
            self.here = self.here.saturating_sub(1);
            self.rest(0);
        }
    }

    /// Follows an event to its target. Only the sending under way can cause another one.
    fn follow(&mut self, table: &Table, step: &Step, target: Target, current: bool) {
        match target {
            Target::State(next) => self.enter(table, next),
            Target::Again if current => match self.pause(step) {
                Some(pause) => self.rest(pause),
                None => match step.exhausted {
                    Target::State(next) => self.enter(table, next),
                    // A checked table never has this.
                    Target::Again | Target::Stay => self.state = table.states.len(),
                },
            },
            Target::Again | Target::Stay => {}
        }
    }

    fn enter(&mut self, table: &Table, state: usize) {
        self.state = state;
        self.here = 0;
        let pause = step_of(table, state).and_then(|step| self.pause(step));
        self.rest(pause.unwrap_or(0));
    }

    fn rest(&mut self, pause: Millis) {
        let send_at = self.now.saturating_add(pause);
        self.phase = Phase::Resting { send_at };
    }

    /// Returns the pause before the next sending of the state, if one is left.
    fn pause(&self, step: &Step) -> Option<Millis> {
        let next = usize::try_from(self.here).unwrap_or(usize::MAX);
        step.pauses.get(next).map(|pause| match pause {
            Pause::Seconds(seconds) => Millis::from(*seconds) * 1000,
            Pause::Own => self.limits.pause,
        })
    }

    /// Does everything that is due: leaves an expired state, gives up waiting, sends, waits.
    fn due(&mut self, table: &Table) -> Command<usize> {
        // A checked table has no cycle; this bound protects against an unchecked one.
        for _ in 0..=2 * table.states.len() {
            let step = match table.states.get(self.state).map(|state| &state.role) {
                Some(Role::Step(step)) => step,
                Some(Role::End(End::Done(verdict))) => return Command::Done(*verdict),
                Some(Role::End(End::Escalate)) | None => return Command::Escalate,
            };
            let expiry = self.limits.expires.filter(|_| {
                // Do not wake a state for an expiry that it ignores.
                matches!(step.expired, Target::State(_))
            });
            if expiry.is_some_and(|expiry| self.now >= expiry) {
                self.follow(table, step, step.expired, false);
                continue;
            }
            let next = match self.phase {
                Phase::Resting { send_at } if self.now >= send_at => return self.send(step),
                Phase::InFlight { answer_by } if self.now >= answer_by => {
                    self.follow(table, step, step.no_answer, true);
                    continue;
                }
                Phase::Resting { send_at } => send_at,
                Phase::InFlight { answer_by } => answer_by,
            };
            let next = expiry.map_or(next, |expiry| next.min(expiry));
            return Command::Wait(Duration::from_millis(next - self.now));
        }
        self.state = table.states.len();
        Command::Escalate
    }

    fn send(&mut self, step: &Step) -> Command<usize> {
        let Some(sending) = Sending::from_number(self.sent.saturating_add(1)) else {
            return Command::Escalate;
        };
        self.sent = sending.number();
        self.here = self.here.saturating_add(1);
        let answer_by = self.now.saturating_add(self.limits.timeout);
        self.phase = Phase::InFlight { answer_by };
        Command::Send {
            call: step.call,
            sending,
        }
    }
}

fn step_of(table: &Table, state: usize) -> Option<&Step> {
    match &table.states.get(state)?.role {
        Role::Step(step) => Some(step),
        Role::End(_) => None,
    }
}
