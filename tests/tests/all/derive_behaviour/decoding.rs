//! How a message is read, and written again.

use super::*;

#[test]
fn what_is_decoded_is_encoded_in_the_order_of_the_fields() {
    assert_eq!(encoded(&order()), ORDER);
    let shuffled =
        r#"{"goods":[{"goodsName":"Tea"}],"orderId":"o1","amount":{"value":100,"currency":"USD"}}"#;
    assert_eq!(
        decode::<Order>(shuffled.as_bytes()).expect("any order will do"),
        order()
    );
}

#[test]
fn null_and_nothing_are_the_same() {
    let text = ORDER.replacen('{', r#"{"buyer":null,"terminal":null,"#, 1);
    assert_eq!(
        decode::<Order>(text.as_bytes()).expect("null is nothing"),
        order()
    );
}

#[test]
fn unknown_fields_are_passed_over() {
    let text = ORDER.replacen('{', r#"{"new":{"a":[1,2,{"b":null}]},"#, 1);
    assert_eq!(
        decode::<Order>(text.as_bytes()).expect("unknown fields do no harm"),
        order()
    );
    let report = check::<Order>(text.as_bytes()).expect("it is JSON");
    assert_eq!(
        found(&report),
        ["/new unknown_field", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn a_field_that_comes_twice_is_an_error() {
    let text = ORDER.replacen('{', r#"{"orderId":"o0","#, 1);
    let Err(DecodeError::Violations(violations)) = decode::<Order>(text.as_bytes()) else {
        panic!("a duplicate field must not pass");
    };
    assert_eq!(
        found(&violations),
        ["/orderId duplicate_field", "/goods/0/goodsUrl required"]
    );
    assert!(serde_json::from_str::<Order>(&text).is_err());
}

#[test]
fn all_missing_fields_are_named_at_once() {
    let error =
        serde_json::from_str::<Order>(r#"{"amount":null}"#).expect_err("fields are missing");
    let text = error.to_string();
    for name in ["orderId", "amount", "goods"] {
        assert!(text.contains(name), "{text}");
    }
    let Err(DecodeError::Violations(violations)) = decode::<Order>(b"{}") else {
        panic!("missing fields must not pass");
    };
    assert_eq!(
        found(&violations),
        ["/orderId required", "/amount required", "/goods required"]
    );
}

#[test]
fn a_recursive_path_of_types_decodes() {
    let text = ORDER.replacen('{', &format!(r#"{{"parts":{{"orders":[{ORDER}]}},"#), 1);
    let order = decode::<Order>(text.as_bytes()).expect("orders may hold orders");
    assert_eq!(decode::<Order>(encoded(&order).as_bytes()), Ok(order));
}

#[test]
fn what_comes_in_is_read_field_by_field() {
    let json = br#"{
        "code": "SUCCESS", "count": 1.20e3, "done": "TRUE", "rate": 5.06E-5, "method": "GET",
        "type": "\ud83d", "build": "1", "build": "2", "news": [NaN, "\ud83d"], "\ud83d": 01
    }"#;
    let Decoded { message, dropped } =
        decode_reporting::<Answer>(json).expect("the code can be read");
    assert_eq!((message.count, message.done), (Some(1200), None));
    assert_eq!(
        message.rate.map(|rate| rate.to_string()).as_deref(),
        Some("0.0000506")
    );
    assert_eq!((message.r#type, message.build), (None, None));
    assert_eq!(
        found(&dropped),
        ["/done format", "/type type", "/build duplicate_field"]
    );
    // Other deserializers cannot go on behind what does not fit.
    assert!(serde_json::from_slice::<Answer>(br#"{"code":"SUCCESS","done":"TRUE"}"#).is_err());
}

#[test]
fn what_is_sent_is_read_as_a_whole() {
    let exponent = ORDER.replace("\"100\"", "1e2");
    assert!(decode::<Order>(exponent.as_bytes()).is_err());
    let damaged = ORDER.replace("Tea", "\\ud83d");
    assert!(matches!(
        decode::<Order>(damaged.as_bytes()),
        Err(DecodeError::NotJson(_))
    ));
}

#[test]
fn what_is_missing_from_every_answer_leaves_it_undecided() {
    let Err(DecodeError::Undecidable(refused)) = decode::<Answer>(br#"{"count":"x","code":[]}"#)
    else {
        panic!("an answer without a code must not pass");
    };
    assert_eq!(found(refused.violations()), ["/code type", "/count format"]);
    assert_eq!(found(refused.decisive()), ["/code type"]);
}

#[test]
fn scalars_travel_as_texts_or_natively() {
    let native = r#"{"code":"SUCCESS","count":7,"done":false,"rate":1.50}"#;
    let texts = r#"{"code":"SUCCESS","count":"7","done":"false","rate":"1.50"}"#;
    let answer = decode::<Answer>(native.as_bytes()).expect("native scalars");
    assert_eq!(decode::<Answer>(texts.as_bytes()), Ok(answer.clone()));
    // A decimal stays a text, so that nobody reads it as a float.
    assert_eq!(encoded(&answer), native.replace("1.50", r#""1.50""#));

    let text = ORDER.replacen('{', r#"{"gift":true,"#, 1);
    let order = decode::<Order>(text.as_bytes()).expect("a native boolean is read");
    assert!(encoded(&order).contains(r#""gift":"true""#));
    let report = check::<Order>(text.as_bytes()).expect("it is JSON");
    assert_eq!(
        found(&report),
        ["/gift encoding", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn messages_are_ordinary_serde_types() {
    let value = json!({
        "orderId": "o1",
        "amount": {"currency": "USD", "value": "100"},
        "goods": [{"goodsName": "Tea"}],
    });
    assert_eq!(
        serde_json::from_value::<Order>(value.clone()).expect("from a value"),
        order()
    );
    assert_eq!(serde_json::to_value(order()).expect("to a value"), value);

    let text = ORDER.replace(r#""Tea""#, "[]");
    let mut reader = serde_json::Deserializer::from_str(&text);
    let error = serde_path_to_error::deserialize::<_, Order>(&mut reader).expect_err("no text");
    assert_eq!(error.path().to_string(), "goods[0].goodsName");
}
