//! Splits inside splits: the table of decisions decides what the tree in the spec does.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use payspec_model::check::Checker;
use payspec_model::load_from;
use payspec_model::model::{Model, Side};
use payspec_model::source::Memory;
use payspec_runtime::json::Node;
use serde_json::{Map, Value};

/// The fields that decide, the status first.
const FIELDS: [&str; 4] = ["status", "a", "b", "c"];
const VALUES: [&str; 4] = ["W", "X", "Y", "Z"];

/// A tree of decisions, as a spec writes it.
enum Tree {
    Leaf(&'static str, usize),
    Split {
        by: usize,
        cases: BTreeMap<&'static str, Tree>,
        default: Option<Box<Tree>>,
    },
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = (self.0.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

impl Tree {
    /// Makes a tree over the fields that have not decided yet. No decision of success is below a default.
    fn random(dice: &mut Dice, free: &[usize], by_default: bool, leaves: &mut usize) -> Tree {
        if free.is_empty() || dice.below(3) == 0 {
            let kinds = ["pending", "failed", "waiting", "ended", "done"];
            *leaves += 1;
            return Tree::Leaf(
                kinds[dice.below(kinds.len() - usize::from(by_default))],
                *leaves,
            );
        }
        let by = free[dice.below(free.len())];
        let rest: Vec<usize> = free.iter().copied().filter(|one| *one != by).collect();
        let mut cases = BTreeMap::new();
        for value in &VALUES[..=dice.below(3)] {
            cases.insert(*value, Tree::random(dice, &rest, by_default, leaves));
        }
        let default = dice.below(2) == 0;
        let default = default.then(|| Box::new(Tree::random(dice, &rest, true, leaves)));
        Tree::Split { by, cases, default }
    }

    fn yaml(&self) -> String {
        match self {
            Tree::Leaf("pending", _) => "{ decide: pending }".to_owned(),
            Tree::Leaf(kind, name) => format!("{{ decide: {kind}, as: o{name} }}"),
            Tree::Split { by, cases, default } => {
                let mut text = format!("{{ by: /{}, cases: {{ ", FIELDS[*by]);
                for (value, tree) in cases {
                    write!(text, "{value}: {}, ", tree.yaml()).expect("a text");
                }
                text += "}";
                if let Some(default) = default {
                    write!(text, ", default: {}", default.yaml()).expect("a text");
                }
                text + " }"
            }
        }
    }

    /// Returns the outcome of a message by walking the tree.
    fn decide(&self, message: &Map<String, Value>) -> String {
        match self {
            Tree::Leaf("pending", _) => "pending".to_owned(),
            Tree::Leaf(_, name) => format!("o{name}"),
            Tree::Split { by, cases, default } => {
                let value = message.get(FIELDS[*by]).and_then(Value::as_str);
                let Some(value) = value.filter(|value| !value.is_empty()) else {
                    return "pending".to_owned();
                };
                match (cases.get(value), default) {
                    (Some(tree), _) => tree.decide(message),
                    (None, Some(tree)) => tree.decide(message),
                    (None, None) => "pending".to_owned(),
                }
            }
        }
    }
}

fn loaded(result: &str) -> Result<Model, Vec<String>> {
    let text = format!(
        "payspec: 2\nid: demo\ntitle: Demo\noperations:\n  send:\n    method: POST\n    path: /send\n    \
         request: {{ fields: {{}} }}\n    \
         response: {{ fields: {{ status: string, a: string, b: string, c: string }} }}\n    \
         result: {result}\n"
    );
    let mut memory = Memory::default();
    memory.files.insert("demo/api.yaml".into(), text.into());
    let loaded = load_from(&memory);
    let found = loaded.diagnostics.iter();
    let found: Vec<String> = found
        .filter(|one| one.is_error())
        .map(|one| format!("{} {}", one.code.id, one.message))
        .collect();
    loaded.model.ok_or(found)
}

/// Every message over the fields and values, with absent and empty ones.
fn messages() -> Vec<Map<String, Value>> {
    let mut messages = vec![Map::new()];
    for field in FIELDS {
        let mut next = Vec::new();
        for message in &messages {
            next.push(message.clone());
            for value in VALUES.iter().chain(&["", "NEW"]) {
                let mut message = message.clone();
                message.insert(field.to_owned(), Value::from(*value));
                next.push(message);
            }
        }
        messages = next;
    }
    messages
}

#[test]
fn rows_decide_as_the_tree_does() {
    let messages = messages();
    let mut dice = Dice(21);
    let (mut decided, mut pending) = (0, 0);
    for _ in 0..40 {
        let mut leaves = 0;
        let cases: BTreeMap<_, _> = VALUES[..3]
            .iter()
            .map(|value| {
                (
                    *value,
                    Tree::random(&mut dice, &[1, 2, 3], false, &mut leaves),
                )
            })
            .collect();
        let tree = Tree::Split {
            by: 0,
            cases,
            default: None,
        };
        let model = loaded(&tree.yaml()).expect("a sound spec");
        let api = &model.apis[0];
        let checker = Checker::new(api, &api.operations[0], Side::Response).expect("a response");
        for message in &messages {
            let text = Value::Object(message.clone()).to_string();
            let node = Node::parse(&text).expect("JSON");
            let verdict = checker.judge(&node, &checker.check_node(&node), None);
            let outcome = verdict.expect("it is judged").outcome().to_owned();
            let expected = tree.decide(message);
            assert_eq!(outcome, expected, "{text}\n{}", tree.yaml());
            match expected.as_str() {
                "pending" => pending += 1,
                _ => decided += 1,
            }
        }
    }
    assert!(decided > 1000 && pending > 1000, "{decided} and {pending}");
}

#[test]
fn what_a_tree_cannot_say_is_refused() {
    let refused = |result: &str| loaded(result).expect_err("an error");
    let by_default = "{ by: /status, cases: { S: { by: /a, cases: { X: { decide: pending } }, default: { decide: done } } } }";
    assert_eq!(
        refused(by_default),
        ["E102 a value of `/a` without a case cannot decide `done`"]
    );
    let again = "{ by: /status, cases: { S: { by: /a, cases: { X: { by: /a, cases: { X: { decide: done } } } } } } }";
    assert_eq!(refused(again), ["E102 `/a` already decides above"]);
    let status = "{ by: /status, cases: { S: { by: /status, cases: { S: { decide: done } } } } }";
    assert_eq!(refused(status), ["E102 `/status` already decides above"]);
    let deep = "{ by: /status, cases: { S: { by: /a, cases: { X: { by: /b, cases: { X: { by: /c, cases: { X: \
                { by: /a, cases: { X: { decide: done } } } } } } } } } } }";
    assert!(refused(deep).contains(&"E102 a decision depends on more than 4 fields".to_owned()));
}
