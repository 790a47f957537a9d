//! Random messages, on which the generated validator and the message checker must agree.

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use alipay_instore::openplatform::trade_precreate::TradePrecreateRequest;
use payspec_codegen::model::Side;
use payspec_tests::{agree::Validators, edit, messages};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

/// What is done to one place of a message.
#[derive(Debug, Clone)]
enum Change {
    Set(Value),
    Remove,
    Rename(String),
    Nest,
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            " ",
            "0",
            "1",
            "-1",
            "-0",
            "007",
            "10.5",
            "1e3",
            "true",
            "false",
            "True",
            "null",
            "9223372036854775807",
            "9223372036854775808",
            "USD",
            "usd",
            "IDR",
            "JPY",
            "XXX",
            "US",
            "us",
            "DE",
            "ZZ",
            "EntryCode",
            "ENTRYCODE",
            "OrderCode",
            "APP",
            "WEB",
            "IOS",
            "POST",
            "GET",
            "CONNECT_WALLET",
            "IN_STORE_PAYMENT",
            "S",
            "F",
            "U",
            "X",
            "SUCCESS",
            "1405",
            "2019-11-27T12:01:01+08:00",
            "2019-11-27T12:01:01Z",
            "2019-11-27",
            "2019-02-30T00:00:00Z",
            "https://x.example/a?b#c",
            "alipays://platformapi/startApp",
            "x.example",
            "http://",
            "https://x.example/商",
            "{}",
            "{\"chinaExtraTransInfo\":{}}",
            "[1]",
            "😀",
            "商户",
            "\u{0}",
            "é",
        ])
        .prop_map(str::to_owned),
        (
            prop::sample::select(vec!["a", "商", "😀", "9"]),
            prop::sample::select(vec![
                1_usize, 2, 3, 16, 17, 32, 33, 64, 65, 128, 129, 256, 257, 2048, 2049
            ])
        )
            .prop_map(|(piece, count)| piece.repeat(count)),
        "\\PC{0,12}",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000_i64..1000).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1_000_000_i64..1_000_000).prop_map(|n| json!(n as f64 / 1000.0)),
        texts().prop_map(Value::from),
        texts().prop_map(Value::from),
        texts().prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((names(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "currency",
            "value",
            "region",
            "userAgent",
            "terminalType",
            "osType",
            "storeMcc",
            "x",
            "",
            "a/b",
            "a~b",
            "order",
            "result",
            "resultStatus",
            "paymentId",
            "businessType",
            "chinaExtraTransInfo",
            "method",
            "parameters",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ]
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Change)>> {
    let change = prop_oneof![
        4 => values().prop_map(Change::Set),
        2 => Just(Change::Remove),
        1 => names().prop_map(Change::Rename),
        1 => Just(Change::Nest),
    ];
    vec((any::<prop::sample::Index>(), change), 0..6)
}

fn apply(mut message: Value, changes: Vec<(prop::sample::Index, Change)>) -> Value {
    for (index, change) in changes {
        let pointers = edit::pointers(&message);
        if pointers.is_empty() {
            break;
        }
        let pointer = index.get(&pointers);
        let Some(old) = message.pointer(pointer).cloned() else {
            continue;
        };
        let (parent, _) = pointer.rsplit_once('/').expect("a pointer below the root");
        match change {
            Change::Set(value) => edit::set(&mut message, pointer, value),
            Change::Nest => edit::set(&mut message, pointer, json!([old])),
            Change::Remove | Change::Rename(_)
                if message.pointer(parent).is_some_and(Value::is_array) => {}
            Change::Remove => edit::remove(&mut message, pointer),
            Change::Rename(name) => {
                edit::remove(&mut message, pointer);
                let name = name.replace('~', "~0").replace('/', "~1");
                edit::set(&mut message, &format!("{parent}/{name}"), old);
            }
        }
    }
    message
}

/// Runs `cases` random messages; the seed is fixed, so that a red run can be run again.
fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let mut config = ProptestConfig::with_cases(cases);
    config.failure_persistence = None;
    let rng = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, |input| {
        test(input);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn on_ten_thousand_requests() {
    let validators = Validators::load();
    let bases = [messages::clean_request(), messages::full_request()];
    run(
        10_000,
        &(any::<prop::sample::Index>(), changes()),
        |(base, changes)| {
            let message = apply(base.get(&bases).clone(), changes).to_string();
            validators.both::<PayEntryCodeRequest>(
                "pay_entry_code",
                Side::Request,
                message.as_bytes(),
            );
        },
    );
}

#[test]
fn on_five_thousand_responses() {
    let validators = Validators::load();
    run(5_000, &changes(), |changes| {
        let message = apply(messages::full_response(), changes).to_string();
        validators.both::<PayEntryCodeResponse>(
            "pay_entry_code",
            Side::Response,
            message.as_bytes(),
        );
    });
}

#[test]
fn on_two_thousand_requests_of_another_api() {
    let validators = Validators::load();
    let base: Value = serde_json::from_str(messages::PRECREATE).expect("the example is JSON");
    run(2_000, &changes(), |changes| {
        let message = apply(base.clone(), changes).to_string();
        validators.both::<TradePrecreateRequest>(
            "trade_precreate",
            Side::Request,
            message.as_bytes(),
        );
    });
}

/// Edits of the text itself: cut, doubled, swapped and replaced bytes.
#[test]
fn on_five_thousand_damaged_texts() {
    let validators = Validators::load();
    let base = messages::full_request().to_string().into_bytes();
    let edits = vec(
        (
            any::<prop::sample::Index>(),
            0_u8..5,
            any::<u8>(),
            1_usize..40,
        ),
        1..4,
    );
    run(5_000, &edits, |edits| {
        let mut text = base.clone();
        for (at, kind, byte, length) in edits {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            match kind {
                0 => text[at] = byte,
                1 => {
                    text.drain(at..end);
                }
                2 => {
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
                3 => text.truncate(at),
                _ => text.insert(at, b"\"{}[],:\\ \t0e-."[usize::from(byte) % 14]),
            }
        }
        validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, &text);
    });
}

#[test]
fn the_full_messages_break_nothing() {
    let validators = Validators::load();
    let request = messages::full_request().to_string();
    let found =
        validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, request.as_bytes());
    assert_eq!(found, Some(Vec::new()));
    let response = messages::full_response().to_string();
    let found = validators.both::<PayEntryCodeResponse>(
        "pay_entry_code",
        Side::Response,
        response.as_bytes(),
    );
    assert_eq!(found, Some(Vec::new()));
}
