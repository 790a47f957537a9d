//! The two validators side by side: what was generated, and what reads the spec at run time.

use std::path::Path;

use payspec_model::check;
use payspec_model::model::{Api, Model, Operation, Side};
use payspec_runtime::{
    Decoded, Message, Pointer, RuleId, Validate, Violation, encode, violation_text,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Both validators of the operations of a spec.
pub struct Validators {
    model: Model,
}

impl Validators {
    /// Loads the spec of this repository.
    ///
    /// # Panics
    ///
    /// When the spec has errors.
    pub fn load() -> Self {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        let loaded = payspec_model::load(&spec);
        let model = loaded
            .model
            .expect("the spec of this repository has no errors");
        Validators::new(model)
    }

    /// For the operations of a spec that is loaded already.
    pub fn new(model: Model) -> Self {
        Validators { model }
    }

    /// The whole spec.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// An operation of the spec, and its API.
    ///
    /// # Panics
    ///
    /// When unknown operation.
    pub fn operation(&self, id: &str) -> (&Api, &Operation) {
        self.model.operation(id).expect("a known operation")
    }

    /// The ids of all operations, API by API.
    pub fn operation_ids(&self) -> impl Iterator<Item = &str> {
        let operations = self.model.apis.iter().flat_map(|api| &api.operations);
        operations.map(|operation| operation.id.as_str())
    }

    /// Returns the violations that the message checker finds in a message.
    ///
    /// # Panics
    ///
    /// When the message is not JSON.
    pub fn by_model(&self, operation: &str, side: Side, json: &[u8]) -> Vec<Violation> {
        let (api, operation) = self.operation(operation);
        let found = check::check_message(api, operation, side, json);
        let found = found.expect("the message is JSON");
        found.iter().map(|found| found.violation.clone()).collect()
    }

    /// The violations of a message, when both validators agree on them; [`None`] when both say that
    /// it is not JSON.
    ///
    /// There are three ways to a verdict: the checker over the model, the generated tables over the
    /// JSON text, and the generated type once it is decoded. The last cannot see what a typed value
    /// does not hold (an unknown field, a native number); for the rest all three must say the same.
    ///
    /// # Panics
    ///
    /// When they disagree.
    pub fn both<T: Message + Validate + Serialize + DeserializeOwned>(
        &self,
        operation: &str,
        side: Side,
        json: &[u8],
    ) -> Option<Vec<Violation>> {
        let shown = || String::from_utf8_lossy(json).into_owned();
        let (api, operation) = self.operation(operation);
        let by_model = check::check_message(api, operation, side, json);
        let by_tables = payspec_runtime::check::<T>(json);
        let decoded = payspec_runtime::decode_reporting::<T>(json);

        let (by_model, by_tables) = match (by_model, by_tables) {
            (Ok(by_model), Ok(by_tables)) => (by_model, by_tables),
            (Err(_), Err(_)) => {
                assert!(
                    decoded.is_err(),
                    "decoded, though it is not JSON: {}",
                    shown()
                );
                return None;
            }
            (by_model, by_tables) => panic!(
                "only one says that it is JSON: checker {:?}, generated {:?}, of {}",
                by_model.err(),
                by_tables.err(),
                shown()
            ),
        };
        let by_model: Vec<Violation> = by_model
            .iter()
            .map(|found| found.violation.clone())
            .collect();
        let by_tables: Vec<Violation> = by_tables.into_iter().collect();
        assert_eq!(
            by_model,
            by_tables,
            "checker (left), generated (right), of {}",
            shown()
        );

        match decoded {
            Ok(Decoded { message, dropped }) => {
                for one in &dropped {
                    assert!(
                        by_tables.contains(one),
                        "only dropped: {one}, of {}",
                        shown()
                    );
                }
                // What was dropped is not there any more.
                let seen = if dropped.is_empty() {
                    by_tables.clone()
                } else {
                    let kept = encode(&message).expect("what was read can be written");
                    let seen = payspec_runtime::check::<T>(&kept).expect("JSON was written");
                    seen.into_iter().collect()
                };
                let typed: Vec<Violation> = message.violations().into_iter().collect();
                let (typed, visible) = comparable(typed, seen);
                assert_eq!(
                    typed,
                    visible,
                    "typed (left), generated (right), of {}",
                    shown()
                );
            }
            Err(error) => {
                let found = error.violations();
                let found: Option<Vec<Violation>> =
                    found.map(|found| found.iter().cloned().collect());
                assert_eq!(
                    found,
                    Some(by_tables.clone()),
                    "decoding (left), checking (right), of {}",
                    shown()
                );
            }
        }
        Some(by_tables)
    }
}

impl Validators {
    /// Compares what the validators find in an answer with an HTTP status: the checker over the model, the generated tables
    /// over the JSON text, and the generated type. Returns what they found; [`None`] when all say that it is not JSON.
    ///
    /// # Panics
    ///
    /// When they disagree.
    pub fn answer<T: Message + Validate>(
        &self,
        operation: &str,
        http_status: u16,
        json: &[u8],
    ) -> Option<Vec<Violation>> {
        let shown = || format!("{http_status} {}", String::from_utf8_lossy(json));
        let (api, operation) = self.operation(operation);
        let checker = check::Checker::new(api, operation, Side::Response).expect("a response");
        let by_model = checker.assess(json, Some(http_status));
        let by_tables = payspec_runtime::check_answer::<T>(http_status, json);
        assert_eq!(by_model.is_ok(), by_tables.is_ok(), "JSON? {}", shown());
        let (Ok((by_model, _)), Ok(by_tables)) = (by_model, by_tables) else {
            return None;
        };
        let by_model = by_model.iter().map(|found| found.violation.clone());
        let by_model: Vec<Violation> = by_model.collect();
        let by_tables: Vec<Violation> = by_tables.into_iter().collect();
        assert_eq!(
            by_model,
            by_tables,
            "checker (left), generated (right), of {}",
            shown()
        );
        let decoded = payspec_runtime::decode_reporting::<T>(json);
        // What was dropped is not there any more.
        for whole in decoded.iter().filter(|one| one.dropped.is_empty()) {
            let typed = whole.message.violations_of_answer(http_status);
            let (typed, visible) = comparable(typed.into_iter().collect(), by_tables.clone());
            assert_eq!(
                typed,
                visible,
                "typed (left), generated (right), of {}",
                shown()
            );
        }
        Some(by_tables)
    }
}

/// Leaves out what a typed value cannot show: the form of a scalar, a name that is not known. An empty
/// text where the type is no text is an absent value to it, whether it is a mistake as such or, where
/// empty texts are allowed, for its form.
fn comparable(
    mut typed: Vec<Violation>,
    mut by_tables: Vec<Violation>,
) -> (Vec<Violation>, Vec<Violation>) {
    let lost: Vec<Pointer> = by_tables
        .iter()
        .filter(|one| one.rule == RuleId::NotEmpty || is_empty_of_wrong_form(one))
        .filter(|one| !typed.contains(one))
        .map(|one| one.path.clone())
        .collect();
    // Conditions on the presence of such a value are about what the typed value does not hold.
    let conditions = [RuleId::RequiredWhen, RuleId::ForbiddenWhen];
    typed.retain(|one| {
        lost.is_empty() || !conditions.contains(&one.rule) || by_tables.contains(one)
    });
    let presence = [RuleId::Required, RuleId::RequiredWhen, RuleId::AtLeastOneOf];
    typed.retain(|one| !(presence.contains(&one.rule) && lost.contains(&one.path)));
    by_tables.retain(|one| match one.rule {
        RuleId::Encoding | RuleId::UnknownField => false,
        RuleId::NotEmpty | RuleId::Format => !lost.contains(&one.path),
        _ => true,
    });
    (typed, by_tables)
}

fn is_empty_of_wrong_form(violation: &Violation) -> bool {
    violation.rule == RuleId::Format && violation.actual == violation_text::actual_text("", None)
}
