//! The times of requests, and clocks that are wrong.

use std::time::{Duration, UNIX_EPOCH};

use payspec_runtime::client::*;
use serde_json::Value;

use super::{PAY, code, envelope, gateway, keys, note, now, pay_request, signed};

#[test]
fn odd_times_are_noted_and_wrong_clocks_do_no_harm() {
    let gateway = gateway(|_| {});
    let envelope = envelope("https://open.example", &keys());
    let at = |apart: i64| match apart < 0 {
        true => now() - Duration::from_secs(apart.unsigned_abs()),
        false => now() + Duration::from_secs(apart.unsigned_abs()),
    };
    for (apart, part) in [
        (0, ""),
        (30, ""),
        (-3_600, "3600 seconds behind"),
        (3_600, "3600 seconds ahead"),
    ] {
        let body = pay_request(&format!("pay{apart}"), "100")
            .to_string()
            .into_bytes();
        let request = envelope.sign(&PAY, &body, at(apart)).expect("a request");
        let exchange = gateway.answer(&request, now());
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        assert!(note(&exchange).contains(part), "{}", note(&exchange));
        assert_eq!(
            note(&exchange).is_empty(),
            part.is_empty(),
            "{}",
            note(&exchange)
        );
    }
    for clock in [
        UNIX_EPOCH - Duration::from_secs(86_400),
        UNIX_EPOCH + Duration::from_secs(260_000_000_000),
    ] {
        let mut body = pay_request("pay-1", "100");
        body["paymentNotifyUrl"] = "http://127.0.0.1:9/".into();
        let gateway = super::gateway(|_| {});
        let exchange = gateway.answer(&signed(&PAY, &body), clock);
        let time = exchange.response.headers()["response-time"]
            .to_str()
            .expect("a text");
        assert!(
            time.starts_with("1970-01-01") || time.starts_with("9999-12-31"),
            "{time}"
        );
        assert_eq!(exchange.record.code.as_deref(), Some("SUCCESS"));
        // Each payment has one notification due, and not all of its later attempts.
        assert_eq!(
            gateway.notifications(clock).expect("notifications").len(),
            1
        );
        assert!(
            gateway
                .notifications(clock)
                .expect("notifications")
                .is_empty()
        );
    }
}

#[test]
fn a_time_in_seconds_is_named() {
    let gateway = gateway(|_| {});
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    for (time, part) in [
        ("1700000000", "seconds"),
        ("2023-11-14T22:13:20Z", "ISO 8601"),
        ("1700000000000000", "microseconds"),
    ] {
        let body = pay_request(&format!("pay-{}", time.len()), "100").to_string();
        let mut request = signed(&PAY, &Value::Null);
        *request.body_mut() = body.clone().into_bytes();
        let signed = Signed {
            method: "POST",
            uri: request.uri().path(),
            client_id: super::CLIENT,
            time,
            body: body.as_bytes(),
        };
        let header = SignatureHeader {
            algorithm: "RSA256",
            key_version: Some("1"),
            signature: key.sign(&signed.content(super::CONTENT)).expect("it signs"),
        };
        let header = header.to_text(&super::RECIPE.keys);
        let headers = request.headers_mut();
        headers.insert("signature", header.parse().expect("a value"));
        headers.insert("request-time", time.parse().expect("a value"));
        let exchange = gateway.answer(&request, now());
        assert_eq!(
            exchange.record.code.as_deref(),
            Some("SUCCESS"),
            "{}",
            note(&exchange)
        );
        assert!(note(&exchange).contains(part), "{}", note(&exchange));
    }
}
