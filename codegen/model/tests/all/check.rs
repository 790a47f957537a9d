//! The message checker: every rule, on a small spec that has each of them once.

use payspec_model::check::{Checker, check_message};
use payspec_model::model::{Model, Side};

use crate::spec::{operation, spec};

/// Checks a message; returns a line for each violation.
fn check(model: &Model, side: Side, message: &str) -> Vec<String> {
    let (api, probe) = model.operation("probe").expect("the operation");
    let findings = check_message(api, probe, side, message.as_bytes());
    let findings = findings.expect("the message is JSON");
    findings
        .iter()
        .map(|finding| finding.violation.to_string())
        .collect()
}

/// Fields that make a message valid, before those that a test is about.
const FINE: &str = r#""id": "1", "amount": {"currency": "USD", "value": "10"}, "shape": "FLAT",
    "colour": "BLUE", "when": "2019-11-27T12:01:01+08:00", "day": "2019-11-27", "code": null, "notes": ["A"]"#;

/// Returns a valid message with these members; they replace those of the same name.
fn with(members: &str) -> String {
    let own: serde_json::Value = serde_json::from_str(&format!("{{{members}}}")).expect("members");
    let fine: serde_json::Value = serde_json::from_str(&format!("{{{FINE}}}")).expect("members");
    let kept = fine
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| own.get(name).is_none());
    let kept: Vec<String> = kept
        .map(|(name, value)| format!("{}: {value}", serde_json::json!(name)))
        .collect();
    match members {
        "" => format!("{{{}}}", kept.join(", ")),
        members => format!("{{{}, {members}}}", kept.join(", ")),
    }
}

fn snapshot(name: &str, model: &Model, cases: &[&str]) {
    let mut text = String::new();
    for case in cases {
        text += &format!("{case}\n");
        for side in Side::ALL {
            for line in check(model, *side, &with(case)) {
                text += &format!("    {side:8} {line}\n");
            }
        }
    }
    insta::assert_snapshot!(name, text);
}

#[test]
fn a_fine_message() {
    for (scalars, empty) in [("strings", "forbidden"), ("native", "allowed")] {
        assert_eq!(
            check(&spec(scalars, empty), Side::Response, &with("")),
            Vec::<String>::new()
        );
    }
    assert_eq!(
        check(&spec("strings", "forbidden"), Side::Request, &with("")),
        Vec::<String>::new()
    );
}

#[test]
fn presence() {
    let cases = [
        r#""id": null"#,
        r#""shape": null, "colour": null"#,
        r#""when": null, "day": null"#,
        r#""colour": "RED""#,
        r#""colour": "RED", "why": "so""#,
        r#""amount": {"currency": "JPY", "value": "10"}"#,
        r#""sure": "true""#,
        r#""person": {"email": "a@b", "age": "20"}, "why": "so""#,
        r#""person": {"age": "20"}"#,
        r#""person": {"phone": "1"}"#,
        r#""items": [{"name": "ab"}]"#,
        r#""items": [{}, {"price": null}], "url": "http://a.b/""#,
        r#""url": "http://a.b/", "extra": "{\"kind\": \"FLAT\"}""#,
    ];
    snapshot("presence", &spec("strings", "forbidden"), &cases);
}

#[test]
fn types_and_forms() {
    let cases = [
        r#""id": 1"#,
        r#""amount": "10""#,
        r#""items": {}"#,
        r#""items": [{"name": "ab"}, null, 5], "url": "a:b""#,
        r#""amount": {"currency": "usd", "value": "007"}"#,
        r#""amount": {"currency": "ZZZ", "value": 10}"#,
        r#""amount": {"currency": "USD", "value": "99999999999999999999"}"#,
        r#""when": "2019-11-27 12:01:01", "day": "2019-02-29""#,
        r#""url": "no url at all, and longer than thirty characters""#,
        r#""country": "JP", "mcc": "54111", "blob": "{]""#,
        r#""country": "XX""#,
        r#""rate": 1.50, "sure": true"#,
        r#""rate": "1e3", "sure": "TRUE""#,
        r#""extra": "[]""#,
        r#""extra": "{\"kind\": \"FLAT\", \"note\": 5, \"more\": 1}""#,
        r#""extra": {"kind": "ODD", "note": "n", "inner": "{\"flag\": \"maybe\", \"word\": \"no\"}"}"#,
    ];
    snapshot("types_and_forms", &spec("strings", "forbidden"), &cases);
}

#[test]
fn limits_and_values() {
    let cases = [
        r#""id": "12345678""#,
        r#""id": "123456789""#,
        r#""id": "支付宝支付宝支付""#,
        r#""id": "支付宝支付宝支付宝""#,
        r#""amount": {"currency": "USD", "value": "0"}"#,
        r#""amount": {"currency": "USD", "value": "5001"}"#,
        r#""amount": {"currency": "IDR", "value": "150"}"#,
        r#""items": [], "url": "a:b""#,
        r#""items": [{"name": "a"}, {"name": "abcd"}, {"name": "abcde"}, {"name": "ab", "colour": "PINK"}], "url": "a:b""#,
        r#""items": [{"name": "ab", "price": {"currency": "JPY", "value": "15"}}], "url": "a:b""#,
        r#""rate": "0.49""#,
        r#""rate": "9.990""#,
        r#""rate": "9.991""#,
        r#""fixed": "yes", "colour": "GREEN", "shape": "flat""#,
        r#""person": {"email": "CANARY-CANARY-CANARY-CANARY", "phone": "CANARY", "age": "17"}"#,
    ];
    snapshot("limits_and_values", &spec("strings", "forbidden"), &cases);
}

#[test]
fn empty_texts() {
    let cases = [
        r#""id": """#,
        r#""fixed": """#,
        r#""day": """#,
        r#""colour": """#,
        r#""extra": """#,
    ];
    snapshot(
        "empty_text_forbidden",
        &spec("strings", "forbidden"),
        &cases,
    );
    snapshot("empty_text_allowed", &spec("strings", "allowed"), &cases);
}

#[test]
fn native_scalars() {
    let cases = [
        r#""sure": "true", "rate": 2"#,
        r#""amount": {"currency": "USD", "value": 10}"#,
    ];
    snapshot("native_scalars", &spec("native", "forbidden"), &cases);
}

#[test]
fn unknown_and_repeated_fields() {
    let cases = [
        r#""amuont": 1, "x/y~z": 2, "amuont": 3"#,
        r#""fixed": "YES", "fixed": "NO""#,
    ];
    snapshot(
        "unknown_and_repeated",
        &spec("strings", "forbidden"),
        &cases,
    );
}

#[test]
fn the_rest_is_counted() {
    let model = spec("strings", "forbidden");
    let items = vec![r#"{"name": "abcdef", "colour": 1}"#; 200].join(",");
    let message = with(&format!(r#""items": [{items}], "url": "a:b""#));
    let (api, probe) = model.operation("probe").expect("the operation");
    let checker = Checker::new(api, probe, Side::Request).expect("a body");
    let findings = checker.check(message.as_bytes()).expect("JSON");
    assert_eq!((findings.len(), findings.is_valid()), (100, false));
    assert!(findings.omitted() >= 300);
}

#[test]
fn findings_point_at_their_rule() {
    let model = spec("strings", "forbidden");
    let (api, probe) = model.operation("probe").expect("the operation");
    let message = with(r#""id": "123456789", "amount": {"currency": "USD", "value": "5001"}"#);
    let findings = check_message(api, probe, Side::Request, message.as_bytes());
    let findings = findings.expect("JSON");
    let places: Vec<String> = findings
        .iter()
        .map(|finding| model.place(finding.origin))
        .collect();
    for (place, rule) in places.iter().zip(["max_length: 8", "max: \"5000\""]) {
        let (file, line) = place.rsplit_once(':').expect("file:line");
        assert_eq!(file, "spec/probe/operations/probe.yaml");
        let text = operation();
        let line: usize = line.parse().expect("a number");
        let text = text.lines().nth(line - 1).expect("the line is there");
        assert!(text.contains(rule), "{place}: {text}");
    }
}

#[test]
fn hostile_bytes_do_no_harm() {
    let model = spec("strings", "forbidden");
    let (api, probe) = model.operation("probe").expect("the operation");
    let checker = Checker::new(api, probe, Side::Request).expect("a body");
    let whole = with(r#""extra": "{\"kind\": \"FLAT\"}", "items": [{"name": "\ud83d\ude00"}]"#);
    for cut in 0..whole.len() {
        for byte in [b'"', b'{', b'\\', 0, 0xff] {
            let mut bytes = whole.clone().into_bytes();
            bytes[cut] = byte;
            let _ = checker.check(&bytes);
            let _ = checker.check(&bytes[..cut]);
        }
    }
    // As many members as fit into a message of the largest size: the work must stay proportional.
    let many: Vec<String> = (0..100_000)
        .map(|number| format!("\"{number}\": 1"))
        .collect();
    let findings = checker
        .check(with(&many.join(", ")).as_bytes())
        .expect("JSON");
    assert_eq!(findings.omitted(), 99_900);
    let nested = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert!(checker.check(nested.as_bytes()).is_ok());
    assert!(checker.check(format!("[{nested}]").as_bytes()).is_err());
}
