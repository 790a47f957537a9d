//! Drives payments without blocking.

use super::driven::{Driven, Hears};
use super::ending::Notified;
use super::error::{BeginError, CloseError, NotifiedError};
use super::payment::Payment;
use super::step::{Next, Stop};
use crate::Valid;
use crate::client::asynchronous::AsyncRawClient;
use crate::client::course::{begins, closes, stands, stopped};
use crate::client::journal::JournalError;
use crate::client::key::{Signer, Verifier};
use crate::client::notification::{Notification, Received};
use crate::client::trace;
use crate::client::transport::{AsyncTransport, TransportError};

impl<T: AsyncTransport, S: Signer, V: Verifier> AsyncRawClient<T, S, V> {
    /// Begins a payment, as [`RawClient::begin`](crate::client::RawClient::begin) does.
    ///
    /// # Errors
    ///
    /// When the requests cannot be made, or the payment cannot be recorded.
    pub async fn begin<F: Driven>(
        &self,
        request: Valid<F::Request>,
    ) -> Result<Payment<F>, BeginError> {
        let payment = self.course.begin(&request, self.clock.moment())?;
        self.at_journal(begins(&payment)).await?;
        Ok(payment)
    }

    /// Continues a payment, as [`RawClient::go_on`](crate::client::RawClient::go_on) does.
    ///
    /// The future may be dropped, as `select!` does: a sending under way then counts as unanswered when
    /// its timeout is over.
    ///
    /// # Errors
    ///
    /// As [`RawClient::go_on`](crate::client::RawClient::go_on).
    pub async fn go_on<F: Driven>(
        &self,
        payment: &mut Payment<F>,
    ) -> Result<Stop<F>, JournalError> {
        let span = trace::life(payment);
        span.around(self.carry_on(payment)).await
    }

    async fn carry_on<F: Driven>(&self, payment: &mut Payment<F>) -> Result<Stop<F>, JournalError> {
        let (course, clock) = (&self.course, &self.clock);
        loop {
            match payment.next(&course.envelope, clock.moment()) {
                Next::Send(request, flight) => {
                    let sending = trace::sending(payment.operation(flight), flight.number());
                    let answered = match self.at_journal(stands(payment)).await {
                        Ok(()) => {
                            let refused = |response: &_| {
                                let now = clock.moment();
                                payment.is_refused(&course.envelope, flight, response, now)
                            };
                            let operation = payment.operation(flight);
                            let delivered = self.deliver(operation, request, refused);
                            sending.around(delivered).await
                        }
                        Err(error) => Err(TransportError::NotSent(error.to_string())),
                    };
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
                        self.at_journal(stands(payment)).await?;
                    }
                    stopped(&stop, clock.now());
                    return Ok(stop);
                }
            }
        }
    }

    /// Carries a payment to its end, as [`RawClient::settle`](crate::client::RawClient::settle) does.
    ///
    /// # Errors
    ///
    /// As [`go_on`](Self::go_on).
    pub async fn settle<F: Driven>(
        &self,
        payment: &mut Payment<F>,
        mut show: impl FnMut(F::Shown),
    ) -> Result<F::Ending, JournalError> {
        loop {
            match self.go_on(payment).await? {
                Stop::Show(shown) => show(shown),
                Stop::Until(time) => {
                    let pause = time.duration_since(self.clock.now());
                    self.clock.sleep(pause.unwrap_or_default()).await;
                }
                Stop::Ended(ending) => return Ok(ending),
            }
        }
    }

    /// Takes in a notification, as [`RawClient::notified`](crate::client::RawClient::notified) does.
    ///
    /// # Errors
    ///
    /// As [`RawClient::notified`](crate::client::RawClient::notified).
    pub async fn notified<F: Hears<N>, N: Notification>(
        &self,
        payment: &mut Payment<F>,
        received: &Received<N>,
    ) -> Result<Notified, NotifiedError> {
        let before = payment.save();
        let notified = payment.notified(received, self.clock.moment())?;
        if payment.save() != before {
            self.at_journal(stands(payment)).await?;
        }
        Ok(notified)
    }

    /// Closes a payment, as [`RawClient::close`](crate::client::RawClient::close) does.
    ///
    /// # Errors
    ///
    /// When the payment has not ended, or the journal cannot be written.
    pub async fn close<F: Driven>(&self, payment: &Payment<F>) -> Result<(), CloseError> {
        Ok(self.at_journal(closes(payment)?).await?)
    }
}
