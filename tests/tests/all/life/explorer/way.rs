//! The flows, and the words of their messages.

use super::carrier::Belief;
use super::keys::{Signs, Verifies};
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::notify_refund::NotifyRefundRequest;
use alipay_instore::ams_instore::{
    entry_code_payment, order_code_payment, payment_refund, user_presented_payment,
};
use http::Request;
use payspec_runtime::client::life::{Driven, Hears, Payment, Timing};
use payspec_runtime::client::{Envelope, Moment, Notification, NotificationError, StampForm};
use payspec_runtime::{Valid, Validate, decode};
use serde_json::Value as Json;
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

/// The names of a flow's messages, fields and ends.
#[derive(Debug)]
pub(super) struct Words {
    /// The last part of the path of the request that moves the money.
    pub(super) principal: &'static str,
    /// The last part of the path of the inquiry.
    pub(super) inquiry: &'static str,
    /// The field with the id of the request.
    pub(super) id: &'static str,
    /// The field with the amount.
    pub(super) amount: &'static str,
    /// The field with the address for notifications.
    notifications: &'static str,
    /// The field with the time after which it must not succeed.
    expiry: Option<&'static str>,
    /// A code by which the provider refuses the request.
    pub(super) refusal: &'static str,
    /// The end at which the money has moved, to the provider.
    pub(super) done: &'static str,
    /// That state of the flow.
    pub(super) state: &'static str,
    /// The note in a diagram when the provider moves the money.
    pub(super) moves: &'static str,
    /// The notes in a diagram when the shop takes the money as moved, or as not moved.
    pub(super) told: [&'static str; 2],
    /// The breach when money moves twice.
    pub(super) twice: &'static str,
}

pub(super) const PAYMENT: Words = Words {
    principal: "pay",
    inquiry: "inquiryPayment",
    id: "paymentRequestId",
    amount: "paymentAmount",
    notifications: "paymentNotifyUrl",
    expiry: Some("paymentExpiryTime"),
    refusal: "RISK_REJECT",
    done: "paid",
    state: "Paid",
    moves: "takes the money of",
    told: [
        "is paid: the goods are handed over",
        "is not paid, and never will be",
    ],
    twice: "the order is paid twice",
};

pub(super) const REFUND: Words = Words {
    principal: "refund",
    inquiry: "inquiryRefund",
    id: "refundRequestId",
    amount: "refundAmount",
    notifications: "refundNotifyUrl",
    expiry: None,
    refusal: "MULTIPLE_REFUNDS_NOT_SUPPORTED",
    done: "refunded",
    state: "Refunded",
    moves: "makes the refund",
    told: ["is made: it is booked", "is not made, and never will be"],
    twice: "the order is refunded twice",
};

/// A flow.
pub(super) trait Way:
    Driven<
        Request: Validate + Clone + Send + Sync,
        State: Debug,
        Shown: Send,
        Answer: Send,
        Call: Send,
        Ending: Into<Belief> + Send,
    > + Sized
    + 'static
{
    const NAME: &'static str;
    const EXAMPLE: &'static str;
    const WORDS: Words;

    /// Takes a notification in. Returns whether it is about this payment or refund.
    ///
    /// # Errors
    ///
    /// When it cannot be verified or read.
    fn hear(
        payment: &mut Payment<Self>,
        envelope: &Envelope<Signs, Verifies>,
        notification: &Request<Vec<u8>>,
        now: Moment,
    ) -> Result<bool, NotificationError>;
}

fn heard<F: Hears<N>, N: Notification>(
    payment: &mut Payment<F>,
    envelope: &Envelope<Signs, Verifies>,
    notification: &Request<Vec<u8>>,
    now: Moment,
) -> Result<bool, NotificationError> {
    let received = envelope.receive::<N>(notification, now.wall())?;
    Ok(payment.notified(&received, now).is_ok())
}

macro_rules! ways {
    ($($flow:ident: $name:literal, $example:literal, $words:ident, $notification:ident;)*) => {$(
        impl Way for $flow::Life {
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = include_str!(concat!("../../../../../spec/ams-instore/examples/", $example));
            const WORDS: Words = $words;

            fn hear(
                payment: &mut Payment<Self>,
                envelope: &Envelope<Signs, Verifies>,
                notification: &Request<Vec<u8>>,
                now: Moment,
            ) -> Result<bool, NotificationError> {
                heard::<_, $notification>(payment, envelope, notification, now)
            }
        }
    )*};
}

ways! {
    entry_code_payment: "entry code", "pay-entry-code.request.json", PAYMENT, NotifyPaymentRequest;
    order_code_payment: "order code", "pay-order-code.request.json", PAYMENT, NotifyPaymentRequest;
    user_presented_payment: "user presented", "pay-user-presented.request.json", PAYMENT, NotifyPaymentRequest;
    payment_refund: "refund", "refund.request.json", REFUND, NotifyRefundRequest;
}

/// The times that the flows leave to a program.
pub(super) fn timing() -> Timing {
    Timing {
        pause: Duration::from_secs(2),
        timeout: Duration::from_secs(10),
    }
}

/// How much the request of a flow asks for.
pub(super) fn amount<F: Way>() -> Json {
    let request: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    request[F::WORDS.amount]["value"].clone()
}

type Known = HashMap<(&'static str, u32, Option<SystemTime>, Option<String>), Rc<dyn Any>>;

thread_local! {
    /// The requests that were made before: each search begins thousands of times.
    static REQUESTS: RefCell<Known> = RefCell::default();
}

/// The request of an attempt at the order: each has an id of its own. A refund is of what was `paid`.
pub(super) fn request<F: Way>(
    attempt: u32,
    expires: Option<SystemTime>,
    paid: Option<&str>,
) -> Rc<Valid<F::Request>> {
    let made = || -> Rc<dyn Any> { Rc::new(make::<F>(attempt, expires, paid)) };
    let request = REQUESTS.with_borrow_mut(|known| {
        let known = known.entry((F::NAME, attempt, expires, paid.map(str::to_owned)));
        Rc::clone(known.or_insert_with(made))
    });
    request.downcast().expect("the flow has one request")
}

fn make<F: Way>(
    attempt: u32,
    expires: Option<SystemTime>,
    paid: Option<&str>,
) -> Valid<F::Request> {
    let mut request: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    request[F::WORDS.id] = format!("order-1-{attempt}").into();
    request[F::WORDS.notifications] = "http://127.0.0.1:9/notifications".into();
    if let Some(paid) = paid {
        request["paymentId"] = paid.into();
    }
    let fields = request.as_object_mut().expect("an object");
    if let Some(expiry) = F::WORDS.expiry {
        fields.remove(expiry);
        if let Some(time) = expires.and_then(|at| StampForm::DateTime.write(at)) {
            fields.insert(expiry.to_owned(), time.into());
        }
    }
    let request = decode(request.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}
