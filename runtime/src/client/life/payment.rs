//! A payment in progress, without I/O.

mod messages;
mod requests;

use super::carried::Carried;
use super::driven::{Driven, FollowUp};
use super::ending::{Ends as _, Proved, SendFailure, Settled, Unresolved};
use super::error::BeginError;
use super::step::{Next, Stop, Timing, Transmission};
use crate::client::call::Call;
use crate::client::clock::Moment;
use crate::client::envelope::Envelope;
use crate::client::fixed::asked;
use crate::client::journal::{Lease, UnderWay};
use crate::client::key::{Signer, Verifier};
use crate::client::trace;
use crate::flow::{Command, Input, Limits, Machine, Role, Sending, Verdict};
use crate::{Contradiction, PaymentReference, Sent, Valid, encode};
use core::fmt;
use std::time::Duration;

/// A payment or a refund in progress, without I/O.
///
/// The program reports each event with its time; then [`next`](Self::next) returns the next step.
/// Answers may come late, twice or never, notifications at any time.
///
/// ```
/// use payspec_runtime::client::life::{Driven, Next, Payment, Stop};
/// use payspec_runtime::client::{Envelope, Moment, TransportError};
/// use http::{Request, Response};
/// use std::time::SystemTime;
///
/// /// A whole client: all that is left to it is I/O and a clock.
/// fn settle<F: Driven>(
///     envelope: &Envelope,
///     payment: &mut Payment<F>,
///     send: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>,
///     show: impl Fn(F::Shown),
///     save: impl Fn(String),
/// ) -> F::Ending {
///     loop {
///         match payment.next(envelope, Moment::now()) {
///             Next::Send(request, flight) => {
///                 save(payment.save());
///                 match send(request) {
///                     Ok(response) => payment.answered(envelope, flight, &response, Moment::now()),
///                     Err(error) => payment.transport_failed(flight, error, Moment::now()),
///                 }
///             }
///             Next::Stop(Stop::Show(form)) => show(form),
///             Next::Stop(Stop::Until(time)) => {
///                 std::thread::sleep(time.duration_since(SystemTime::now()).unwrap_or_default());
///             }
///             Next::Stop(Stop::Ended(ending)) => return ending,
///         }
///     }
/// }
/// ```
pub struct Payment<F: Driven> {
    pub(super) machine: Machine<F>,
    pub(super) started: Moment,
    sent: Sent<F::Request>,
    asked: Vec<PaymentReference>,
    follow_ups: Vec<(F::Call, FollowUp)>,
    /// The values of earlier messages that later requests carry.
    pub(super) carried: Carried,
    /// The sending that the machine requested and that has not gone out yet.
    due: Option<Transmission<F>>,
    /// Sendings of the request that moves the money which may have arrived.
    arrived: Vec<Sending>,
    /// The event for a sending of an earlier run of the program: its answer can no longer come.
    orphan: Option<Input>,
    /// True if earlier runs of the program may have sent the request.
    pub(super) resumed: bool,
    /// True if it ended before anything was sent.
    pub(super) unsent: bool,
    /// The last reported moment, and the time since the start at that moment; [`None`] until something
    /// is reported in this run of the program.
    told: Option<(Moment, Duration)>,
    /// The contradiction between a message and the request, if one was found.
    pub(super) contradiction: Option<Contradiction>,
    /// The proof that the money moved.
    pub(super) proved: Option<Proved<F::Proof>>,
    shown: Option<F::Shown>,
    answer: Option<F::Answer>,
    pub(super) reference: Option<PaymentReference>,
    pub(super) last: Option<&'static str>,
    trouble: Option<SendFailure>,
    /// Marks the payment as held by this program.
    lease: Option<Lease>,
}

impl<F: Driven> Payment<F> {
    /// Begins a payment. Its bytes are fixed here, once.
    ///
    /// # Errors
    ///
    /// When the requests cannot be made, or the payment has expired.
    pub fn begin(
        request: &Valid<F::Request>,
        timing: Timing,
        now: impl Into<Moment>,
    ) -> Result<Self, BeginError> {
        let now = now.into();
        let request: &F::Request = request;
        let id = request.id().unwrap_or_default().to_owned();
        let expires = match F::expires(request).map(|time| time.duration_since(now.wall())) {
            Some(Err(_)) => return Err(BeginError::Expired),
            Some(Ok(left)) if left.is_zero() => return Err(BeginError::Expired),
            Some(Ok(left)) => Some(left),
            None => None,
        };
        let limits = Limits {
            expires,
            pause: timing.pause,
            timeout: timing.timeout,
        };
        let carried: Carried = F::given(request).into_iter().collect();
        let mut follow_ups = F::follow_ups(&id)?;
        follow_ups.extend(F::carrying(&id, &carried)?);
        let sent = Sent::of(encode(request)?, id);
        let mut payment = Self::at(
            Machine::new(limits),
            now,
            (sent, asked(request)),
            follow_ups,
        );
        payment.carried = carried;
        payment.told = Some((now, Duration::ZERO));
        Ok(payment)
    }

    /// Makes a payment in the state of its machine.
    pub(super) fn at(
        machine: Machine<F>,
        started: Moment,
        (sent, asked): (Sent<F::Request>, Vec<PaymentReference>),
        follow_ups: Vec<(F::Call, FollowUp)>,
    ) -> Self {
        Self {
            reference: asked.first().cloned(),
            orphan: machine.under_way().map(|sending| match machine.calls() {
                // The flow decides whether the request that moves the money is sent again.
                Some(call) if call == F::PRINCIPAL => Input::NoAnswer(sending),
                Some(_) | None => Input::Interrupted(sending),
            }),
            resumed: false,
            machine,
            started,
            sent,
            asked,
            follow_ups,
            carried: Carried::default(),
            due: None,
            arrived: Vec::new(),
            unsent: false,
            told: None,
            contradiction: None,
            proved: None,
            shown: None,
            answer: None,
            last: None,
            trouble: None,
            lease: None,
        }
    }

    /// Returns the next step.
    pub fn next<S: Signer, V: Verifier>(
        &mut self,
        envelope: &Envelope<S, V>,
        now: impl Into<Moment>,
    ) -> Next<F> {
        let now = now.into();
        if self.unsent {
            // The end stays the same, whatever the machine would do by now.
            return Next::Stop(Stop::Ended(F::Ending::of(Settled::NotSent)));
        }
        if let Some(input) = self.orphan.take() {
            self.tell(input, now);
        }
        loop {
            let wait = match self.step(Input::Tick, now) {
                Command::Done(verdict) => return Next::Stop(Stop::Ended(self.ending(verdict))),
                Command::Escalate => return Next::Stop(Stop::Ended(self.unresolved())),
                Command::Send { .. } => Duration::ZERO,
                Command::Wait(time) => time,
            };
            let asks = self.due.is_some_and(|due| due.call != F::PRINCIPAL);
            if asks && self.nothing_left() {
                // Nothing was sent, so there is nothing to inquire about or to cancel.
                self.unsent = true;
                return Next::Stop(Stop::Ended(F::Ending::of(Settled::NotSent)));
            }
            if let Some(shown) = self.shown.take() {
                return Next::Stop(Stop::Show(shown));
            }
            let Some(flight) = self.due.take() else {
                return Next::Stop(Stop::Until(now.wall() + wait));
            };
            match self.sign(flight.call, envelope, now) {
                Ok(request) => {
                    if flight.call == F::PRINCIPAL {
                        self.arrived.push(flight.sending);
                    }
                    return Next::Send(request, flight);
                }
                Err(failure) => {
                    self.trouble = Some(failure);
                    self.tell(Input::NoAnswer(flight.sending), now);
                }
            }
        }
    }

    /// Returns the id by which the provider recognises the request.
    pub fn id(&self) -> &str {
        self.sent.key()
    }

    /// Returns the exact bytes of the request that moves the money, and its id.
    pub fn sent(&self) -> &Sent<F::Request> {
        &self.sent
    }

    /// Returns the name of the operation that a sending is for.
    pub fn operation(&self, flight: Transmission<F>) -> &'static str {
        self.endpoint(flight.call).name
    }

    /// Returns whether it has ended: nothing is sent any more.
    pub fn is_over(&self) -> bool {
        let state = F::TABLE.states.get(self.machine.index());
        let role = state.map(|state| &state.role);
        self.unsent || matches!(role, Some(Role::End(_)) | None)
    }

    /// Marks the payment as held by this program.
    pub(in crate::client) fn hold(&mut self, under_way: &UnderWay) {
        self.lease = Some(under_way.hold(F::TABLE.id, self.id()));
    }

    pub(in crate::client) fn held(mut self, lease: Lease) -> Self {
        self.lease = Some(lease);
        self
    }

    /// Returns the ids by which the request names the payment.
    pub(in crate::client) fn names(&self) -> &[PaymentReference] {
        &self.asked
    }

    /// Returns the id by which the provider knows the payment, if the provider stated one; otherwise an
    /// id from the request.
    pub fn reference(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }

    /// Returns the present state.
    pub fn state(&self) -> F::State {
        self.machine.state()
    }

    /// Returns the last answer that was verified and read.
    pub fn answer(&self) -> Option<&F::Answer> {
        self.answer.as_ref()
    }

    /// Returns the last problem.
    pub fn trouble(&self) -> Option<&SendFailure> {
        self.trouble.as_ref()
    }

    /// Passes an event to the machine; [`next`](Self::next) returns the resulting step.
    fn tell(&mut self, input: Input, now: Moment) {
        let _ = self.step(input, now);
    }

    /// Passes an event to the machine, and keeps its command.
    fn step(&mut self, input: Input, now: Moment) -> Command<F::Call> {
        let since = match self.told {
            Some((earlier, since)) => since.saturating_add(now.since(earlier)),
            // The program was down, so only the wall clock measured the time.
            None => {
                let since = now.wall().duration_since(self.started.wall());
                since.unwrap_or_default().max(self.machine.now())
            }
        };
        self.told = Some((now, since));
        let before = self.machine.index();
        let command = self.machine.input(since, input);
        trace::state::<F>(before, self.machine.index());
        if let Command::Send { call, sending } = command {
            self.due = Some(Transmission { call, sending });
        }
        // A sending that the machine no longer waits for must not go out.
        let under_way = self.machine.under_way();
        self.due = self.due.filter(|due| under_way == Some(due.sending));
        command
    }

    /// Returns whether the request that moves the money cannot have left.
    fn nothing_left(&self) -> bool {
        !self.resumed && self.arrived.is_empty()
    }

    fn ending(&self, verdict: Verdict) -> F::Ending {
        F::Ending::of(match verdict {
            Verdict::Paid | Verdict::Refunded => {
                Settled::Done(self.proved.clone().unwrap_or_else(|| Proved {
                    said: self.last.unwrap_or_default(),
                    proof: F::Proof::default(),
                }))
            }
            Verdict::Unpaid | Verdict::RefundFailed => Settled::Failed,
            Verdict::Cancelled => Settled::Cancelled,
        })
    }

    fn unresolved(&self) -> F::Ending {
        F::Ending::of(Settled::InDoubt(Box::new(Unresolved {
            id: self.id().to_owned(),
            reference: self.reference.clone(),
            last: self.last,
            trouble: self.trouble.clone(),
            contradiction: self.contradiction.clone(),
        })))
    }
}

impl<F: Driven> fmt::Debug for Payment<F> {
    /// Shows the id and the state. The bytes may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("sent", &self.sent)
            .field("machine", &self.machine)
            .finish_non_exhaustive()
    }
}
