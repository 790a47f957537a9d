//! The lives of the other two ways to pay, against the mock gateway. Theirs differ in how they begin: an
//! order code is shown to the payer, and a code that the payer shows is paid at once, or not. What all
//! three have in common: a program that stops and goes on, notifications, the expiry.

use super::life::{ASK, CANCEL, Line, Watch, gateway, is_paid, operations, steps, till, told};
use super::support::envelope;
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::order_code_payment::Life as OrderCode;
use alipay_instore::ams_instore::pay_order_code::PayOrderCodeRequest;
use alipay_instore::ams_instore::pay_user_presented::PayUserPresentedRequest;
use alipay_instore::ams_instore::user_presented_payment::Life as Presented;
use payspec_mock::MockGateway;
use payspec_runtime::client::life::{
    BeginError, Driven, Ending, Hears, NotPaid, Notified, OtherPayment, Payment, Stop,
};
use payspec_runtime::client::{FileJournal, Journal as _, OpenEntry, RawClient, StampForm};
use payspec_runtime::{Message, Valid, Validate, decode, encode};
use payspec_tests::random::is_tried;
use serde_json::{Value as Json, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

const ORDER: &str = "pay_order_code";
const PRESENTED: &str = "pay_user_presented";

/// A documented request without its time, which is over.
fn documented<T: Message + Validate>(example: &str) -> Valid<T> {
    let mut json: Json = serde_json::from_str(example).expect("JSON");
    let fields = json.as_object_mut().expect("an object");
    fields.remove("paymentExpiryTime");
    let request = decode(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

pub(crate) fn order_code() -> Valid<PayOrderCodeRequest> {
    documented(include_str!(
        "../../../../spec/ams-instore/examples/pay-order-code.request.json"
    ))
}

pub(crate) fn presented() -> Valid<PayUserPresentedRequest> {
    documented(include_str!(
        "../../../../spec/ams-instore/examples/pay-user-presented.request.json"
    ))
}

/// How a life ended, how often something was shown to the payer, and what was sent.
type Lived<F> = (<F as Driven>::Ending, usize, Vec<String>);

fn settle<F: Driven>(
    gateway: &MockGateway,
    begin: impl FnOnce(&Client<Line>) -> Payment<F>,
) -> Lived<F> {
    let client = till(gateway);
    let mut payment = begin(&client);
    let mut shown = 0;
    let ending = client
        .settle(&mut payment, |_| shown += 1)
        .expect("written");
    (ending, shown, operations(gateway))
}

fn by_order_code(script: &[(&str, &str, u32)]) -> Lived<OrderCode> {
    let begin = |client: &Client<Line>| client.order_code_payment(order_code());
    settle(&gateway(&steps(script)), |client| {
        begin(client).expect("it begins")
    })
}

fn by_presented_code(script: &[(&str, &str, u32)]) -> Lived<Presented> {
    let begin = |client: &Client<Line>| client.user_presented_payment(presented());
    settle(&gateway(&steps(script)), |client| {
        begin(client).expect("it begins")
    })
}

#[test]
fn an_order_code_is_shown_once_and_found_paid() {
    let (ending, shown, sent) = by_order_code(&[(ASK, "processing", 1)]);
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown, 1);
    assert_eq!(sent, [ORDER, ASK, ASK]);
}

#[test]
fn an_order_code_that_nobody_pays_is_cancelled() {
    let (ending, shown, sent) = by_order_code(&[(ORDER, "settlement waits", 1)]);
    assert_eq!((ending, shown), (Ending::NotPaid(NotPaid::Cancelled), 1));
    assert_eq!(sent.first().map(String::as_str), Some(ORDER));
    assert_eq!(sent.last().map(String::as_str), Some(CANCEL));
    assert_eq!(sent.iter().filter(|one| *one == ORDER).count(), 1);
}

#[test]
fn an_order_code_is_shown_when_its_answer_was_lost_and_asked_for_again() {
    let (ending, shown, sent) = by_order_code(&[(ORDER, "fault lose-answer", 1)]);
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown, 1);
    assert_eq!(sent, [ORDER, ORDER, ASK]);
}

#[test]
fn a_presented_code_is_paid_at_once() {
    let (ending, shown, sent) = by_presented_code(&[]);
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(shown, 0);
    assert_eq!(sent, [PRESENTED]);
}

#[test]
fn a_presented_code_that_is_refused_is_not_paid() {
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "RISK_REJECT", 1)]);
    assert_eq!(ending, Ending::NotPaid(NotPaid::Unpaid));
    assert_eq!(sent, [PRESENTED]);
}

#[test]
fn a_presented_code_of_which_nobody_knows_is_sent_again_and_asked_for() {
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "UNKNOWN_EXCEPTION", 1)]);
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(sent, [PRESENTED, PRESENTED]);
    let (ending, _, sent) = by_presented_code(&[(PRESENTED, "fault lose-answer", 4)]);
    assert!(ending.paid().is_some(), "{ending}");
    assert_eq!(sent, [PRESENTED, PRESENTED, PRESENTED, PRESENTED, ASK]);
}

/// A way to pay: its request, with a time after which it must not succeed, and what its life sends first.
trait Paying: Driven<Ending = Ending<<Self as Driven>::Proof>> + Hears<NotifyPaymentRequest> {
    const PAY: &'static str;
    /// The result while the payer has not paid, where that is not a success.
    const OPEN: Option<&'static str> = None;
    const EXAMPLE: &'static str;
}

impl Paying for alipay_instore::ams_instore::entry_code_payment::Life {
    const PAY: &'static str = "pay_entry_code";
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-entry-code.request.json");
}

impl Paying for alipay_instore::ams_instore::order_code_payment::Life {
    const PAY: &'static str = ORDER;
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-order-code.request.json");
}

impl Paying for alipay_instore::ams_instore::user_presented_payment::Life {
    const PAY: &'static str = PRESENTED;
    const OPEN: Option<&'static str> = Some("PAYMENT_IN_PROCESS");
    const EXAMPLE: &'static str =
        include_str!("../../../../spec/ams-instore/examples/pay-user-presented.request.json");
}

/// A payer who does nothing, then these steps.
fn nobody_pays<F: Paying>(then: &[(&str, &str, u32)]) -> Json {
    let mut script = steps(then);
    let mut first = json!({"operation": F::PAY, "settlement": "waits", "times": 9});
    if let Some(result) = F::OPEN {
        first["result"] = json!(result);
    }
    let steps = script["steps"].as_array_mut().expect("steps");
    steps.insert(0, first);
    script
}

/// A documented request that expires after so many seconds.
fn expiring<F: Paying>(seconds: u64, gateway: &MockGateway) -> Valid<F::Request>
where
    F::Request: Validate + Clone,
{
    let mut json: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    let time = gateway.clock().now() + Duration::from_secs(seconds);
    json["paymentExpiryTime"] = json!(StampForm::DateTime.write(time).expect("a time"));
    if json["order"].is_object() && F::PAY == "pay_entry_code" {
        json["settlementStrategy"] = json!({"settlementCurrency": "USD"});
    }
    let request = decode(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// A program with a journal, and what an earlier one left in it.
fn program(gateway: &MockGateway, line: Line, journal: &Path) -> (RawClient<Line>, Vec<OpenEntry>) {
    let journal = FileJournal::open(journal).expect("a journal");
    let unfinished = journal.unfinished().expect("readable");
    let calls = RawClient::new(envelope(&gateway.url()), line);
    let calls = calls.clock(Watch(gateway.clock().clone())).journal(journal);
    (calls, unfinished)
}

/// How a life ends that is stopped before each of its requests in turn, and gone on with after so many
/// seconds. Returns the number of its requests.
fn stopped<F: Paying>(
    script: &Json,
    down: u64,
    is_right: fn(usize, &Ending<F::Proof>) -> bool,
) -> usize
where
    F::Request: Validate + Clone,
{
    let folder = tempfile::tempdir().expect("a folder");
    // Other stops are tried after other pauses.
    let stops = (0..30).filter(|number| is_tried(number + usize::try_from(down).unwrap_or(0)));
    for number in stops {
        let path = folder.path().join(number.to_string());
        let gateway = gateway(script);
        let request = expiring::<F>(60, &gateway);
        let (client, none) = program(&gateway, Line::until(number), &path);
        assert!(none.is_empty());
        let mut payment = client.begin::<F>(request.clone()).expect("it begins");
        let first = catch_unwind(AssertUnwindSafe(|| client.settle(&mut payment, drop)));
        drop((client, payment));
        gateway.clock().advance(Duration::from_secs(down));

        let (client, unfinished) = program(&gateway, Line::open(), &path);
        let [unfinished] = unfinished.as_slice() else {
            panic!("{unfinished:?}");
        };
        // The same id cannot begin a second life while the first one is open.
        let again = client.begin::<F>(request.clone());
        let refused = matches!(again, Err(BeginError::Journal(_) | BeginError::Expired));
        assert!(refused, "{again:?}");
        let resumed = Payment::<F>::resume(unfinished.entry().expect("whole"), unfinished.state());
        let mut payment = resumed.expect("a life");
        let bytes = encode::<F::Request>(&request).expect("JSON");
        assert_eq!(payment.sent().bytes(), bytes);
        let ending = client.settle(&mut payment, drop).expect("written");
        assert!(
            is_right(number, &ending),
            "{} stopped before request {number}: {ending:?}",
            F::PAY
        );
        client.close(&payment).expect("it has ended");
        drop((client, payment));
        let (_client, unfinished) = program(&gateway, Line::open(), &path);
        assert!(unfinished.is_empty());
        let exchanges = gateway.exchanges().into_iter();
        let pays = exchanges.filter(|one| one.operation.as_deref() == Some(F::PAY));
        let mut keys: Vec<_> = pays.filter_map(|one| one.key).collect();
        keys.dedup();
        assert!(keys.len() <= 1, "one payment: {keys:?}");
        if let Ok(first) = first {
            assert_eq!(
                first.expect("written"),
                ending,
                "an end is heard again until it is closed"
            );
            return number;
        }
    }
    panic!("it never ends");
}

/// Between pay and its answer, while asking, at the end; at once, and after a while.
fn a_program_that_stops_goes_on<F: Paying>()
where
    F::Request: Validate + Clone,
{
    for down in [0, 7] {
        for fault in ["fault lose-answer", "fault drop"] {
            let script = [(F::PAY, fault, 1), (ASK, fault, 2), (ASK, "processing", 2)];
            let is_right = |_, ending: &Ending<F::Proof>| is_paid(ending);
            let stops = stopped::<F>(&steps(&script), down, is_right);
            assert!(stops >= 2, "{} {stops}", F::PAY);
        }
    }
}

/// While it is cancelled, and long after its time.
fn a_program_that_stops_cancels<F: Paying>()
where
    F::Request: Validate + Clone,
{
    for down in [0, 7, 600] {
        let script = nobody_pays::<F>(&[
            (CANCEL, "fault lose-answer", 1),
            (CANCEL, "UNKNOWN_EXCEPTION", 1),
        ]);
        // What never left cannot be cancelled, and a new run does not know that it never left.
        let is_right = |number, ending: &Ending<F::Proof>| match ending {
            Ending::NotPaid(_) => true,
            other => number == 0 && !is_paid(other),
        };
        let stops = stopped::<F>(&script, down, is_right);
        assert!(stops >= 10, "{} {stops}", F::PAY);
    }
}

fn at_its_deadline_it_is_cancelled<F: Paying>()
where
    F::Request: Validate + Clone,
{
    let gateway = gateway(&nobody_pays::<F>(&[(ASK, "processing", 99)]));
    let start = gateway.clock().now();
    let client = till(&gateway);
    let mut payment = client
        .begin::<F>(expiring::<F>(12, &gateway))
        .expect("it begins");
    let ending = client.settle(&mut payment, drop).expect("written");
    assert_eq!(ending, Ending::NotPaid(NotPaid::Cancelled));
    assert_eq!(gateway.clock().now(), start + Duration::from_secs(12));
    let sent = operations(&gateway);
    assert_eq!(sent.first().map(String::as_str), Some(F::PAY));
    assert_eq!(sent.last().map(String::as_str), Some(CANCEL));
    assert_eq!(sent.iter().filter(|one| *one == CANCEL).count(), 1);
    assert!(sent.iter().any(|one| one == ASK), "{sent:?}");
}

fn a_notification_settles_it<F: Paying>()
where
    F::Request: Validate + Clone,
{
    for (status, pays) in [("S", true), ("F", false)] {
        let gateway = gateway(&nobody_pays::<F>(&[]));
        let client = till(&gateway);
        let request = expiring::<F>(60, &gateway);
        let mut payment = client.begin::<F>(request.clone()).expect("it begins");
        let mut stop = client.go_on(&mut payment).expect("written");
        if let Stop::Show(_) = stop {
            stop = client.go_on(&mut payment).expect("written");
        }
        assert!(matches!(stop, Stop::Until(_)), "{stop:?}");
        let id = payment.id().to_owned();
        let notify = |payment: &mut Payment<F>, id: &str| {
            let now = gateway.clock().now();
            let amount = encode::<F::Request>(&request).expect("JSON");
            let amount: Json = serde_json::from_slice(&amount).expect("JSON");
            let told = told(&gateway, id, status, &amount["paymentAmount"]);
            let received = client
                .envelope()
                .receive::<NotifyPaymentRequest>(&told, now);
            payment.notified(&received.expect("it is the provider's"), now)
        };
        assert_eq!(notify(&mut payment, "another"), Err(OtherPayment));
        assert!(matches!(client.go_on(&mut payment), Ok(Stop::Until(_))));
        assert_eq!(notify(&mut payment, &id), Ok(Notified::Taken));
        let ending = client.settle(&mut payment, drop).expect("written");
        let unpaid = Ending::NotPaid(NotPaid::Unpaid);
        assert!(
            if pays {
                is_paid(&ending)
            } else {
                ending == unpaid
            },
            "{ending:?}"
        );
        assert_eq!(
            operations(&gateway)
                .iter()
                .filter(|one| *one != F::PAY)
                .count(),
            0
        );
    }
}

/// A test of each life for each way to pay.
macro_rules! ways_to_pay {
    ($($way:ident: $life:ident),*) => {$(
        mod $way {
            use alipay_instore::ams_instore::$life::Life;

            #[test]
            fn goes_on_wherever_the_program_stops() {
                super::a_program_that_stops_goes_on::<Life>();
            }

            #[test]
            fn is_cancelled_wherever_the_program_stops() {
                super::a_program_that_stops_cancels::<Life>();
            }

            #[test]
            fn is_cancelled_at_its_deadline() {
                super::at_its_deadline_it_is_cancelled::<Life>();
            }

            #[test]
            fn is_settled_by_a_notification() {
                super::a_notification_settles_it::<Life>();
            }
        }
    )*};
}

ways_to_pay! {
    entry_code: entry_code_payment,
    order_code: order_code_payment,
    user_presented: user_presented_payment
}
