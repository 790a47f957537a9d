//! The JSON tree and the reader behind it, on good and on hostile input.

use payspec_runtime::json::{Damage, MAX_DEPTH, Node, lenient_text};
use payspec_runtime::rules;

#[test]
fn keeps_digits_order_and_twins() {
    let node =
        Node::parse(r#" {"b":1.10,"a":-0,"b":1E400,"":[true,false,null,"\u00e9\ud83d\ude00\n"]} "#);
    let expected = Node::Object(vec![
        ("b".into(), Node::Number("1.10")),
        ("a".into(), Node::Number("-0")),
        ("b".into(), Node::Number("1E400")),
        (
            "".into(),
            Node::Array(vec![
                Node::Boolean(true),
                Node::Boolean(false),
                Node::Null,
                Node::String("é😀\n".into()),
            ]),
        ),
    ]);
    assert_eq!(node, Ok(expected));
}

#[test]
fn hostile_input_is_refused_where_it_is_wrong() {
    for (json, line, column, reason) in [
        ("", 1, 1, "the message ends too early"),
        ("nul", 1, 1, "expected a value"),
        ("{\"a\":1,}", 1, 8, "expected the name of a field"),
        ("{\"a\" 1}", 1, 6, "expected `:`"),
        ("{\"a\":1 \"b\":2}", 1, 8, "expected `,` or `}`"),
        ("[1,]", 1, 4, "expected a value"),
        ("[,1]", 1, 2, "expected a value"),
        ("[1 2]", 1, 4, "expected `,` or `]`"),
        ("[", 1, 2, "expected `,` or `]`"),
        ("{", 1, 2, "expected `,` or `}`"),
        ("\"支付", 1, 4, "the message ends within a string"),
        ("\"a\u{1}\"", 1, 3, "a control character in a string"),
        (
            "{\n  \"支付\": \"\\x\"}",
            2,
            11,
            "an unknown escape in a string",
        ),
        (r#""\ud800""#, 1, 8, "half of a surrogate pair"),
        (r#""\ud800\u0041""#, 1, 14, "half of a surrogate pair"),
        (r#""\udc00""#, 1, 8, "half of a surrogate pair"),
        (r#""\u12"#, 1, 3, "an unknown escape in a string"),
        (r#""\u+123""#, 1, 3, "an unknown escape in a string"),
        ("01", 1, 2, "something follows the value"),
        ("-", 1, 2, "the message ends too early"),
        ("1.", 1, 3, "expected a digit"),
        ("1e+", 1, 4, "expected a digit"),
        ("+1", 1, 1, "expected a value"),
        (".5", 1, 1, "expected a value"),
        ("NaN", 1, 1, "expected a value"),
        ("1 1", 1, 3, "something follows the value"),
        ("\u{feff}1", 1, 1, "expected a value"),
    ] {
        let mistake = Node::parse(json).expect_err(json);
        let found = (mistake.line(), mistake.column(), mistake.reason());
        assert_eq!(found, (line, column, reason), "{json}");
        assert!(!rules::json(json), "{json}");
    }
    let mistake = Node::from_slice(b"{\n\"a\xff\"}").expect_err("no UTF-8");
    assert_eq!(
        (mistake.line(), mistake.column(), mistake.reason()),
        (2, 3, "not UTF-8")
    );
}

#[test]
fn depth_has_a_limit_and_no_cost() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Node::parse(&nested(MAX_DEPTH)).is_ok());
    for json in [
        nested(MAX_DEPTH + 1),
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000_000),
    ] {
        let mistake = Node::parse(&json).expect_err("too deep");
        assert_eq!(mistake.reason(), "nested deeper than 64 levels");
        assert!(!rules::json(&json));
    }
}

#[test]
fn huge_numbers_are_texts() {
    let digits = "9".repeat(100_000);
    assert_eq!(Node::parse(&digits), Ok(Node::Number(&digits)));
}

#[test]
fn writes_what_it_read() {
    for json in [
        r#"{"a":[1.10,-0,1E400,{"b":null}],"a":"\"\u0001"}"#,
        "[]",
        "{}",
        "\"\"",
        "true",
    ] {
        let node = Node::parse(json).expect(json);
        assert_eq!(serde_json::to_string(&node).expect(json), json);
    }
}

/// Cuts and changes good messages in many ways: the reader accepts what serde_json accepts.
#[test]
fn agrees_with_serde_json() {
    let seeds = [
        r#"{"a":"x\n\u00e9","b":[1,-2.5e+3,true,false,null,{}],"c":{"d":"支付"}}"#,
        r#"[0,10,-0.1,1E5,"\\\"\/\b\f\r\t","\ud83d\ude00",[[],[{}]]]"#,
    ];
    let alphabet = b"{}[]:,\"\\u0e1-+.tfn \n\x01a/";
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    let mut accepted = 0;
    for round in 0..20_000 {
        let mut json = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..=random(3) {
            let at = random(json.len());
            match random(3) {
                0 => drop(json.remove(at)),
                1 => json.insert(at, alphabet[random(alphabet.len())]),
                _ => json[at] = alphabet[random(alphabet.len())],
            }
        }
        let ours = Node::from_slice(&json);
        let theirs = serde_json::from_slice::<serde_json::Value>(&json);
        let shown = String::from_utf8_lossy(&json);
        match (&ours, &theirs) {
            (Ok(node), Ok(value)) => {
                accepted += 1;
                let again = serde_json::to_string(node).expect("it can be written");
                let again: serde_json::Value = serde_json::from_str(&again).expect("it is JSON");
                assert_eq!(&again, value, "{shown}");
            }
            (Err(_), Err(_)) => {}
            // A number beyond every float is valid.
            (Ok(_), Err(error)) => assert!(
                error.to_string().contains("out of range"),
                "{shown} {error}"
            ),
            (Err(mistake), Ok(_)) => panic!("refused: {shown} {mistake}"),
        }
    }
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn damage_inside_of_a_message_is_passed_over() {
    let text = |damage: &str| format!("{{\"a\":[{damage},{{\"b\":{damage}}}],\"c\":\"good\"}}");
    let damaged = [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83dA""#,
        r#""\u12""#,
        r#""\x""#,
        "\"\u{1}\"",
        "\"a\nb\"",
        "NaN",
        "-Infinity",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "0x1f",
        "-",
        "True",
        "nul",
        "nulll",
        "'a'",
    ];
    for damage in damaged {
        let text = text(damage);
        assert!(Node::parse(&text).is_err(), "{text}");
        let node = Node::parse_lenient(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(node.get("c"), Some(&Node::String("good".into())), "{text}");
        let Some(Node::Array(elements)) = node.get("a") else {
            panic!("{text}");
        };
        assert!(matches!(elements[0], Node::Damaged(_)), "{text}");
        assert!(
            matches!(elements[1].get("b"), Some(Node::Damaged(_))),
            "{text}"
        );
    }
}

#[test]
fn good_messages_are_the_same_to_both_readers() {
    for text in [
        "null",
        "-1.50e+3",
        "[]",
        r#"{"a":"\ud83d\ude00","b":[true,false,null,0,-0.1]}"#,
        " [ 1 , {\"a\" : \"\\u00e9\"} ] ",
    ] {
        assert_eq!(Node::parse(text), Node::parse_lenient(text), "{text}");
    }
}

#[test]
fn where_it_is_not_clear_where_a_value_ends_there_is_no_message() {
    let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
    for text in [
        "",
        "NaN",
        "\"\\ud83d\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "{\"a\":1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "[\"a]",
        "[1]x",
        "[NaN NaN]",
        "[\"a\"b]",
        &deep,
    ] {
        assert!(Node::parse_lenient(text).is_err(), "{text}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_damage_their_string_only() {
    for (bytes, name) in [
        (&b"\xc4\xe3\xba\xc3"[..], "GBK"),
        (b"\x81\x5c", "a character of GBK that ends in a backslash"),
        (b"a\x81\x5cb\x81\x5c", "two of them"),
        (b"caf\xe9", "Latin-1"),
        (b"\xff\xfe", "a byte order mark"),
        (b"caf\xe9\\n", "Latin-1 before an escape"),
    ] {
        let json = [b"{\"a\":\"", bytes, b"\",\"b\":\"good\"}"].concat();
        assert!(Node::from_slice(&json).is_err(), "{name}");
        let text = lenient_text(&json).expect("it begins as UTF-8 does");
        let node = Node::parse_lenient(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(node.get("a"), Some(&Node::Damaged(Damage::Text)), "{name}");
        assert_eq!(node.get("b"), Some(&Node::String("good".into())), "{name}");
    }
}
