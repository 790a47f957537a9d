//! One call as a state machine without I/O: it decides what to send, when to repeat it, and how it
//! ends.

use super::call::{self, Answered, Asked, Call, Judgement, Repeat};
use super::clock::Moment;
use super::doubt::{InDoubt, Problem};
use super::envelope::Envelope;
use super::error::{CallError, NotSent, Refused};
use super::fixed::Fixed;
use super::key::{Signer, Verifier};
use super::policy::{Policy, Random};
use super::retry_after::retry_after;
use super::trace;
use super::transport::TransportError;
use crate::{Resend, Sent, Valid};
use core::fmt;
use http::{Request, Response};
use std::time::{Duration, SystemTime};

/// The next step of a call.
///
/// ```
/// use payspec_runtime::client::{Call, CallError, Answered, Envelope, Policy, Prepared, Step, TransportError};
/// use payspec_runtime::Valid;
/// use http::{Request, Response};
/// use std::time::SystemTime;
///
/// /// A whole client: all that is left to it is I/O and a clock.
/// fn call<R: Call>(
///     envelope: &Envelope,
///     request: Valid<R>,
///     send: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>,
/// ) -> Result<Answered<R>, CallError<R>> {
///     let mut step = Prepared::new(request, Policy::default(), 1)?.send(envelope, SystemTime::now());
///     loop {
///         step = match step {
///             Step::Send(request, flying) => match send(request) {
///                 Ok(response) => flying.answered(envelope, &response, SystemTime::now()),
///                 Err(error) => flying.transport_failed(error),
///             },
///             Step::Wait(pause, ready) => {
///                 std::thread::sleep(pause);
///                 ready.send(envelope, SystemTime::now())
///             }
///             Step::Done(result) => return result,
///         }
///     }
/// }
/// ```
// A step is made to be taken apart at once.
#[allow(clippy::large_enum_variant)]
#[must_use = "a call goes on only when this is done"]
pub enum Step<R: Call> {
    /// Send this once, then report the result with [`InFlight::answered`] or
    /// [`InFlight::transport_failed`].
    Send(Request<Vec<u8>>, InFlight<R>),
    /// Wait this long, then send again.
    Wait(Duration, Prepared<R>),
    /// The call is over. [`Ok`] is a decided outcome, success or failure; everything else is an error.
    Done(Result<Answered<R>, CallError<R>>),
}

/// A call that is ready to be sent.
#[must_use = "nothing is sent before `send`"]
pub struct Prepared<R: Call>(Box<State<R>>);

/// A call that was sent and waits for its answer.
#[must_use = "what came of it has to be told"]
pub struct InFlight<R: Call>(Box<State<R>>);

struct State<R: Call> {
    fixed: Fixed<R>,
    policy: Policy,
    random: Random,
    /// Number of sendings so far.
    sendings: u32,
    /// The problem of the last sending that may have arrived.
    doubt: Option<Problem<R>>,
    /// The pause that the last answer requested.
    retry_after: Option<Duration>,
}

impl<R: Call> Prepared<R> {
    /// Prepares a call that has not been sent. Its bytes are fixed here, once. Equal seeds give equal
    /// pauses.
    ///
    /// # Errors
    ///
    /// When the request cannot be written as JSON.
    pub fn new(request: Valid<R>, policy: Policy, seed: u64) -> Result<Self, CallError<R>> {
        let fixed = Fixed::new(&*request);
        let fixed = fixed.map_err(|error| CallError::Refused(Refused::Encode(error)))?;
        Ok(Self::of(fixed, None, policy, seed))
    }

    /// Prepares a request in doubt to be sent again, with the same bytes.
    pub fn again(in_doubt: InDoubt<R>, policy: Policy, seed: u64) -> Self {
        let (fixed, problem) = in_doubt.into_parts();
        Self::of(fixed, Some(problem), policy, seed)
    }

    fn of(fixed: Fixed<R>, doubt: Option<Problem<R>>, policy: Policy, seed: u64) -> Self {
        Self(Box::new(State {
            fixed,
            policy,
            random: Random::from_seed(seed),
            sendings: 0,
            doubt,
            retry_after: None,
        }))
    }

    /// Marks the call as one whose bytes may have been sent before, unknown to this program: a refusal
    /// now does not settle it, because the earlier sending may have been accepted.
    ///
    /// `begun` is the time of the first attempt, by the client's clock. Without it, the request is not sent
    /// at all if the provider keeps its key for a limited time.
    pub fn sent_before(mut self, begun: Option<SystemTime>) -> Self {
        // A call in doubt knows its first attempt.
        if self.0.doubt.is_none() {
            self.0.doubt = Some(Problem::Interrupted);
            self.0.fixed.begun(begun);
        }
        self
    }

    /// Signs the bytes anew and returns the request to send.
    ///
    /// A request that may have arrived is sent again only while the provider keeps its key; after that the call
    /// ends with [`Problem::KeyExpired`].
    pub fn send<S: Signer, V: Verifier>(
        self,
        envelope: &Envelope<S, V>,
        now: impl Into<Moment>,
    ) -> Step<R> {
        let Self(mut state) = self;
        let now = now.into();
        state = match state.check_key(now) {
            Ok(state) => state,
            Err(step) => return *step,
        };
        match envelope.sign(&R::ENDPOINT, state.fixed.sent.bytes(), now.wall()) {
            Ok(request) => {
                state.sendings = state.sendings.saturating_add(1);
                state.fixed.attempt(now);
                Step::Send(request, InFlight(state))
            }
            Err(error) if state.doubt.is_some() => state.give_up(Problem::Sign(error)),
            Err(error) => Step::Done(Err(CallError::Refused(Refused::Sign(error)))),
        }
    }
}

impl<R: Call> Prepared<R> {
    /// Returns the bytes, and their key.
    pub fn sent(&self) -> &Sent<R> {
        &self.0.fixed.sent
    }

    pub(super) fn fixed_mut(&mut self) -> &mut Fixed<R> {
        &mut self.0.fixed
    }

    pub(super) fn is_in_doubt(&self) -> bool {
        self.0.doubt.is_some()
    }

    #[cfg(feature = "tracing")]
    pub(super) fn asked(&self) -> &[crate::PaymentReference] {
        &self.0.fixed.asked
    }
}

impl<R: Call> InFlight<R> {
    /// Returns the bytes that were sent, and their key.
    pub fn sent(&self) -> &Sent<R> {
        &self.0.fixed.sent
    }

    /// Returns the number of this sending, counted from 1.
    pub fn sending(&self) -> u32 {
        self.0.sendings
    }

    /// Reports that no answer came.
    pub fn transport_failed(self, error: TransportError) -> Step<R> {
        let Self(mut state) = self;
        trace::transport_failed(&error);
        state.retry_after = None;
        match error {
            error if error.may_have_arrived() || state.doubt.is_some() => {
                state.doubtful(Problem::Transport(error))
            }
            error => match state.sendings <= state.repeats() && !error.is_lasting() {
                true => state.rest(),
                false => Step::Done(Err(CallError::NotSent(NotSent::new(error, state.sendings)))),
            },
        }
    }

    /// Returns whether an answer refuses the request, so that nothing was done.
    pub(super) fn is_refused<S: Signer, V: Verifier>(
        &self,
        envelope: &Envelope<S, V>,
        response: &Response<Vec<u8>>,
        now: SystemTime,
    ) -> bool {
        let answered = call::read::<R, S, V>(envelope, self.0.asked(), response, now);
        answered.is_ok_and(|answered| answered.is_refused())
    }

    /// Reports the answer.
    pub fn answered<S: Signer, V: Verifier>(
        self,
        envelope: &Envelope<S, V>,
        response: &Response<Vec<u8>>,
        now: SystemTime,
    ) -> Step<R> {
        let Self(mut state) = self;
        state.retry_after = retry_after(response.headers(), now);
        let answered = match call::read::<R, S, V>(envelope, state.asked(), response, now) {
            Ok(answered) => answered,
            // Sending it again cannot bring a credible answer.
            Err(error) if error.contradiction().is_some() => {
                return state.give_up(Problem::Answer(error));
            }
            Err(error) => return state.doubtful(Problem::Answer(error)),
        };
        let ruling = match R::judgement(&answered.outcome) {
            Judgement::Decided => Ruling::Settled,
            Judgement::Failed { code } if R::CONFLICT == Some(code) => Ruling::Conflict,
            // The earlier sending may have succeeded although this one was refused.
            Judgement::Failed { .. } if state.doubt.is_some() && R::REPEAT != Repeat::Reads => {
                Ruling::RepetitionRefused
            }
            Judgement::Failed { .. } => Ruling::Settled,
            Judgement::Pending { resend, .. } => match resend {
                Some(Resend::Safe) | None => Ruling::Pending { again: true },
                Some(Resend::Pointless | Resend::Never) => Ruling::Pending { again: false },
            },
        };
        match ruling {
            Ruling::Settled => Step::Done(Ok(answered)),
            Ruling::Conflict => state.give_up(Problem::Conflict(Box::new(answered))),
            Ruling::RepetitionRefused => {
                state.give_up(Problem::RepetitionRefused(Box::new(answered)))
            }
            Ruling::Pending { again: true } => state.doubtful(Problem::Pending(Box::new(answered))),
            Ruling::Pending { again: false } => state.give_up(Problem::Pending(Box::new(answered))),
        }
    }
}

/// The consequence of an answer that was read.
enum Ruling {
    Settled,
    Conflict,
    RepetitionRefused,
    Pending { again: bool },
}

impl<R: Call> State<R> {
    fn asked(&self) -> Asked<'_> {
        Asked {
            named: &self.fixed.asked,
            request: self.fixed.sent.bytes(),
            bytes: self.fixed.sent.bytes(),
            first: self.fixed.first(),
        }
    }

    /// Ends a call that may have arrived and whose key the provider may have forgotten.
    fn check_key(mut self: Box<Self>, now: Moment) -> Result<Box<Self>, Box<Step<R>>> {
        if R::REPEAT == Repeat::Reads {
            return Ok(self);
        }
        match (self.fixed.check_key(now), self.doubt.take()) {
            (Err(expired), Some(earlier)) => Err(Box::new(self.give_up(earlier.expired(expired)))),
            (Ok(()) | Err(_), doubt) => {
                self.doubt = doubt;
                Ok(self)
            }
        }
    }

    fn repeats(&self) -> u32 {
        self.policy.repeats.unwrap_or(R::REPEATS)
    }

    /// Handles a sending that may have arrived: sends it again if that is harmless and the limit is not
    /// reached.
    fn doubtful(mut self: Box<Self>, problem: Problem<R>) -> Step<R> {
        let may_repeat = match R::REPEAT {
            Repeat::ByKey | Repeat::Documented | Repeat::Reads => true,
            Repeat::Never => false,
        };
        match may_repeat && self.sendings <= self.repeats() {
            true => {
                self.doubt = Some(problem);
                self.rest()
            }
            false => self.give_up(problem),
        }
    }

    fn rest(mut self: Box<Self>) -> Step<R> {
        let pause = self
            .policy
            .pause(self.sendings, self.retry_after, &mut self.random);
        trace::resend(pause);
        Step::Wait(pause, Prepared(self))
    }

    fn give_up(self: Box<Self>, problem: Problem<R>) -> Step<R> {
        trace::in_doubt(&problem);
        let doubt = InDoubt::new(self.fixed.at_rest(), problem);
        Step::Done(Err(CallError::InDoubt(doubt)))
    }
}

impl<R: Call> fmt::Debug for Step<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(_, flying) => flying.fmt(f),
            Self::Wait(pause, ready) => f.debug_tuple("Wait").field(pause).field(ready).finish(),
            Self::Done(result) => f.debug_tuple("Done").field(result).finish(),
        }
    }
}

impl<R: Call> fmt::Debug for Prepared<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ready").field(&self.0.fixed.sent).finish()
    }
}

impl<R: Call> fmt::Debug for InFlight<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InFlight").field(&self.0.fixed.sent).finish()
    }
}
