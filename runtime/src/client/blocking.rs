//! A client that blocks.

use super::attempt::{Ready, Step};
use super::call::{Answered, Call};
use super::clock::{Clock, SystemClock};
use super::course::Course;
use super::doubt::InDoubt;
use super::envelope::Envelope;
use super::error::CallError;
use super::journal::Journal;
use super::key::{Signer, SigningKey, Verifier, VerifyingKey};
use super::life::Pace;
use super::policy::Policy;
use super::transport::Transport;
use crate::Valid;
use core::fmt;

/// Carries calls over a [`Transport`], blocking: signs, writes down, sends, verifies, reads, waits, and
/// sends the same bytes again while nobody knows what became of them.
///
/// It can be shared between threads.
pub struct Client<T, S = SigningKey, V = VerifyingKey> {
    pub(super) course: Course<S, V>,
    pub(super) transport: T,
    pub(super) clock: Box<dyn Clock>,
}

impl<T, S, V> Client<T, S, V> {
    /// A client with the policy of the API, the system's clock, and no journal.
    pub fn new(envelope: Envelope<S, V>, transport: T) -> Self {
        Self {
            course: Course::new(envelope),
            transport,
            clock: Box::new(SystemClock),
        }
    }

    /// Sets how often and after which pauses the same is sent again.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.course.policy = policy;
        self
    }

    /// Sets the times of lives that their description leaves open.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.course.pace = pace;
        self
    }

    /// Makes the pauses the same in every run.
    pub fn seed(mut self, seed: u64) -> Self {
        self.course.seed = Some(seed);
        self
    }

    /// Sets the clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Writes down what is about to leave.
    pub fn journal(mut self, journal: impl Journal + 'static) -> Self {
        self.course.journal = Some(Box::new(journal));
        self
    }

    /// What signs and verifies.
    pub fn envelope(&self) -> &Envelope<S, V> {
        &self.course.envelope
    }

    /// What carries.
    pub fn transport(&self) -> &T {
        &self.transport
    }
}

impl<T: Transport, S: Signer, V: Verifier> Client<T, S, V> {
    /// Calls an operation. What is decided is an [`Ok`], be it good or bad.
    ///
    /// # Errors
    ///
    /// When the request could not be made or sent, or when nobody knows what became of it.
    pub fn call<R: Call>(&self, request: &Valid<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Ready::new(request, self.course.policy, seed)?)
    }

    /// Sends the same bytes again.
    ///
    /// # Errors
    ///
    /// When nobody knows even now what became of them.
    pub fn resend<R: Call>(&self, in_doubt: InDoubt<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Ready::again(in_doubt, self.course.policy, seed))
    }

    /// Carries a call to its end.
    fn run<R: Call>(&self, ready: Ready<R>) -> Result<Answered<R>, CallError<R>> {
        let (course, clock) = (&self.course, &self.clock);
        let id = ready.sent().key().to_owned();
        let mut step = ready.send(&course.envelope, clock.now());
        loop {
            step = match step {
                Step::Send(request, flying) => {
                    let written = course.before_send(&flying);
                    match written.and_then(|()| self.transport.send(request)) {
                        Ok(response) => flying.answered(&course.envelope, &response, clock.now()),
                        Err(error) => flying.lost(error),
                    }
                }
                Step::Wait(pause, ready) => {
                    clock.sleep(pause);
                    ready.send(&course.envelope, clock.now())
                }
                Step::Done(result) => {
                    course.after(&id, &result);
                    return result;
                }
            }
        }
    }
}

impl<T, S, V> fmt::Debug for Client<T, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("envelope", &self.course.envelope)
            .field("policy", &self.course.policy)
            .finish_non_exhaustive()
    }
}
