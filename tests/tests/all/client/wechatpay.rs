//! The client that is generated for WeChat Pay, and the mock gateway, over a socket: what the SDK does in
//! `tests/interop/wechatpay/pay.py`.

use std::time::Duration;

use payspec_mock::{Clock as MockClock, Keys, MockGateway, Script, Setup, TestCredentials};
use payspec_runtime::client::life::{Ending, Stop};
use payspec_runtime::client::{
    Answered, Base, Call, CallError, Clock, Credentials, Envelope, PrivateKey, Problem, RawClient,
    SetupError, SigningKey, Unsigned, Ureq, VerifyingKey, VerifyingKeys,
};
use payspec_runtime::{Message, Valid, Validate, decode};
use serde_json::{Value, json};

use super::support::FakeClock;
use crate::providers::generated::wechatpay::wechatpay;
use wechatpay::RECIPE;
use wechatpay::client::{Client as Generated, Credentials as Own};
use wechatpay::close_order::{CloseOrderOutcome, CloseOrderRequest};
use wechatpay::create_refund::{CreateRefundOutcome, CreateRefundRequest};
use wechatpay::native_order::{NativeOrderOutcome, NativeOrderRequest};
use wechatpay::order_life::Payment;
use wechatpay::query_order::{QueryOrderOutcome, QueryOrderRequest};
use wechatpay::query_refund::{QueryRefundOutcome, QueryRefundRequest};

const MCHID: &str = "1900000001";

type Client = RawClient<Ureq, Unsigned, Unsigned>;

/// A gateway that gives these results to the requests, in their order, and a clock that stands.
fn gateway(steps: &Value) -> MockGateway {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/providers/wechatpay");
    let model = payspec_model::load(std::path::Path::new(spec)).model;
    let keys = Keys::make().expect("keys");
    let setup = Setup {
        credentials: TestCredentials::default().with("mchid", MCHID),
        ..Setup::with(&keys)
    };
    let clock = MockClock::standing(FakeClock::new().time());
    let gateway = MockGateway::start_with(model.expect("a model"), setup, keys, clock);
    let gateway = gateway.expect("a gateway");
    let script = Script::from_json(&json!({ "steps": steps }).to_string());
    gateway.script(script.expect("a script")).expect("it fits");
    gateway
}

fn envelope(
    gateway: &MockGateway,
    credentials: &impl Credentials,
) -> Result<Envelope<Unsigned, Unsigned>, SetupError> {
    let base: Base = gateway.url().parse().expect("a base");
    Envelope::with_credentials(&RECIPE, base, credentials)
}

fn client(gateway: &MockGateway, credentials: &impl Credentials) -> Client {
    let envelope = envelope(gateway, credentials).expect("they fit");
    RawClient::new(envelope, Ureq::default())
        .clock(FakeClock::new())
        .seed(7)
}

/// The credentials of a merchant, with an id of its key and an id of the provider's.
fn merchant(gateway: &MockGateway, own: &str, providers: &str) -> Own {
    let keys = gateway.keys();
    let provider = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    Own {
        mchid: MCHID.to_owned(),
        merchant_key: PrivateKey::from_text(own, &keys.client.private).expect("a key"),
        wechatpay_keys: VerifyingKeys::new(providers, provider),
        apiv3_key: None,
    }
}

fn valid<T: Message + Validate>(json: &Value) -> Valid<T> {
    let request = decode::<T>(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn order(number: &str) -> Valid<NativeOrderRequest> {
    valid(&json!({
        "appid": "wx1234567890abcdef", "mchid": MCHID, "description": "Coffee", "out_trade_no": number,
        "notify_url": "https://shop.example.com/notify", "amount": { "total": 1099, "currency": "CNY" },
    }))
}

fn called<R: Call>(client: &Client, request: Valid<R>) -> Answered<R> {
    let answered = client.call(request);
    answered.unwrap_or_else(|error| panic!("{error}"))
}

fn state(client: &Client, number: &str) -> QueryOrderOutcome {
    let request = json!({ "out_trade_no": number, "mchid": MCHID });
    called::<QueryOrderRequest>(client, valid(&request)).outcome
}

#[test]
fn an_order_is_paid_and_refunded() {
    let gateway = gateway(&json!([
        { "operation": "native_order", "result": "ordered", "settlement": "succeeds=60" },
        { "operation": "create_refund", "result": "under_way", "settlement": "succeeds=60" },
    ]));
    let client = client(&gateway, gateway.credentials());
    let ordered = called(&client, order("order-000001"));
    assert!(matches!(ordered.outcome, NativeOrderOutcome::Ordered));
    let unpaid = state(&client, "order-000001");
    assert!(matches!(unpaid, QueryOrderOutcome::UnpaidYet));
    gateway.clock().advance(Duration::from_secs(61));
    let paid = state(&client, "order-000001");
    assert!(matches!(paid, QueryOrderOutcome::Paid));

    let refund = json!({
        "out_trade_no": "order-000001", "out_refund_no": "refund-000001",
        "amount": { "refund": 500, "total": 1099, "currency": "CNY" },
    });
    let refund = called::<CreateRefundRequest>(&client, valid(&refund));
    assert!(matches!(refund.outcome, CreateRefundOutcome::UnderWay));
    gateway.clock().advance(Duration::from_secs(61));
    let query = json!({ "out_refund_no": "refund-000001" });
    let refunded = called::<QueryRefundRequest>(&client, valid(&query));
    assert!(matches!(refunded.outcome, QueryRefundOutcome::Refunded));
}

#[test]
fn an_answer_without_a_body_is_proved() {
    let gateway = gateway(&json!([{ "result": "ordered", "settlement": "waits" }]));
    let client = client(&gateway, gateway.credentials());
    called(&client, order("order-000001"));
    let close = json!({ "out_trade_no": "order-000001", "mchid": MCHID });
    let closed = called::<CloseOrderRequest>(&client, valid(&close));
    assert!(matches!(closed.outcome, CloseOrderOutcome::Closed));
}

#[test]
fn the_documented_refusal_is_proved() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway, gateway.credentials());
    let unknown = state(&client, "order-unknown");
    assert!(
        matches!(unknown, QueryOrderOutcome::NotFound(_)),
        "{unknown:?}"
    );
}

/// An answer that is not proved leaves the order in doubt, whether it says yes or no.
#[test]
fn an_answer_that_is_not_proved_decides_nothing() {
    for result in ["ordered", "PARAM_ERROR"] {
        for fault in [
            "unsigned",
            "wrong-signature",
            "changed-body",
            "no-time",
            "twice",
        ] {
            let step = json!({ "operation": "native_order", "result": result, "fault": fault });
            let gateway = gateway(&Value::from(vec![step; 20]));
            let client = client(&gateway, gateway.credentials());
            let Err(CallError::InDoubt(doubt)) = client.call(order("order-000001")) else {
                panic!("{result} {fault}: a decision");
            };
            let Problem::Answer(error) = doubt.problem() else {
                panic!("{result} {fault}: {doubt:?}");
            };
            assert!(!error.is_verified(), "{result} {fault}");
        }
    }
}

#[test]
fn an_unknown_key_of_the_provider_proves_nothing() {
    let gateway = gateway(&json!([]));
    let client = client(&gateway, &merchant(&gateway, "1", "2"));
    let Err(CallError::InDoubt(doubt)) = client.call(order("order-000001")) else {
        panic!("a decision");
    };
    let Problem::Answer(error) = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(error.to_string().contains('1'), "{error}");
    assert_eq!(gateway.exchanges()[0].http_status, 200);
}

/// The gateway refuses a request whose signature, serial number or merchant is another, and tells which.
#[test]
fn a_wrong_signature_is_refused() {
    let gateway = gateway(&json!([]));
    let right = || merchant(&gateway, "1", "1");
    let other = Keys::make().expect("keys");
    let wrong_key = Own {
        merchant_key: PrivateKey::from_text("1", &other.client.private).expect("a key"),
        ..right()
    };
    let wrong_merchant = Own {
        mchid: "1900000002".to_owned(),
        ..right()
    };
    for (credentials, told) in [
        (wrong_key, "the signature does not match"),
        (merchant(&gateway, "2", "1"), "key version `2`"),
        (wrong_merchant, "`mchid`"),
    ] {
        let client = client(&gateway, &credentials);
        let refused = client.call(order("order-000001"));
        assert!(matches!(refused, Err(CallError::InDoubt(_))), "{told}");
        let exchange = &gateway.exchanges()[0];
        assert_eq!(exchange.http_status, 401, "{told}");
        let note = exchange.note.as_deref().unwrap_or_default();
        assert!(note.contains(told), "{note}");
    }
    let client = client(&gateway, &right());
    called(&client, order("order-000001"));
}

#[test]
fn a_key_of_another_size_is_refused_before_anything_is_sent() {
    let gateway = gateway(&json!([]));
    let pem = include_str!("rsa-3072.pem");
    let credentials = Own {
        merchant_key: PrivateKey::new("1", SigningKey::from_text(pem).expect("a key")),
        ..merchant(&gateway, "1", "1")
    };
    let error = envelope(&gateway, &credentials).expect_err("it does not fit");
    let told = error.to_string();
    assert!(told.contains("3072") && told.contains("2048"), "{told}");
    let shown = format!("{credentials:?}");
    assert!(
        shown.contains("[secret]") && !shown.contains("BEGIN"),
        "{shown}"
    );
}

/// No answer has the number of the merchant, so that each query takes it from the first request, also after a restart.
#[test]
fn a_flow_queries_with_the_number_of_the_first_request() {
    for is_restarted in [false, true] {
        let gateway = gateway(&json!([
            { "operation": "native_order", "result": "ordered", "settlement": "succeeds=60" },
        ]));
        let clock = FakeClock::new();
        let client = client(&gateway, gateway.credentials()).clock(clock.clone());
        let client = Generated::from(client);
        let begun = client.order_life(order("order-000001"));
        let mut payment = begun.expect("it begins");
        let ending = loop {
            match client.go_on(&mut payment).expect("it goes on") {
                Stop::Until(time) => {
                    Clock::sleep(&clock, time.duration_since(clock.time()).expect("later"));
                    gateway.clock().advance(Duration::from_secs(30));
                }
                Stop::Ended(ending) => break ending,
                Stop::Show(shown) => panic!("{shown:?}"),
            }
            if is_restarted {
                let line = payment.save();
                // A journal from before the flow carried the number.
                let (old, carried) = line.split_once(" | ").expect("values");
                assert!(carried.contains(MCHID), "{line}");
                payment = Payment::resume(payment.entry(), old).expect("it is read");
            }
        };
        let Ending::Paid(proved) = ending else {
            panic!("{ending}");
        };
        assert_eq!(proved.said(), "query_order.paid");
        assert!(proved.proof().transaction_id.is_some());
        let asked = gateway.exchanges();
        let queries = asked
            .iter()
            .filter(|one| one.operation.as_deref() == Some("query_order"));
        assert!(queries.count() >= 2, "{asked:?}");
    }
}

/// A saved number that is not that of the request comes from a journal that somebody changed.
#[test]
fn a_journal_with_another_number_is_refused() {
    let gateway = gateway(&json!([]));
    let client = Generated::from(client(&gateway, gateway.credentials()));
    let payment = client.order_life(order("order-000001")).expect("it begins");
    let line = payment.save();
    let other = line.replace(MCHID, "1900000002");
    assert_ne!(line, other);
    Payment::resume(payment.entry(), &line).expect("it is read");
    Payment::resume(payment.entry(), &other).expect_err("another merchant");
}
