//! The shop: a client's payment, and shops that break a rule of it.

use super::carrier::{Belief, Carrier, Heard, Move};
use super::keys::{Signs, Verifies, envelope};
use super::machine::Machine;
use super::program::{Kind, Program};
use super::way::{self, Way, Words, request};
use super::world::Rules;
use alipay_instore::ams_instore::{
    entry_code_payment, order_code_payment, payment_refund, user_presented_payment,
};
use http::{Request, Response};
use payspec_runtime::client::{Moment, TransportError};
use serde_json::Value as Json;
use std::rc::Rc;
use std::time::Duration;

/// A rule that a shop breaks, so that one sees it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breach {
    /// After a request that was not answered it pays anew, under a new id.
    PaysAnew,
    /// It hands out the goods when the payer was sent on, or books a refund that was accepted.
    BelievesRedirects,
    /// It takes a cancellation for done that was refused.
    BelievesCancellations,
    /// It hands out the goods for a notification that comes after the cancellation.
    BelievesLateNotifications,
    /// It takes a repetition that was refused for proof that the request before it failed.
    BelievesRefusals,
    /// It takes it for proof that nothing is paid when nobody knows the payment.
    BelievesAbsence,
    /// It keeps no journal: after a crash it pays anew, under a new id.
    KeepsNoJournal,
    /// It tells an end that it could not write down.
    TellsUnwrittenEnds,
    /// It acknowledges a notification that it has not written down.
    ForgetsNotifications,
    /// It takes an answer that states another amount for none at all.
    PassesOverAmounts,
    /// It pays anew, under a new id, when a future was dropped that carried a payment.
    ForgetsDroppedFutures,
}

/// The flow that the shop runs: one of the ways to pay, or the refund of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    EntryCode,
    OrderCode,
    UserPresented,
    Refund,
}

impl Method {
    /// Returns the code of the provider as long as the payer has not paid, where that is not a success.
    pub(super) fn open(self) -> Option<&'static str> {
        match self {
            Method::EntryCode | Method::OrderCode | Method::Refund => None,
            Method::UserPresented => Some("PAYMENT_IN_PROCESS"),
        }
    }
}

impl Method {
    /// The words of its messages.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Method::EntryCode | Method::OrderCode | Method::UserPresented => &way::PAYMENT,
            Method::Refund => &way::REFUND,
        }
    }
}

/// The carrier of the shop's payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The machine of the flow alone. Answers come late, and notifications at any time.
    Machine,
    /// A client with its journal.
    Client(Kind),
}

/// A shop with one order.
pub(super) struct Shop {
    keys: (Signs, Verifies),
    rules: Rules,
    /// Of a refund: what was paid, by the id of the provider.
    paid: Option<String>,
    /// How often it began a payment of the order.
    attempts: u32,
    carrier: Box<dyn Carrier>,
    /// The sendings of this run of the program, by the last part of their paths.
    sendings: Vec<(usize, String)>,
    /// Something may have left in this or an earlier run of the program.
    has_left: bool,
    has_resumed: bool,
    /// The belief that a breach gives it.
    convinced: Option<Belief>,
    /// How much it asks for.
    amount: Json,
}

impl Shop {
    pub(super) fn new(
        keys: &(Signs, Verifies),
        rules: Rules,
        paid: Option<String>,
        now: Moment,
    ) -> Self {
        Shop {
            keys: keys.clone(),
            rules,
            attempts: 1,
            carrier: carrier(keys, rules, 1, paid.as_deref(), now),
            paid,
            sendings: Vec::new(),
            has_left: false,
            has_resumed: false,
            convinced: None,
            amount: amount(rules.method),
        }
    }

    /// The id of the payment that it is about.
    pub(super) fn id(&self) -> &str {
        self.carrier.id()
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns its state as a text.
    pub(super) fn key(&self) -> String {
        format!(
            "{} {} {} {:?} {}",
            self.carrier.id(),
            self.has_left,
            self.has_resumed,
            self.convinced,
            self.carrier.key(),
        )
    }

    /// Begins a payment of the same order under a new id.
    pub(super) fn begin_anew(&mut self, now: Moment) {
        self.attempts += 1;
        self.carrier = carrier(
            &self.keys,
            self.rules,
            self.attempts,
            self.paid.as_deref(),
            now,
        );
        self.sendings.clear();
        self.has_left = false;
        self.has_resumed = false;
        self.convinced = None;
    }

    /// The disk is full the next time something is written.
    pub(super) fn fill_disk(&mut self) {
        self.carrier.fill_disk();
    }

    pub(super) fn is_over(&self) -> bool {
        self.carrier.is_over()
    }

    pub(super) fn has_full_disk(&self) -> bool {
        self.carrier.has_full_disk()
    }

    pub(super) fn next(&mut self, now: Moment) -> Move {
        if let Some(belief) = self.convinced {
            return Move::Ended(belief);
        }
        let next = self.carrier.next(now);
        if let Move::Send(request, number) = &next {
            let path = request.uri().path();
            let operation = path.rsplit('/').next().unwrap_or_default();
            self.sendings.push((*number, operation.to_owned()));
        }
        next
    }

    /// Returns the operation of a sending of this run.
    fn operation(&self, number: usize) -> Option<&str> {
        let mut sendings = self.sendings.iter();
        let sending = sendings.find(|(known, _)| *known == number)?;
        Some(&sending.1)
    }

    /// An answer came.
    pub(super) fn answered(&mut self, number: usize, response: &Response<Vec<u8>>, now: Moment) {
        let Some(operation) = self.operation(number) else {
            return;
        };
        let json: Json = serde_json::from_slice(response.body()).unwrap_or_default();
        let status = &json["result"]["resultStatus"];
        let is_absent = json["result"]["resultCode"] == "ORDER_NOT_EXIST";
        let words = self.rules.method.words();
        let is_principal = operation == words.principal;
        self.convinced = match (self.rules.shop, operation) {
            (Some(Breach::BelievesRedirects), _) if is_principal && status == "S" => {
                Some(Belief::Done)
            }
            (Some(Breach::BelievesCancellations), "cancel") if status == "F" => {
                Some(Belief::NotDone)
            }
            (Some(Breach::BelievesRefusals), _)
                if is_principal && status == "F" && self.has_left =>
            {
                Some(Belief::NotDone)
            }
            (Some(Breach::BelievesAbsence), "inquiryPayment") if is_absent => Some(Belief::NotDone),
            (_, _) => None,
        };
        self.has_left = true;
        if self.rules.shop == Some(Breach::PassesOverAmounts) && !self.is_own_amount(&json) {
            let passed_over = TransportError::NoAnswer("passed over".to_owned());
            return self.carrier.transport_failed(number, passed_over, now);
        }
        self.carrier.answered(number, response, now);
    }

    /// Returns whether a message states the amount that the shop asked for, or none.
    pub(super) fn is_own_amount(&self, message: &Json) -> bool {
        let stated = &message[self.rules.method.words().amount]["value"];
        stated.is_null() || *stated == self.amount
    }

    /// No answer came.
    pub(super) fn transport_failed(&mut self, number: usize, error: TransportError, now: Moment) {
        let Some(operation) = self.operation(number) else {
            return;
        };
        let pays = operation == self.rules.method.words().principal;
        let may_have_left = matches!(error, TransportError::NoAnswer(_));
        self.has_left |= may_have_left;
        self.carrier.transport_failed(number, error, now);
        if self.rules.shop == Some(Breach::PaysAnew) && pays && may_have_left && self.attempts < 2 {
            self.begin_anew(now);
        }
    }

    /// The future is dropped that waits for an answer.
    pub(super) fn drop_future(&mut self, now: Moment) {
        self.has_left = true;
        self.carrier.drop_future();
        if self.rules.shop == Some(Breach::ForgetsDroppedFutures) && self.attempts < 2 {
            self.begin_anew(now);
        }
    }

    /// The provider called.
    pub(super) fn notified(&mut self, request: &Request<Vec<u8>>, now: Moment) -> Heard {
        let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
        let is_own = json[self.rules.method.words().id] == self.id();
        let is_success = json["result"]["resultStatus"] == "S";
        if self.rules.shop == Some(Breach::BelievesLateNotifications) && is_success && is_own {
            self.convinced = Some(Belief::Done);
        }
        self.carrier.notified(request, now)
    }

    /// The program stops, and goes on from what it wrote down.
    pub(super) fn crash(&mut self, now: Moment) {
        if self.rules.shop == Some(Breach::KeepsNoJournal) && self.attempts < 2 {
            return self.begin_anew(now);
        }
        self.carrier.crash(now);
        self.sendings.clear();
        self.has_resumed = true;
    }
}

/// How much an order costs.
fn amount(method: Method) -> Json {
    match method {
        Method::EntryCode => way::amount::<entry_code_payment::Life>(),
        Method::OrderCode => way::amount::<order_code_payment::Life>(),
        Method::UserPresented => way::amount::<user_presented_payment::Life>(),
        Method::Refund => way::amount::<payment_refund::Life>(),
    }
}

/// A payment of the order, or a refund.
fn carrier(
    keys: &(Signs, Verifies),
    rules: Rules,
    attempt: u32,
    paid: Option<&str>,
    now: Moment,
) -> Box<dyn Carrier> {
    let of = match rules.method {
        Method::EntryCode => carrier_of::<entry_code_payment::Life>,
        Method::OrderCode => carrier_of::<order_code_payment::Life>,
        Method::UserPresented => carrier_of::<user_presented_payment::Life>,
        Method::Refund => carrier_of::<payment_refund::Life>,
    };
    of(keys, rules, attempt, paid, now)
}

fn carrier_of<F: Way>(
    keys: &(Signs, Verifies),
    rules: Rules,
    attempt: u32,
    paid: Option<&str>,
    now: Moment,
) -> Box<dyn Carrier> {
    let expires = rules
        .expires
        .map(|after| now.wall() + Duration::from_secs(after));
    let request = request::<F>(attempt, expires, paid);
    match rules.by {
        By::Machine => {
            let envelope = Rc::new(envelope(keys));
            let machine = Machine::<F>::begin(&envelope, &request, rules.shop, now);
            Box::new(machine)
        }
        By::Client(kind) => Box::new(Program::<F>::begin(kind, keys, &request, now)),
    }
}
