//! The machine alone, with a shop's own journal: answers come late, notifications come at any time.

use super::carrier::{Carrier, Heard, Move};
use super::keys::{Signs, Verifies};
use super::shop::Breach;
use super::way::{Way, timing};
use http::{Request, Response};
use payspec_runtime::client::life::{Next, Payment, Stop, Transmission};
use payspec_runtime::client::{Envelope, Moment, NotificationError, TransportError, Unverified};
use std::rc::Rc;
use std::time::Duration;

pub(super) struct Machine<F: Way> {
    envelope: Rc<Envelope<Signs, Verifies>>,
    breach: Option<Breach>,
    payment: Payment<F>,
    flights: Vec<Transmission<F>>,
    /// The state that was written down last.
    saved: String,
    is_full: bool,
}

impl<F: Way> Machine<F> {
    pub(super) fn begin(
        envelope: &Rc<Envelope<Signs, Verifies>>,
        request: &payspec_runtime::Valid<F::Request>,
        breach: Option<Breach>,
        now: Moment,
    ) -> Self {
        let payment = Payment::begin(request, timing(), now).expect("it begins");
        Machine {
            envelope: Rc::clone(envelope),
            breach,
            saved: payment.save(),
            payment,
            flights: Vec::new(),
            is_full: false,
        }
    }

    /// Writes down where the payment stands, if it can.
    fn write(&mut self) -> bool {
        let is_written = !std::mem::take(&mut self.is_full);
        if is_written {
            self.saved = self.payment.save();
        }
        is_written
    }
}

impl<F: Way> Carrier for Machine<F> {
    fn id(&self) -> &str {
        self.payment.id()
    }

    fn is_over(&self) -> bool {
        self.payment.is_over()
    }

    fn key(&self) -> String {
        let (now, saved) = (self.payment.save(), &self.saved);
        format!("{now} {saved} {}", self.is_full)
    }

    fn next(&mut self, now: Moment) -> Move {
        loop {
            match self.payment.next(&self.envelope, now) {
                Next::Send(request, flight) if self.write() => {
                    self.flights.push(flight);
                    return Move::Send(request, self.flights.len() - 1);
                }
                Next::Send(_, flight) => {
                    let full = TransportError::NotSent("the disk is full".to_owned());
                    self.payment.transport_failed(flight, full, now);
                }
                Next::Stop(Stop::Until(time)) => return Move::Wait(time),
                Next::Stop(Stop::Show(_)) => return Move::Show,
                Next::Stop(Stop::Ended(ending)) => {
                    if !self.write() && self.breach != Some(Breach::TellsUnwrittenEnds) {
                        // Nobody is told before it is written down.
                        return Move::Wait(now.wall() + Duration::from_secs(1));
                    }
                    return Move::Ended(ending.into());
                }
            }
        }
    }

    fn answered(&mut self, number: usize, response: &Response<Vec<u8>>, now: Moment) {
        if let Some(flight) = self.flights.get(number).copied() {
            self.payment.answered(&self.envelope, flight, response, now);
        }
    }

    fn transport_failed(&mut self, number: usize, error: TransportError, now: Moment) {
        if let Some(flight) = self.flights.get(number).copied() {
            self.payment.transport_failed(flight, error, now);
        }
    }

    fn notified(&mut self, request: &Request<Vec<u8>>, now: Moment) -> Heard {
        match F::hear(&mut self.payment, &self.envelope, request, now) {
            Ok(true) => {}
            // It is about another payment of the order, which is over.
            Ok(false) => return Heard::Taken,
            // One that was under way for a quarter of an hour, by the clock of the shop, is turned away.
            Err(NotificationError::Unverified(Unverified::Clock { .. })) => return Heard::Taken,
            Err(error) => panic!("it is the provider's: {error}"),
        }
        if self.breach != Some(Breach::ForgetsNotifications) && !self.write() {
            return Heard::Again;
        }
        match format!("{:?}", self.payment.state()).as_str() {
            state if state == F::WORDS.state => Heard::Done,
            _ => Heard::Taken,
        }
    }

    fn crash(&mut self, _: Moment) {
        let resumed = Payment::resume(self.payment.entry(), &self.saved);
        self.payment = resumed.expect("it is in the journal");
        self.flights.clear();
    }

    fn fill_disk(&mut self) {
        self.is_full = true;
    }

    fn has_full_disk(&self) -> bool {
        self.is_full
    }

    fn drop_future(&mut self) {}
}
