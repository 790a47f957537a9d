//! Exchanges without a mistake, and clocks and environments.

use payspec_doctor::{Certainty, Verdict, read, read_time};
use serde_json::Value;

use super::exchange::{Mail, given, own, provider, settings};
use super::{examined, mistakes, model, report};

#[test]
fn healthy_exchanges_are_healthy() {
    for mail in [Mail::request(), Mail::response()] {
        let found = examined(&mail, &settings());
        assert!(
            found.is_healthy() && found.verdict == Verdict::Good,
            "{found:#?}"
        );
        assert_eq!(found.tried, 1);
    }
    // One file with both messages, and with LF at the end of lines.
    let both = [Mail::request().bytes(), Mail::response().bytes()].concat();
    let unix = String::from_utf8(both.clone())
        .expect("text")
        .replace('\r', "")
        + "\n";
    for capture in [both, unix.into_bytes()] {
        let found = report(&read(&capture).expect("a capture"), &settings());
        assert_eq!(found.messages.len(), 2);
        assert!(found.healthy, "{found:#?}");
    }
}

#[test]
fn what_other_sdks_signed_is_healthy() {
    let fixture = include_str!("../../../../../runtime/tests/fixtures/signing.json");
    let fixture: Value = serde_json::from_str(fixture).expect("JSON");
    let mut settings = settings();
    settings.keys.provider = vec![given(&own().public)];
    (settings.client_id, settings.path) = (None, None);
    for vector in fixture["vectors"].as_array().expect("vectors") {
        let text = |name: &str| vector[name].as_str().expect("a text");
        let (method, path) = (text("method"), text("path"));
        let start = format!("{method} {path} HTTP/1.1");
        // The fixture does not say which vectors are responses.
        let capture = format!(
            "{start}\nclient-id: {}\nrequest-time: {}\nsignature: {}\n\n{}",
            text("client_id"),
            text("time"),
            text("header"),
            text("body"),
        );
        let found = report(&read(capture.as_bytes()).expect("a capture"), &settings);
        let found = &found.messages[0];
        assert_eq!(found.verdict, Verdict::Good, "{found:#?}");
        // Both sides have one key there, and ISO times are an older form.
        let rest = mistakes(found)
            .into_iter()
            .filter(|id| *id != "own-key-for-provider");
        assert!(rest.into_iter().all(|id| id == "time-form"), "{found:#?}");
    }
}

#[test]
fn clocks_are_compared_in_both_directions() {
    let at = |now: &str, skew: u64| {
        let mut settings = settings();
        settings.now = read_time(now);
        settings.skew = std::time::Duration::from_secs(skew);
        let found = examined(&Mail::response(), &settings);
        found.findings.first().map(|finding| finding.detail.clone())
    };
    assert_eq!(at("2026-11-24T00:15:01Z", 900), None);
    let behind = at("2026-11-24T00:15:02Z", 900).expect("a finding");
    assert!(behind.contains("901 seconds behind"), "{behind}");
    let ahead = at("2026-11-23T23:59:00Z", 60).expect("a finding");
    assert!(ahead.contains("61 seconds ahead of"), "{ahead}");
    // Without a time of receipt, the `Date` of the response is the provider's clock.
    let mut answer = Mail::response();
    answer.head = |head| head.push("Date: Tue, 24 Nov 2026 01:00:00 GMT".to_owned());
    let both = [Mail::request().bytes(), answer.bytes()].concat();
    let found = report(&read(&both).expect("a capture"), &settings());
    let clock = &found.messages[0].findings[0];
    assert_eq!(
        (clock.mistake, clock.certainty),
        ("clock-off", Certainty::Proved)
    );
    assert!(
        clock
            .detail
            .contains("3599 seconds behind the provider's clock"),
        "{clock:?}"
    );
}

#[test]
fn a_sandbox_path_with_a_production_id_is_named_too() {
    let path = "/ams/sandbox/api/v1/payments/pay";
    let mail = Mail::request().with(|parts| parts.path = path.to_owned());
    let mut settings = settings();
    settings.path = None;
    assert_eq!(mistakes(&examined(&mail, &settings)), ["wrong-environment"]);
}

#[test]
fn a_notification_is_signed_by_the_provider() {
    let model = model();
    let (_, operation) = model.operation("notify_payment").expect("the operation");
    let mut mail = Mail::request().with(|parts| parts.path = "/shop/notify?x=1".to_owned());
    mail.key = provider().private;
    let mut settings = settings();
    (settings.path, settings.operation) = (None, Some(operation));
    let found = examined(&mail, &settings);
    assert!(found.is_healthy(), "{found:#?}");
    // Behind a proxy, the program sees another path than the provider called.
    mail.sent.path = "/gateway/shop/notify?x=1".to_owned();
    assert_eq!(mistakes(&examined(&mail, &settings)), ["signed-other-path"]);
}
