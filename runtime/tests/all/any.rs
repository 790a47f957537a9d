//! Fields that may be any JSON.

use payspec_runtime::{
    Direction, Json, Message, RuleId, Schema, Validate, check, decode, decode_reporting, encode,
};

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
struct Sent {
    data: Json,
    #[field(required(severity = "warning"), sensitive = "secret")]
    more: Option<Json>,
    #[field(max_items = 2)]
    steps: Option<Vec<Json>>,
    #[field(forbidden_when("/more"))]
    note: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming", decisive("/data"))]
struct Received {
    id: Option<String>,
    data: Option<Json>,
    steps: Option<Vec<Json>>,
}

fn rules(json: &str) -> Vec<(String, RuleId)> {
    let found = check::<Sent>(json.as_bytes()).expect("JSON");
    if let Ok(message) = decode::<Sent>(json.as_bytes()) {
        assert_eq!(message.violations(), found, "both walks agree on {json}");
    }
    let found = found.iter();
    found.map(|one| (one.path.to_string(), one.rule)).collect()
}

#[test]
fn the_text_is_kept_as_it_came() {
    let json = br#"{"data":{ "a" : 1.10,"a":"" ,"b":[1E5,null]},"more":"x","steps":[null,""]}"#;
    let message: Sent = decode(json).expect("any JSON");
    assert_eq!(
        message.data.as_str(),
        r#"{ "a" : 1.10,"a":"" ,"b":[1E5,null]}"#
    );
    assert_eq!(encode(&message).expect("JSON"), json);
    assert_eq!(message.violations().len(), 0);
}

#[test]
fn null_is_a_value() {
    let message: Sent = decode(br#"{"data":null,"more":null}"#).expect("any JSON");
    assert_eq!(message.data.as_str(), "null");
    assert_eq!(message.more, Some("null".parse().expect("JSON")));
    assert_eq!(rules(r#"{"data":null,"more":null}"#), []);
    assert_eq!(
        rules(r#"{"more":1,"note":"x"}"#),
        [
            ("/data".to_owned(), RuleId::Required),
            ("/note".to_owned(), RuleId::ForbiddenWhen)
        ]
    );
}

#[test]
fn only_presence_and_number_are_checked() {
    assert_eq!(rules(r#"{"data":"","more":"\u0000"}"#), []);
    assert_eq!(
        rules(r#"{"data":{},"steps":[1,null,3]}"#),
        [
            ("/more".to_owned(), RuleId::Required),
            ("/steps".to_owned(), RuleId::MaxItems)
        ]
    );
}

#[test]
fn what_is_not_json_is_lost() {
    let json = br#"{"id":"1","steps":[{"a":[NaN]}],"data":{}}"#;
    let decoded = decode_reporting::<Received>(json).expect("the rest can be read");
    assert_eq!(decoded.message.steps, None);
    let lost: Vec<String> = decoded.dropped.iter().map(ToString::to_string).collect();
    assert_eq!(
        lost,
        ["/steps/0: error [type]: expected a JSON value, found a value that is not JSON"]
    );
    for damage in [r#""\ud800""#, "01", r#"{"a":["\x"]}"#] {
        let json = format!(r#"{{"id":"1","data":{damage}}}"#);
        assert!(decode::<Received>(json.as_bytes()).is_err(), "{damage}");
    }
}

#[test]
fn nothing_of_it_is_shown() {
    let message: Sent = decode(br#"{"data":"CANARY","more":"CANARY"}"#).expect("any JSON");
    assert_eq!(
        format!("{message:?} {:?}", message.data),
        "Sent { data: [json], more: [secret] } [json]"
    );
    let error = message.data.read::<u8>().expect_err("no number");
    assert!(!format!("{error} {error:?}").contains("CANARY"));
}

#[test]
fn other_readers_read_it() {
    let schema: &Schema = Sent::schema();
    assert_eq!(schema.direction, Some(Direction::Outgoing));
    let message: Sent = serde_json::from_str(r#"{"data":[1]}"#).expect("serde_json");
    assert_eq!(message.data.read::<Vec<i64>>().expect("numbers"), [1]);
    let value = serde_json::json!({ "data": { "a": 1.5 } });
    let message: Sent = serde_json::from_value(value).expect("a value");
    assert_eq!(message.data.as_str(), r#"{"a":1.5}"#);
}

#[test]
fn a_json_is_made_of_a_text_or_a_value() {
    assert_eq!(" [1]\n".parse::<Json>().expect("JSON").as_str(), "[1]");
    for wrong in ["", "[1", "[1] 2", "NaN", r#""\ud800""#] {
        assert!(wrong.parse::<Json>().is_err(), "{wrong}");
    }
    let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
    assert!(deep.parse::<Json>().is_err());
    let json = Json::new(&Some("a\"b")).expect("a text");
    assert_eq!(json.as_str(), r#""a\"b""#);
}
