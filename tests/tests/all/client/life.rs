//! Whole lives of payments, against the mock gateway inside of this process, by a clock that moves
//! only when somebody waits.

use super::support::{Scene, envelope, lost, notification, request, result};
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::entry_code_payment::{Answer, Ending, Life, Payment, State};
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use alipay_instore::ams_instore::types::RedirectActionForm;
use http::{Request, Response};
use payspec_mock::{Clock as Hands, Gateway, KeyPair, Keys, MockGateway, Script, Setup};
use payspec_model::load;
use payspec_model::model::Model;
use payspec_runtime::client::life::{
    BeginError, Ending as Ends, NotPaid, Notified, OtherPayment, SendFailure, Stop,
};
use payspec_runtime::client::{Clock, RawClient, StampForm, Transport, TransportError, Ureq};
use payspec_runtime::{Valid, decode, encode};
use payspec_tests::messages;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) fn model() -> Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let load = || load(&spec).model.expect("the spec has no errors");
    MODEL.get_or_init(load).clone()
}

/// The keys of both sides: one pair.
fn keys() -> Keys {
    let text = include_str!("../../../../runtime/tests/fixtures/signing.json");
    let fixture: Json = serde_json::from_str(text).expect("JSON");
    let text = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    let pair = KeyPair {
        private: text("private_pkcs8_pem"),
        public: text("public_spki_pem"),
    };
    Keys {
        gateway: pair.clone(),
        client: pair,
    }
}

/// The gateway's core.
pub(crate) fn gateway_setup() -> Gateway {
    Gateway::new(model(), Setup::with(&keys())).expect("a gateway")
}

pub(crate) fn gateway(script: &Json) -> MockGateway {
    let keys = keys();
    let noon = UNIX_EPOCH + Duration::from_secs(1_795_435_200);
    let setup = Setup::with(&keys);
    let gateway = MockGateway::start_with(model(), setup, keys, Hands::standing(noon));
    let gateway = gateway.expect("a gateway");
    let script = Script::from_json(&script.to_string()).expect("a script");
    gateway.script(script).expect("a script that can be played");
    gateway
}

/// The hands of the gateway's clock: they move while the shop sleeps.
pub(crate) struct Watch(pub(crate) Hands);

impl Clock for Watch {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn sleep(&self, time: Duration) {
        self.0.advance(time);
    }
}

/// A line to the gateway that can be cut.
pub(crate) struct Line {
    ureq: Ureq,
    /// How many requests get through before the program is stopped.
    before_stop: AtomicUsize,
}

impl Line {
    pub(crate) fn open() -> Self {
        Self::until(usize::MAX)
    }

    /// A line of a program that is stopped as it is about to send one request more.
    pub(crate) fn until(requests: usize) -> Self {
        Self {
            ureq: Ureq::default(),
            before_stop: AtomicUsize::new(requests),
        }
    }
}

const STOPPED: &str = "the program was stopped";

impl Transport for Line {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        match self.before_stop.load(Ordering::Relaxed) {
            0 => std::panic::resume_unwind(Box::new(STOPPED)),
            left => self.before_stop.store(left - 1, Ordering::Relaxed),
        }
        self.ureq.send(request)
    }
}

pub(crate) fn till(gateway: &MockGateway) -> Client<Line> {
    let calls = RawClient::new(envelope(&gateway.url()), Line::open());
    Client::from(calls.clock(Watch(gateway.clock().clone())))
}

fn by(seconds: u64, gateway: &MockGateway) -> Valid<PayEntryCodeRequest> {
    let mut json = messages::clean_request();
    let time = StampForm::DateTime.write(gateway.clock().now() + Duration::from_secs(seconds));
    json["paymentExpiryTime"] = json!(time.expect("a time"));
    let request = decode(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// Carries a life to its end; gives what was shown on the way.
fn settle(client: &Client<Line>, payment: &mut Payment) -> (Vec<RedirectActionForm>, Ending) {
    let mut shown = Vec::new();
    let ending = client
        .settle(payment, |form| shown.push(form))
        .expect("written");
    (shown, ending)
}

/// Operations that reached the gateway, with their codes, the first first.
fn heard(gateway: &MockGateway) -> Vec<(String, String)> {
    let mut exchanges = gateway.exchanges();
    exchanges.reverse();
    let heard = exchanges.into_iter().map(|one| {
        let operation = one.operation.unwrap_or_default();
        (operation, one.code.unwrap_or_default())
    });
    heard.collect()
}

pub(crate) fn operations(gateway: &MockGateway) -> Vec<String> {
    let heard = heard(gateway).into_iter();
    heard.map(|(operation, _)| operation).collect()
}

/// A life by a script, with the seconds that it took.
fn live(script: Json) -> (MockGateway, Vec<RedirectActionForm>, Ending, u64) {
    let gateway = gateway(&script);
    let start = gateway.clock().now();
    let client = till(&gateway);
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    let (shown, ending) = settle(&client, &mut payment);
    let took = gateway.clock().now().duration_since(start).expect("later");
    (gateway, shown, ending, took.as_secs())
}

/// A script of these steps.
pub(crate) fn steps(steps: &[(&str, &str, u32)]) -> Json {
    let steps = steps.iter().map(|(operation, what, times)| {
        let what = what.split_once(' ').unwrap_or(("result", what));
        json!({"operation": operation, what.0: what.1, "times": times})
    });
    json!({"steps": steps.collect::<Vec<_>>()})
}

/// Returns whether a life ended well.
pub(crate) fn is_paid<P>(ending: &Ends<P>) -> bool {
    match ending {
        Ends::Paid(_) => true,
        Ends::NotPaid(_) | Ends::InDoubt(_) => false,
    }
}

const PAY: &str = "pay_entry_code";
pub(crate) const ASK: &str = "inquiry_payment";
pub(crate) const CANCEL: &str = "cancel";

#[test]
fn a_payment_is_made_and_found_paid_by_asking() {
    let (gateway, shown, ending, took) = live(steps(&[(ASK, "processing", 2)]));
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown.len(), 1, "the payer is sent on once");
    assert_eq!(operations(&gateway), [PAY, ASK, ASK, ASK]);
    assert_eq!(took, 2 + 3 + 3, "the described schedule");
}

/// A notification about a payment.
pub(crate) fn told(
    gateway: &MockGateway,
    id: &str,
    status: &str,
    amount: &Json,
) -> Request<Vec<u8>> {
    let paid =
        include_str!("../../../../spec/ams-instore/examples/notify-payment.request.paid.json");
    let mut body: Json = serde_json::from_str(paid).expect("JSON");
    body["paymentRequestId"] = json!(id);
    body["paymentAmount"] = amount.clone();
    body["result"]["resultStatus"] = json!(status);
    if status == "F" {
        body["result"]["resultCode"] = json!("PROCESS_FAIL");
    }
    let body = body.to_string();
    notification(
        StampForm::EpochMillis,
        gateway.clock().now(),
        body.as_bytes(),
    )
}

fn tell(
    client: &Client<Line>,
    payment: &mut Payment,
    gateway: &MockGateway,
    (id, status): (&str, &str),
) -> Result<Notified, OtherPayment> {
    let now = gateway.clock().now();
    let amount = &messages::clean_request()["paymentAmount"];
    let told = told(gateway, id, status, amount);
    let received = client
        .envelope()
        .receive::<NotifyPaymentRequest>(&told, now);
    payment.notified(&received.expect("it is the provider's"), now)
}

/// A payment whose payer was sent on.
fn shown(gateway: &MockGateway) -> (Client<Line>, Payment) {
    let client = till(gateway);
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    let stop = client.go_on(&mut payment).expect("written");
    assert!(matches!(stop, Stop::Show(_)), "{stop:?}");
    (client, payment)
}

#[test]
fn a_notification_settles_before_anything_is_asked() {
    let gateway = gateway(&json!({}));
    let (client, mut payment) = shown(&gateway);
    let id = payment.id().to_owned();
    assert_eq!(
        tell(&client, &mut payment, &gateway, ("another", "S")),
        Err(OtherPayment)
    );
    let stop = client.go_on(&mut payment).expect("written");
    assert!(matches!(stop, Stop::Until(_)), "another's does not count");
    assert_eq!(
        tell(&client, &mut payment, &gateway, (&id, "S")),
        Ok(Notified::Taken)
    );
    assert!(settle(&client, &mut payment).1.paid().is_some());
    let reference = payment.reference().expect("a name");
    assert_eq!(reference.name(), "paymentId");
    // Neither a repetition nor its contrary changes it; the contrary is told.
    for (status, is_news) in [("S", false), ("F", true)] {
        let told = tell(&client, &mut payment, &gateway, (&id, status));
        let told = told.expect("it is about this payment");
        assert_eq!(matches!(told, Notified::Contradicts(_)), is_news);
        assert!(settle(&client, &mut payment).1.paid().is_some());
    }
    assert_eq!(operations(&gateway), [PAY]);
}

#[test]
fn what_is_refused_is_not_paid_and_not_asked_for() {
    let (gateway, shown, ending, took) = live(steps(&[(PAY, "RISK_REJECT", 1)]));
    assert_eq!(ending, Ending::NotPaid(NotPaid::Unpaid));
    assert_eq!((shown.len(), took), (0, 0));
    assert_eq!(operations(&gateway), [PAY]);
}

#[test]
fn what_is_unknown_is_sent_again_as_the_same_bytes() {
    for unknown in [
        "UNKNOWN_EXCEPTION",
        "fault lose-answer",
        "fault drop",
        "fault truncate",
        "fault unsigned",
        "fault wrong-signature",
        "fault no-result",
        "fault http-status=502",
    ] {
        let (gateway, shown, ending, _) = live(steps(&[(PAY, unknown, 1)]));
        assert!(ending.paid().is_some(), "{unknown}");
        assert_eq!(shown.len(), 1, "{unknown}");
        assert_eq!(operations(&gateway), [PAY, PAY, ASK], "{unknown}");
        let bodies: Vec<_> = gateway.exchanges().into_iter().map(|one| one.key).collect();
        assert_eq!(bodies[1], bodies[2], "{unknown}");
    }
}

#[test]
fn when_all_answers_are_lost_it_is_asked_for_and_found_paid() {
    let (gateway, shown, ending, took) = live(steps(&[(PAY, "fault lose-answer", 4)]));
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown.len(), 0, "nobody knows where the payer goes");
    assert_eq!(operations(&gateway), [PAY, PAY, PAY, PAY, ASK]);
    assert_eq!(took, 3 * 2 + 2);
}

#[test]
fn a_repetition_that_is_refused_does_not_end_the_payment() {
    // The gateway keeps to its first answer, as the real one does; so this provider is a script.
    let paid =
        include_str!("../../../../spec/ams-instore/examples/inquiry-payment.response.paid.json");
    let mut paid: Json = serde_json::from_str(paid).expect("JSON");
    let asked: Json = serde_json::from_slice(&encode(&*request()).expect("JSON")).expect("JSON");
    for name in ["paymentRequestId", "paymentAmount"] {
        paid[name] = asked[name].clone();
    }
    let script = [
        lost(),
        Scene::Answer(result("F", "RISK_REJECT")),
        Scene::Answer(paid),
    ];
    let (client, stage, _) = super::support::client(script);
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    let ending = client.settle(&mut payment, |_| panic!("nothing to show"));
    let ending = ending.expect("written");
    assert!(is_paid(&ending), "{ending:?}");
    assert_eq!(stage.left(), 0);
    let requests = stage.requests();
    let paths: Vec<_> = requests.iter().map(|one| one.uri().path()).collect();
    let ends = [
        "/v1/payments/pay",
        "/v1/payments/pay",
        "/v1/payments/inquiryPayment",
    ];
    assert!(
        paths
            .iter()
            .zip(ends)
            .all(|(path, end)| path.ends_with(end)),
        "{paths:?}"
    );
}

#[test]
fn at_the_deadline_it_is_cancelled() {
    let gateway = gateway(&steps(&[(ASK, "processing", 99)]));
    let start = gateway.clock().now();
    let client = till(&gateway);
    let request = by(6, &gateway);
    let mut payment = client.entry_code_payment(request).expect("it begins");
    let (_, ending) = settle(&client, &mut payment);
    assert_eq!(ending, Ending::NotPaid(NotPaid::Cancelled));
    assert_eq!(operations(&gateway), [PAY, ASK, ASK, ASK, CANCEL]);
    assert_eq!(gateway.clock().now(), start + Duration::from_secs(6));
    // A late notification of success does not revive it.
    let id = payment.id().to_owned();
    let told = tell(&client, &mut payment, &gateway, (&id, "S"));
    assert!(matches!(told, Ok(Notified::Contradicts(_))), "{told:?}");
    assert_eq!(settle(&client, &mut payment).1, ending);
}

#[test]
fn without_a_deadline_it_is_cancelled_when_the_schedule_ends() {
    let (gateway, _, ending, took) = live(steps(&[(ASK, "processing", 99)]));
    assert_eq!(ending, Ending::NotPaid(NotPaid::Cancelled));
    let asked = operations(&gateway);
    assert_eq!(asked.iter().filter(|one| *one == ASK).count(), 9);
    assert_eq!(took, 38);
}

#[test]
fn a_cancellation_that_crosses_a_success_finds_it() {
    let script = steps(&[(ASK, "processing", 9), (CANCEL, "ORDER_STATUS_INVALID", 1)]);
    let (gateway, _, ending, _) = live(script);
    assert!(ending.paid().is_some(), "{ending}");
    let last: Vec<_> = operations(&gateway).split_off(10);
    assert_eq!(last, [CANCEL, ASK]);
}

#[test]
fn a_notification_of_success_while_it_is_cancelled_does_not_count() {
    let gateway = gateway(&steps(&[
        (ASK, "processing", 9),
        (CANCEL, "UNKNOWN_EXCEPTION", 1),
    ]));
    let (client, mut payment) = shown(&gateway);
    let id = payment.id().to_owned();
    while payment.state() != State::Recancelling {
        let Stop::Until(time) = client.go_on(&mut payment).expect("written") else {
            panic!("{payment:?}");
        };
        let pause = time.duration_since(gateway.clock().now());
        gateway.clock().advance(pause.expect("later"));
    }
    assert_eq!(
        tell(&client, &mut payment, &gateway, (&id, "S")),
        Ok(Notified::Taken)
    );
    let ending = settle(&client, &mut payment).1;
    assert_eq!(ending, Ending::NotPaid(NotPaid::Cancelled));
}

#[test]
fn what_nobody_can_find_out_ends_in_doubt_with_all_that_people_need() {
    let script = steps(&[
        (ASK, "processing", 99),
        (CANCEL, "UNKNOWN_EXCEPTION", 5),
        (CANCEL, "fault unsigned", 1),
    ]);
    let (_, _, ending, _) = live(script);
    let Ending::InDoubt(unresolved) = &ending else {
        panic!("{ending}");
    };
    assert_eq!(unresolved.id(), request().payment_request_id);
    let reference = unresolved.reference().expect("a name");
    assert_eq!(reference.name(), "paymentId");
    assert_eq!(unresolved.last(), Some("cancel.pending"));
    assert!(matches!(unresolved.trouble(), Some(SendFailure::Answer(_))));
    let text = ending.to_string();
    assert!(text.contains("keep the goods"), "{text}");
}

#[test]
fn an_unverified_success_never_settles() {
    for fault in [
        "fault unsigned",
        "fault wrong-signature",
        "fault changed-body",
    ] {
        let script = steps(&[(ASK, fault, 99), (CANCEL, fault, 99)]);
        let (_, _, ending, _) = live(script);
        assert!(matches!(ending, Ending::InDoubt(_)), "{fault}: {ending}");
    }
}

#[test]
fn a_provider_that_answers_with_another_amount_is_for_people() {
    let script = steps(&[(ASK, "processing", 2), (ASK, "fault other-amount", 1)]);
    let (gateway, _, ending, _) = live(script);
    let Ending::InDoubt(unresolved) = &ending else {
        panic!("{ending}");
    };
    let contradiction = unresolved.contradiction().expect("another amount");
    assert_eq!(contradiction.field(), "/paymentAmount");
    assert_eq!(
        operations(&gateway),
        [PAY, ASK, ASK, ASK],
        "no cancellation"
    );
}

/// No way to the provider.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        Err(TransportError::NotSent("no route".to_owned()))
    }
}

#[test]
fn what_never_left_is_not_paid_and_neither_asked_for_nor_cancelled() {
    let gateway = gateway(&json!({}));
    let calls = RawClient::new(envelope("https://open.example"), Nowhere);
    let client = Client::from(calls.clock(Watch(gateway.clock().clone())));
    let mut payment = client.entry_code_payment(request()).expect("it begins");
    let ending = client.settle(&mut payment, |_| panic!("nothing to show"));
    let ending = ending.expect("written");
    assert_eq!(ending, Ending::NotPaid(NotPaid::NotSent));
    assert!(matches!(
        payment.trouble(),
        Some(SendFailure::Transport(TransportError::NotSent(_)))
    ));
}

#[test]
fn a_payment_whose_time_is_over_does_not_begin() {
    let gateway = gateway(&json!({}));
    let request = by(0, &gateway);
    let error = till(&gateway).entry_code_payment(request);
    assert!(matches!(error, Err(BeginError::Expired)));
}

#[test]
fn a_saved_line_of_something_else_is_no_life() {
    let gateway = gateway(&json!({}));
    let payment = till(&gateway)
        .entry_code_payment(request())
        .expect("it begins");
    let line = payment.save();
    assert!(
        !line.contains(payment.id()),
        "it holds nothing of the payment"
    );
    let entry = payment.entry();
    assert!(Payment::resume(entry, &line).is_ok());
    for state in [
        "",
        "1",
        "x entry_code_payment paying",
        &line[1..line.len() / 2],
    ] {
        assert!(Payment::resume(entry, state).is_err(), "{state}");
    }
    let mut other = entry;
    other.id = "another";
    assert!(Payment::resume(other, &line).is_err());
    let mut other = entry;
    other.operation = "order_code_payment";
    assert!(Payment::resume(other, &line).is_err());
}

#[test]
fn answers_are_at_hand_with_their_types() {
    let gateway = gateway(&json!({}));
    let (client, mut payment) = shown(&gateway);
    assert!(matches!(payment.answer(), Some(Answer::PayEntryCode(_))));
    assert!(settle(&client, &mut payment).1.paid().is_some());
    let Some(Answer::InquiryPayment(answered)) = payment.answer() else {
        panic!("{:?}", payment.answer());
    };
    assert!(answered.response.payment_id.is_some());
}

/// The same line, for a client that does not block.
struct Waiting(Line);

impl payspec_runtime::client::AsyncTransport for Waiting {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.0.send(request)
    }
}

impl payspec_runtime::client::AsyncClock for Watch {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn sleep(&self, time: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.0.advance(time);
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn a_client_that_does_not_block_lives_the_same_life() {
    let gateway = gateway(&steps(&[
        (PAY, "UNKNOWN_EXCEPTION", 1),
        (ASK, "processing", 2),
    ]));
    let calls = payspec_runtime::client::AsyncRawClient::new(
        envelope(&gateway.url()),
        Waiting(Line::open()),
        Watch(gateway.clock().clone()),
    );
    let client = alipay_instore::ams_instore::client::AsyncClient::from(calls);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    let payment = runtime.block_on(client.entry_code_payment(request()));
    let mut payment = payment.expect("it begins");
    let mut shown = 0;
    let life = client.settle::<Life>(&mut payment, |_| shown += 1);
    let ending = runtime.block_on(life).expect("written");
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown, 1);
    assert_eq!(operations(&gateway), [PAY, PAY, ASK, ASK, ASK]);
}
