//! The messages of the provider: answers to requests, and notifications.

use super::Payment;
use crate::client::call::{self, Asked};
use crate::client::clock::Moment;
use crate::client::envelope::Envelope;
use crate::client::key::{Signer, Verifier};
use crate::client::life::driven::{Driven, Hears, Incoming};
use crate::client::life::ending::{ContradictedEnd, Notified, Proved, SendFailure};
use crate::client::life::error::OtherPayment;
use crate::client::life::step::Transmission;
use crate::client::notification::{Notification, Received};
use crate::client::trace;
use crate::client::transport::TransportError;
use crate::flow::{Input, Verdict};
use crate::{Contradiction, PaymentReference};
use core::cell::Cell;
use http::Response;

impl<F: Driven> Payment<F> {
    /// Reports the answer to a sending.
    pub fn answered<S: Signer, V: Verifier>(
        &mut self,
        envelope: &Envelope<S, V>,
        flight: Transmission<F>,
        response: &Response<Vec<u8>>,
        now: impl Into<Moment>,
    ) {
        let now = now.into();
        let refused = Cell::new(false);
        let incoming = self.incoming(envelope, flight, response, now, &refused);
        match F::read(flight.call, incoming) {
            Ok(answer) => self.decided(flight, answer, now),
            Err(error) => {
                match error.contradiction() {
                    Some(contradiction) => self.contradicted(contradiction, now),
                    None => {
                        self.tell(Input::NoAnswer(flight.sending), now);
                    }
                }
                self.trouble = Some(SendFailure::Answer(error));
            }
        }
    }

    /// Returns whether an answer refuses a sending, so that nothing was done.
    pub(in crate::client) fn is_refused<S: Signer, V: Verifier>(
        &self,
        envelope: &Envelope<S, V>,
        flight: Transmission<F>,
        response: &Response<Vec<u8>>,
        now: Moment,
    ) -> bool {
        let refused = Cell::new(false);
        let incoming = self.incoming(envelope, flight, response, now, &refused);
        F::read(flight.call, incoming).is_ok() && refused.get()
    }

    fn incoming<'a, S: Signer, V: Verifier>(
        &'a self,
        envelope: &'a Envelope<S, V>,
        flight: Transmission<F>,
        response: &'a Response<Vec<u8>>,
        now: Moment,
        refused: &'a Cell<bool>,
    ) -> Incoming<'a, S, V> {
        Incoming {
            envelope,
            asked: Asked {
                named: match self.follow_up(flight.call) {
                    Some(follow_up) => &follow_up.asked,
                    None => &self.asked,
                },
                request: self.bytes(flight.call),
                bytes: self.sent.bytes(),
                // A request of this payment cannot have left before the payment began.
                first: Some(self.started.wall()),
            },
            response,
            now: now.wall(),
            refused,
        }
    }

    /// Takes in an answer that was verified and read.
    fn decided(&mut self, flight: Transmission<F>, answer: F::Answer, now: Moment) {
        let input = F::input(F::event(flight.sending, &answer));
        let goal = self.machine.goal(input);
        self.heard(input);
        match self.keep(&F::carried(&answer)) {
            Ok(()) => {
                self.tell(input, now);
                if goal.is_some() && goal == Some(self.machine.index()) {
                    self.shown = F::shown(&answer);
                    self.prove(|| F::proof(&answer));
                }
            }
            Err(contradiction) => self.contradicted(contradiction, now),
        }
        self.reference = F::reference(&answer).or(self.reference.take());
        self.answer = Some(answer);
    }

    /// Keeps the values of an answer that later requests carry, and makes these requests.
    fn keep(&mut self, values: &[(&'static str, &str)]) -> Result<(), Contradiction> {
        if self.carried.keep(values)? {
            self.make_carrying();
        }
        Ok(())
    }

    /// Makes the requests for which all values are known. One that cannot be made is not sent.
    pub(in crate::client::life) fn make_carrying(&mut self) {
        match F::carrying(self.sent.key(), &self.carried) {
            Ok(made) => {
                let is_old = |call: &F::Call| made.iter().all(|(other, _)| other != call);
                self.follow_ups.retain(|(call, _)| is_old(call));
                self.follow_ups.extend(made);
            }
            Err(error) => self.trouble = Some(SendFailure::Request(error.to_string())),
        }
    }

    /// Reports that a sending has no answer.
    pub fn transport_failed(
        &mut self,
        flight: Transmission<F>,
        error: TransportError,
        now: impl Into<Moment>,
    ) {
        if !error.may_have_arrived() {
            self.arrived.retain(|sending| *sending != flight.sending);
        }
        trace::transport_failed(&error);
        self.trouble = Some(SendFailure::Transport(error));
        self.tell(Input::NoAnswer(flight.sending), now.into());
    }

    /// Takes in a notification, read by [`Envelope::receive`]. Store what [`save`](Payment::save) returns before
    /// acknowledging it: an acknowledged notification is not sent again.
    ///
    /// A notification that contradicts the request ends the payment in doubt. One that contradicts the
    /// end is [reported](Notified::Contradicts), and the end stays.
    ///
    /// # Errors
    ///
    /// When it does not name this payment. Nothing has changed then.
    pub fn notified<N: Notification>(
        &mut self,
        received: &Received<N>,
        now: impl Into<Moment>,
    ) -> Result<Notified, OtherPayment>
    where
        F: Hears<N>,
    {
        let named = received.notification.named();
        let mut common = self.asked.iter().filter_map(|asked| {
            let mut named = named.iter();
            let named = named.find(|named| named.name == asked.name())?;
            Some(named.value == Some(asked.value()))
        });
        // A notification without a known id may belong to any payment.
        if common.next() != Some(true) || common.any(|same| !same) {
            return Err(OtherPayment);
        }
        let input = F::input(F::heard(&received.outcome));
        let reference = PaymentReference::first(&named);
        let contradiction = call::agree(N::AGREES, self.sent.bytes(), received.body()).err();
        if self.unsent || self.machine.is_over() {
            return Ok(self.after_end(input, reference, contradiction));
        }
        self.heard(input);
        match contradiction {
            Some(contradiction) => self.contradicted(contradiction, now.into()),
            None => {
                let goal = self.machine.goal(input);
                self.tell(input, now.into());
                if goal.is_some() && goal == Some(self.machine.index()) {
                    self.prove(|| F::proof_of(&received.notification));
                }
            }
        }
        // What nothing proves names nothing.
        if N::PROVED {
            self.reference = reference.or(self.reference.take());
        }
        Ok(Notified::Taken)
    }

    /// Compares a notification with the end that was reached before it came.
    fn after_end(
        &self,
        input: Input,
        reference: Option<PaymentReference>,
        contradiction: Option<Contradiction>,
    ) -> Notified {
        let Input::Heard(signal) = input else {
            return Notified::Taken;
        };
        let ended = match self.unsent {
            true => Some(false),
            false => F::TABLE
                .verdict(self.machine.index())
                .map(Verdict::is_success),
        };
        let says = F::TABLE.proves(signal).map(Verdict::is_success);
        let is_news = says.is_some() && says != ended;
        if !is_news && contradiction.is_none() {
            return Notified::Taken;
        }
        let said = F::TABLE
            .signals
            .get(signal)
            .map_or("", |signal| signal.name);
        trace::contradicts_end(said);
        Notified::Contradicts(ContradictedEnd {
            said,
            reference,
            contradiction,
        })
    }

    /// Handles a message that contradicts the request: a person has to find out, whatever else the
    /// message says.
    fn contradicted(&mut self, contradiction: Contradiction, now: Moment) {
        if !self.machine.is_over() {
            self.contradiction = Some(contradiction);
            self.tell(Input::Contradicted, now);
        }
    }

    /// Keeps the proof that the money moved, if the machine has just reached that state.
    fn prove(&mut self, proof: impl FnOnce() -> F::Proof) {
        let verdict = F::TABLE.verdict(self.machine.index());
        let moved = verdict.is_some_and(Verdict::is_success);
        if let (true, Some(said), None) = (moved, self.last, &self.proved) {
            let proof = proof();
            self.proved = Some(Proved { said, proof });
        }
    }

    /// Keeps the name of the provider's last message.
    fn heard(&mut self, input: Input) {
        let signal = match input {
            Input::Answer { signal, .. } | Input::Heard(signal) => F::TABLE.signals.get(signal),
            Input::NoAnswer(_) | Input::Interrupted(_) | Input::Contradicted | Input::Tick => None,
        };
        self.last = signal.map(|signal| signal.name);
    }
}
