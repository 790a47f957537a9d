//! The shop: the client's life of a payment, and shops that break a rule of it.

use super::keys::{Signs, Verifies};
use super::way::{Purpose, Way, purpose, request};
use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use http::{Request, Response};
use payspec_runtime::client::life::{Ending, Flight, Next, Pace, Payment, Stop};
use payspec_runtime::client::{Envelope, TransportError};
use serde_json::Value as Json;
use std::time::{Duration, SystemTime};

/// What a shop takes for true of a payment, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Belief {
    Paid,
    NotPaid,
    /// People have to find out.
    InDoubt,
}

/// A rule that a shop breaks, so that one sees it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breach {
    /// After a request that was not answered it pays anew, under a new id.
    PaysAnew,
    /// It hands out the goods when the payer was sent on.
    BelievesRedirects,
    /// It takes a cancellation for done that was refused.
    BelievesCancellations,
    /// It hands out the goods for a notice that comes after the cancellation.
    BelievesLateNotices,
    /// It takes a repetition that was refused for proof that the request before it failed.
    BelievesRefusals,
    /// It takes it for proof that nothing is paid when nobody knows the payment.
    BelievesAbsence,
    /// It keeps no journal: after a crash it pays anew, under a new id.
    KeepsNoJournal,
    /// It tells an end that it could not write down.
    TellsUnwrittenEnds,
    /// It acknowledges a notice that it has not written down.
    ForgetsNotices,
}

/// What a shop does next.
pub(super) enum Move {
    /// It sends this; the number tells what comes of it.
    Send(Request<Vec<u8>>, usize),
    /// It waits until then, or until something happens.
    Wait(SystemTime),
    /// It sends the payer on.
    Show,
    /// It is done with a payment.
    Ended(Belief),
}

/// What comes of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// It is acknowledged, and the payment is known to be paid.
    Paid,
    /// It is acknowledged.
    Taken,
    /// It could not be written down: the provider tells it again.
    Again,
}

/// A shop with one order.
pub(super) struct Shop<F: Way> {
    envelope: Envelope<Signs, Verifies>,
    breach: Option<Breach>,
    expires: Option<Duration>,
    /// How often it began a payment of the order.
    attempts: u32,
    payment: Payment<F>,
    flights: Vec<Flight<F>>,
    /// What it wrote down last.
    saved: String,
    /// The disk is full the next time it writes.
    is_full: bool,
    /// Something may have left in this or an earlier run of the program.
    has_left: bool,
    has_resumed: bool,
    /// What a breach makes it believe.
    convinced: Option<Belief>,
}

impl<F: Way> Shop<F> {
    pub(super) fn new(
        (signs, verifies): &(Signs, Verifies),
        breach: Option<Breach>,
        expires: Option<Duration>,
        now: SystemTime,
    ) -> Self {
        let base = "https://open.example".parse().expect("a base");
        let client = "SANDBOX_5X00000000000000";
        let envelope = Envelope::new(&RECIPE, base, client, signs.clone(), verifies.clone());
        let payment = begin::<F>(1, expires, now);
        Shop {
            envelope: envelope.expect("it fits"),
            breach,
            expires,
            attempts: 1,
            saved: payment.save(),
            payment,
            is_full: false,
            flights: Vec::new(),
            has_left: false,
            has_resumed: false,
            convinced: None,
        }
    }

    /// The id of the payment that it is about.
    pub(super) fn id(&self) -> &str {
        self.payment.id()
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Where it stands.
    pub(super) fn key(&self) -> String {
        format!(
            "{} {} {} {:?} {} {} {}",
            self.payment.id(),
            self.has_left,
            self.has_resumed,
            self.convinced,
            self.payment.save(),
            self.saved,
            self.is_full,
        )
    }

    /// Begins a payment of the same order under a new id.
    pub(super) fn begin_anew(&mut self, now: SystemTime) {
        self.attempts += 1;
        self.payment = begin(self.attempts, self.expires, now);
        self.saved = self.payment.save();
        self.flights.clear();
        self.has_left = false;
        self.has_resumed = false;
        self.convinced = None;
    }

    /// The disk is full the next time something is written.
    pub(super) fn disk_is_full(&mut self) {
        self.is_full = true;
    }

    pub(super) fn has_full_disk(&self) -> bool {
        self.is_full
    }

    /// Writes down where the payment stands, if it can.
    fn write(&mut self) -> bool {
        let is_written = !std::mem::take(&mut self.is_full);
        if is_written {
            self.saved = self.payment.save();
        }
        is_written
    }

    pub(super) fn next(&mut self, now: SystemTime) -> Move {
        if let Some(belief) = self.convinced {
            return Move::Ended(belief);
        }
        loop {
            match self.payment.next(&self.envelope, now) {
                Next::Send(request, flight) if self.write() => {
                    self.flights.push(flight);
                    return Move::Send(request, self.flights.len() - 1);
                }
                Next::Send(_, flight) => {
                    let full = TransportError::NotSent("the disk is full".to_owned());
                    self.payment.lost(flight, full, now);
                }
                Next::Stop(Stop::Until(time)) => return Move::Wait(time),
                Next::Stop(Stop::Show(_)) => return Move::Show,
                Next::Stop(Stop::Ended(ending)) => {
                    if !self.write() && self.breach != Some(Breach::TellsUnwrittenEnds) {
                        // Nobody is told before it is written down.
                        return Move::Wait(now + Duration::from_secs(1));
                    }
                    return Move::Ended(match ending {
                        Ending::Paid => Belief::Paid,
                        Ending::NotPaid(_) => Belief::NotPaid,
                        Ending::InDoubt(_) => Belief::InDoubt,
                    });
                }
            }
        }
    }

    /// An answer came.
    pub(super) fn answered(
        &mut self,
        number: usize,
        response: &Response<Vec<u8>>,
        now: SystemTime,
    ) {
        let Some(flight) = self.flights.get(number).copied() else {
            return;
        };
        let is_repetition = std::mem::replace(&mut self.has_left, true);
        let json: Json = serde_json::from_slice(response.body()).unwrap_or_default();
        let status = &json["result"]["resultStatus"];
        let is_absent = json["result"]["resultCode"] == "ORDER_NOT_EXIST";
        let purpose = purpose(flight, self.payment.operation(flight));
        self.convinced = match (self.breach, purpose) {
            (Some(Breach::BelievesRedirects), Purpose::Pay) if status == "S" => Some(Belief::Paid),
            (Some(Breach::BelievesCancellations), Purpose::Cancel) if status == "F" => {
                Some(Belief::NotPaid)
            }
            (Some(Breach::BelievesRefusals), Purpose::Pay) if status == "F" && is_repetition => {
                Some(Belief::NotPaid)
            }
            (Some(Breach::BelievesAbsence), Purpose::Ask) if is_absent => Some(Belief::NotPaid),
            (_, _) => None,
        };
        self.payment.answered(&self.envelope, flight, response, now);
    }

    /// No answer came.
    pub(super) fn lost(&mut self, number: usize, error: TransportError, now: SystemTime) {
        let Some(flight) = self.flights.get(number).copied() else {
            return;
        };
        let may_have_left = matches!(error, TransportError::NoAnswer(_));
        self.has_left |= may_have_left;
        self.payment.lost(flight, error, now);
        let pays = flight.call() == F::PAYS;
        if self.breach == Some(Breach::PaysAnew) && pays && may_have_left && self.attempts < 2 {
            self.begin_anew(now);
        }
    }

    /// The provider called. What it is told: that this is written down, and what is known by it.
    pub(super) fn notified(&mut self, request: &Request<Vec<u8>>, now: SystemTime) -> Heard {
        let received = self.envelope.receive::<NotifyPaymentRequest>(request, now);
        let received = received.expect("it is the provider's");
        if self.payment.notified(&received, now).is_err() {
            // It is about another payment of the order, which is over.
            return Heard::Taken;
        }
        let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
        let is_success = json["result"]["resultStatus"] == "S";
        if self.breach == Some(Breach::BelievesLateNotices) && is_success {
            self.convinced = Some(Belief::Paid);
        }
        let is_paid = format!("{:?}", self.payment.state()) == "Paid";
        if self.breach != Some(Breach::ForgetsNotices) && !self.write() {
            return Heard::Again;
        }
        if is_paid { Heard::Paid } else { Heard::Taken }
    }

    /// The program stops, and goes on from what it wrote down.
    pub(super) fn crash(&mut self, now: SystemTime) {
        if self.breach == Some(Breach::KeepsNoJournal) && self.attempts < 2 {
            return self.begin_anew(now);
        }
        let resumed = Payment::resume(self.payment.entry(), &self.saved);
        self.payment = resumed.expect("it is in the journal");
        self.flights.clear();
        self.has_resumed = true;
    }
}

/// A payment of the order.
fn begin<F: Way>(attempt: u32, expires: Option<Duration>, now: SystemTime) -> Payment<F> {
    let pace = Pace {
        pause: Duration::from_secs(2),
        patience: Duration::from_secs(10),
    };
    let request = request::<F>(attempt, expires.map(|after| now + after));
    Payment::begin(&request, pace, now).expect("it begins")
}
