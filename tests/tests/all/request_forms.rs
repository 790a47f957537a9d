//! Requests as forms and back, in every style: random nested values, with a second opinion on each pair, and what anybody
//! may send.

use payspec_runtime::request::{RequestLayout, RequestProblem};
use payspec_runtime::{Field, Kind, Location, MediaType, Schema, Style};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

static ITEM: Schema = Schema {
    name: "Item",
    fields: &[
        Field::new("name", Kind::Text),
        Field::new("odd & name=", Kind::Integer),
        Field::new("open", Kind::Boolean),
        Field::new("tags", Kind::List(&Kind::Text)),
        Field::new("attributes", Kind::Map(&Kind::Text)),
        Field::new("child", Kind::Object(|| &ITEM)),
    ],
    ..Schema::EMPTY
};

const fn field(name: &'static str, style: Style, kind: Kind) -> Field {
    Field {
        style,
        ..Field::new(name, kind)
    }
}

const OBJECT: Kind = Kind::Object(|| &ITEM);
const TEXTS: Kind = Kind::List(&Kind::Text);

static FORM: Schema = Schema {
    name: "Request",
    media_type: MediaType::Form,
    fields: &[
        Field::new("text", Kind::Text),
        Field::new("integer", Kind::Integer),
        Field::new("decimal", Kind::Decimal),
        Field::new("flag", Kind::Boolean),
        field("repeated", Style::Repeat, TEXTS),
        field("numbers", Style::Comma, Kind::List(&Kind::Integer)),
        field("flags", Style::Comma, Kind::List(&Kind::Boolean)),
        field("item", Style::Brackets, OBJECT),
        field("items", Style::Brackets, Kind::List(&OBJECT)),
        field(
            "grid",
            Style::Brackets,
            Kind::List(&Kind::List(&Kind::Integer)),
        ),
        field("map", Style::Brackets, Kind::Map(&Kind::Text)),
        field(
            "deep map",
            Style::Brackets,
            Kind::Map(&Kind::List(&Kind::Map(&Kind::Boolean))),
        ),
        field("open", Style::EmptyBrackets, OBJECT),
        field("pushed", Style::EmptyBrackets, Kind::List(&Kind::Integer)),
        field("pushed map", Style::EmptyBrackets, Kind::Map(&TEXTS)),
        field("json", Style::Json, Kind::List(&OBJECT)),
        field("any", Style::Json, Kind::Any),
    ],
    ..Schema::EMPTY
};
/// The same fields in the query.
static QUERY: Schema = Schema {
    media_type: MediaType::Json,
    ..FORM
};

fn text() -> BoxedStrategy<String> {
    let hostile = prop::sample::select(vec![
        "[", "]", "[]", "a[b]", "&", "=", "+", "%", "%5B", "\r\n", "é", "支付", "", " ", ",", "0",
        ";", "#", "?", "\0", "null", "true", "{", "\"",
    ]);
    prop_oneof![
        hostile.clone().prop_map(str::to_owned),
        prop::collection::vec(hostile, 0..5).prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
    .boxed()
}

fn key() -> impl Strategy<Value = String> {
    let key = text().prop_map(|text| text.replace(['[', ']'], ""));
    key.prop_filter("a key that can be sent", |key| !key.is_empty())
}

/// Values of a kind that a style can write: without empty lists, objects and maps.
fn values(kind: Kind, depth: usize) -> BoxedStrategy<Value> {
    match kind {
        Kind::Text => text().prop_map(Value::from).boxed(),
        Kind::Integer => any::<i64>().prop_map(Value::from).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Decimal => (any::<i32>(), 0..1000_u32)
            .prop_map(|(whole, part)| json!(format!("{whole}.{part}")))
            .boxed(),
        Kind::List(element) => prop::collection::vec(values(*element, depth), 1..4)
            .prop_map(Value::from)
            .boxed(),
        Kind::Map(value) => {
            let members = prop::collection::btree_map(key(), values(*value, depth), 1..4);
            members.prop_map(object).boxed()
        }
        Kind::Object(schema) => members(schema(), depth)
            .prop_filter("an object with a member", |value| value != &json!({}))
            .boxed(),
        Kind::Any => prop_oneof![
            text().prop_map(Value::from),
            Just(json!(null)),
            Just(json!({"deep": [1.5, null, {"[]": "&"}]})),
        ]
        .boxed(),
        other => unreachable!("{other:?}"),
    }
}

fn object(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

/// Objects of a schema, some of whose fields are absent.
fn members(schema: &'static Schema, depth: usize) -> BoxedStrategy<Value> {
    let fields = schema.fields.iter().filter(|field| {
        depth > 0 || matches!(field.kind, Kind::Text | Kind::Integer | Kind::Boolean)
    });
    let fields: Vec<_> = fields
        .map(|field| {
            let value = prop::option::of(values(field.kind, depth.saturating_sub(1)));
            value.prop_map(|value| Some((field.name.to_owned(), value?)))
        })
        .collect();
    fields
        .prop_map(|all| object(all.into_iter().flatten()))
        .boxed()
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The pairs of a value, in brackets.
fn nested(name: &str, is_pushed: bool, value: &Value, to: &mut Vec<(String, String)>) {
    match value {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                let index = if is_pushed {
                    String::new()
                } else {
                    index.to_string()
                };
                nested(&format!("{name}[{index}]"), is_pushed, value, to);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                nested(&format!("{name}[{key}]"), is_pushed, value, to);
            }
        }
        value => to.push((name.to_owned(), shown(value))),
    }
}

/// The pairs that a request should consist of.
fn expected(request: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for field in FORM.fields {
        let Some(value) = request.get(field.name) else {
            continue;
        };
        let name = field.name.to_owned();
        match (field.style, value) {
            (Style::Json, value) => pairs.push((name, value.to_string())),
            (Style::Repeat, Value::Array(values)) => {
                pairs.extend(values.iter().map(|value| (name.clone(), shown(value))));
            }
            (Style::Comma, Value::Array(values)) => {
                let texts: Vec<String> = values.iter().map(shown).collect();
                pairs.push((name, texts.join(",")));
            }
            (style, value) => nested(&name, style == Style::EmptyBrackets, value, &mut pairs),
        }
    }
    pairs
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    // Members of objects have any order, elements of lists keep theirs.
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    pairs
}

fn check(layout: &RequestLayout<'_>, request: &Value) {
    let parts = layout
        .split(request.to_string().as_bytes())
        .expect("it can be sent");
    let (path, query) = parts.target.split_once('?').unwrap_or((&parts.target, ""));
    assert_eq!(path, "/v1/forms");
    let is_form = parts.media_type == Some(MediaType::Form);
    let written = if is_form {
        parts.body.as_slice()
    } else {
        query.as_bytes()
    };
    assert!(written.is_ascii());
    let pairs = form_urlencoded::parse(written).into_owned().collect();
    assert_eq!(sorted(pairs), sorted(expected(request)));
    let joined = layout
        .join(&parts.target, &[], &parts.body)
        .expect("a request");
    let joined: Value = serde_json::from_slice(&joined).expect("JSON");
    assert_eq!(joined, *request);
}

fn form() -> RequestLayout<'static> {
    RequestLayout::of("POST", "/v1/forms", &FORM)
}

fn in_query() -> RequestLayout<'static> {
    let mut layout = RequestLayout::of("POST", "/v1/forms", &FORM);
    for field in &mut layout.fields {
        field.location = Location::Query;
    }
    layout.body = None;
    layout
}

proptest! {
    #[test]
    fn forms_arrive_unchanged(request in members(&FORM, 4)) {
        check(&form(), &request);
    }

    #[test]
    fn queries_arrive_unchanged(request in members(&FORM, 3)) {
        check(&in_query(), &request);
    }

    /// Anybody can send a form: nothing may panic, and the result must be JSON.
    #[test]
    fn any_form_may_arrive(body in any::<Vec<u8>>(), text in "((text|item|items|map|open|json|grid|x)(\\[(a|0|1|tags|child|)\\]?){0,4}=?[a-z0-9%+]{0,3}&){0,5}") {
        for body in [body.as_slice(), text.as_bytes()] {
            if let Ok(json) = form().join("/v1/forms", &[], body) {
                prop_assert!(serde_json::from_slice::<Value>(&json).is_ok());
            }
        }
        let _ = in_query().join(&format!("/v1/forms?{text}"), &[], b"");
    }
}

#[test]
fn the_layout_of_a_json_body_has_no_shapes() {
    let layout = RequestLayout::of("POST", "/v1/forms", &QUERY);
    assert!(layout.is_whole() && layout.objects.is_empty());
    assert!(!form().is_whole());
    // The type contains itself, and is there once.
    assert_eq!(form().objects.len(), 1);
}

fn not_sent(json: &Value) -> String {
    let error = form()
        .split(json.to_string().as_bytes())
        .expect_err("an error");
    error.to_string()
}

#[test]
fn what_a_style_cannot_write_is_not_sent() {
    let empty = "expected at least one element or member: the style writes none";
    for (json, error) in [
        (
            json!({"repeated": []}),
            format!("/repeated (body): {empty}"),
        ),
        (json!({"numbers": []}), format!("/numbers (body): {empty}")),
        (
            json!({"item": {"tags": []}}),
            format!("/item/tags (body): {empty}"),
        ),
        (
            json!({"items": [{"name": "a"}, {}]}),
            format!("/items/1 (body): {empty}"),
        ),
        (json!({"map": {"a": null}}), format!("/map (body): {empty}")),
        (json!({"pushed": []}), format!("/pushed (body): {empty}")),
        (
            json!({"map": {"": "x"}}),
            "/map/* (body): expected a key that is not empty and contains no bracket".to_owned(),
        ),
        (
            json!({"map": {"secret]": "x"}}),
            "/map/* (body): expected a key that is not empty and contains no bracket".to_owned(),
        ),
        (
            json!({"numbers": ["1,2"]}),
            "/numbers (body): expected an element without a comma".to_owned(),
        ),
        (
            json!({"item": {"name": {}}}),
            "/item/name (body): expected a text, number or boolean".to_owned(),
        ),
        (
            json!({"repeated": [["a"]]}),
            "/repeated (body): expected a text, number or boolean".to_owned(),
        ),
        (
            json!({"unknown": {"secret": 1}}),
            "/unknown (body): expected a text, number or boolean".to_owned(),
        ),
    ] {
        assert_eq!(not_sent(&json), error, "{json}");
    }
    let twice = form()
        .split(br#"{"item": {"name": "a", "name": "b"}}"#)
        .expect_err("an error");
    assert_eq!(
        twice.to_string(),
        "/item (body): expected once, found more than once"
    );
}

#[test]
fn what_is_no_form_of_the_request_is_refused() {
    let style = "expected the style and the type of the field";
    let deep = format!("item{}=x", "[child]".repeat(65));
    let index = "expected the indexes 0, 1, 2 and so on";
    for (body, error) in [
        (
            "text=a&text=b",
            "/text (body): expected once, found more than once".to_owned(),
        ),
        (
            "item[name]=a&item[name]=b",
            "/item/name (body): expected once, found more than once".to_owned(),
        ),
        ("item[name]=a&item=b", format!("/item (body): {style}")),
        (
            "item[name]=a&item[name][x]=b",
            format!("/item/name (body): {style}"),
        ),
        ("item=a", format!("/item (body): {style}")),
        ("text[a]=b", format!("/text (body): {style}")),
        ("repeated[]=a", format!("/repeated (body): {style}")),
        (
            "items[0][name]=a&items[2][name]=b",
            format!("/items (body): {index}"),
        ),
        (
            "items[999999999999999999999][name]=a",
            format!("/items (body): {index}"),
        ),
        ("items[00][name]=a", format!("/items (body): {index}")),
        ("items[-1][name]=a", format!("/items (body): {index}")),
        ("items[][name]=a", format!("/items (body): {index}")),
        ("pushed[0]=1", format!("/pushed (body): {style}")),
        (
            "pushed[]=1&pushed[][a]=2",
            format!("/pushed (body): {style}"),
        ),
        ("item[name=a", format!("/item (body): {style}")),
        ("item[name]x=a", format!("/item (body): {style}")),
        ("item[na[me]]=a", format!("/item (body): {style}")),
        (
            "map[]=a",
            "/map/* (body): expected a key that is not empty and contains no bracket".to_owned(),
        ),
        (deep.as_str(), "/item (body): nested too deeply".to_owned()),
        (
            "numbers=1&numbers=2",
            "/numbers (body): expected once, found more than once".to_owned(),
        ),
        ("text=%FF", "body: expected UTF-8".to_owned()),
        (
            r#"{"card": "4111"}"#,
            "body: expected a form, found JSON".to_owned(),
        ),
    ] {
        let result = form().join("/v1/forms", &[], body.as_bytes());
        assert_eq!(result.expect_err(body).to_string(), error, "{body}");
    }
    let not_text = form()
        .join("/v1/forms", &[], b"text=\xFF")
        .expect_err("an error");
    assert_eq!(not_text.problem, RequestProblem::NotUtf8);
}

#[test]
fn what_the_type_does_not_have_stays_for_the_validator() {
    let body = "integer=x&flag=yes&new=1&item[new]=2&item[other][a]=3&numbers=1,x&json=no&open[tags][]=1&text=a+b";
    let json = form()
        .join("/v1/forms", &[], body.as_bytes())
        .expect("a request");
    let json: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(
        json,
        json!({
            "text": "a b",
            "integer": "x",
            "flag": "yes",
            "numbers": [1, "x"],
            "item": {"new": "2", "other": {"a": "3"}},
            "open": {"tags": ["1"]},
            "json": "no",
            "new": "1",
        })
    );
}

#[test]
fn an_error_shows_no_value() {
    for body in [
        "item[name][secret]=secret",
        "map[secret][a]=secret",
        "text=secret&text=secret",
    ] {
        let error = form()
            .join("/v1/forms", &[], body.as_bytes())
            .expect_err("an error");
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
    }
}

/// Many pairs take time in proportion to their number.
#[test]
fn a_large_form_is_read_quickly() {
    let pairs: Vec<String> = (0..100_000)
        .map(|number| format!("new{number}=1"))
        .collect();
    let json = form()
        .join("/v1/forms", &[], pairs.join("&").as_bytes())
        .expect("a request");
    assert!(json.len() > 100_000);
}
