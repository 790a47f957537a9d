//! Carrying a life through, without blocking.

use super::driven::Driven;
use super::ending::Ending;
use super::error::BeginError;
use super::payment::{Next, Payment, Stop};
use crate::Valid;
use crate::client::asynchronous::AsyncClient;
use crate::client::key::{Signer, Verifier};
use crate::client::trace;
use crate::client::transport::AsyncTransport;

impl<T: AsyncTransport, S: Signer, V: Verifier> AsyncClient<T, S, V> {
    /// As [`Client::begin`](crate::client::Client::begin).
    ///
    /// # Errors
    ///
    /// When the requests cannot be made, or the life cannot be written down.
    pub fn begin<F: Driven>(&self, request: &Valid<F::Request>) -> Result<Payment<F>, BeginError> {
        self.course.begin(request, self.clock.moment())
    }

    /// As [`Client::go_on`](crate::client::Client::go_on).
    ///
    /// The future may be dropped, as `select!` does: a sending that was on its way counts as not answered
    /// when its time is over.
    pub async fn go_on<F: Driven>(&self, payment: &mut Payment<F>) -> Stop<F> {
        let span = trace::life(payment);
        span.around(self.carry_on(payment)).await
    }

    async fn carry_on<F: Driven>(&self, payment: &mut Payment<F>) -> Stop<F> {
        let (course, clock) = (&self.course, &self.clock);
        loop {
            match payment.next(&course.envelope, clock.moment()) {
                Next::Send(request, flight) => {
                    let sending = trace::sending(payment.operation(flight), flight.number());
                    let answered = match course.stands(payment) {
                        Ok(()) => sending.around(self.transport.send(request)).await,
                        Err(error) => Err(error),
                    };
                    sending.within(|| match answered {
                        Ok(response) => {
                            payment.answered(&course.envelope, flight, &response, clock.moment());
                        }
                        Err(error) => payment.lost(flight, error, clock.moment()),
                    });
                }
                Next::Stop(stop) => {
                    course.stopped(payment, &stop, clock.now());
                    return stop;
                }
            }
        }
    }

    /// As [`Client::settle`](crate::client::Client::settle).
    pub async fn settle<F: Driven>(
        &self,
        payment: &mut Payment<F>,
        mut show: impl FnMut(F::Shown),
    ) -> Ending<F::Proof> {
        loop {
            match self.go_on(payment).await {
                Stop::Show(shown) => show(shown),
                Stop::Until(time) => {
                    let pause = time.duration_since(self.clock.now());
                    self.clock.sleep(pause.unwrap_or_default()).await;
                }
                Stop::Ended(ending) => return ending,
            }
        }
    }

    /// As [`Client::close`](crate::client::Client::close).
    pub fn close<F: Driven>(&self, payment: &Payment<F>) {
        self.course.close(payment);
    }
}
