//! Requests with credentials, and answers that nothing but TLS proves.

use http::{Response, StatusCode};
use payspec_runtime::StatusClass;
use payspec_runtime::client::*;
use std::time::UNIX_EPOCH;

use super::PAY;

const AUTHENTICATION: Authentication = Authentication {
    environments: &[
        Environment {
            name: "production",
            prefix: "/v1",
            client_id_prefix: None,
        },
        Environment {
            name: "sandbox",
            prefix: "/sandbox/v1",
            client_id_prefix: None,
        },
    ],
    content_type: "application/json",
    auth: &[
        AuthHeader {
            name: "Authorization",
            parts: &[
                AuthPart::Text("Basic "),
                AuthPart::Basic {
                    user: "user",
                    password: "password",
                },
            ],
        },
        AuthHeader {
            name: "X-Shop",
            parts: &[AuthPart::Text("shop "), AuthPart::Credential("shop")],
        },
    ],
    operations: &[],
    token: None,
    headers: &[HeaderRule::new("Trace").max_length(4)],
    request: None,
    response: None,
    notification: None,
    body_proof: None,
    encryption: None,
};

const BY_HTTP_STATUS: Endpoint = Endpoint {
    status: &[],
    codes: &[&["code"]],
    statuses: &[
        ("200", StatusClass::Succeeded),
        ("204", StatusClass::Succeeded),
        ("4XX", StatusClass::Failed),
    ],
    ..PAY
};

struct Given {
    user: Secret,
    password: Secret,
    shop: Option<&'static str>,
}

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        match name {
            "user" => Some(CredentialValue::Secret(&self.user)),
            "password" => Some(CredentialValue::Secret(&self.password)),
            "shop" => self.shop.map(CredentialValue::Id),
            _ => None,
        }
    }
}

fn given() -> Given {
    Given {
        user: "Aladdin".into(),
        password: "open sesame".into(),
        shop: Some("7"),
    }
}

fn envelope() -> Envelope<Unsigned, Unsigned> {
    let url = "https://api.example.com";
    Envelope::from_credentials(&AUTHENTICATION, url, &given()).expect("they fit")
}

fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(body.as_bytes().to_vec());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}

/// The example of RFC 7617, section 2.
#[test]
fn a_request_carries_the_credentials() {
    let request = envelope().sign(&PAY, b"{}", UNIX_EPOCH).expect("a request");
    let headers = request.headers();
    assert_eq!(
        headers["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(headers["x-shop"], "shop 7");
    assert!(headers["authorization"].is_sensitive() && headers["x-shop"].is_sensitive());
    assert_eq!(request.uri(), "https://api.example.com/v1/v1/payments/pay");
    let sandbox = envelope().environment("sandbox").expect("a sandbox");
    let request = sandbox.sign(&PAY, b"{}", UNIX_EPOCH).expect("a request");
    assert_eq!(request.uri().path(), "/sandbox/v1/v1/payments/pay");
    assert!(!format!("{sandbox:?} {:?}", given().user).contains("Aladdin"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let problem = |given: Given| {
        let url = "https://api.example.com";
        let error = Envelope::from_credentials(&AUTHENTICATION, url, &given);
        match error.expect_err("it does not fit") {
            SetupError::Credential(bad) => (bad.name().to_owned(), bad.problem()),
            other => panic!("{other:?}"),
        }
    };
    let user = |text: &str| Given {
        user: text.into(),
        ..given()
    };
    let own = |problem| ("user".to_owned(), problem);
    assert_eq!(problem(user("a:b")), own(CredentialProblem::Colon));
    assert_eq!(problem(user("")), own(CredentialProblem::Empty));
    assert_eq!(problem(user("a\r\nb")), own(CredentialProblem::Character));
    let missing = Given {
        shop: None,
        ..given()
    };
    let shop = "shop".to_owned();
    assert_eq!(problem(missing), (shop.clone(), CredentialProblem::Missing));
    let spaced = Given {
        shop: Some("a b"),
        ..given()
    };
    assert_eq!(problem(spaced), (shop, CredentialProblem::Character));
    assert!(envelope().key_version(Some("2")).is_err());
    for (name, value) in [("authorization", "x"), ("Trace", "12345"), ("Host", "x")] {
        assert!(envelope().header(name, value).is_err(), "{name}");
    }
    assert!(envelope().header("Trace", "1234").is_ok());
}

/// Whoever sends it: the HTTP status and a body of JSON count, and nothing else.
#[test]
fn an_answer_by_http_status_is_json_or_has_no_body() {
    let envelope = envelope();
    let verified = |status, body: &str| {
        let response = answer(status, body);
        let answer = envelope.verify(&BY_HTTP_STATUS, b"{}", &response, UNIX_EPOCH);
        answer.map(|answer| (answer.http_status(), answer.body().to_vec(), answer.time()))
    };
    for status in [200, 201, 302, 401, 402, 409, 500] {
        assert_eq!(verified(status, "{}"), Ok((status, b"{}".to_vec(), None)));
        let error = verified(status, "<html>").expect_err("not JSON");
        assert_eq!(error.kind(), &AnswerErrorKind::NotJson);
        assert!(verified(status, "").is_err());
    }
    assert_eq!(verified(204, ""), Ok((204, b"{}".to_vec(), None)));
}

#[test]
fn an_answer_by_a_field_has_the_http_status_200() {
    let envelope = envelope();
    let kind = |status, result: &str| {
        let body = format!(r#"{{"result":{{"resultStatus":"{result}"}}}}"#);
        let response = answer(status, &body);
        let answer = envelope.verify(&PAY, b"{}", &response, UNIX_EPOCH);
        answer.map(|_| ()).map_err(|error| error.kind().clone())
    };
    assert_eq!(kind(200, "S"), Ok(()));
    assert_eq!(kind(200, "X"), Err(AnswerErrorKind::UnknownStatus));
    for status in [201, 204, 302, 401, 500] {
        assert_eq!(kind(status, "S"), Err(AnswerErrorKind::HttpStatus));
    }
}
