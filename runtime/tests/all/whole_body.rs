//! Messages whose JSON is one of their fields.

use payspec_runtime::{
    Map, Message, OpenEnum, UnknownValue, Validate, check, check_answer, decode, decode_answer,
    decode_reporting, encode,
};

#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Op {
    #[value("add")]
    Add,
    #[value("replace")]
    Replace,
    #[unknown]
    Unknown(UnknownValue),
}

#[derive(Clone, PartialEq, Message)]
struct Patch {
    op: Op,
    path: String,
    #[field(sensitive = "secret", max_length = 4)]
    value: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing")]
struct Patches {
    #[field(in = "whole_body", min_items = 1, max_items = 2)]
    body: Vec<Patch>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing")]
struct UpdateRequest {
    #[field(in = "path")]
    id: String,
    #[field(in = "whole_body", max_items = 2)]
    body: Vec<Patch>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
struct Labels {
    #[field(in = "whole_body", each(max_length = 3))]
    body: Map<String>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
#[message(response("200", "body"), response("4XX", "code"))]
struct ListAnswer {
    #[field(in = "whole_body", max_items = 2)]
    body: Option<Vec<Patch>>,
    code: Option<String>,
}

fn lines<'a>(violations: impl IntoIterator<Item = &'a payspec_runtime::Violation>) -> Vec<String> {
    violations.into_iter().map(ToString::to_string).collect()
}

#[test]
fn a_list_is_the_whole_message() {
    let json = br#"[{"op":"add","path":"/a","value":"12345"},{"op":"replace","path":"/b"}]"#;
    let patches: Patches = decode(json).expect("a message");
    assert_eq!(patches.body.len(), 2);
    assert_eq!(encode(&patches).expect("JSON"), json);
    assert_eq!(
        serde_json::from_slice::<Patches>(json).expect("a message"),
        patches
    );
    let expected =
        ["/0/value: error [max_length]: expected at most 4 characters, found 5 characters"];
    assert_eq!(lines(&patches.violations()), expected);
    assert_eq!(lines(&check::<Patches>(json).expect("JSON")), expected);
    assert!(!format!("{patches:?}").contains("12345"));
}

#[test]
fn rules_of_the_whole_body_are_at_the_empty_pointer() {
    let expected = ["(message): error [min_items]: expected at least 1 element, found 0 elements"];
    assert_eq!(lines(&Patches { body: vec![] }.violations()), expected);
    assert_eq!(lines(&check::<Patches>(b"[]").expect("JSON")), expected);
    let object = check::<Patches>(br#"{"body":[]}"#).expect("JSON");
    assert_eq!(
        lines(&object),
        ["(message): error [type]: expected a JSON array, found an object"]
    );
    let nothing = check::<Patches>(b"null").expect("JSON");
    assert_eq!(
        lines(&nothing),
        ["(message): error [required]: expected present, found absent"]
    );
    for wrong in [&b"{}"[..], b"null", b"[1]", b"[", br#""""#] {
        assert!(decode::<Patches>(wrong).is_err());
        assert!(serde_json::from_slice::<Patches>(wrong).is_err());
    }
}

#[test]
fn beside_fields_elsewhere_it_is_a_member() {
    let json = br#"{"id":"1","body":[{"op":"add","path":"/a"}]}"#;
    let request: UpdateRequest = decode(json).expect("a message");
    assert_eq!(encode(&request).expect("JSON"), json);
    let long = br#"{"id":"1","body":[{"op":"add"},{},{}]}"#;
    let violations = check::<UpdateRequest>(long).expect("JSON");
    assert_eq!(
        lines(&violations)[..2],
        [
            "/body: error [max_items]: expected at most 2 elements, found 3 elements",
            "/body/0/path: error [required]: expected present, found absent",
        ]
    );
}

#[test]
fn an_unreadable_entry_is_lost_alone_and_an_unreadable_body_decides_nothing() {
    let json = br#"{"a":"long","b":1,"c":"ok"}"#;
    let labels = decode_reporting::<Labels>(json).expect("a message");
    assert_eq!(labels.message.body.get("c").map(String::as_str), Some("ok"));
    assert_eq!(
        lines(&labels.dropped),
        ["/b: error [type]: expected a JSON string, found a number"]
    );
    assert_eq!(
        lines(&check::<Labels>(json).expect("JSON"))[0],
        "/a: error [max_length]: expected at most 3 characters, found 4 characters"
    );
    for undecidable in [&b"[]"[..], b"null", b"1", br#"{"a":"#] {
        assert!(decode::<Labels>(undecidable).is_err());
    }
}

#[test]
fn answers_are_a_list_or_an_object() {
    let list: ListAnswer =
        decode_answer(200, br#"[{"op":"move","path":"/a"}]"#).expect("a message");
    assert_eq!(list.body.as_ref().map(Vec::len), Some(1));
    assert_eq!(
        encode(&list).expect("JSON"),
        br#"[{"op":"move","path":"/a"}]"#
    );
    // `body` is not a member of the object.
    let json = br#"{"body":[],"code":"NO"}"#;
    let refusal: ListAnswer = decode_answer(400, json).expect("a message");
    assert_eq!(
        (refusal.body.clone(), refusal.code.as_deref()),
        (None, Some("NO"))
    );
    assert_eq!(encode(&refusal).expect("JSON"), br#"{"code":"NO"}"#);
    assert_eq!(
        serde_json::from_slice::<ListAnswer>(json).expect("a message"),
        refusal
    );
    assert_eq!(
        serde_json::from_slice::<ListAnswer>(br#"[{"op":"move","path":"/a"}]"#).expect("a message"),
        list
    );
    assert!(decode_answer::<ListAnswer>(200, json).is_err());
    assert!(decode_answer::<ListAnswer>(400, b"[]").is_err());
    for unreadable in [&b"[1]"[..], b"null", b"1"] {
        assert!(decode_answer::<ListAnswer>(200, unreadable).is_err());
        assert!(serde_json::from_slice::<ListAnswer>(unreadable).is_err() || unreadable == b"null");
    }
    let violations = check_answer::<ListAnswer>(400, br#"[{"path":1}]"#).expect("a message");
    assert_eq!(
        lines(&violations),
        ["/code: error [required]: expected present in answers with HTTP status 4XX, found absent"]
    );
}
