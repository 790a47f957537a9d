//! Objects that a tag tells apart.

use payspec_runtime::{
    Map, Message, Nullable, RuleId, Union, UnknownJson, Validate, check, decode, decode_reporting,
    encode,
};

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Card {
    #[field(sensitive = "secret", max_length = 4)]
    number: String,
    backups: Option<Vec<Method>>,
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Bank {
    #[field(max_length = 3)]
    issuer: Option<String>,
    steps: Option<i64>,
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "type")]
enum Method {
    #[variant("scheme")]
    Scheme(Card),
    #[variant("ideal")]
    Ideal(Bank),
    #[variant("giropay")]
    Giropay(Bank),
    #[unknown]
    Unknown(UnknownJson),
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "k/d")]
enum Closed {
    #[variant("a")]
    A(Bank),
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
struct Sent {
    method: Option<Method>,
    more: Option<Vec<Method>>,
    named: Option<Map<Method>>,
    closed: Option<Closed>,
    null: Option<Nullable<Closed>>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", decisive("/id"))]
struct Received {
    id: Option<String>,
    method: Option<Method>,
    more: Option<Vec<Method>>,
    named: Option<Map<Method>>,
    closed: Option<Closed>,
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
fn the_tag_is_read_anywhere_and_written_first_once() {
    let json = br#"{"method":{"steps":"1","type":"ideal","issuer":"ING"},"more":[{"type":"giropay"}],"named":{"k":{"number":"1","type":"scheme"}},"closed":{"k/d":"a"},"null":null}"#;
    let message: Sent = decode(json).expect("a message");
    assert_eq!(message.violations().len(), 0);
    assert!(matches!(&message.method, Some(Method::Ideal(bank)) if bank.steps == Some(1)));
    assert_eq!(
        String::from_utf8_lossy(&encode(&message).expect("JSON")),
        r#"{"method":{"type":"ideal","issuer":"ING","steps":"1"},"more":[{"type":"giropay"}],"named":{"k":{"type":"scheme","number":"1"}},"closed":{"k/d":"a"},"null":null}"#
    );
    assert_eq!(
        format!("{:?}", message.named),
        r#"Some({"k": {"scheme": Card { number: [secret] }}})"#
    );
    assert_eq!(
        format!("{message:?}"),
        r#"Sent { method: {"ideal": Bank { issuer: "ING", steps: 1 }}, more: [{"giropay": Bank}], named: {"k": {"scheme": Card { number: [secret] }}}, closed: {"a": Bank}, null: null }"#
    );
    let own: Method = serde_json::from_slice(br#"{"issuer":"x","type":"ideal"}"#).expect("a union");
    assert_eq!(
        serde_json::to_string(&own).expect("JSON"),
        r#"{"type":"ideal","issuer":"x"}"#
    );
}

#[test]
fn rules_of_the_objects_hold_inside() {
    assert_eq!(
        rules(
            r#"{"method":{"type":"ideal","issuer":"long"},"more":[{"type":"scheme","number":"12345","backups":[{"type":"giropay","issuer":"long"}]}]}"#
        ),
        [
            at("/method/issuer", RuleId::MaxLength),
            at("/more/0/number", RuleId::MaxLength),
            at("/more/0/backups/0/issuer", RuleId::MaxLength),
        ]
    );
    assert_eq!(
        rules(r#"{"method":{"type":"scheme"},"closed":{"k/d":"a","other":"1","steps":1}}"#),
        [
            at("/method/number", RuleId::Required),
            at("/closed/steps", RuleId::Encoding),
            at("/closed/other", RuleId::UnknownField),
        ]
    );
}

#[test]
fn a_tag_must_be_one_documented_text() {
    for (tag, rule) in [
        ("", RuleId::Required),
        (r#""type":null"#, RuleId::Required),
        (r#""type":"""#, RuleId::Required),
        (r#""type":1"#, RuleId::Type),
        (r#""type":["ideal"]"#, RuleId::Type),
        (r#""type":"ideal","type":"ideal""#, RuleId::DuplicateField),
        (
            r#""type":"ideal","t\u0079pe":"giropay""#,
            RuleId::DuplicateField,
        ),
        (r#""type":"Ideal""#, RuleId::Values),
    ] {
        let json = format!(r#"{{"method":{{{tag}}}}}"#);
        assert_eq!(rules(&json), [at("/method/type", rule)], "{json}");
        let json = format!(r#"{{"closed":{{{}}}}}"#, tag.replace("type", "k/d"));
        if !tag.contains("\\u") {
            assert_eq!(rules(&json), [at("/closed/k~1d", rule)], "{json}");
            assert!(decode::<Sent>(json.as_bytes()).is_err(), "{json}");
        }
    }
    assert_eq!(
        rules(r#"{"method":"ideal"}"#),
        [at("/method", RuleId::Type)]
    );
    assert_eq!(rules(r#"{"more":[null]}"#), [at("/more/0", RuleId::Type)]);
}

#[test]
fn an_open_union_keeps_unknown_objects_and_shows_nothing_of_them() {
    let json = br#"{"id":"1","method":{"pin":"1234", "type":"p1n","x":[1.10]},"more":[{"type":"hidden"}]}"#;
    let decoded = decode_reporting::<Received>(json).expect("a message");
    assert!(decoded.dropped.is_empty());
    let message = decoded.message;
    assert!(matches!(message.method, Some(Method::Unknown(_))));
    assert_eq!(message.violations().len(), 0);
    assert_eq!(check::<Received>(json).expect("JSON").len(), 0);
    assert_eq!(encode(&message).expect("JSON"), json);
    assert_eq!(
        format!("{message:?}"),
        r#"Received { id: "1", method: [json], more: [[json]] }"#
    );
    let sent: Sent = decode(br#"{"method":{"pin":"1234","type":"p1n"}}"#).expect("a message");
    let violations = sent.violations();
    let text = violations
        .iter()
        .map(ToString::to_string)
        .collect::<String>();
    assert_eq!(
        text,
        "/method/type: error [values]: expected one of `scheme`, `ideal`, `giropay`, found another text"
    );
}

#[test]
fn what_comes_in_loses_only_what_cannot_be_read() {
    for (member, lost) in [
        (r#""method":{"type":"scheme"}"#, "/method/number"),
        (r#""method":{"number":"1"}"#, "/method/type"),
        (r#""method":{"type":7}"#, "/method/type"),
        (r#""method":{"type":"\ud83d"}"#, "/method/type"),
        (r#""method":{"type":"x","n":NaN}"#, "/method"),
        (
            r#""method":{"type":"ideal","type":"ideal"}"#,
            "/method/type",
        ),
        (r#""method":[]"#, "/method"),
        (r#""more":[{"type":"ideal"},{}]"#, "/more/1/type"),
        (r#""named":{"k":{"type":1}}"#, "/named/k/type"),
        (r#""closed":{"k/d":"b"}"#, "/closed/k~1d"),
    ] {
        let json = format!(r#"{{"id":"1",{member}}}"#);
        let decoded = decode_reporting::<Received>(json.as_bytes()).expect("a message");
        let dropped: Vec<String> = decoded
            .dropped
            .iter()
            .map(|one| one.path.to_string())
            .collect();
        assert_eq!(dropped, [lost], "{json}");
        let Received {
            id,
            method,
            more,
            named,
            closed,
        } = decoded.message;
        assert_eq!(id.as_deref(), Some("1"));
        assert_eq!((method, more, closed), (None, None, None), "{json}");
        assert!(named.is_none_or(|named| named.is_empty()), "{json}");
    }
    let json = br#"{"method":{"type":"ideal","issuer":NaN,"steps":"7"}}"#;
    let decoded = decode_reporting::<Received>(json).expect("a message");
    assert_eq!(decoded.dropped.len(), 1);
    assert!(matches!(decoded.message.method, Some(Method::Ideal(bank)) if bank.steps == Some(7)));
}

#[test]
fn an_object_that_declares_the_tag_is_not_written() {
    #[derive(Clone, PartialEq, Message)]
    struct Wrong {
        r#type: Option<String>,
    }
    #[derive(Clone, PartialEq, Union)]
    #[union(tag = "type")]
    enum Twice {
        #[variant("a")]
        A(Wrong),
    }
    assert!(serde_json::to_string(&Twice::A(Wrong { r#type: None })).is_err());
}
