//! The credentials that the gateway demands.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Request, StatusCode};
use payspec_mock::{Exchange, Gateway, MockError, Setup, TestCredentials};
use payspec_model::load_from;
use payspec_model::source::Memory;

use super::now;
use crate::support::{payspec, root, run, with};

/// Plays an API with this authentication, and with this case beside that of success.
fn played(auth: &str, more: &str, given: TestCredentials) -> Result<Gateway, MockError> {
    let spec = format!(
        "payspec: 2
id: demo
title: Demo
auth: {{ request: {auth} }}
operations:
  find:
    method: GET
    path: /find
    request: {{ fields: {{}} }}
    response: {{ fields: {{ id: string, code: string }} }}
    result: {{ by: http_status, code: /code, cases: {{ 200: {{ decide: done }}, 4XX: {{ decide: failed }} }}, codes: {{ gone: {{ status: 4XX, meaning: It is gone., next_step: contact_support, resend: pointless }}{more} }} }}
"
    );
    let mut memory = Memory::default();
    memory
        .files
        .insert("demo/api.yaml".to_owned(), spec.into_bytes());
    let model = load_from(&memory).model.expect("a sound spec");
    let setup = Setup {
        credentials: given,
        ..Setup::unsigned()
    };
    Gateway::new(model, setup)
}

fn find(gateway: &Gateway, headers: &[(&str, &str)]) -> Exchange {
    let mut request = Request::get("/find");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    gateway.answer(&request.body(Vec::new()).expect("a request"), now())
}

fn status(gateway: &Gateway, headers: &[(&str, &str)]) -> StatusCode {
    find(gateway, headers).response.status()
}

#[test]
fn a_bearer_token_is_demanded() {
    let gateway = played("{ bearer: key }", "", TestCredentials::default()).expect("a gateway");
    assert_eq!(
        status(&gateway, &[("Authorization", "Bearer test-key")]),
        200
    );
    for wrong in [
        "Bearer test-key2",
        "bearer test-key",
        "Bearer",
        "test-key",
        "",
    ] {
        assert_eq!(
            status(&gateway, &[("Authorization", wrong)]),
            401,
            "{wrong}"
        );
    }
    assert_eq!(status(&gateway, &[]), 401);
}

#[test]
fn basic_authentication_is_demanded() {
    let given = TestCredentials::default().with("pass", "a:b é");
    let gateway = played("{ basic: [user, pass] }", "", given).expect("a gateway");
    let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
    assert_eq!(
        status(&gateway, &[("Authorization", &basic("test-user:a:b é"))]),
        200
    );
    assert_eq!(
        status(&gateway, &[("Authorization", &basic("test-user:a:b"))]),
        401
    );
    // A colon would move the end of the user name.
    let given = TestCredentials::default().with("user", "a:b");
    let refused = played("{ basic: [user, pass] }", "", given);
    let error = refused.expect_err("a colon").to_string();
    assert!(
        error.contains("`user`") && !error.contains("a:b"),
        "{error}"
    );
}

#[test]
fn several_headers_are_demanded_together() {
    let auth = r#"{ headers: { X-Key: "{key}", X-Shop: "shop {shop}/{key}" } }"#;
    let gateway = played(auth, "", TestCredentials::default()).expect("a gateway");
    let good = [("x-key", "test-key"), ("X-SHOP", "shop test-shop/test-key")];
    assert_eq!(status(&gateway, &good), 200);
    assert_eq!(status(&gateway, &good[..1]), 401);
    assert_eq!(status(&gateway, &good[1..]), 401);
}

/// The code of the spec for an unknown client has its own HTTP status; without it, the answer is 401.
#[test]
fn the_refusal_is_the_documented_one() {
    let code = ", unauthorized: { status: 4XX, meaning: No., next_step: fix_credentials, resend: pointless, refuses: client }";
    let gateway = played("{ bearer: key }", code, TestCredentials::default()).expect("a gateway");
    let exchange = find(&gateway, &[("Authorization", "Bearer hunter2")]);
    assert_eq!(exchange.response.status(), 401);
    assert_eq!(exchange.response.body(), br#"{"code":"unauthorized"}"#);
    let shown = format!("{exchange:?} {:?}", exchange.response.headers());
    assert!(
        shown.contains("Authorization") && !shown.contains("hunter2"),
        "{shown}"
    );
    assert!(!shown.contains("test-key"), "{shown}");
}

#[test]
fn a_wrong_option_or_variable_shows_no_value() {
    let spec = root().join("tests/cases/bearer/spec").display().to_string();
    let mock = ["mock", "--spec", &spec, "--port", "0"];
    for wrong in ["hunter2", "other=hunter2", "secret_key=hunter2\n"] {
        let run = with(&[&mock[..], &["--credential", wrong]].concat());
        assert_ne!(run.code, Some(0), "{run}");
        let shown = format!("{}{}", run.stdout, run.stderr);
        assert!(
            !shown.contains("hunter2") && shown.contains("secret_key"),
            "{run}"
        );
    }
    let run = run(payspec(&mock).env("PAYSPEC_CREDENTIAL_SECRET_KEY", "hunter2 "));
    assert_ne!(run.code, Some(0), "{run}");
    assert!(
        run.stderr.contains("secret_key") && !run.stderr.contains("hunter2"),
        "{run}"
    );
}

/// A spec that is new has no examples and no codes, and each of its outcomes is answered all the same.
#[test]
fn the_small_starter_is_answered_without_examples() {
    let mut memory = Memory::default();
    let spec = include_bytes!("../../../src/starter/rest/api.yaml").to_vec();
    memory.files.insert("shop/api.yaml".to_owned(), spec);
    let model = load_from(&memory).model.expect("a sound spec");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("a gateway");
    let pay = |key: &str, result: Option<&str>| {
        let mut request = Request::post("/v1/payments")
            .header("Authorization", "Bearer test-secret-key")
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json");
        if let Some(result) = result {
            request = request.header(payspec_mock::RESULT, result);
        }
        let body = br#"{"amount":{"currency":"USD","value":100}}"#.to_vec();
        let exchange = gateway.answer(&request.body(body).expect("a request"), now());
        let answer: serde_json::Value =
            serde_json::from_slice(exchange.response.body()).expect("JSON");
        (exchange.response.status(), answer["status"].clone())
    };
    assert_eq!(pay("1", None), (StatusCode::OK, "PAID".into()));
    assert_eq!(
        pay("2", Some("failed")),
        (StatusCode::OK, "DECLINED".into())
    );
    assert_eq!(
        pay("3", Some("pending")),
        (StatusCode::OK, "PROCESSING".into())
    );
}
