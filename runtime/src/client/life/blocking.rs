//! Drives payments and blocks.

use super::driven::{Driven, Hears};
use super::ending::Notified;
use super::error::{BeginError, CloseError, NotifiedError};
use super::payment::Payment;
use super::step::{Next, Stop};
use crate::Valid;
use crate::client::blocking::RawClient;
use crate::client::course::{begins, closes, stands, stopped};
use crate::client::journal::JournalError;
use crate::client::key::{Signer, Verifier};
use crate::client::notification::{Notification, Received};
use crate::client::trace;
use crate::client::transport::{Transport, TransportError};

impl<T: Transport, S: Signer, V: Verifier> RawClient<T, S, V> {
    /// Begins a payment and records it. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the requests cannot be made, or the payment cannot be recorded.
    pub fn begin<F: Driven>(&self, request: Valid<F::Request>) -> Result<Payment<F>, BeginError> {
        let payment = self.course.begin(&request, self.clock.moment())?;
        self.at_journal(begins(&payment))?;
        Ok(payment)
    }

    /// Continues a payment: sends requests and takes in answers until there is something to show, to
    /// wait for, or to book. Between two calls, notifications can be [taken in](Self::notified).
    ///
    /// # Errors
    ///
    /// When the payment has ended, and the end cannot be recorded. An end is returned only after it is
    /// recorded, because the next run could come to another one: call this again when the journal can
    /// be written. A sending that cannot be recorded is not an error: it counts as not sent, and is
    /// tried again as the flow says.
    pub fn go_on<F: Driven>(&self, payment: &mut Payment<F>) -> Result<Stop<F>, JournalError> {
        trace::life(payment).within(|| self.carry_on(payment))
    }

    fn carry_on<F: Driven>(&self, payment: &mut Payment<F>) -> Result<Stop<F>, JournalError> {
        let (course, clock) = (&self.course, &self.clock);
        loop {
            match payment.next(&course.envelope, clock.moment()) {
                Next::Send(request, flight) => {
                    let written = self.at_journal(stands(payment));
                    let written =
                        written.map_err(|error| TransportError::NotSent(error.to_string()));
                    let sending = trace::sending(payment.operation(flight), flight.number());
                    let refused = |response: &_| {
                        payment.is_refused(&course.envelope, flight, response, clock.moment())
                    };
                    let operation = payment.operation(flight);
                    let answered = sending.within(|| {
                        written.and_then(|()| self.deliver(operation, request, refused))
                    });
                    sending.within(|| match answered {
                        Ok(response) => {
                            payment.answered(&course.envelope, flight, &response, clock.moment());
                        }
                        Err(error) => payment.transport_failed(flight, error, clock.moment()),
                    });
                }
                Next::Stop(stop) => {
                    if let Stop::Ended(_) = stop {
                        // The next run must not decide otherwise, so the end is recorded first.
                        self.at_journal(stands(payment))?;
                    }
                    stopped(&stop, clock.now());
                    return Ok(stop);
                }
            }
        }
    }

    /// Carries a payment to its end, and sleeps while there is nothing to do. It does not receive
    /// notifications; to take them in, call [`go_on`](Self::go_on) in a loop instead.
    ///
    /// # Errors
    ///
    /// As [`go_on`](Self::go_on).
    pub fn settle<F: Driven>(
        &self,
        payment: &mut Payment<F>,
        mut show: impl FnMut(F::Shown),
    ) -> Result<F::Ending, JournalError> {
        loop {
            match self.go_on(payment)? {
                Stop::Show(shown) => show(shown),
                Stop::Until(time) => {
                    let pause = time.duration_since(self.clock.now());
                    self.clock.sleep(pause.unwrap_or_default());
                }
                Stop::Ended(ending) => return Ok(ending),
            }
        }
    }

    /// Takes in a notification, verified by [`Envelope::receive`](crate::client::Envelope::receive),
    /// and records the new state of the payment. Acknowledge the notification after this has succeeded.
    ///
    /// # Errors
    ///
    /// When it does not name this payment, or the state cannot be recorded.
    pub fn notified<F: Hears<N>, N: Notification>(
        &self,
        payment: &mut Payment<F>,
        received: &Received<N>,
    ) -> Result<Notified, NotifiedError> {
        let before = payment.save();
        let notified = payment.notified(received, self.clock.moment())?;
        if payment.save() != before {
            self.at_journal(stands(payment))?;
        }
        Ok(notified)
    }

    /// Removes an ended payment from the journal. Until then, the next run finds it and gets its end
    /// again: book the end first.
    ///
    /// # Errors
    ///
    /// When the payment has not ended, or the journal cannot be written.
    pub fn close<F: Driven>(&self, payment: &Payment<F>) -> Result<(), CloseError> {
        Ok(self.at_journal(closes(payment)?)?)
    }
}
