//! Objects with free keys.

use payspec_runtime::{
    Date, Json, Map, Message, RuleId, Validate, check, decode, decode_reporting, encode,
};

#[derive(Clone, PartialEq, Message)]
struct Inner {
    #[field(max_length = 3)]
    name: String,
    #[field(sensitive = "pii")]
    owner: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
#[message(
    refine("/metadata/*", max_length = 4),
    refine("/parts/*/owner", required)
)]
struct Sent {
    #[field(min_items = 1, max_items = 3, keys(max_length = 5))]
    metadata: Map<String>,
    counts: Option<Map<i64>>,
    parts: Option<Map<Inner>>,
    any: Option<Map<Json>>,
    #[field(sensitive = "secret", max_items = 2, keys(max_length = 3))]
    secrets: Option<Map<Inner>>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", decisive("/id"))]
struct Received {
    id: Option<String>,
    #[field(required, max_items = 2)]
    days: Option<Map<Date>>,
    parts: Option<Map<Inner>>,
    texts: Option<Map<String>>,
}

fn rules(json: &str) -> Vec<(String, RuleId)> {
    let found = check::<Sent>(json.as_bytes()).expect("JSON");
    if let Ok(message) = decode::<Sent>(json.as_bytes()) {
        assert_eq!(message.violations(), found, "both walks agree on {json}");
    }
    let found = found.iter();
    found.map(|one| (one.path.to_string(), one.rule)).collect()
}

fn at(path: &str, rule: RuleId) -> (String, RuleId) {
    (path.to_owned(), rule)
}

#[test]
fn entries_keep_their_order() {
    let json = br#"{"metadata":{"b":"1","a":"2"},"counts":{"x":"3"},"any":{"n":null}}"#;
    let message: Sent = decode(json).expect("a message");
    assert_eq!(message.metadata.keys().collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(message.violations().len(), 0);
    assert_eq!(encode(&message).expect("JSON"), json);
    assert_eq!(
        format!("{message:?}"),
        r#"Sent { metadata: {"b": "1", "a": "2"}, counts: {"x": 3}, any: {"n": [json]} }"#
    );
}

#[test]
fn keys_number_and_values_are_checked() {
    assert_eq!(
        rules(r#"{"metadata":{"a":"12345","longer":"1","a/b":"","c~":"x"}}"#),
        [
            at("/metadata", RuleId::MaxItems),
            at("/metadata/longer", RuleId::KeyMaxLength),
            at("/metadata/a~1b", RuleId::NotEmpty),
            at("/metadata/a", RuleId::MaxLength),
        ]
    );
    assert_eq!(
        rules(r#"{"metadata":{},"parts":{"a":{"name":"long"},"b":{"owner":"1"},"c":[]}}"#),
        [
            at("/metadata", RuleId::MinItems),
            at("/parts/a/name", RuleId::MaxLength),
            at("/parts/b/name", RuleId::Required),
            at("/parts/c", RuleId::Type),
            at("/parts/a/owner", RuleId::Required),
        ]
    );
    assert_eq!(
        rules(r#"{"metadata":"x","counts":[1]}"#),
        [at("/metadata", RuleId::Type), at("/counts", RuleId::Type)]
    );
}

#[test]
fn null_is_no_entry() {
    assert_eq!(
        rules(r#"{"metadata":{"a":null}}"#),
        [at("/metadata", RuleId::MinItems)]
    );
    let message: Sent = decode(br#"{"metadata":{"a":null},"any":{"b":null}}"#).expect("a message");
    assert!(message.metadata.is_empty());
    assert_eq!(message.any.map(|any| any.len()), Some(1));
}

#[test]
fn what_is_sent_has_no_duplicate_and_no_unreadable_entry() {
    for (json, path, rule) in [
        (
            r#"{"metadata":{"a":"1","b":"1","a":"1"}}"#,
            "/metadata/a",
            RuleId::DuplicateField,
        ),
        (
            r#"{"metadata":{"a":"1"},"counts":{"b":"x"}}"#,
            "/counts/b",
            RuleId::Format,
        ),
        (
            r#"{"metadata":{"a":"1","a":null}}"#,
            "/metadata/a",
            RuleId::DuplicateField,
        ),
    ] {
        assert!(decode::<Sent>(json.as_bytes()).is_err(), "{json}");
        assert_eq!(rules(json), [at(path, rule)]);
    }
}

#[test]
fn what_is_received_loses_an_entry_alone() {
    let json = br#"{
        "days": {"a": "2024-01-02", "b": "soon", "c": "", "d": null, "e": NaN, "f": [1, {"g": 2}]},
        "parts": {"x": {"name": "1"}, "y": {}, "z": 1},
        "texts": {"a": "1", "b": "2", "a": "3", "\ud800": "4", "\ud800": "5", "": "6"}
    }"#;
    let decoded = decode_reporting::<Received>(json).expect("the rest can be read");
    let Received {
        days, parts, texts, ..
    } = decoded.message;
    let keys = |map: &Map<_>| map.keys().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(days.expect("days").keys().collect::<Vec<_>>(), ["a"]);
    assert_eq!(parts.expect("parts").keys().collect::<Vec<_>>(), ["x"]);
    assert_eq!(keys(&texts.expect("texts")), ["b", ""]);
    let lost: Vec<String> = decoded.dropped.iter().map(ToString::to_string).collect();
    assert_eq!(
        lost,
        [
            r#"/days/b: error [format]: expected an ISO 8601 date, such as 2019-11-27, found "soon""#,
            "/days/e: error [type]: expected a JSON string, found a value that is not JSON",
            "/days/f: error [type]: expected a JSON string, found an array",
            "/parts/y/name: error [required]: expected present, found absent",
            "/parts/z: error [type]: expected a JSON object, found a number",
            "/texts/\u{fffd}: error [type]: expected a JSON string, found a damaged string",
            "/texts/a: error [duplicate_field]: expected the field once, found the field again",
        ]
    );
}

#[test]
fn a_map_that_is_none_is_lost() {
    let decoded = decode_reporting::<Received>(br#"{"days":["CANARY"]}"#).expect("a message");
    assert_eq!(decoded.message.days, None);
    assert_eq!(decoded.dropped.len(), 1);
}

#[test]
fn a_sensitive_map_shows_neither_keys_nor_values() {
    let json = r#"{"metadata":{"a":"1"},"secrets":{"CANARY1":{"name":"CANARY2"},
        "CANARY1":{},"CANARY3":{"name":"CANARY4","owner":"CANARY5"},"CANARY6":7,"CANARY8":null}}"#;
    let found = check::<Sent>(json.as_bytes()).expect("JSON");
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "/secrets: error [max_items]: expected at most 2 elements, found 3 elements",
            "/secrets/[secret]: error [key_max_length]: expected a key of at most 3 characters, found 7 characters",
            "/secrets/[secret]/name: error [max_length]: expected at most 3 characters, found 7 characters",
            "/secrets/[secret]: error [type]: expected a JSON object, found a number",
            "/secrets/[secret]: error [duplicate_field]: expected the field once, found the field again",
        ]
    );
    let error = decode::<Sent>(json.as_bytes()).expect_err("a duplicate key");
    assert!(!format!("{error} {error:?}").contains("CANARY"));
    let json = br#"{"metadata":{"a":"1"},"secrets":{"CANARY1":{"name":"CANARY2"}}}"#;
    let message: Sent = decode(json).expect("a message");
    assert!(!format!("{message:?} {}", message.violations()).contains("CANARY"));
}

#[test]
fn other_readers_read_it() {
    let value = serde_json::json!({ "b": "1", "a": null });
    let map: Map<String> = serde_json::from_value(value).expect("a map");
    assert_eq!(map, Map::from([("b", "1".to_owned())]));
    assert!(serde_json::from_str::<Map<String>>(r#"{"a":"1","a":"2"}"#).is_err());
    assert_eq!(serde_json::to_string(&map).expect("JSON"), r#"{"b":"1"}"#);
}

#[test]
fn a_map_is_changed_by_its_keys() {
    let mut map: Map<i64> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
    assert_eq!(map.insert("c", 4), None);
    assert_eq!(map.insert("b", 5), Some(2));
    if let Some(value) = map.get_mut("c") {
        *value += 1;
    }
    assert_eq!(map, Map::from([("c", 5), ("b", 5), ("a", 3)]));
    assert_ne!(map, Map::from([("c", 5), ("b", 5)]));
    assert_eq!((map.remove("a"), map.remove("a")), (Some(3), None));
    let entries: Vec<(String, i64)> = map.into_iter().collect();
    assert_eq!(entries, [("b".to_owned(), 5), ("c".to_owned(), 5)]);
}

#[cfg(feature = "pattern")]
#[test]
fn keys_match_a_pattern() {
    #[derive(Clone, PartialEq, Message)]
    struct Marked {
        #[field(keys(pattern = "[a-z]+", max_length(3, severity = "warning")))]
        marks: Map<bool>,
    }
    let marked: Marked = decode(br#"{"marks":{"abcd":true,"A":false}}"#).expect("a message");
    let lines = marked.violations().to_string();
    assert_eq!(
        lines.lines().collect::<Vec<_>>(),
        [
            "/marks/abcd: warning [key_max_length]: expected a key of at most 3 characters, found 4 characters",
            "/marks/A: error [key_pattern]: expected a key that matches `[a-z]+`, found \"A\"",
        ]
    );
}
