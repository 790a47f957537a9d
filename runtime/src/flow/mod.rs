//! The life of a payment as a pure state machine.
//!
//! A [`Table`] states what each state sends, how often and after which pauses, and which state every
//! answer, notification or timeout leads to. A [`Machine`] runs it. The machine does nothing itself: it
//! has no clock, no network, no store. The program reports each event with the time since the start;
//! the machine returns the next [`Command`].
//!
//! Tables are generated from a description that is proved never to pay twice, to handle every event,
//! and to end. The machine adds:
//!
//! * A [`Sending`] goes out once, however often and however early the clock ticks.
//! * An answer to an earlier sending of the same state counts if it decides something; if it decides
//!   nothing, it does not cause another sending. An answer to a sending of a state that was left is
//!   ignored.
//! * A sending that is not answered within [`Limits::timeout`] counts as not answered.
//! * Pauses end at [`Limits::expires`] if the state reacts to it.
//! * A verified message that contradicts the request leads from every state to the end where a person
//!   decides ([`Input::Contradicted`], [`Table::contradicted`]).
//! * An end ignores every event.
//!
//! ```
//! use payspec_runtime::flow::*;
//! use std::time::Duration;
//!
//! # enum Demo {}
//! # #[derive(Debug, Clone, Copy, PartialEq)] enum State { Asking, Paid, Lost }
//! # #[derive(Debug, Clone, Copy, PartialEq)] enum Call { Ask }
//! # enum Event { Paid(Sending), Open(Sending) }
//! # impl Flow for Demo {
//! #     type State = State;
//! #     type Call = Call;
//! #     type Event<'a> = Event;
//! #     const TABLE: &'static Table = &Table {
//! #         id: "demo", start: 0, contradicted: 2,
//! #         signals: &[Signal { name: "ask.paid", call: Some(0) }, Signal { name: "ask.pending", call: Some(0) }],
//! #         states: &[
//! #             StateRow { name: "asking", role: Role::Step(Step { call: 0,
//! #                 pauses: &[Pause::Seconds(0), Pause::Seconds(2)],
//! #                 on: &[(0, Target::State(1)), (1, Target::Again)], no_answer: Target::Again,
//! #                 exhausted: Target::State(2), expired: Target::Stay }) },
//! #             StateRow { name: "paid", role: Role::End(End::Done(Verdict::Paid)) },
//! #             StateRow { name: "lost", role: Role::End(End::Escalate) },
//! #         ],
//! #     };
//! #     fn state(index: usize) -> State { match index { 0 => State::Asking, 1 => State::Paid, _ => State::Lost } }
//! #     fn call(_: usize) -> Call { Call::Ask }
//! #     fn input(event: Event) -> Input { match event {
//! #         Event::Paid(sending) => Input::Answer { sending, signal: 0 },
//! #         Event::Open(sending) => Input::Answer { sending, signal: 1 } } }
//! # }
//! let limits = Limits { expires: None, pause: Duration::from_secs(1), timeout: Duration::from_secs(10) };
//! let mut machine = Machine::<Demo>::new(limits);
//! let Command::Send { call: Call::Ask, sending: first } = machine.tick(Duration::ZERO) else { panic!() };
//!
//! // One second later: an answer that decides nothing. The next sending is due two seconds on.
//! let command = machine.step(Duration::from_secs(1), Event::Open(first));
//! assert_eq!(command, Command::Wait(Duration::from_secs(2)));
//! // Too early: nothing is sent.
//! assert_eq!(machine.tick(Duration::from_secs(2)), Command::Wait(Duration::from_secs(1)));
//! let Command::Send { sending: second, .. } = machine.tick(Duration::from_secs(3)) else { panic!() };
//!
//! let command = machine.step(Duration::from_secs(4), Event::Paid(second));
//! assert_eq!(command, Command::Done(Verdict::Paid));
//! assert_eq!(machine.tick(Duration::from_secs(99)), Command::Done(Verdict::Paid));
//! ```

mod life;
mod machine;
mod saved;
mod table;

pub use life::{Input, Sending};
pub use machine::{Command, Flow, Limits, Machine};
pub use saved::NotSaved;
pub use table::{End, Pause, Role, Signal, StateRow, Step, Table, Target, Verdict};
