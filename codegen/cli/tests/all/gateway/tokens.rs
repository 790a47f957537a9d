//! The tokens that the gateway hands out and demands.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use payspec_mock::{Exchange, Gateway, Setup};
use serde_json::Value;

use super::now;
use crate::support::root;

const LIFETIME: Duration = Duration::from_secs(100);

fn gateway() -> Gateway {
    let model = payspec_model::load(&root().join("tests/cases/tokens"));
    let setup = Setup {
        token_lifetime: LIFETIME,
        ..Setup::unsigned()
    };
    Gateway::new(model.model.expect("a sound spec"), setup).expect("a gateway")
}

fn get(gateway: &Gateway, path: &str, authorization: Option<&str>, now: SystemTime) -> Exchange {
    let mut request = Request::get(path).header("Idempotency-Key", "1");
    if let Some(value) = authorization {
        request = request.header("Authorization", value);
    }
    gateway.answer(&request.body(Vec::new()).expect("a request"), now)
}

fn fetch(gateway: &Gateway, credentials: &str, now: SystemTime) -> Exchange {
    let request = Request::post("/v1/token")
        .header(
            "Authorization",
            format!("Basic {}", STANDARD.encode(credentials)),
        )
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(b"grant_type=client_credentials".to_vec());
    gateway.answer(&request.expect("a request"), now)
}

fn body(exchange: &Exchange) -> Value {
    serde_json::from_slice(exchange.response.body()).expect("JSON")
}

#[test]
fn a_token_is_handed_out_and_demanded_until_it_expires() {
    let gateway = gateway();
    let answer = fetch(&gateway, "test-client-id:test-client-secret", now());
    assert_eq!(answer.response.status(), 200);
    assert_eq!(body(&answer)["expires_in"], LIFETIME.as_secs());
    let token = body(&answer)["access_token"].clone();
    let token = format!("Bearer {}", token.as_str().expect("a token"));
    let status = |token: Option<&str>, after: Duration| {
        let exchange = get(&gateway, "/v1/payments", token, now() + after);
        exchange.response.status().as_u16()
    };
    // It is known, and the payment is not.
    assert_eq!(status(Some(&token), Duration::ZERO), 404);
    assert_eq!(status(Some(&token), LIFETIME - Duration::from_secs(1)), 404);
    assert_eq!(status(Some(&token), LIFETIME), 401);
    for wrong in ["Bearer other", "Bearer", "Bearer ", &token.to_lowercase()] {
        assert_eq!(status(Some(wrong), Duration::ZERO), 401, "{wrong}");
    }
    assert_eq!(status(None, Duration::ZERO), 401);
    let exchange = get(&gateway, "/v1/payments", Some("Bearer hunter2"), now());
    assert_eq!(body(&exchange)["error"]["code"], "unauthorized");
    let note = exchange.response.headers()["payspec-note"].to_str();
    assert_eq!(
        note.ok(),
        Some("the token is unknown: fetch a new one with `get_token`")
    );
    assert!(!format!("{exchange:?}").contains("hunter2"));
}

#[test]
fn each_token_is_another_one_and_old_ones_stay_valid() {
    let gateway = gateway();
    let tokens = [(); 2].map(|()| {
        let answer = fetch(&gateway, "test-client-id:test-client-secret", now());
        body(&answer)["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    });
    assert_ne!(tokens[0], tokens[1]);
    for token in tokens {
        let token = format!("Bearer {token}");
        let exchange = get(&gateway, "/v1/payments", Some(&token), now());
        assert_eq!(exchange.response.status(), 404);
    }
}

#[test]
fn operations_demand_their_own_credentials() {
    let gateway = gateway();
    let refused = fetch(&gateway, "test-client-id:other", now());
    assert_eq!(refused.response.status(), 401);
    assert!(body(&refused).get("access_token").is_none());
    // Anyone may call an operation without authentication.
    let open = get(&gateway, "/v1/status", None, now());
    assert_eq!(open.response.status(), 200);
}
