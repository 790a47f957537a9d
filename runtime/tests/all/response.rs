//! Answers are read tolerantly, and no error shows a sensitive value.

use payspec_runtime::{
    Currency, DateTime, Decimal, JsonText, Message, OpenEnum, RuleId, UnknownValue, Url, Validate,
    check, decode, decode_reporting, encode,
};

#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Status {
    #[value("S")]
    Succeeded,
    #[unknown]
    Unknown(UnknownValue),
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Person {
    name: Option<String>,
    #[field(sensitive = "secret")]
    token: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", scalars = "strings", empty_text = "forbidden")]
struct Answer {
    status: Status,
    currency: Option<Currency>,
    count: Option<i64>,
    rate: Option<Decimal>,
    done: Option<bool>,
    time: Option<DateTime>,
    link: Option<Url>,
    note: Option<String>,
    #[field(sensitive = "pii")]
    person: Option<Person>,
    #[field(sensitive = "pii", max_length = 4)]
    phone: Option<String>,
    inside: Option<JsonText<Person>>,
    parts: Option<Vec<Answer>>,
}

#[test]
fn tolerant() {
    let json = r#"{
        "new": {"deep": [1, "\u00e9"]}, "status": "X", "currency": "BTC", "count": 7,
        "rate": 0.10000000000000000000000000000001, "done": true, "time": "", "link": "", "note": "",
        "person": null, "inside": {"name": "n"}, "parts": [{"status": "S", "count": "-8"}]
    }"#;
    let answer: Answer = decode(json.as_bytes()).expect("readable");
    assert_eq!(answer.status.as_str(), "X");
    assert_eq!(answer.count, Some(7));
    assert_eq!(
        answer.rate.map(|rate| rate.to_string()).as_deref(),
        Some("0.10000000000000000000000000000001")
    );
    assert_eq!((answer.time, answer.link.clone()), (None, None));
    assert_eq!(answer.note.as_deref(), Some(""));
    assert!(answer.violations().is_empty());
    assert!(check::<Answer>(json.as_bytes()).expect("JSON").is_empty());
    let written = String::from_utf8(encode(&answer).expect("writable")).expect("UTF-8");
    assert_eq!(
        written,
        r#"{"status":"X","currency":"BTC","count":"7","rate":"0.10000000000000000000000000000001","done":"true","note":"","inside":"{\"name\":\"n\"}","parts":[{"status":"S","count":"-8"}]}"#
    );
    assert_eq!(decode::<Answer>(written.as_bytes()), Ok(answer));
}

#[test]
fn serde_json_reads_and_writes_the_same() {
    let json = r#"{"status":"S","count":7,"rate":1.50,"inside":"{\"token\":5}"}"#;
    let ours: Answer = decode(json.as_bytes()).expect("readable");
    assert_eq!(
        serde_json::from_str::<Answer>(json).ok(),
        Some(ours.clone())
    );
    let value = serde_json::to_value(&ours).expect("writable");
    assert_eq!(serde_json::from_value::<Answer>(value).ok(), Some(ours));
}

#[test]
fn an_empty_text_for_a_required_value_is_wrong() {
    let violations = check::<Answer>(br#"{"status":""}"#).expect("JSON");
    let rules: Vec<_> = violations
        .iter()
        .map(|one| (one.path.to_string(), one.rule))
        .collect();
    assert_eq!(rules, [("/status".to_owned(), RuleId::Format)]);
    assert!(decode::<Answer>(br#"{"status":""}"#).is_err());
}

#[test]
fn no_float_is_made_of_a_number() {
    for json in [
        r#"{"status":"S","count":7.0}"#,
        r#"{"status":"S","count":1e-1}"#,
        r#"{"status":"S","count":1e999999999}"#,
        r#"{"status":"S","count":-0}"#,
    ] {
        let decoded = decode_reporting::<Answer>(json.as_bytes()).expect("the status can be read");
        assert_eq!(decoded.message.count, None, "{json}");
        let checked = check::<Answer>(json.as_bytes()).expect("JSON");
        assert_eq!(decoded.dropped, checked, "{json}");
        assert_eq!(checked.errors().count(), 1, "{json}");
        assert!(serde_json::from_str::<Answer>(json).is_err(), "{json}");
    }
    let answer: Answer =
        decode(br#"{"status":"S","count":9.007199254740993e15}"#).expect("readable");
    assert_eq!(answer.count, Some(9_007_199_254_740_993));
    // 2^53 + 1, which no double holds.
    let answer: Answer = decode(br#"{"status":"S","count":9007199254740993}"#).expect("readable");
    assert_eq!(answer.count, Some(9_007_199_254_740_993));
}

#[test]
fn no_output_shows_what_is_sensitive() {
    let good = r#"{"status":"S","phone":"4711","person":{"name":"4711","token":"4711"},"inside":"{\"token\":\"4711\"}"}"#;
    let answer: Answer = decode(good.as_bytes()).expect("readable");
    let shown = format!("{answer:?} {answer:#?}");
    assert!(!shown.contains("4711"), "{shown}");
    assert!(shown.starts_with("Answer { status: \"S\", person: [pii], phone: [pii], inside: Person { token: [secret] } }"), "{shown}");
    for bad in [
        r#"{"status":"S","phone":47110815}"#,
        r#"{"status":"S","phone":"47110815"}"#,
        r#"{"status":"S","phone":4711.5}"#,
        r#"{"status":"S","person":"4711"}"#,
        r#"{"status":"S","person":4711}"#,
        r#"{"status":"S","person":{"token":"4711x"}}"#,
        r#"{"status":"S","person":{"token":4711.5}}"#,
        r#"{"status":"S","person":{"name":4711}}"#,
        r#"{"status":"S","inside":"{\"token\":\"4711x\"}"}"#,
        r#"{"status":"S","inside":"{4711"}"#,
    ] {
        let violations = check::<Answer>(bad.as_bytes()).expect("JSON");
        assert!(violations.has_errors(), "{bad}");
        let ours = decode::<Answer>(bad.as_bytes()).err();
        let theirs = serde_json::from_str::<Answer>(bad)
            .err()
            .map(|error| error.to_string());
        let shown = format!("{violations} {violations:?} {ours:?} {theirs:?}");
        // A text that is not JSON has no fields, so none of them is known to be sensitive.
        assert!(
            bad.contains("{4711") || !shown.contains("4711"),
            "{bad}: {shown}"
        );
    }
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", scalars = "strings", empty_text = "forbidden")]
#[message(refine("/names", max_items = 1))]
struct Short {
    names: Option<Vec<String>>,
}

#[test]
fn a_refined_list_is_counted_in_json_as_in_the_value() {
    let told = |found: &payspec_runtime::Violations| -> Vec<String> {
        let found = found.iter();
        found
            .map(|one| format!("{} {}", one.path, one.rule))
            .collect()
    };
    for (json, expected) in [
        (&br#"{"names":["a","b"]}"#[..], &["/names max_items"][..]),
        (br#"{"names":["a"]}"#, &[]),
    ] {
        let short: Short = decode(json).expect("readable");
        assert_eq!(told(&short.violations()), expected);
        assert_eq!(told(&check::<Short>(json).expect("JSON")), expected);
    }
}
