//! Types that their JSON types tell apart.

use payspec_runtime::{
    Decimal, Map, Message, OpenEnum, RuleId, Union, UnknownJson, Validate, check, decode,
    decode_reporting, encode,
};

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Customer {
    #[field(sensitive = "pii", max_length = 4)]
    name: String,
}

#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Level {
    #[value("LOW")]
    Low,
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type)]
enum Expandable {
    Id(String),
    Customer(Customer),
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type)]
enum Mixed {
    Price(Decimal),
    Flag(bool),
    Level(Level),
    Many(Vec<Customer>),
    #[unknown]
    Unknown(UnknownJson),
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
struct Sent {
    customer: Option<Expandable>,
    mixed: Option<Mixed>,
    more: Option<Vec<Expandable>>,
    named: Option<Map<Mixed>>,
    #[field(sensitive = "secret")]
    hidden: Option<Expandable>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", decisive("/id"))]
struct Received {
    id: Option<String>,
    customer: Option<Expandable>,
    mixed: Option<Mixed>,
    more: Option<Vec<Expandable>>,
    named: Option<Map<Mixed>>,
    needed: Expandable,
}

fn found<T: Validate + Message + serde::de::DeserializeOwned>(json: &str) -> Vec<(String, RuleId)> {
    let all = check::<T>(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
    let is_typed = all.iter().all(|one| one.rule != RuleId::UnknownField);
    if let Some(message) = is_typed
        .then(|| serde_json::from_str::<T>(json).ok())
        .flatten()
    {
        assert_eq!(message.violations(), all, "both walks agree on {json}");
    }
    let all = all.iter().map(|one| (one.path.to_string(), one.rule));
    all.collect()
}

#[test]
fn each_json_type_is_read_and_written_as_it_came() {
    for json in [
        r#"{"needed":"cus_1"}"#,
        r#"{"needed":{"name":"Ada"}}"#,
        r#"{"customer":{"name":"Ada"},"mixed":12.50,"needed":""}"#,
        r#"{"mixed":true,"more":["a",{"name":"Ada"}],"needed":"a"}"#,
        r#"{"mixed":"LOW","needed":"a"}"#,
        r#"{"mixed":[{"name":"Ada"}],"needed":"a"}"#,
        r#"{"mixed":{"any":[1,2]},"named":{"a":1,"b":{"x":null}},"needed":"a"}"#,
    ] {
        let message =
            decode::<Received>(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
        assert_eq!(serde_json::to_string(&message).expect("a message"), json);
        assert_eq!(found::<Received>(json), [], "{json}");
    }
}

#[test]
fn another_json_type_is_lost_unless_the_union_is_open() {
    for (json, violations) in [
        (
            r#"{"customer":1,"needed":"a"}"#,
            vec![("/customer", RuleId::Type)],
        ),
        (
            r#"{"more":["a",false],"needed":"a"}"#,
            vec![("/more/1", RuleId::Type)],
        ),
        (
            r#"{"more":["a",null],"needed":"a"}"#,
            vec![("/more/1", RuleId::Type)],
        ),
        (
            r#"{"customer":{"name":1},"needed":"a"}"#,
            vec![("/customer/name", RuleId::Type)],
        ),
        (
            r#"{"mixed":"","needed":"a"}"#,
            vec![("/mixed", RuleId::Format)],
        ),
    ] {
        let violations: Vec<_> = violations
            .into_iter()
            .map(|(path, rule)| (path.to_owned(), rule))
            .collect();
        assert_eq!(found::<Received>(json), violations, "{json}");
        let decoded = decode_reporting::<Received>(json.as_bytes()).expect("a message");
        assert_eq!(
            serde_json::to_string(&decoded.message).expect("a message"),
            r#"{"needed":"a"}"#
        );
        assert_eq!(decoded.dropped.as_slice().len(), 1, "{json}");
    }
    decode::<Received>(br#"{"needed":7}"#).expect_err("no value");
}

#[test]
fn what_is_sent_has_a_documented_json_type() {
    for (json, violations) in [
        (r#"{"customer":"cus_1","mixed":12.50}"#, vec![]),
        (
            r#"{"customer":{"name":"Turing"}}"#,
            vec![("/customer/name", RuleId::MaxLength)],
        ),
        (
            r#"{"customer":{"name":"Ada","nme":"x"}}"#,
            vec![("/customer/nme", RuleId::UnknownField)],
        ),
        (r#"{"customer":""}"#, vec![("/customer", RuleId::NotEmpty)]),
        (r#"{"mixed":{"a":1}}"#, vec![("/mixed", RuleId::Type)]),
        (r#"{"mixed":"HIGH"}"#, vec![("/mixed", RuleId::Values)]),
        (r#"{"named":{"a":{}}}"#, vec![("/named/a", RuleId::Type)]),
    ] {
        let violations: Vec<_> = violations
            .into_iter()
            .map(|(path, rule)| (path.to_owned(), rule))
            .collect();
        assert_eq!(found::<Sent>(json), violations, "{json}");
        if violations.is_empty() {
            let message = serde_json::from_str::<Sent>(json).expect("a message");
            assert_eq!(encode(&message).ok().as_deref(), Some(json.as_bytes()));
        }
    }
}

#[test]
fn the_violation_names_the_json_types() {
    let all = check::<Sent>(br#"{"customer":[]}"#).expect("a message");
    let one = all.iter().next().expect("a message");
    assert_eq!(one.expected, "a JSON string or object");
    assert_eq!(one.actual, "an array");
}

#[test]
fn debug_masks_what_is_sensitive_and_what_is_unknown() {
    let sent: Sent = serde_json::from_str(
        r#"{"customer":{"name":"Ada"},"mixed":{"x":"Bob"},"more":["cus_1"],"hidden":"Eve"}"#,
    )
    .expect("a message");
    let shown = format!("{sent:?}");
    for secret in ["Ada", "Bob", "Eve"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("cus_1"), "{shown}");
}
