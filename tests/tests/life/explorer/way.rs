//! The ways to pay, each with its flow.

use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::{entry_code_payment, order_code_payment, user_presented_payment};
use payspec_runtime::client::StampForm;
use payspec_runtime::client::life::{Driven, Hears, Pace};
use payspec_runtime::{Valid, Validate, decode};
use serde_json::Value as Json;
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

/// A way to pay.
pub(super) trait Way:
    Driven<
        Request: Validate + Clone + Send + Sync,
        State: Debug,
        Shown: Send,
        Answer: Send,
        Call: Send,
    > + Hears<NotifyPaymentRequest>
    + 'static
{
    const NAME: &'static str;
    const EXAMPLE: &'static str;
}

impl Way for entry_code_payment::Life {
    const NAME: &'static str = "entry code";
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-entry-code.request.json");
}

impl Way for order_code_payment::Life {
    const NAME: &'static str = "order code";
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-order-code.request.json");
}

impl Way for user_presented_payment::Life {
    const NAME: &'static str = "user presented";
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-user-presented.request.json");
}

/// The times that the flows leave to a program.
pub(super) fn pace() -> Pace {
    Pace {
        pause: Duration::from_secs(2),
        patience: Duration::from_secs(10),
    }
}

/// How much the request of a flow asks for.
pub(super) fn amount<F: Way>() -> Json {
    let request: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    request["paymentAmount"]["value"].clone()
}

type Known = HashMap<(&'static str, u32, Option<SystemTime>), Rc<dyn Any>>;

thread_local! {
    /// The requests that were made before: each search begins thousands of times.
    static REQUESTS: RefCell<Known> = RefCell::default();
}

/// The request of an attempt at the order: each has an id of its own.
pub(super) fn request<F: Way>(attempt: u32, expires: Option<SystemTime>) -> Rc<Valid<F::Request>> {
    let made = || -> Rc<dyn Any> { Rc::new(make::<F>(attempt, expires)) };
    let request = REQUESTS.with_borrow_mut(|known| {
        let known = known.entry((F::NAME, attempt, expires));
        Rc::clone(known.or_insert_with(made))
    });
    request.downcast().expect("the flow has one request")
}

fn make<F: Way>(attempt: u32, expires: Option<SystemTime>) -> Valid<F::Request> {
    let mut request: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    request["paymentRequestId"] = format!("order-1-{attempt}").into();
    request["paymentNotifyUrl"] = "http://127.0.0.1:9/notices".into();
    let fields = request.as_object_mut().expect("an object");
    fields.remove("paymentExpiryTime");
    if let Some(time) = expires.and_then(|at| StampForm::DateTime.write(at)) {
        fields.insert("paymentExpiryTime".to_owned(), time.into());
    }
    let request = decode(request.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}
