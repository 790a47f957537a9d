//! Validating a good message allocates nothing.

use payspec_model::model::Side;
use payspec_model::sample;
use payspec_runtime::{Map, Message, Union, UnknownJson};
use payspec_tests::{agree::Validators, messages};

use super::registry;

#[test]
fn of_every_full_message() {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        for side in [Side::Request, Side::Response] {
            if let Some(described) = operation.body(side) {
                let message = sample::full(api, described).to_string();
                let body = registry::operation(id).body(side).expect("a body");
                assert_eq!((body.allocations)(message.as_bytes()), 0, "{id}, {side}");
            }
        }
    }
}

#[test]
fn of_documented_messages() {
    let operation = registry::operation("pay_entry_code");
    let request = messages::clean_request().to_string();
    assert_eq!((operation.request.allocations)(request.as_bytes()), 0);
    let response = operation.response.expect("a response");
    assert_eq!((response.allocations)(messages::RESPONSE.as_bytes()), 0);
}

#[derive(Clone, PartialEq, Message)]
struct Card {
    #[field(max_length = 19)]
    number: String,
}

#[derive(Clone, PartialEq, Union)]
#[union(tag = "type")]
enum Method {
    #[variant("card")]
    Card(Card),
    #[unknown]
    Unknown(UnknownJson),
}

#[derive(Clone, PartialEq, Union)]
#[union(json_type)]
enum CardOrId {
    Id(String),
    Card(Card),
    Count(i64),
    #[unknown]
    Unknown(UnknownJson),
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
struct Answer {
    card: CardOrId,
    cards: Option<Vec<CardOrId>>,
    method: Method,
    more: Option<Vec<Method>>,
    named: Option<Map<Method>>,
    #[field(max_items = 3, each(max_length = 8))]
    names: Option<Vec<Option<String>>>,
    #[field(keys(max_length = 5))]
    counts: Option<Map<Option<i64>>>,
}

/// The operations of the generated crate have no unions and no elements that may be null.
#[test]
fn of_unions_and_null_in_lists_and_maps() {
    let card = r#"{"type":"card","number":"4242"}"#;
    let unknown = r#"{"type":"new","wallet":[1,null]}"#;
    let plain = r#"{"number":"4242"}"#;
    for (one, other, id) in [
        (card, card, plain),
        (unknown, card, r#""c-1""#),
        (card, unknown, "[1]"),
        (card, card, "7"),
    ] {
        let json = format!(
            r#"{{"card":{id},"cards":[{plain},{id}],"method":{one},"more":[{other},{one}],"named":{{"first":{other}}},"names":["Ann",null],"counts":{{"a":null,"b":2}}}}"#
        );
        assert_eq!(
            registry::allocations::<Answer>(json.as_bytes()),
            0,
            "{json}"
        );
    }
}

#[test]
fn are_counted() {
    let info = allocation_counter::measure(|| drop(std::hint::black_box(Box::new(1))));
    assert_eq!(info.count_total, 1);
}
