//! Specs of real providers, below `tests/providers`: each is sound, its generated source is as committed, its examples
//! are valid, and what its answers decide is decided alike by the generated types and by the message checker.
//!
//! `INSTA_UPDATE=always` writes the generated source anew.

mod answers;
mod expected;
mod mutations;
mod proofs;
mod stripe;
mod stripe_events;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use payspec_codegen::emit::rust::{ClientCode, Options, Root};
use payspec_codegen::generate;
use payspec_model::model::{Caller, Example, Side};
use payspec_model::{diagnostic, pointer};
use payspec_runtime::request::RequestLayout;
use payspec_runtime::{Message, Validate, Violation, decode, encode};
use payspec_tests::agree::Validators;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::expected::{Expected, expected};

/// HTTP statuses, and the outcome that a body has under each.
type Decisions = Vec<(u16, String)>;

/// The generated types of an operation, behind functions.
pub(crate) struct Typed {
    pub id: &'static str,
    /// Returns the violations of a message, on which both validators agree; [`None`] if it is not JSON.
    pub check: fn(&Validators, Side, &[u8]) -> Option<Vec<Violation>>,
    /// Returns a message after decoding and encoding.
    pub round_trip: fn(Side, &[u8]) -> Value,
    /// Returns the outcome of an answer in the words of the spec; one that cannot be read is pending.
    pub outcome: fn(&[u8], &mut dyn Iterator<Item = u16>) -> Decisions,
    /// Returns a request after it was taken apart as the client does and put together as the mock gateway does.
    pub in_parts: fn(&Validators, &[u8]) -> Value,
}

macro_rules! typed {
    ($($module:ident)::+, $id:literal, $request:ident, $response:ident) => {
        super::Typed {
            id: $id,
            check: |validators, side, json| match side {
                payspec_model::model::Side::Request => {
                    validators.both::<$($module)::+::$request>($id, side, json)
                }
                payspec_model::model::Side::Response => {
                    validators.both::<$($module)::+::$response>($id, side, json)
                }
            },
            round_trip: |side, json| match side {
                payspec_model::model::Side::Request => {
                    super::round_trip::<$($module)::+::$request>(json)
                }
                payspec_model::model::Side::Response => {
                    super::round_trip::<$($module)::+::$response>(json)
                }
            },
            outcome: |json, statuses| {
                type Answer = $($module)::+::$response;
                let outcome = |status| match payspec_runtime::decode_answer::<Answer>(status, json) {
                    Ok(answer) => crate::status_answers::word(&answer.outcome(status)),
                    Err(_) => "pending".to_owned(),
                };
                statuses.map(|status| (status, outcome(status))).collect()
            },
            in_parts: |validators, json| {
                super::in_parts::<$($module)::+::$request>(validators, $id, json)
            },
        }
    };
}

#[allow(unreachable_pub)]
pub(crate) mod generated {
    include!(concat!(env!("OUT_DIR"), "/providers.rs"));
}

fn round_trip<T: Message + Serialize + DeserializeOwned>(json: &[u8]) -> Value {
    let message = decode::<T>(json).expect("it decodes");
    let written = encode(&message).expect("it is encoded");
    serde_json::from_slice(&written).expect("JSON")
}

fn in_parts<T: Message + Validate + Serialize + DeserializeOwned>(
    validators: &Validators,
    id: &str,
    json: &[u8],
) -> Value {
    let (api, operation) = validators.operation(id);
    let layout = operation.layout(api);
    let of_type = RequestLayout::of(operation.method.as_str(), &operation.path, T::schema());
    assert_eq!(layout, of_type, "the layout of the model and of the type");
    let parts = of_type.split(json).expect("it can be sent");
    let headers = parts.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    let joined = layout.join(&parts.target, &headers, &parts.body);
    serde_json::from_slice(&joined.expect("a request")).expect("JSON")
}

/// A provider whose spec is loaded.
struct Provider {
    expected: &'static Expected,
    validators: Validators,
    operations: &'static [Typed],
}

/// Returns the folder of a provider.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("providers")
        .join(name)
}

fn load(name: &str) -> payspec_model::Loaded {
    payspec_model::load(&folder(name))
}

fn providers() -> impl Iterator<Item = Provider> {
    generated::PROVIDERS
        .iter()
        .map(|(name, operations)| Provider {
            expected: expected(name),
            validators: Validators::new(load(name).model.expect("a sound spec")),
            operations,
        })
}

impl Provider {
    /// Returns the examples of an operation, with their JSON.
    fn examples(&self, id: &str) -> impl Iterator<Item = (&Example, Value)> {
        let (_, operation) = self.validators.operation(id);
        let examples = operation.examples.iter();
        examples.map(|one| (one, serde_json::from_str(&one.json).expect("JSON")))
    }
}

#[test]
fn the_specs_are_sound_and_the_source_is_theirs() {
    for (name, operations) in generated::PROVIDERS {
        let loaded = load(name);
        let told = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
        let found: Vec<&str> = loaded.diagnostics.iter().map(|one| one.code.id).collect();
        assert_eq!(found, expected(name).warnings, "{told}");
        let model = loaded.model.expect("a spec without errors");

        let mut options = Options::new(&folder(name), Root::Include);
        options.client = ClientCode::Always;
        let plan = generate::prepare(&model, &options, &folder(name).join("expected"));
        let plan = plan.expect("it can be written");
        if std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always") {
            generate::apply(&plan).expect("it can be written");
            assert!(
                plan.is_empty(),
                "the source of {name} is written; run again"
            );
        }
        assert!(plan.is_empty(), "{name}: not as expected:\n{}", plan.diff());
        let api = &model.apis[0];
        let judged = api.operations.iter().filter(|one| one.result.is_some());
        let answers = judged.filter(|one| one.caller == Caller::Merchant);
        assert_eq!(
            answers.count(),
            operations.len(),
            "each operation has a row"
        );
    }
}

#[test]
fn the_examples_are_valid_both_ways() {
    for provider in providers() {
        for typed in provider.operations {
            let mut sides = [0, 0];
            for (example, json) in provider.examples(typed.id) {
                let at = format!("{} {}", typed.id, example.name);
                let bytes = example.json.as_bytes();
                let found = (typed.check)(&provider.validators, example.side, bytes);
                assert_eq!(found, Some(Vec::new()), "{at}");
                assert_eq!((typed.round_trip)(example.side, bytes), json, "{at}");
                if example.side == Side::Request {
                    assert_eq!((typed.in_parts)(&provider.validators, bytes), json, "{at}");
                }
                sides[usize::from(example.side == Side::Response)] += 1;
            }
            assert!(
                sides.iter().all(|count| *count > 0),
                "{}: {sides:?}",
                typed.id
            );
        }
    }
}

#[test]
fn the_examples_show_every_code() {
    for provider in providers() {
        for typed in provider.operations {
            let (_, operation) = provider.validators.operation(typed.id);
            let result = operation.result.as_ref().expect("a result");
            let places: Vec<String> = result
                .code
                .iter()
                .map(|path| pointer::pointer(path))
                .collect();
            let mut codes = BTreeSet::new();
            for (_, json) in provider.examples(typed.id) {
                let found = places
                    .iter()
                    .filter_map(|place| json.pointer(place)?.as_str());
                codes.extend(found.map(str::to_owned));
            }
            for code in &result.codes {
                let shown = codes.contains(&code.name);
                assert!(shown, "{}: no example of {}", typed.id, code.name);
            }
        }
    }
}
