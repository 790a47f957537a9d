//! One JSON text in the spellings of several serialisers.

use payspec_doctor::Verdict;

use super::exchange::{Mail, settings};
use super::{examined, mistakes};

/// The body that is sent.
const SENT: &str = r#"{"b":["x/y",{"n":1.10}],"a":"é<&>","e":{},"l":[]}"#;

/// The same body as other serialisers write it.
const SIGNED: &[(&str, &str)] = &[
    (
        "Python, json.dumps",
        r#"{"b": ["x/y", {"n": 1.10}], "a": "\u00e9<&>", "e": {}, "l": []}"#,
    ),
    (
        "Python, sort_keys and separators",
        r#"{"a":"\u00e9<&>","b":["x/y",{"n":1.10}],"e":{},"l":[]}"#,
    ),
    (
        "PHP, json_encode",
        r#"{"b":["x\/y",{"n":1.10}],"a":"\u00e9<&>","e":{},"l":[]}"#,
    ),
    (
        "Go, json.Marshal",
        r#"{"b":["x/y",{"n":1.10}],"a":"é\u003c\u0026\u003e","e":{},"l":[]}"#,
    ),
    (
        ".NET, System.Text.Json",
        r#"{"b":["x/y",{"n":1.10}],"a":"\u00E9\u003C\u0026\u003E","e":{},"l":[]}"#,
    ),
    (
        "JavaScript, JSON.stringify with two spaces",
        "{\n  \"b\": [\n    \"x/y\",\n    {\n      \"n\": 1.10\n    }\n  ],\n  \"a\": \"é<&>\",\n  \"e\": {},\n  \"l\": []\n}",
    ),
    (
        "C#, indented, on Windows",
        "{\r\n  \"b\": [\r\n    \"x/y\",\r\n    {\r\n      \"n\": 1.10\r\n    }\r\n  ],\r\n  \"a\": \"é<&>\",\r\n  \"e\": {},\r\n  \"l\": []\r\n}",
    ),
    (
        "Java, Jackson's pretty printer",
        "{\n  \"b\" : [ \"x/y\", {\n    \"n\" : 1.10\n  } ],\n  \"a\" : \"é<&>\",\n  \"e\" : { },\n  \"l\" : [ ]\n}",
    ),
];

#[test]
fn rewriting_by_serialisers_is_found() {
    for (name, signed) in SIGNED {
        let mail = Mail::request()
            .with(|parts| parts.body = SENT.into())
            .signing(|parts| parts.body = (*signed).into());
        let found = examined(&mail, &settings());
        assert_eq!(found.verdict, Verdict::Explained, "{name}: {found:#?}");
        assert_eq!(mistakes(&found), ["rewritten-body"], "{name}: {found:#?}");
    }
}

/// A program that reads a body into an object and signs what it writes from the object puts the names into the
/// object's order.
#[test]
fn the_order_of_the_description_is_found() {
    let sent = r#"{"unknown":1,"order":{"orderAmount":{"value":"1","currency":"USD"},"orderDescription":"d"},"productCode":"P"}"#;
    let signed = r#"{"productCode":"P","order":{"orderDescription":"d","orderAmount":{"currency":"USD","value":"1"}},"unknown":1}"#;
    let mail = Mail::request()
        .with(|parts| parts.body = sent.into())
        .signing(|parts| parts.body = signed.into());
    let found = examined(&mail, &settings());
    assert_eq!(found.verdict, Verdict::Explained, "{found:#?}");
    assert_eq!(mistakes(&found), ["rewritten-body"], "{found:#?}");
    let detail = &found.findings[0].detail;
    assert!(
        detail.contains("in the order of the description"),
        "{detail}"
    );
}
