//! Random messages, on which the generated validator and the message checker must agree.

use payspec_model::model::{Api, Object, Operation, Side};
use payspec_model::sample;
use payspec_tests::random::{holds, share};
use payspec_tests::{agree::Validators, edit, kept};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use super::{outcomes, registry};

/// An edit of one place of a message.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Set(Value),
    Remove,
    Rename(String),
    Nest,
}

/// Texts on the edge of some form.
const TEXTS: &[&str] = &[
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
    "ENTRYCODE",
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
];

/// Names that no field has.
const NAMES: &[&str] = &["x", "", "a/b", "a~b", "storeMcc", "paymentid"];

/// The parts of messages about one operation.
#[derive(Clone)]
pub(crate) struct Words {
    texts: Vec<String>,
    names: Vec<String>,
}

impl Words {
    fn of(api: &Api, operation: &Operation) -> Self {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let mut words = Words {
            texts: owned(TEXTS),
            names: owned(NAMES),
        };
        let sides = [Side::Request, Side::Response];
        let bodies = sides.iter().filter_map(|side| operation.body(*side));
        let objects = bodies.map(|body| &body.object).chain(&api.objects);
        objects.for_each(|object| words.add(object));
        let values = api.enums.iter().flat_map(|one| &one.values);
        words.texts.extend(values.map(|value| value.name.clone()));
        let statuses = api.statuses.iter().map(|status| status.name.clone());
        words.texts.extend(statuses);
        let codes = operation.result.iter().flat_map(|result| &result.codes);
        words.texts.extend(codes.map(|code| code.name.clone()));
        words
    }

    fn add(&mut self, object: &Object) {
        let fields = object.fields.iter();
        self.names.extend(fields.map(|field| field.name.clone()));
    }

    fn texts(&self) -> impl Strategy<Value = String> + use<> {
        prop_oneof![
            prop::sample::select(self.texts.clone()),
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

    fn names(&self) -> impl Strategy<Value = String> + use<> {
        prop_oneof![
            4 => prop::sample::select(self.names.clone()),
            1 => "\\PC{0,8}",
        ]
    }

    fn values(&self) -> impl Strategy<Value = Value> + use<> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1000_i64..1000).prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1_000_000_i64..1_000_000).prop_map(|n| json!(n as f64 / 1000.0)),
            self.texts().prop_map(Value::from),
            self.texts().prop_map(Value::from),
            self.texts().prop_map(Value::from),
        ];
        // Each value asks for the inner strategy anew: boxed, the names are not collected again.
        let names = self.names().boxed();
        scalar.prop_recursive(3, 12, 4, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                vec((names.clone(), inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    pub(crate) fn changes(
        &self,
    ) -> impl Strategy<Value = Vec<(prop::sample::Index, Change)>> + use<> {
        let change = prop_oneof![
            4 => self.values().prop_map(Change::Set),
            2 => Just(Change::Remove),
            1 => self.names().prop_map(Change::Rename),
            1 => Just(Change::Nest),
        ];
        vec((any::<prop::sample::Index>(), change), 0..6)
    }
}

pub(crate) fn apply(mut message: Value, changes: Vec<(prop::sample::Index, Change)>) -> Value {
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

/// Runs `cases` random messages, or the share of them that is tried.
pub(crate) fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let cases = share(cases);
    let tried = holds(kept!("agreement"), cases, strategy, |input| {
        test(input);
        true
    });
    assert!(tried >= cases, "{tried} of {cases}");
}

/// Every body of every operation, with a message that has all of its fields.
pub(crate) fn every_body(test: impl Fn(&Validators, &str, Side, Value, &Words)) {
    let validators = Validators::load();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        let words = Words::of(api, operation);
        for side in [Side::Request, Side::Response] {
            if let Some(body) = operation.body(side) {
                test(&validators, id, side, sample::full(api, body), &words);
            }
        }
    }
}

#[test]
fn on_a_thousand_messages_of_each_body() {
    every_body(|validators, id, side, message, words| {
        let operation = registry::operation(id);
        let body = operation.body(side).expect("a body");
        run(1_000, &words.changes(), |changes| {
            let message = apply(message.clone(), changes).to_string();
            (body.both)(validators, id, side, message.as_bytes());
            outcomes::of(validators, &operation, side, message.as_bytes());
        });
    });
}

/// Edits of the text itself: cut, doubled, swapped and replaced bytes.
#[test]
fn on_five_hundred_damaged_texts_of_each_body() {
    let edits = vec(
        (
            any::<prop::sample::Index>(),
            0_u8..5,
            any::<u8>(),
            1_usize..40,
        ),
        1..4,
    );
    every_body(|validators, id, side, message, _| {
        let body = registry::operation(id).body(side).expect("a body");
        let base = message.to_string().into_bytes();
        run(500, &edits, |edits| {
            let text = damage(base.clone(), edits);
            (body.both)(validators, id, side, &text);
        });
    });
}

fn damage(mut text: Vec<u8>, edits: Vec<(prop::sample::Index, u8, u8, usize)>) -> Vec<u8> {
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
    text
}
