//! The core of the mock gateway: requests and answers, by the spec alone.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Request, Response};
use payspec_mock::{
    Delivery, Exchange, FAULT, Gateway, KeyPair, Keys, RESULT, Script, Setup, Step, VIOLATIONS,
};
use payspec_model::check::Checker;
use payspec_model::model::{Api, Caller, Header, Model, Operation, Side};
use payspec_model::{load, sample};
use payspec_runtime::StatusClass;
use payspec_runtime::client::*;
use serde_json::{Value, json};

use super::support::root;

/// The signing rules of the API's pages, written independently of the spec.
pub(crate) const RECIPE: Recipe = Recipe {
    environments: &[
        Environment {
            name: "production",
            prefix: "/ams/api",
            client_id_prefix: None,
        },
        Environment {
            name: "sandbox",
            prefix: "/ams/sandbox/api",
            client_id_prefix: Some("SANDBOX_"),
        },
    ],
    client_id: "Client-Id",
    request_time: Stamp {
        name: "Request-Time",
        form: StampForm::EpochMillis,
    },
    response_time: Stamp {
        name: "Response-Time",
        form: StampForm::DateTime,
    },
    content_type: "application/json; charset=UTF-8",
    algorithm: "RSA256",
    request: CONTENT,
    response: CONTENT,
    signature: "Signature",
    keys: SignatureKeys {
        algorithm: "algorithm",
        key_version: "keyVersion",
        signature: "signature",
    },
    headers: &[],
};

pub(crate) const CONTENT: &[Part<'static>] = &[
    Part::Method,
    Part::Text(" "),
    Part::Uri,
    Part::Text("\n"),
    Part::ClientId,
    Part::Text("."),
    Part::Time,
    Part::Text("."),
    Part::Body,
];

/// Returns the endpoint of an operation as generated code has it.
pub(crate) const fn endpoint(path: &'static str) -> Endpoint {
    Endpoint {
        name: "endpoint",
        method: "POST",
        path,
        status: &["result", "resultStatus"],
        code: &["result", "resultCode"],
        statuses: &[
            ("S", StatusClass::Succeeded),
            ("F", StatusClass::Failed),
            ("U", StatusClass::Pending),
        ],
    }
}

pub(crate) const PAY: Endpoint = endpoint("/v1/payments/pay");
pub(crate) const INQUIRE: Endpoint = endpoint("/v1/payments/inquiryPayment");
pub(crate) const CANCEL: Endpoint = endpoint("/v1/payments/cancel");

pub(crate) const CLIENT: &str = "SANDBOX_5X00000000000000";

/// Returns the keys of the test fixture.
pub(crate) fn keys() -> Keys {
    let text = include_str!("../../../../runtime/tests/fixtures/signing.json");
    let fixture: Value = serde_json::from_str(text).expect("the fixture is JSON");
    let key = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    let client = KeyPair {
        private: key("private_pkcs8_pem"),
        public: key("public_spki_pem"),
    };
    // Two pairs would not test more: no message is both a request and an answer.
    Keys {
        gateway: client.clone(),
        client,
    }
}

pub(crate) fn model() -> Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let load = || load(&root().join("spec")).model;
    let model = MODEL.get_or_init(|| load().expect("the spec has no errors"));
    model.clone()
}

pub(crate) fn envelope(base: &str, keys: &Keys) -> Envelope {
    let signer = SigningKey::from_text(&keys.client.private).expect("a key");
    let verifier = VerifyingKey::from_text(&keys.gateway.public).expect("a key");
    let base = base.parse().expect("an address");
    Envelope::new(&RECIPE, base, CLIENT, signer, verifier).expect("an envelope")
}

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

pub(crate) fn gateway(setup: impl FnOnce(&mut Setup)) -> Gateway {
    let mut own = Setup::with(&keys());
    setup(&mut own);
    Gateway::new(model(), own).expect("the spec can be played")
}

pub(crate) fn pay_request(id: &str, amount: &str) -> Value {
    let text = include_str!("../../../../spec/ams-instore/examples/pay-entry-code.request.json");
    let mut request: Value = serde_json::from_str(text).expect("the example is JSON");
    request["paymentRequestId"] = id.into();
    request["paymentAmount"]["value"] = amount.into();
    request
}

pub(crate) fn signed(endpoint: &Endpoint, body: &Value) -> Request<Vec<u8>> {
    let envelope = envelope("https://open.example", &keys());
    let body = body.to_string().into_bytes();
    envelope.sign(endpoint, body, now()).expect("a request")
}

pub(crate) fn ask(gateway: &Gateway, endpoint: &Endpoint, body: &Value) -> Exchange {
    gateway.answer(&signed(endpoint, body), now())
}

fn asked_for(
    gateway: &Gateway,
    body: &Value,
    header: &'static str,
    value: &str,
) -> (Exchange, Response<Vec<u8>>) {
    let mut request = signed(&PAY, body);
    let value = value.parse().expect("a value");
    request.headers_mut().insert(header, value);
    let exchange = gateway.answer(&request, now());
    let response = exchange.response.clone();
    (exchange, response)
}

/// Returns the verified body of an answer.
pub(crate) fn opened(endpoint: &Endpoint, exchange: &Exchange) -> Value {
    let envelope = envelope("https://open.example", &keys());
    let answer = envelope
        .verify(endpoint, &exchange.response, now())
        .unwrap_or_else(|error| panic!("{error}: {:?}", exchange.record));
    serde_json::from_slice(answer.body()).expect("the answer is JSON")
}

pub(crate) fn code(endpoint: &Endpoint, exchange: &Exchange) -> String {
    let answer = opened(endpoint, exchange);
    answer["result"]["resultCode"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Returns the reason why an answer is not accepted.
fn why(response: &Response<Vec<u8>>) -> AnswerErrorKind {
    let envelope = envelope("https://open.example", &keys());
    let error = envelope
        .verify(&PAY, response, now())
        .expect_err("an error");
    error.kind().clone()
}

fn called(model: &Model) -> impl Iterator<Item = (&Api, &Operation)> {
    model.apis.iter().flat_map(|api| {
        let operations = api.operations.iter();
        let called = operations.filter(|operation| operation.caller == Caller::Merchant);
        called.map(move |operation| (api, operation))
    })
}

/// Returns a documented request, or one that has every field.
fn request_of(api: &Api, operation: &Operation) -> String {
    let mut examples = operation.examples.iter();
    let example = examples.find(|example| example.side == Side::Request);
    match example {
        Some(example) => example.json.clone(),
        None => sample::full(api, &operation.request).to_string(),
    }
}

fn assert_valid(api: &Api, operation: &Operation, exchange: &Exchange) {
    let Some(checker) = Checker::new(api, operation, Side::Response) else {
        return;
    };
    let body = exchange.response.body();
    let findings = checker.check(body).expect("the answer is JSON");
    let found: Vec<String> = findings
        .iter()
        .map(|one| one.violation.to_string())
        .collect();
    assert!(
        findings.is_valid(),
        "{}: {found:?}: {}",
        operation.id,
        String::from_utf8_lossy(body)
    );
}

fn request(api: &Api, operation: &Operation, prefix: usize, body: String) -> Request<Vec<u8>> {
    let prefix = api.path_prefixes.get(prefix);
    let client = match prefix.and_then(|prefix| prefix.client_id_prefix.as_deref()) {
        Some(beginning) => format!("{beginning}1"),
        None => "merchant-1".to_owned(),
    };
    let prefix = prefix.map_or("", |prefix| prefix.prefix.as_str());
    let uri = format!("{prefix}{}", operation.path);
    let signed = Signed {
        method: operation.method.as_str(),
        uri: &uri,
        client_id: &client,
        time: "1700000000000",
        body: body.as_bytes(),
    };
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    let header = SignatureHeader {
        algorithm: "RSA256",
        key_version: None,
        signature: key.sign(&signed.content(CONTENT)).expect("a signature"),
    };
    Request::builder()
        .method(signed.method)
        .uri(&uri)
        .header("client-id", &client)
        .header("request-time", signed.time)
        .header("signature", header.to_text(&RECIPE.keys))
        .body(body.clone().into_bytes())
        .expect("a request")
}

#[test]
fn every_operation_is_served_in_every_environment() {
    let model = model();
    let mut served = 0;
    for (api, operation) in called(&model) {
        for prefix in 0..api.path_prefixes.len().max(1) {
            // A fresh gateway, because another test checks answers that depend on earlier requests.
            let gateway = gateway(|_| {});
            let request = request(api, operation, prefix, request_of(api, operation));
            let exchange = gateway.answer(&request, now());
            assert_eq!(exchange.record.operation.as_ref(), Some(&operation.id));
            assert_eq!(exchange.response.status(), 200, "{:?}", exchange.record);
            assert_valid(api, operation, &exchange);
            served += 1;
        }
    }
    assert!(served > 20, "{served}");
}

#[test]
fn every_documented_result_can_be_had() {
    let model = model();
    let mut had = 0;
    for (api, operation) in called(&model) {
        let result = operation.result.as_ref();
        let codes = result.iter().flat_map(|result| &result.codes);
        let codes = codes.map(|code| code.name.as_str());
        let outcomes = operation.outcomes();
        let examples = operation.examples.iter();
        let examples = examples.filter(|example| example.side == Side::Response);
        let words = codes
            .chain(outcomes.iter().map(|outcome| outcome.name))
            .chain(examples.map(|example| example.name.as_str()));
        for word in words {
            let gateway = gateway(|_| {});
            let mut request = request(api, operation, 0, request_of(api, operation));
            let value = word.parse().expect("a value");
            request.headers_mut().insert(RESULT, value);
            let exchange = gateway.answer(&request, now());
            assert_eq!(
                exchange.response.status(),
                200,
                "{word}: {:?}",
                exchange.record
            );
            assert_valid(api, operation, &exchange);
            let names_code = result
                .iter()
                .flat_map(|result| &result.codes)
                .any(|code| code.name == word);
            if names_code {
                assert_eq!(
                    exchange.record.code.as_deref(),
                    Some(word),
                    "{}",
                    operation.id
                );
            }
            if outcomes.iter().any(|outcome| outcome.name == word) && !names_code {
                let checker = Checker::new(api, operation, Side::Response).expect("a body");
                let node = payspec_runtime::json::Node::from_slice(exchange.response.body());
                let node = node.expect("the answer is JSON");
                let verdict = checker
                    .judge(&node, &checker.check_node(&node))
                    .expect("a verdict");
                assert_eq!(verdict.outcome(), word, "{}", operation.id);
            }
            had += 1;
        }
    }
    assert!(had > 200, "{had}");
}

#[test]
fn what_the_request_says_is_filled_in() {
    let gateway = gateway(|_| {});
    let first = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-1", "777")));
    assert_eq!(first["paymentRequestId"], "pay-1");
    let second = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-2", "888")));
    assert_ne!(
        first["paymentId"], second["paymentId"],
        "each has an id of its own"
    );
    // An inquiry about the payment returns what was said of it before.
    let by_id = json!({ "paymentId": first["paymentId"] });
    let told = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &by_id));
    assert_eq!(told["paymentRequestId"], "pay-1");
    assert_eq!(told["paymentAmount"]["value"], "777");
}

#[test]
fn one_body_decides_between_operations_at_one_path() {
    let gateway = gateway(|_| {});
    for (file, operation) in [
        (
            include_str!("../../../../spec/ams-instore/examples/pay-order-code.request.json"),
            "pay_order_code",
        ),
        (
            include_str!("../../../../spec/ams-instore/examples/pay-user-presented.request.json"),
            "pay_user_presented",
        ),
        (
            include_str!("../../../../spec/ams-instore/examples/pay-entry-code.request.json"),
            "pay_entry_code",
        ),
    ] {
        let body = serde_json::from_str(file).expect("the example is JSON");
        let exchange = ask(&gateway, &PAY, &body);
        assert_eq!(exchange.record.operation.as_deref(), Some(operation));
    }
}

#[test]
fn a_body_that_breaks_a_rule_is_refused_and_leaves_no_trace() {
    let gateway = gateway(|_| {});
    let long = "x".repeat(65);
    let exchange = ask(&gateway, &PAY, &pay_request(&long, "100"));
    assert_eq!(code(&PAY, &exchange), "PARAM_ILLEGAL");
    let violations = exchange
        .response
        .headers()
        .get(VIOLATIONS)
        .expect("violations");
    let violations: Value = serde_json::from_slice(violations.as_bytes()).expect("JSON");
    assert_eq!(violations[0]["path"], "/paymentRequestId");
    assert_eq!(violations[0]["rule"], "max_length");
    // A corrected request with the same id is a new request.
    let mut broken = pay_request("pay-1", "100");
    broken["order"] = Value::Null;
    assert_eq!(code(&PAY, &ask(&gateway, &PAY, &broken)), "PARAM_ILLEGAL");
    let mended = ask(&gateway, &PAY, &pay_request("pay-1", "200"));
    assert_eq!(code(&PAY, &mended), "SUCCESS");
}

#[test]
fn refusals_have_their_documented_codes() {
    let gateway = gateway(|setup| setup.client_ids = vec![CLIENT.to_owned()]);
    let good = || signed(&PAY, &pay_request("pay-1", "100"));
    type Edit = fn(&mut Request<Vec<u8>>);
    let cases: &[(&str, bool, Edit)] = &[
        ("METHOD_NOT_SUPPORTED", true, |request| {
            *request.method_mut() = http::Method::PUT
        }),
        ("NO_INTERFACE_DEF", true, |request| {
            *request.uri_mut() = http::Uri::from_static("/ams/sandbox/api/v2/payments/pay");
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "accept", "image/png")
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "content-type", "text/plain")
        }),
        ("MEDIA_TYPE_NOT_ACCEPTABLE", true, |request| {
            set(request, "content-type", "application/json; charset=GBK");
        }),
        ("CLIENT_INVALID", true, |request| {
            set(request, "client-id", "SANDBOX_other")
        }),
        ("CLIENT_INVALID", false, |request| {
            request.headers_mut().remove("client-id");
        }),
        // A sandbox id on the production path.
        ("CLIENT_INVALID", true, |request| {
            *request.uri_mut() = http::Uri::from_static("/ams/api/v1/payments/pay");
        }),
        ("INVALID_SIGNATURE", false, |request| {
            request.body_mut().push(b' ')
        }),
        ("INVALID_SIGNATURE", false, |request| {
            request.headers_mut().remove("signature");
        }),
        ("INVALID_SIGNATURE", false, |request| {
            set(request, "request-time", "1700000000001")
        }),
        ("KEY_NOT_FOUND", false, |request| {
            let header = request.headers()["signature"].to_str().unwrap_or_default();
            let header = header.replace("keyVersion=1", "keyVersion=7");
            set(request, "signature", &header);
        }),
        ("PARAM_ILLEGAL", true, |request| {
            request.headers_mut().remove("request-time");
        }),
        ("PARAM_ILLEGAL", true, |request| {
            set(request, "request-time", "yesterday")
        }),
        ("PARAM_ILLEGAL", true, |request| {
            set(request, "agent-token", &"x".repeat(129))
        }),
    ];
    for (number, (code, is_signed, edit)) in cases.iter().enumerate() {
        let mut request = good();
        edit(&mut request);
        let exchange = gateway.answer(&request, now());
        let record = &exchange.record;
        assert_eq!(
            record.code.as_deref(),
            Some(*code),
            "case {number}: {record:?}"
        );
        assert_eq!(exchange.response.status(), 200);
        assert!(record.note.is_some());
        let headers = exchange.response.headers();
        assert_eq!(
            headers.contains_key("signature"),
            *is_signed,
            "case {number}"
        );
    }
    assert_eq!(code(&PAY, &gateway.answer(&good(), now())), "SUCCESS");
}

fn set(request: &mut Request<Vec<u8>>, name: &'static str, value: &str) {
    let value = value.parse().expect("a value");
    request.headers_mut().insert(name, value);
}

#[test]
fn headers_obey_their_rules() {
    let refused = |name: &str, value: &'static str, rules: fn(&mut Header)| {
        let mut model = model();
        let mut headers = model.apis[0].request_headers.iter_mut();
        rules(
            headers
                .find(|header| header.name == name)
                .expect("it is described"),
        );
        let gateway = Gateway::new(model, Setup::with(&keys())).expect("the spec can be played");
        let mut request = signed(&PAY, &pay_request("pay-1", "100"));
        set(&mut request, "agent-token", value);
        let exchange = gateway.answer(&request, now());
        (code(&PAY, &exchange), exchange.record.note.clone())
    };
    let pattern = |header: &mut Header| header.pattern = Some("[0-9a-f]{4}".to_owned());
    let (code, _) = refused("Agent-Token", "12ab", pattern);
    assert_eq!(code, "SUCCESS");
    for wrong in ["12ab5", "12AB", ""] {
        let (code, why) = refused("Agent-Token", wrong, pattern);
        assert_eq!(code, "PARAM_ILLEGAL", "{wrong:?}");
        let why = why.unwrap_or_default();
        assert!(why.contains("`Agent-Token` is wrong: expected"), "{why}");
    }
    let (code, _) = refused("Client-Id", "12ab", |header| header.max_length = Some(8));
    assert_eq!(code, "PARAM_ILLEGAL");
}

#[test]
fn the_bytes_are_verified_not_what_they_mean() {
    let gateway = gateway(|_| {});
    let compact = pay_request("pay-1", "100").to_string();
    let spaced = compact
        .replace("\":", "\" : \n\t")
        .replace("\"pay-1\"", "\"\\u0070ay-1\"");
    assert_ne!(compact, spaced);
    let envelope = envelope("https://open.example", &keys());
    for body in [compact, spaced] {
        let request = envelope
            .sign(&PAY, body.into_bytes(), now())
            .expect("a request");
        let exchange = gateway.answer(&request, now());
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        assert_eq!(exchange.record.key.as_deref(), Some("pay-1"));
    }
}

#[test]
fn the_same_request_gets_the_same_answer() {
    let gateway = gateway(|_| {});
    let first = ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let later = now() + Duration::from_secs(60);
    let request = signed(&PAY, &pay_request("pay-1", "100"));
    let again = gateway.answer(&request, later);
    assert_eq!(first.response.body(), again.response.body());
    assert!(again.record.replayed && !first.record.replayed);
    assert_ne!(
        first.response.headers()["response-time"],
        again.response.headers()["response-time"],
        "each answer is signed at its own time"
    );
    // Fields that need not be repeated may differ; the others may not.
    let mut other = pay_request("pay-1", "100");
    other["order"]["orderDescription"] = "something else".into();
    assert!(ask(&gateway, &PAY, &other).record.replayed);
    let conflict = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &conflict), "REPEAT_REQ_INCONSISTENT");
    let mut currency = pay_request("pay-1", "100");
    currency["paymentAmount"]["currency"] = "EUR".into();
    assert_eq!(
        code(&PAY, &ask(&gateway, &PAY, &currency)),
        "REPEAT_REQ_INCONSISTENT"
    );
    // A conflict does not change the stored answer.
    assert!(
        ask(&gateway, &PAY, &pay_request("pay-1", "100"))
            .record
            .replayed
    );
}

#[test]
fn an_unknown_outcome_is_not_settled_and_a_failure_is() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    let (unknown, _) = asked_for(&gateway, &body, RESULT, "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &unknown), "UNKNOWN_EXCEPTION");
    let conflict = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &conflict), "REPEAT_REQ_INCONSISTENT");
    let (failed, _) = asked_for(&gateway, &body, RESULT, "RISK_REJECT");
    assert_eq!(code(&PAY, &failed), "RISK_REJECT");
    let again = ask(&gateway, &PAY, &body);
    assert_eq!(code(&PAY, &again), "RISK_REJECT");
    assert!(again.record.replayed);
}

#[test]
fn a_lost_answer_was_given() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    let (lost, _) = asked_for(&gateway, &body, FAULT, "lose-answer");
    assert_eq!(lost.delivery, Delivery::Lost);
    let again = ask(&gateway, &PAY, &body);
    assert!(again.record.replayed, "the payment exists");
    // A dropped request leaves no trace.
    let (dropped, _) = asked_for(&gateway, &pay_request("pay-2", "100"), FAULT, "drop");
    assert_eq!(dropped.delivery, Delivery::Lost);
    assert!(
        !ask(&gateway, &PAY, &pay_request("pay-2", "100"))
            .record
            .replayed
    );
}

#[test]
fn a_client_meets_every_way_in_which_an_answer_can_be_wrong() {
    let gateway = gateway(|_| {});
    let unverified = AnswerErrorKind::Unverified;
    let body = pay_request("pay-1", "100");
    for (fault, kind) in [
        ("unsigned", unverified(Unverified::Unsigned)),
        ("wrong-signature", unverified(Unverified::WrongSignature)),
        ("changed-body", unverified(Unverified::WrongSignature)),
        ("no-time", unverified(Unverified::Missing("Response-Time"))),
        ("twice", unverified(Unverified::Twice("Signature"))),
        ("http-status=503", AnswerErrorKind::HttpStatus),
        ("not-json", AnswerErrorKind::NotJson),
        ("no-result", AnswerErrorKind::NoResult),
        ("unknown-status", AnswerErrorKind::UnknownStatus),
    ] {
        let (_, response) = asked_for(&gateway, &body, FAULT, fault);
        assert_eq!(why(&response), kind, "{fault}");
    }
    let (truncated, _) = asked_for(&gateway, &body, FAULT, "truncate, delay=20");
    assert_eq!(truncated.delivery, Delivery::Truncated);
    assert_eq!(truncated.delay, Duration::from_millis(20));
    // An unknown fault or result gets an answer that the provider would not give.
    let (_, unknown) = asked_for(&gateway, &body, FAULT, "explode");
    assert_eq!(unknown.status(), 400);
    let (_, unknown) = asked_for(&gateway, &pay_request("pay-9", "1"), RESULT, "NO_SUCH_CODE");
    assert_eq!(unknown.status(), 400);
    assert!(!unknown.headers().contains_key("signature"));
}

#[test]
fn a_script_tells_what_happens_next() {
    let script = Script::from_json(
        r#"{"steps": [
            {"operation": "pay_entry_code", "result": "UNKNOWN_EXCEPTION", "times": 2},
            {"operation": "inquiry_payment", "result": "processing"},
            {"fault": "lose-answer", "key": "pay-2"}
        ], "amounts": {"9901": "RISK_REJECT"}}"#,
    );
    let gateway = gateway(|setup| setup.script = script.expect("a script"));
    let pay = |id: &str, amount: &str| ask(&gateway, &PAY, &pay_request(id, amount));
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "UNKNOWN_EXCEPTION");
    assert_eq!(code(&PAY, &pay("pay-1", "100")), "SUCCESS");
    assert_eq!(pay("pay-2", "100").delivery, Delivery::Lost);
    assert_eq!(code(&PAY, &pay("pay-3", "9901")), "RISK_REJECT");
    let question = json!({ "paymentRequestId": "pay-1" });
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(answer["paymentStatus"], "PROCESSING");
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(answer["paymentStatus"], "SUCCESS");
}

#[test]
fn a_script_that_asks_for_nothing_known_is_refused() {
    for (script, part) in [
        (r#"{"steps": [{"result": 1}]}"#, "line 1"),
        (r#"{"steps": [{"operation": "pay_entry_cod"}]}"#, "step 1"),
        (r#"{"steps": [{}, {"fault": "explode"}]}"#, "step 2"),
        (
            r#"{"steps": [{"operation": "cancel", "result": "RISK_REJECT"}]}"#,
            "RISK_REJECT",
        ),
        (r#"{"amounts": {"1": "NOTHING"}}"#, "amount 1"),
        (r#"{"step": []}"#, "unknown field"),
    ] {
        let error = Script::from_json(script).and_then(|script| {
            let mut setup = Setup::with(&keys());
            setup.script = script;
            Gateway::new(model(), setup).map(|_| ())
        });
        let error = error.expect_err(script).to_string();
        assert!(error.contains(part), "{script}: {error}");
    }
}

#[test]
fn what_happened_to_a_payment_is_told_from_then_on() {
    let gateway = gateway(|_| {});
    let question = json!({ "paymentRequestId": "pay-1" });
    let unknown = ask(&gateway, &INQUIRE, &question);
    assert_eq!(code(&INQUIRE, &unknown), "ORDER_NOT_EXIST");
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let cancelled = ask(&gateway, &CANCEL, &question);
    assert_eq!(code(&CANCEL, &cancelled), "SUCCESS");
    let told = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(told["paymentStatus"], "CANCELLED");
    // An id without a settled answer is used up, too.
    let script = Script {
        steps: vec![Step {
            operation: Some("pay_entry_code".to_owned()),
            key: None,
            result: Some("UNKNOWN_EXCEPTION".to_owned()),
            fault: None,
            settlement: None,
            notification: None,
            times: 1,
        }],
        ..Script::default()
    };
    gateway.script(script).expect("a script");
    ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    ask(&gateway, &CANCEL, &json!({ "paymentRequestId": "pay-2" }));
    let late = ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    assert_eq!(code(&PAY, &late), "ORDER_IS_CANCELED");
}

#[test]
fn clients_do_not_see_each_other() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    ask(&gateway, &PAY, &body);
    let (api, operation) = gateway
        .model()
        .operation("pay_entry_code")
        .expect("an operation");
    let other = request(api, operation, 1, body.to_string());
    let exchange = gateway.answer(&other, now());
    assert_eq!(exchange.record.client_id.as_deref(), Some("SANDBOX_1"));
    assert!(!exchange.record.replayed);
}

#[test]
fn a_seed_decides_about_ids() {
    let id = |seed: u64| {
        let gateway = gateway(|setup| setup.seed = seed);
        let answer = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-1", "100")));
        answer["paymentId"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(id(1), id(1));
    assert_ne!(id(1), id(2));
}

#[test]
fn a_record_shows_nothing_sensitive() {
    let gateway = gateway(|_| {});
    let mut body = pay_request("pay-1", "100");
    body["order"]["env"]["clientIp"] = "canary-value-".repeat(9).into();
    let exchange = ask(&gateway, &PAY, &body);
    assert_eq!(exchange.record.code.as_deref(), Some("PARAM_ILLEGAL"));
    let told = format!(
        "{} {:?} {:?}",
        exchange.record,
        exchange.record,
        exchange.response.headers()
    );
    assert!(told.contains("clientIp"), "{told}");
    assert!(!told.contains("canary"), "{told}");
}
