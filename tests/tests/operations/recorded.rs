//! Messages as the provider's SDKs recorded them: what both validators find, and what each decides.

use std::fs;
use std::path::Path;

use payspec_model::model::Side;
use payspec_model::naming;
use payspec_tests::agree::Validators;
use serde::Deserialize;
use serde_json::Value;

use super::table::{Edited, TableSide};
use super::{mutations, outcomes, registry};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recorded {
    name: String,
    operation: String,
    side: TableSide,
    pub(crate) message: Value,
    #[serde(default)]
    expect: Vec<String>,
    /// How it comes out, if it is judged.
    outcome: Option<String>,
}

pub(crate) fn messages() -> Vec<Recorded> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded/messages.yaml");
    let text = fs::read_to_string(file).expect("the messages");
    let mut tree: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    tree.apply_merge().expect("anchors that exist");
    serde_yaml::from_value(tree).expect("a list of messages")
}

#[test]
fn recorded_messages_decide_what_they_did() {
    let validators = Validators::load();
    for recorded in messages() {
        let Recorded {
            name,
            operation,
            side,
            message,
            mut expect,
            outcome,
        } = recorded;
        let side = Side::from(side);
        let edited = Edited {
            operation,
            side,
            name,
            json: message.to_string(),
            expect: Vec::new(),
            outcome: None,
        };
        let mut found = mutations::found(&validators, &edited);
        found.sort();
        expect.sort();
        assert_eq!(found, expect, "{}", edited.name);
        let registered = registry::operation(&edited.operation);
        let decided = outcomes::of(&validators, &registered, side, edited.json.as_bytes());
        let outcome = outcome.map(|name| naming::variant_name(&name).expect("a variant"));
        assert_eq!(decided, outcome, "{}", edited.name);
    }
}
