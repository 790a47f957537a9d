//! Requests as parts of HTTP and back: random values in every place, with a second opinion on each encoding.

use std::borrow::Cow;

use payspec_runtime::request::{HttpParts, RequestLayout, RequestProblem};
use payspec_runtime::{EnumSchema, Field, Kind, Location, Schema};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use url::Url;

const PATH: &str = "/v1/{a}/things/{n}";
const KIND: EnumSchema = EnumSchema {
    numbers: false,
    name: "Kind",
    values: &["BIG", "very small"],
    open: false,
};

const fn field(name: &'static str, location: Location, kind: Kind) -> Field {
    Field {
        location,
        ..Field::new(name, kind)
    }
}

static NATIVE: Schema = Schema {
    name: "Request",
    fields: &[
        field("a", Location::Path, Kind::Text),
        field("n", Location::Path, Kind::Integer),
        field("text", Location::Query, Kind::Text),
        field("odd & name=", Location::Query, Kind::Text),
        field("integer", Location::Query, Kind::Integer),
        field("decimal", Location::Query, Kind::Decimal),
        field("flag", Location::Query, Kind::Boolean),
        field("kind", Location::Query, Kind::Enum(&KIND)),
        field("texts", Location::Query, Kind::List(&Kind::Text)),
        field("numbers", Location::Query, Kind::List(&Kind::Integer)),
        field("X-Text", Location::Header, Kind::Text),
        field("X-Integer", Location::Header, Kind::Integer),
        field("body", Location::Body, Kind::Any),
    ],
    ..Schema::EMPTY
};
static STRINGS: Schema = Schema {
    strings: true,
    ..NATIVE
};

/// Texts that are hard to carry, beside any others.
fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "/", "%2F", "%", "?", "#", "&", "+", "=", " ", "\r\n", "a b", "é", "支付", "", ".", "..",
        "...", "%2e", ";", ",", ":", "@", "'", "\"", "\\", "{a}", "~", "\0", "null", "true", "5",
    ]);
    prop_oneof![
        hostile.clone().prop_map(str::to_owned),
        prop::collection::vec(hostile, 0..5).prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

fn optional(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop::option::of(value)
}

/// Requests whose integers and booleans are written natively, or as texts.
fn requests(strings: bool) -> impl Strategy<Value = Value> {
    let texts = || text().prop_map(Value::from);
    let scalar = move |value: Value| match strings {
        true => Value::from(value.to_string()),
        false => value,
    };
    let integer = move || any::<i64>().prop_map(move |number| scalar(number.into()));
    let flag = any::<bool>().prop_map(move |flag| scalar(flag.into()));
    let decimal =
        (any::<i32>(), 0..1000_u32).prop_map(|(whole, part)| json!(format!("{whole}.{part}")));
    let kind = prop::sample::select(KIND.values.to_vec()).prop_map(Value::from);
    let many = prop::collection::vec(texts(), 1..4).prop_map(Value::from);
    let numbers = prop::collection::vec(integer(), 1..4).prop_map(Value::from);
    let body = prop_oneof![texts(), Just(json!({"deep": [1.5, null, {"/": "x"}]}))];
    let in_query = (
        (
            optional(texts()),
            optional(texts()),
            optional(integer()),
            optional(decimal),
        ),
        (
            optional(flag),
            optional(kind),
            optional(many),
            optional(numbers),
        ),
    );
    let others = (
        texts(),
        integer(),
        optional(texts()),
        optional(integer()),
        optional(body),
    );
    (in_query, others).prop_map(|((one, two), others)| {
        let (a, n, header, number, body) = others;
        let values = [
            ("a", Some(a)),
            ("n", Some(n)),
            ("text", one.0),
            ("odd & name=", one.1),
            ("integer", one.2),
            ("decimal", one.3),
            ("flag", two.0),
            ("kind", two.1),
            ("texts", two.2),
            ("numbers", two.3),
            ("X-Text", header),
            ("X-Integer", number),
            ("body", body),
        ];
        let present = values
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(present.collect::<Map<_, _>>())
    })
}

fn joined(layout: &RequestLayout<'_>, parts: &HttpParts) -> Value {
    let headers: Vec<(String, &[u8])> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.to_uppercase(), value.as_bytes()))
        .collect();
    let headers: Vec<(&str, &[u8])> = headers
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    let json = layout.join(&parts.target, &headers, &parts.body);
    serde_json::from_slice(&json.expect("a request")).expect("JSON")
}

/// Compares the target with what the WHATWG URL library reads.
fn second_opinion(request: &Value, parts: &HttpParts) {
    let whole = format!("https://api.example.com{}", parts.target);
    let url = Url::parse(&whole).expect("a URL");
    assert_eq!(url.as_str(), whole, "a client would send another target");
    let segments: Vec<Cow<'_, str>> = url
        .path_segments()
        .expect("a path")
        .map(|segment| percent_decoded(segment))
        .collect();
    assert_eq!(segments.len(), 4, "{}", parts.target);
    assert_eq!(segments[1], shown(&request["a"]));
    assert_eq!(segments[3], shown(&request["n"]));
    let mut expected = Vec::new();
    for field in NATIVE.fields {
        match (field.location, &request[field.name]) {
            (_, Value::Null)
            | (Location::Path | Location::Header | Location::Body | Location::WholeBody, _) => {}
            (Location::Query, Value::Array(values)) => {
                expected.extend(
                    values
                        .iter()
                        .map(|value| (field.name.to_owned(), shown(value))),
                );
            }
            (Location::Query, value) => expected.push((field.name.to_owned(), shown(value))),
        }
    }
    let found: Vec<_> = url.query_pairs().into_owned().collect();
    assert_eq!(found, expected);
}

/// The text that a browser's form would read from one value.
fn percent_decoded(segment: &str) -> Cow<'static, str> {
    // A path has no `+` for a space, and none is ever written.
    assert!(!segment.contains('+'), "{segment}");
    let mut url = Url::parse("https://api.example.com/").expect("a URL");
    url.set_query(Some(&format!("x={segment}")));
    let value = url.query_pairs().next().expect("a pair").1.into_owned();
    Cow::Owned(value)
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn can_be_segment(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
}

fn can_be_header(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

fn check(schema: &'static Schema, request: &Value) {
    let layout = RequestLayout::of("POST", PATH, schema);
    let json = request.to_string();
    let header = request["X-Text"].as_str().unwrap_or_default();
    match layout.split(json.as_bytes()) {
        Ok(parts) => {
            assert!(can_be_segment(&shown(&request["a"])) && can_be_header(header));
            second_opinion(request, &parts);
            assert_eq!(joined(&layout, &parts), *request);
        }
        Err(error) => match error.problem {
            RequestProblem::Segment => assert!(!can_be_segment(&shown(&request["a"]))),
            RequestProblem::HeaderText => assert!(!can_be_header(header)),
            other => panic!("{other}: {json}"),
        },
    }
}

proptest! {
    #[test]
    fn native_scalars_arrive_unchanged(request in requests(false)) {
        check(&NATIVE, &request);
    }

    #[test]
    fn texts_arrive_unchanged(request in requests(true)) {
        check(&STRINGS, &request);
    }

    /// Anybody can send a request: nothing may panic, and the result must be JSON.
    #[test]
    fn anything_may_arrive(target in ".*", header in any::<Vec<u8>>(), body in ".*") {
        let layout = RequestLayout::of("POST", PATH, &NATIVE);
        for target in [&target, &format!("/v1/a/things/5?{target}"), &format!("/v1/{target}/things/1")] {
            if let Ok(json) = layout.join(target, &[("x-text", &header)], body.as_bytes()) {
                prop_assert!(serde_json::from_slice::<Value>(&json).is_ok());
            }
        }
    }
}

static WHOLE: Schema = Schema {
    name: "Whole",
    fields: &[
        field("a", Location::Path, Kind::Text),
        field("X-Text", Location::Header, Kind::Text),
        field("body", Location::WholeBody, Kind::Any),
    ],
    ..Schema::EMPTY
};

#[test]
fn a_whole_body_travels_as_it_is() {
    let layout = RequestLayout::of("POST", "/v1/{a}", &WHOLE);
    for body in [
        "[]",
        r#"[{"op":"add"},1.10]"#,
        r#"{"a":"b"}"#,
        r#""a""#,
        "5",
    ] {
        let json = format!(r#"{{"a":"1","X-Text":"t","body":{body}}}"#);
        let parts = layout.split(json.as_bytes()).expect("parts");
        assert_eq!(parts.target, "/v1/1");
        assert_eq!(parts.body, body.as_bytes());
        let headers = [("x-text", &b"t"[..])];
        let joined = layout.join(&parts.target, &headers, &parts.body);
        assert_eq!(joined.expect("a request"), json.as_bytes());
    }
    let problem = |json: &str| layout.split(json.as_bytes()).expect_err("an error").problem;
    assert_eq!(problem(r#"{"a":"1"}"#), RequestProblem::Absent);
    let beside = problem(r#"{"a":"1","body":[],"other":1}"#);
    assert_eq!(beside, RequestProblem::BesideBody);
    let twice = problem(r#"{"a":"1","body":[],"body":[1]}"#);
    assert_eq!(twice, RequestProblem::Repeated);
    // Without a body, the validator reports what is missing.
    assert_eq!(
        layout.join("/v1/1", &[], b"").expect("a request"),
        br#"{"a":"1"}"#
    );
    assert!(matches!(
        layout
            .join("/v1/1", &[], b"[")
            .expect_err("no JSON")
            .problem,
        RequestProblem::NotJson(_)
    ));
}

#[test]
fn a_request_that_is_its_body_is_not_taken_apart() {
    static ALONE: Schema = Schema {
        fields: &[field("body", Location::WholeBody, Kind::Any)],
        ..WHOLE
    };
    let layout = RequestLayout::of("POST", "/v1/things", &ALONE);
    assert!(layout.is_whole());
    let parts = layout.split(b"[1, 2]").expect("parts");
    assert_eq!(parts.body, b"[1, 2]");
    let joined = layout.join("/v1/things", &[], &parts.body);
    assert_eq!(joined.expect("a request"), b"[1, 2]");
}

fn problem(json: &str) -> RequestProblem {
    let layout = RequestLayout::of("POST", PATH, &NATIVE);
    layout.split(json.as_bytes()).expect_err("an error").problem
}

#[test]
fn what_cannot_be_sent_is_refused() {
    for segment in ["", ".", ".."] {
        let json = json!({"a": segment, "n": 1}).to_string();
        assert_eq!(problem(&json), RequestProblem::Segment);
    }
    for header in ["a\r\nX-Evil: 1", "\n", " a", "a ", "é", "\t", "\0"] {
        let json = json!({"a": "1", "n": 1, "X-Text": header}).to_string();
        assert_eq!(problem(&json), RequestProblem::HeaderText);
    }
    assert_eq!(problem(r#"{"a": "1"}"#), RequestProblem::Absent);
    assert_eq!(problem(r#"{"a": null, "n": 1}"#), RequestProblem::Absent);
    assert_eq!(problem(r#"{"a": {}, "n": 1}"#), RequestProblem::NotAText);
    assert_eq!(
        problem(r#"{"a": "1", "n": 1, "texts": [[]]}"#),
        RequestProblem::NotAText
    );
    assert_eq!(
        problem(r#"{"a": "1", "a": "2", "n": 1}"#),
        RequestProblem::Repeated
    );
    assert_eq!(problem("[]"), RequestProblem::NotAnObject);
    assert!(matches!(problem("{"), RequestProblem::NotJson(_)));
    let get = RequestLayout::of("GET", PATH, &NATIVE);
    let error = get
        .split(br#"{"a": "1", "n": 1, "body": 1}"#)
        .expect_err("an error");
    assert_eq!(error.to_string(), "/body (body): this method has no body");
}

#[test]
fn an_error_shows_no_value() {
    let layout = RequestLayout::of("POST", PATH, &NATIVE);
    let error = layout
        .split(br#"{"a": "1", "n": 1, "X-Text": "secret\n"}"#)
        .expect_err("an error");
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn what_is_in_another_place_is_refused() {
    let layout = RequestLayout::of("POST", PATH, &NATIVE);
    let join = |target: &str, body: &str| {
        let error = layout
            .join(target, &[], body.as_bytes())
            .expect_err("an error");
        error.to_string()
    };
    let own = "/v1/a/things/5";
    assert_eq!(
        join(&format!("{own}?a=b"), ""),
        "/a (query): expected in the path"
    );
    assert_eq!(join(own, r#"{"n": 6}"#), "/n (body): expected in the path");
    assert_eq!(
        join(&format!("{own}?text=b&text=c"), ""),
        "/text (query): expected once, found more than once"
    );
    assert_eq!(
        join(&format!("{own}?text=%FF"), ""),
        "query: expected UTF-8"
    );
    assert_eq!(
        join("/v1/a/things", ""),
        "path: expected the path of the operation"
    );
    assert_eq!(
        join("/v1/%2e%2E/things/5", ""),
        "path: expected the path of the operation"
    );
    assert_eq!(join(own, "[]"), "body: expected a JSON object");
}

#[test]
fn a_text_of_another_form_stays_a_text() {
    let layout = RequestLayout::of("GET", PATH, &NATIVE);
    let target = "/v1/a/things/1x?integer=1e400&flag=yes&numbers=1&numbers=+2&new=a+b";
    let json = layout.join(target, &[], b"").expect("a request");
    let expected =
        r#"{"a":"a","n":"1x","integer":1e400,"flag":"yes","numbers":[1," 2"],"new":"a b"}"#;
    assert_eq!(String::from_utf8(json).expect("UTF-8"), expected);
}
