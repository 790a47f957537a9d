//! Carrying a life through, blocking.

use super::driven::Driven;
use super::ending::Ending;
use super::error::BeginError;
use super::payment::{Next, Payment, Stop};
use crate::Valid;
use crate::client::blocking::Client;
use crate::client::key::{Signer, Verifier};
use crate::client::trace;
use crate::client::transport::Transport;

impl<T: Transport, S: Signer, V: Verifier> Client<T, S, V> {
    /// Begins the life of a payment, and writes it down. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the requests cannot be made, or the life cannot be written down.
    pub fn begin<F: Driven>(&self, request: &Valid<F::Request>) -> Result<Payment<F>, BeginError> {
        self.course.begin(request, self.clock.moment())
    }

    /// Does all that is to be done now: sends and takes in answers, until there is something to show, to
    /// wait for, or to book. Between two calls, notifications can be
    /// [taken in](Payment::notified).
    pub fn go_on<F: Driven>(&self, payment: &mut Payment<F>) -> Stop<F> {
        trace::life(payment).within(|| self.carry_on(payment))
    }

    fn carry_on<F: Driven>(&self, payment: &mut Payment<F>) -> Stop<F> {
        let (course, clock) = (&self.course, &self.clock);
        loop {
            match payment.next(&course.envelope, clock.moment()) {
                Next::Send(request, flight) => {
                    let written = course.stands(payment);
                    let sending = trace::sending(payment.operation(flight), flight.number());
                    sending.within(
                        || match written.and_then(|()| self.transport.send(request)) {
                            Ok(response) => {
                                payment.answered(
                                    &course.envelope,
                                    flight,
                                    &response,
                                    clock.moment(),
                                );
                            }
                            Err(error) => payment.lost(flight, error, clock.moment()),
                        },
                    );
                }
                Next::Stop(stop) => {
                    course.stopped(payment, &stop, clock.now());
                    return stop;
                }
            }
        }
    }

    /// Carries a life to its end, and sleeps while there is nothing to do. Notifications are not
    /// listened to: take them in between calls of [`go_on`](Self::go_on).
    pub fn settle<F: Driven>(
        &self,
        payment: &mut Payment<F>,
        mut show: impl FnMut(F::Shown),
    ) -> Ending<F::Proof> {
        loop {
            match self.go_on(payment) {
                Stop::Show(shown) => show(shown),
                Stop::Until(time) => {
                    let pause = time.duration_since(self.clock.now());
                    self.clock.sleep(pause.unwrap_or_default());
                }
                Stop::Ended(ending) => return ending,
            }
        }
    }

    /// Takes a life that is over out of the journal. Until then, the next run finds it, and hears of its
    /// end again: book the end first.
    pub fn close<F: Driven>(&self, payment: &Payment<F>) {
        self.course.close(payment);
    }
}
