//! A client that does not block.

use super::attempt::{Ready, Step};
use super::call::{Answered, Call};
use super::clock::AsyncClock;
use super::course::Course;
use super::doubt::InDoubt;
use super::envelope::Envelope;
use super::error::CallError;
use super::journal::Journal;
use super::key::{Signer, SigningKey, Verifier, VerifyingKey};
use super::life::Pace;
use super::policy::Policy;
use super::transport::AsyncTransport;
use crate::Valid;
use core::fmt;

/// Carries calls over an [`AsyncTransport`]: as [`Client`](super::Client) does, without blocking.
///
/// A call whose future is dropped stops where it is; its request may have arrived by then. With a
/// [`Journal`] it is found again.
///
/// It can be shared between tasks.
pub struct AsyncClient<T, S = SigningKey, V = VerifyingKey> {
    pub(super) course: Course<S, V>,
    pub(super) transport: T,
    pub(super) clock: Box<dyn AsyncClock>,
}

impl<T, S, V> AsyncClient<T, S, V> {
    /// A client with the policy of the API and no journal. The clock waits with the timer of the
    /// program's async runtime.
    pub fn new(envelope: Envelope<S, V>, transport: T, clock: impl AsyncClock + 'static) -> Self {
        Self {
            course: Course::new(envelope),
            transport,
            clock: Box::new(clock),
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

impl<T: AsyncTransport, S: Signer, V: Verifier> AsyncClient<T, S, V> {
    /// Calls an operation. What is decided is an [`Ok`], be it good or bad.
    ///
    /// # Errors
    ///
    /// When the request could not be made or sent, or when nobody knows what became of it.
    pub async fn call<R: Call>(&self, request: &Valid<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Ready::new(request, self.course.policy, seed)?)
            .await
    }

    /// Sends the same bytes again.
    ///
    /// # Errors
    ///
    /// When nobody knows even now what became of them.
    pub async fn resend<R: Call>(&self, in_doubt: InDoubt<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Ready::again(in_doubt, self.course.policy, seed))
            .await
    }

    /// Carries a call to its end.
    async fn run<R: Call>(&self, ready: Ready<R>) -> Result<Answered<R>, CallError<R>> {
        let (course, clock) = (&self.course, &self.clock);
        let id = ready.sent().key().to_owned();
        let mut step = ready.send(&course.envelope, clock.now());
        loop {
            step = match step {
                Step::Send(request, flying) => {
                    let answered = match course.before_send(&flying) {
                        Ok(()) => self.transport.send(request).await,
                        Err(error) => Err(error),
                    };
                    match answered {
                        Ok(response) => flying.answered(&course.envelope, &response, clock.now()),
                        Err(error) => flying.lost(error),
                    }
                }
                Step::Wait(pause, ready) => {
                    clock.sleep(pause).await;
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

impl<T, S, V> fmt::Debug for AsyncClient<T, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient")
            .field("envelope", &self.course.envelope)
            .field("policy", &self.course.policy)
            .finish_non_exhaustive()
    }
}
