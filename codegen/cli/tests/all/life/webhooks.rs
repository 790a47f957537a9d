//! Notifications for which no request names an address, with a proof of `auth.notification`.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, mpsc};

use payspec_mock::{Clock, MockError, Notifier, Serving, TestCredentials, Verdict, serve};
use payspec_model::load_from;
use payspec_model::source::Memory;
use payspec_runtime::{ProofAlgorithm, TextEncoding, TimeForm};

use super::*;

/// An API whose events hold the payment that they are about.
const SPEC: &str = r#"
payspec: 2
id: demo
title: Demo
credentials: { secret_key: { kind: secret }, hook_secret: { kind: secret } }
auth:
  request: { bearer: secret_key }
  notification:
    headers: { Demo-Signature: { params: { t: "{time}", v1: "{signature}" } } }
    signature: { algorithm: hmac_sha256, key: hook_secret, content: "{time}.{body}", encoding: hex }
    time: { form: epoch_seconds, tolerance_s: 300 }
objects:
  Event: { fields: { payment: { type: Payment, required: true } } }
  Payment:
    fields:
      id: { type: string, required: true, max_length: 32 }
      order: { type: string, required: true, max_length: 32 }
      amount: { type: integer, money: /currency }
      currency: currency
      token: { type: string, max_length: 32 }
operations:
  create:
    method: POST
    path: /payments
    request:
      fields:
        order: { type: string, required: true, max_length: 32 }
        amount: { type: integer, required: true, money: /currency }
        currency: { type: currency, required: true }
        token: { type: string, required: true, max_length: 32, sensitive: secret }
    response:
      fields:
        id: { type: string, required: true, max_length: 32 }
        order: { type: string, required: true, max_length: 32 }
        state: { type: string, required: true, values: [paid, open, closed] }
    result:
      by: http_status
      references: [/id]
      cases:
        200:
          by: /state
          cases: { paid: { decide: done, as: paid }, open: { decide: waiting }, closed: { decide: ended, as: closed } }
    idempotency: { key: /order, must_repeat: [/amount], settled: [200] }
  report:
    notification: {}
    method: POST
    path: /events
    request:
      fields:
        id: { type: string, required: true, max_length: 32 }
        type: { type: string, required: true, values: [payment.paid, payment.closed, payment.opened] }
        data: { type: Event, required: true }
    result:
      by: /type
      references: [/data/payment/id]
      cases:
        payment.paid: { decide: done, as: paid }
        payment.closed: { decide: ended, as: closed }
        payment.opened: { decide: waiting }
"#;

fn loaded(spec: &str) -> payspec_model::model::Model {
    let mut memory = Memory::default();
    let path = "demo/api.yaml".to_owned();
    memory.files.insert(path, spec.as_bytes().to_vec());
    let loaded = load_from(&memory);
    loaded
        .model
        .unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn played(spec: &str, url: Option<&str>) -> Result<Gateway, MockError> {
    let setup = Setup {
        notify_url: url.map(str::to_owned),
        remote_notifications: false,
        credentials: TestCredentials::default().with("hook_secret", SECRET),
        ..Setup::unsigned()
    };
    Gateway::new(loaded(spec), setup)
}

const SECRET: &str = "whsec_canary";
const HOOK: &str = "http://127.0.0.1:9/hook?shop=1";

fn shop_gateway() -> Gateway {
    played(SPEC, Some(HOOK)).expect("a gateway")
}

/// Creates a payment with these overrides, and returns the answer.
fn create(gateway: &Gateway, order: &str, wishes: &[(&str, &str)]) -> (Value, Option<String>) {
    let body = json!({ "order": order, "amount": 1099, "currency": "EUR", "token": "tok_canary" });
    let mut request = Request::post("/payments").header("Authorization", "Bearer test-secret-key");
    for (name, value) in wishes {
        request = request.header(*name, *value);
    }
    let request = request.body(body.to_string().into_bytes());
    let exchange = gateway.answer(&request.expect("a request"), now());
    let json = serde_json::from_slice(exchange.response.body());
    (json.expect("JSON"), exchange.record.note)
}

fn place(param: &'static str) -> ProofPlace<'static> {
    ProofPlace {
        header: "Demo-Signature",
        list: Some(ProofList {
            param,
            scheme: None,
            quoted: false,
            ignore_case: false,
        }),
        prefix: "",
    }
}

/// Returns the event, if its signature and time verify with this secret.
fn event(notification: &Notification, secret: &str, at: SystemTime) -> Option<Value> {
    struct Given(Secret);
    impl Credentials for Given {
        fn credential(&self, _: &str) -> Option<CredentialValue<'_>> {
            Some(CredentialValue::Secret(&self.0))
        }
    }
    let recipe = MessageProof {
        algorithm: ProofAlgorithm::HmacSha256,
        key: "hook_secret",
        key_encoding: None,
        key_bits: None,
        content: &[Part::Time, Part::Text("."), Part::Body],
        encoding: TextEncoding::Hex,
        percent_encoded: false,
        signature: place("v1"),
        time: Some(ProofTime {
            place: place("t"),
            form: TimeForm::EpochSeconds,
            accepts: &[],
            tolerance_s: Some(300),
        }),
        nonce: None,
        key_id: None,
        credentials: &[],
        fixed: &[],
    };
    let verifier = ProofVerifier::new(recipe, &Given(secret.into())).expect("a verifier");
    let request = &notification.request;
    let message = Provable {
        method: request.method().as_str(),
        target: "/hook?shop=1",
        body: request.body(),
    };
    let verified = verifier.verify(message, request.headers(), at);
    verified
        .is_ok()
        .then(|| serde_json::from_slice(request.body()).expect("JSON"))
}

fn only(mut due: Vec<Notification>) -> Notification {
    assert_eq!(due.len(), 1, "{due:?}");
    due.remove(0)
}

fn answered(status: u16) -> Response<Vec<u8>> {
    let mut reply = Response::new(Vec::new());
    *reply.status_mut() = http::StatusCode::from_u16(status).expect("a status");
    reply
}

#[test]
fn an_event_about_the_payment_goes_to_the_configured_address() {
    let gateway = shop_gateway();
    let (paid, note) = create(&gateway, "order-1", &[]);
    assert_eq!(note, None);
    let sent = only(notifications(&gateway, now()));
    assert_eq!(sent.request.uri(), HOOK);
    assert_eq!(
        sent.request.headers()["content-type"],
        "application/json; charset=UTF-8"
    );
    assert!(!sent.request.headers().contains_key("authorization"));
    let event = event(&sent, SECRET, now()).expect("signed by the gateway");
    assert_eq!(event["type"], "payment.paid");
    let payment = &event["data"]["payment"];
    assert_eq!(
        (&payment["id"], &payment["order"]),
        (&paid["id"], &paid["order"])
    );
    assert_eq!(
        (&payment["amount"], &payment["currency"]),
        (&json!(1099), &json!("EUR"))
    );
    assert_ne!(payment["token"], "tok_canary");
    let model = loaded(SPEC);
    let (api, operation) = model.operation("report").expect("an operation");
    let checker = Checker::new(api, operation, Side::Request).expect("a body");
    let findings = checker.check(sent.request.body()).expect("JSON");
    assert!(findings.is_valid(), "{findings:?}");
    assert!(self::event(&sent, "whsec_other", now()).is_none());
    assert!(self::event(&sent, SECRET, now() + seconds(301)).is_none());
    // A failed end is another event.
    let open = [(RESULT, "waiting"), (SETTLEMENT, "fails=5")];
    create(&gateway, "order-2", &open);
    let closed = only(
        notifications(&gateway, now() + seconds(5))
            .into_iter()
            .filter(|one| one.key.as_deref() == Some("order-2"))
            .collect(),
    );
    assert_eq!(
        self::event(&closed, SECRET, now() + seconds(5)).expect("signed")["type"],
        "payment.closed"
    );
}

#[test]
fn an_event_has_an_id_of_its_own_which_its_repetition_repeats() {
    let gateway = shop_gateway();
    let (paid, _) = create(&gateway, "order-1", &[]);
    let first = only(notifications(&gateway, now()));
    let later = now() + seconds(1);
    let second = only(notifications(&gateway, later));
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(first.request.body(), second.request.body());
    let signature = |one: &Notification| one.request.headers()["demo-signature"].clone();
    assert_ne!(signature(&first), signature(&second), "it is signed anew");
    let id = |one: &Notification, at| event(one, SECRET, at).expect("signed")["id"].clone();
    assert_ne!(id(&first, now()), paid["id"]);
    gateway.acknowledge(&second, &answered(200)).expect("taken");
    gateway.report("order-1", later).expect("it has ended");
    let again = only(notifications(&gateway, later));
    assert_eq!(id(&again, later), id(&first, now()));
    gateway.acknowledge(&again, &answered(200)).expect("taken");
    create(&gateway, "order-2", &[]);
    let other = only(notifications(&gateway, later));
    assert_ne!(id(&other, later), id(&first, now()));
}

/// The id of the event is not that of the payment, even if both are fields named `id`.
#[test]
fn a_flat_event_has_an_id_of_its_own() {
    let flat = SPEC
        .replace(
            "data: { type: Event, required: true }",
            "order: { type: string, required: true, max_length: 32 }",
        )
        .replace("references: [/data/payment/id]", "references: [/order]")
        .replace(
            "      references: [/id]\n",
            "      references: [/id, /order]\n",
        );
    let start = flat.find("objects:").expect("objects");
    let end = flat.find("operations:").expect("operations");
    let flat = [&flat[..start], &flat[end..]].concat();
    let gateway = played(&flat, Some(HOOK)).expect("a gateway");
    let (paid, _) = create(&gateway, "order-1", &[]);
    let sent = only(notifications(&gateway, now()));
    let event = event(&sent, SECRET, now()).expect("signed by the gateway");
    assert_eq!(event["order"], "order-1");
    assert_ne!(event["id"], paid["id"]);
}

/// Without a documented reply, the HTTP status is all that counts.
#[test]
fn a_success_acknowledges_an_event() {
    let gateway = shop_gateway();
    create(&gateway, "order-1", &[]);
    let first = only(notifications(&gateway, now()));
    for status in [302, 400, 500, 503] {
        let why = gateway
            .acknowledge(&first, &answered(status))
            .expect_err("no success");
        assert!(why.to_string().contains(&status.to_string()), "{why}");
    }
    let second = only(notifications(&gateway, now() + seconds(1)));
    gateway.acknowledge(&second, &answered(204)).expect("taken");
    assert!(notifications(&gateway, now() + seconds(86_400)).is_empty());
}

#[test]
fn faults_of_events_break_their_proof_alone() {
    let gateway = shop_gateway();
    for (number, fault) in [
        "unsigned",
        "wrong-signature",
        "changed-body",
        "no-time",
        "twice",
    ]
    .iter()
    .enumerate()
    {
        create(
            &gateway,
            &format!("order-{number}"),
            &[(NOTIFICATION, fault)],
        );
        let sent = notifications(&gateway, now());
        let sent = sent.last().expect("a notification");
        assert!(event(sent, SECRET, now()).is_none(), "{fault}");
    }
    create(&gateway, "order-never", &[(NOTIFICATION, "never")]);
    assert!(notifications(&gateway, now()).is_empty());
    create(&gateway, "order-copies", &[(NOTIFICATION, "copies=2")]);
    let sent = notifications(&gateway, now());
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|one| event(one, SECRET, now()).is_some()));
}

#[test]
fn nothing_is_sent_that_nothing_proves_or_nobody_configured() {
    let gateway = played(SPEC, None).expect("a gateway");
    create(&gateway, "order-1", &[]);
    assert!(notifications(&gateway, now()).is_empty());
    let start = SPEC.find("credentials:").expect("credentials");
    let end = SPEC.find("objects:").expect("objects");
    let unproved = [&SPEC[..start], &SPEC[end..]].concat();
    let setup = Setup {
        notify_url: Some(HOOK.to_owned()),
        ..Setup::unsigned()
    };
    let gateway = Gateway::new(loaded(&unproved), setup).expect("a gateway");
    let (_, note) = create(&gateway, "order-1", &[]);
    let note = note.expect("a remark");
    assert!(note.contains("does not say how to prove it"), "{note}");
    assert!(notifications(&gateway, now()).is_empty());
}

#[test]
fn an_address_that_cannot_be_used_is_refused_at_start_and_not_shown() {
    for (url, part) in [
        ("https://shop.example/hook?canary", "--allow-remote-notify"),
        ("/hook?canary", "expected an address"),
        ("ftp://127.0.0.1/canary", "expected an address"),
    ] {
        let error = played(SPEC, Some(url)).expect_err(url).to_string();
        assert!(error.contains(part) && !error.contains("canary"), "{error}");
    }
}

/// The event takes shorter ids than the request, so that one payment cannot be reported.
#[test]
fn a_notification_that_cannot_be_made_holds_up_no_other_and_is_logged() {
    let spec = SPEC.replacen(
        "order: { type: string, required: true, max_length: 32 }",
        "order: { type: string, required: true, max_length: 8 }",
        1,
    );
    let gateway = played(&spec, Some(HOOK)).expect("a gateway");
    create(&gateway, "a-much-longer-order", &[]);
    let why = gateway.notifications(now()).expect_err("nothing to send");
    assert!(why.to_string().contains("not made"), "{why}");
    assert!(!why.to_string().contains("a-much-longer-order"), "{why}");
    create(&gateway, "order-1", &[]);
    let later = now() + seconds(1);
    let sent = notifications(&gateway, later);
    assert_eq!(only(sent).key.as_deref(), Some("order-1"));

    let merchant = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let hook = format!("http://{}/hook", merchant.local_addr().expect("an address"));
    let gateway = Arc::new(played(&spec, Some(&hook)).expect("a gateway"));
    create(&gateway, "a-much-longer-order", &[]);
    create(&gateway, "order-1", &[]);
    let (tell, told) = mpsc::channel();
    let serving = Serving {
        clock: Clock::standing(now()),
        notifier: Some(Notifier::new(None).expect("a notifier")),
        tell: Some(tell),
        ..Serving::default()
    };
    let socket = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let _served = serve(gateway, socket, serving).expect("a gateway");
    let record = told.recv_timeout(seconds(60)).expect("an entry");
    let note = record.note.as_deref().unwrap_or_default();
    let beginning = "notification 1 of 6, paid: not made: the spec documents no such answer";
    assert!(note.starts_with(beginning), "{note}");
    assert_eq!(record.operation.as_deref(), Some("report"));
    assert_eq!(record.key.as_deref(), Some("a-much-longer-order"));
    assert_eq!(record.verdict, Verdict::Failed);
    let (mut delivery, _) = merchant.accept().expect("the other notification");
    let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    delivery.write_all(reply).expect("it is sent");
    drop(delivery);
}
