//! Every rule, for a typed message and for the JSON tree. A row fails if the call of its rule is
//! removed.

use payspec_runtime::{
    Country, Currency, Date, DateTime, Decimal, DecodeError, JsonText, Map, Message, OpenEnum,
    RuleId, UnknownValue, Url, Validate, check, decode,
};
use std::collections::BTreeSet;

#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Terminal {
    #[value("WEB")]
    Web,
    #[value("APP")]
    App,
    #[unknown]
    Unknown(UnknownValue),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, OpenEnum)]
enum Method {
    #[value("GET")]
    Get,
    #[value("POST")]
    Post,
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]
struct Amount {
    currency: Currency,
    #[field(min = "1", max = "5000")]
    value: i64,
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(amount(currency = "currency", value = "value"))]
struct Price {
    currency: Currency,
    value: Decimal,
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(at_least_one_of("mail", "phone"))]
struct Buyer {
    mail: Option<String>,
    #[field(sensitive = "pii", max_length = 3)]
    phone: Option<String>,
    #[field(min_length = 2)]
    name: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Extra {
    #[field(max_length = 2)]
    note: Option<String>,
    currency: Option<Currency>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
#[message(refine("/buyers/*/name", required))]
#[message(refine("/extra/note", const = "ok"))]
#[message(refine("/amount/value", max = "4000"))]
#[message(same_currency("/amount/currency", "/fee/currency", "/extra/currency"))]
#[message(same_currency("/fee/currency", "/amount/currency", direction = "incoming"))]
struct Request {
    #[field(max_length = 3, purpose = "id")]
    id: String,
    #[field(name = "otherId")]
    other_id: Option<String>,
    #[field(purpose = "id")]
    parts: Option<Vec<String>>,
    amount: Amount,
    terminal: Terminal,
    method: Option<Method>,
    #[field(required_when("/terminal", "APP"), forbidden_when("/terminal", "WEB"))]
    os: Option<String>,
    #[field(const = "PAY")]
    product: Option<String>,
    #[field(values("A", "B"))]
    group: Option<String>,
    #[field(pattern = "[a-z]+")]
    word: Option<String>,
    #[field(format = "mcc")]
    mcc: Option<String>,
    #[field(format = "json")]
    json: Option<String>,
    #[field(min_items = 1, max_items = 2)]
    buyers: Option<Vec<Buyer>>,
    #[field(min = "0.5", max = "9.5")]
    rate: Option<Decimal>,
    time: Option<DateTime>,
    date: Option<Date>,
    #[field(max_length = 30)]
    url: Option<Url>,
    country: Option<Country>,
    flag: Option<bool>,
    extra: Option<JsonText<Extra>>,
    #[field(required(severity = "warning"))]
    wish: Option<String>,
    #[field(max_length(2, direction = "incoming"))]
    later: Option<String>,
    #[field(name = "tellUrl", purpose = "callback")]
    tell_url: Option<Url>,
    #[field(name = "notifyUrl")]
    notify_url: Option<Url>,
    fee: Option<Amount>,
    price: Option<Price>,
    #[field(multiple_of = "0.25")]
    share: Option<Decimal>,
    #[field(multiple_of = "12")]
    dozens: Option<i64>,
    #[field(unique_items)]
    tags: Option<Vec<String>>,
    #[field(unique_items)]
    prices: Option<Vec<Decimal>>,
    #[field(unique_items)]
    numbers: Option<Vec<i64>>,
    #[field(max_items = 2, keys(max_length = 4, pattern = "[a-z]+"))]
    marks: Option<Map<i64>>,
}

const GOOD: &str = r#"{"id":"abc","amount":{"currency":"IDR","value":"1200"},"terminal":"APP","os":"x","wish":"y"}"#;

/// The good message with one member added or replaced.
fn with(member: &str) -> String {
    let node: serde_json::Value = serde_json::from_str(&format!("{{{member}}}")).expect("a member");
    let mut message: serde_json::Value = serde_json::from_str(GOOD).expect("a message");
    for (name, value) in node.as_object().expect("an object") {
        message[name] = value.clone();
    }
    message.to_string()
}

fn found(violations: &payspec_runtime::Violations) -> Vec<String> {
    let line =
        |one: &payspec_runtime::Violation| format!("{} {} {}", one.path, one.rule, one.severity);
    violations.iter().map(line).collect()
}

/// A member, and the rules that it violates. `typed` says whether a typed message can contain the
/// error.
struct Row {
    member: String,
    breaks: &'static [&'static str],
    typed: bool,
}

fn rows() -> Vec<Row> {
    let row = |typed, member: &str, breaks| Row {
        member: member.to_owned(),
        breaks,
        typed,
    };
    vec![
        row(true, r#""id":"支付宝""#, &[]),
        row(true, r#""id":"abcd""#, &["/id max_length error"]),
        row(true, r#""id":"支付宝😀""#, &["/id max_length error"]),
        row(true, r#""id":"""#, &["/id not_empty error"]),
        row(true, r#""id":"a\u0007""#, &["/id control_character error"]),
        row(
            true,
            r#""word":"\u0007""#,
            &["/word control_character warning", "/word pattern error"],
        ),
        row(
            true,
            r#""tellUrl":"shop://alert""#,
            &["/tellUrl url_scheme warning"],
        ),
        row(true, r#""tellUrl":"https://shop.example/a""#, &[]),
        row(
            true,
            r#""notifyUrl":"javascript:alert(1)""#,
            &["/notifyUrl url_scheme warning"],
        ),
        row(true, r#""notifyUrl":"shop://alert""#, &[]),
        // Only the spec can declare an id; the name of a field does not.
        row(
            true,
            r#""otherId":"a\u0007""#,
            &["/otherId control_character warning"],
        ),
        row(true, r#""otherId":"a\n""#, &[]),
        row(
            true,
            r#""parts":["a","b\n"]"#,
            &["/parts/1 control_character error"],
        ),
        row(false, r#""id":null"#, &["/id required error"]),
        row(false, r#""id":5"#, &["/id type error"]),
        row(true, r#""terminal":"TV""#, &["/terminal values error"]),
        row(false, r#""terminal":"""#, &["/terminal not_empty error"]),
        row(false, r#""method":"PUT""#, &["/method values error"]),
        row(true, r#""method":"GET""#, &[]),
        row(true, r#""terminal":"WEB""#, &["/os forbidden_when error"]),
        row(true, r#""os":null"#, &["/os required_when error"]),
        row(true, r#""product":"BUY""#, &["/product const error"]),
        row(true, r#""group":"C""#, &["/group values error"]),
        row(true, r#""word":"ab1""#, &["/word pattern error"]),
        row(true, r#""word":"ab\n""#, &["/word pattern error"]),
        row(true, r#""word":"ab""#, &[]),
        row(true, r#""mcc":"123""#, &["/mcc format error"]),
        row(true, r#""json":"{""#, &["/json format error"]),
        row(true, r#""json":"{\"a\":[1]}""#, &[]),
        row(true, r#""buyers":[]"#, &["/buyers min_items error"]),
        row(
            true,
            r#""buyers":[{"mail":"a","name":"ab"},{"mail":"a","name":"ab"},{"mail":"a","name":"ab"}]"#,
            &["/buyers max_items error"],
        ),
        row(
            true,
            r#""buyers":[{"name":"ab"}]"#,
            &["/buyers/0 at_least_one_of error"],
        ),
        row(
            true,
            r#""buyers":[{"mail":"a"}]"#,
            &["/buyers/0/name required error"],
        ),
        row(
            true,
            r#""buyers":[{"phone":"1","name":"a"}]"#,
            &["/buyers/0/name min_length error"],
        ),
        row(
            true,
            r#""buyers":[{"mail":"a","name":"ab"},{"phone":"1234","name":"ab"}]"#,
            &["/buyers/1/phone max_length error"],
        ),
        row(false, r#""buyers":[null]"#, &["/buyers/0 type error"]),
        row(false, r#""buyers":{}"#, &["/buyers type error"]),
        row(true, r#""rate":"0.4999""#, &["/rate min error"]),
        row(
            true,
            r#""rate":"9.50000000000000000001""#,
            &["/rate max error"],
        ),
        row(true, r#""rate":"9.5""#, &[]),
        row(false, r#""rate":"1e1""#, &["/rate format error"]),
        row(false, r#""rate":7.5"#, &["/rate encoding warning"]),
        row(false, r#""time":"2019-11-27""#, &["/time format error"]),
        row(true, r#""time":"2019-11-27T12:01:01+08:00""#, &[]),
        row(false, r#""date":"2019-02-30""#, &["/date format error"]),
        row(true, r#""url":"no url""#, &["/url format error"]),
        row(
            true,
            r#""url":"no url, and too long for the limit""#,
            &["/url format error", "/url max_length error"],
        ),
        row(false, r#""url":"""#, &["/url not_empty error"]),
        row(true, r#""country":"UK""#, &["/country format error"]),
        row(false, r#""country":"usa""#, &["/country format error"]),
        row(false, r#""flag":"yes""#, &["/flag format error"]),
        row(false, r#""flag":true"#, &["/flag encoding warning"]),
        row(false, r#""flag":1"#, &["/flag type error"]),
        row(true, r#""extra":"{\"note\":\"ok\"}""#, &[]),
        row(
            true,
            r#""extra":"{\"note\":\"abc\"}""#,
            &["/extra/note max_length error", "/extra/note const error"],
        ),
        row(
            false,
            r#""extra":"{\"note\":1}""#,
            &["/extra/note type error"],
        ),
        row(false, r#""extra":"[]""#, &["/extra format error"]),
        row(
            false,
            r#""extra":{"note":"ok"}"#,
            &["/extra encoding warning"],
        ),
        row(
            true,
            r#""amount":{"currency":"IDR","value":"1250"}"#,
            &["/amount/value amount_step error"],
        ),
        row(true, r#""share":"0.75""#, &[]),
        row(true, r#""share":"0.80""#, &["/share multiple_of error"]),
        row(true, r#""dozens":"-24""#, &[]),
        row(true, r#""dozens":"13""#, &["/dozens multiple_of error"]),
        row(true, r#""tags":["a","A"]"#, &[]),
        row(
            true,
            r#""tags":["a","b","a"]"#,
            &["/tags unique_items error"],
        ),
        row(true, r#""prices":["1.5","2"]"#, &[]),
        row(
            true,
            r#""prices":["1.5","2","1.50"]"#,
            &["/prices unique_items error"],
        ),
        row(true, r#""numbers":["7","-7"]"#, &[]),
        row(
            true,
            r#""numbers":["7","7"]"#,
            &["/numbers unique_items error"],
        ),
        row(true, r#""marks":{"a":"1","abcd":"2"}"#, &[]),
        row(
            true,
            r#""marks":{"A":"1","abcde":"2"}"#,
            &[
                "/marks/A key_pattern error",
                "/marks/abcde key_max_length error",
            ],
        ),
        row(
            true,
            r#""marks":{"a":"1","b":"2","c":"3"}"#,
            &["/marks max_items error"],
        ),
        row(true, r#""amount":{"currency":"USD","value":"1250"}"#, &[]),
        row(
            true,
            r#""price":{"currency":"JPY","value":"12.5"}"#,
            &["/price/value decimals error"],
        ),
        row(true, r#""price":{"currency":"JPY","value":"12"}"#, &[]),
        row(true, r#""price":{"currency":"USD","value":"12.5"}"#, &[]),
        row(true, r#""fee":{"currency":"IDR","value":"100"}"#, &[]),
        row(
            true,
            r#""fee":{"currency":"USD","value":"1"}"#,
            &["/fee/currency same_currency error"],
        ),
        row(
            true,
            r#""fee":{"currency":"USD","value":"1"},"extra":"{\"note\":\"ok\",\"currency\":\"USD\"}""#,
            &[
                "/fee/currency same_currency error",
                "/extra/currency same_currency error",
            ],
        ),
        row(
            false,
            r#""fee":{"currency":"usd","value":"1"}"#,
            &["/fee/currency format error"],
        ),
        row(
            true,
            r#""fee":{"currency":"BTC","value":"1"}"#,
            &["/fee/currency format error"],
        ),
        row(
            true,
            r#""amount":{"currency":"USD","value":"0"}"#,
            &["/amount/value min error"],
        ),
        row(
            true,
            r#""amount":{"currency":"USD","value":"5001"}"#,
            &["/amount/value max error"],
        ),
        row(
            true,
            r#""amount":{"currency":"USD","value":"4500"}"#,
            &["/amount/value max error"],
        ),
        row(
            true,
            r#""amount":{"currency":"BTC","value":"1"}"#,
            &["/amount/currency format error"],
        ),
        row(
            false,
            r#""amount":{"currency":"USD","value":"1.5"}"#,
            &["/amount/value format error"],
        ),
        row(
            false,
            r#""amount":{"currency":"USD","value":7}"#,
            &["/amount/value encoding warning"],
        ),
        row(
            false,
            r#""amount":{"currency":"USD","value":7.0}"#,
            &[
                "/amount/value encoding warning",
                "/amount/value format error",
            ],
        ),
        row(
            false,
            r#""amount":{}"#,
            &[
                "/amount/currency required error",
                "/amount/value required error",
            ],
        ),
        row(false, r#""amount":"5""#, &["/amount type error"]),
        row(true, r#""wish":null"#, &["/wish required warning"]),
        row(true, r#""later":"abc""#, &[]),
        row(false, r#""iid":"a""#, &["/iid unknown_field warning"]),
    ]
}

#[test]
fn every_row_through_both_doors() {
    let mut seen = BTreeSet::new();
    for Row {
        member,
        breaks,
        typed,
    } in rows()
    {
        let json = with(&member);
        let by_tree = check::<Request>(json.as_bytes()).expect("JSON");
        assert_eq!(found(&by_tree), breaks, "tree: {member}");
        seen.extend(by_tree.iter().map(|one| one.rule));
        match decode::<Request>(json.as_bytes()) {
            Ok(message) if typed => {
                let by_type = message.violations();
                assert_eq!(by_type, by_tree, "typed: {member}");
                assert_eq!(message.validate().is_err(), by_type.has_errors());
                let written = payspec_runtime::encode(&message).expect("it can be written");
                assert_eq!(
                    check::<Request>(&written).as_ref(),
                    Ok(&by_tree),
                    "written: {member}"
                );
            }
            Ok(_) => assert!(!by_tree.has_errors(), "decoded: {member}"),
            Err(error) => {
                assert!(!typed, "not decoded: {member}");
                assert_eq!(error, DecodeError::Violations(by_tree));
            }
        }
    }
    seen.insert(RuleId::DuplicateField); // below: serde_json's values cannot hold one
    assert_eq!(
        seen,
        RuleId::ALL.iter().copied().collect(),
        "a rule without a row"
    );
}

#[test]
fn a_field_that_comes_twice() {
    let json = GOOD.replacen('{', r#"{"id":"toolong","#, 1);
    let violations = check::<Request>(json.as_bytes()).expect("JSON");
    assert_eq!(
        found(&violations),
        ["/id max_length error", "/id duplicate_field error"]
    );
    assert_eq!(
        decode::<Request>(json.as_bytes()).err(),
        Some(DecodeError::Violations(violations))
    );
}

#[test]
fn words() {
    let say = |member: &str| {
        let violations = check::<Request>(with(member).as_bytes()).expect("JSON");
        violations
            .iter()
            .map(|one| format!("{} <- {}", one.expected, one.actual))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        say(r#""id":"abcd""#),
        ["at most 3 characters <- 4 characters"]
    );
    assert_eq!(say(r#""terminal":"TV""#), ["one of `WEB`, `APP` <- \"TV\""]);
    assert_eq!(
        say(r#""os":null"#),
        ["present, because /terminal is `APP` <- absent"]
    );
    assert_eq!(
        say(r#""iid":"a""#),
        ["one of the fields of Request; did you mean `id`? <- \"iid\""]
    );
    assert_eq!(
        say(r#""buyers":[{"phone":5,"name":"ab"}]"#),
        ["a JSON string <- a number"]
    );
    assert_eq!(
        say(r#""group":"\u0007\u202e""#),
        [
            "a text without control characters <- U+0007",
            r#"one of `A`, `B` <- "\u{7}\u{202e}""#
        ]
    );
    let long = format!(r#""group":"{}""#, "x".repeat(50));
    assert_eq!(
        say(&long),
        [format!("one of `A`, `B` <- \"{}…\"", "x".repeat(40))]
    );
}

#[test]
fn all_missing_fields_are_named_by_serde_too() {
    let error = serde_json::from_str::<Request>(r#"{"terminal":null}"#)
        .err()
        .map(|error| error.to_string());
    let error = error.expect("an error");
    assert!(
        error.starts_with("missing fields `id`, `amount`, `terminal`"),
        "{error}"
    );
    let error = serde_json::from_str::<Request>(r#"{"id":"a","id":"b"}"#)
        .err()
        .map(|error| error.to_string());
    assert!(error.expect("an error").starts_with("duplicate field `id`"));
}

#[test]
fn at_most_a_hundred_are_kept() {
    let buyers = vec![r#"{"name":"a","mail":""}"#; 80].join(",");
    let json = with(&format!(r#""buyers":[{buyers}]"#));
    let violations = check::<Request>(json.as_bytes()).expect("JSON");
    // One for the list, two for each buyer.
    assert_eq!((violations.len(), violations.omitted()), (100, 61));
    let typed = decode::<Request>(json.as_bytes())
        .expect("it has the types")
        .violations();
    assert_eq!(typed, violations);
    assert!(violations.to_string().ends_with("and 61 more"));
}
