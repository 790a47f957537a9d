//! Answers that the HTTP status decides, alone or with a field of the body.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use payspec_model::check::{Checker, Verdict};
use payspec_model::load_from;
use payspec_model::model::{Decide, Model, Side};
use payspec_model::source::Memory;
use payspec_runtime::json::Node;

/// The statuses that the case of a class never decides.
const UNDECIDED: [u16; 7] = [202, 204, 205, 408, 409, 425, 429];

/// Bodies with every value of the field that splits, and with none.
const BODIES: [&str; 6] = [
    r#"{"state":"X"}"#,
    r#"{"state":"Y"}"#,
    r#"{"state":"NEW"}"#,
    r#"{"state":""}"#,
    "{}",
    r#"{"state":"X","state":"Y"}"#,
];

/// The content of a case.
#[derive(Clone)]
enum Leaf {
    Decides(&'static str, usize),
    /// By `/state`: the value `X`, and every other one.
    Splits(&'static str, &'static str, usize),
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = (self.0.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

const KINDS: [&str; 5] = ["pending", "failed", "waiting", "ended", "done"];

impl Leaf {
    fn random(dice: &mut Dice, number: usize) -> Leaf {
        match dice.below(2) {
            0 => Leaf::Decides(KINDS[dice.below(5)], number),
            _ => Leaf::Splits(KINDS[dice.below(5)], KINDS[dice.below(4)], number),
        }
    }

    fn yaml(&self) -> String {
        let node = |kind: &str, name: String| match kind {
            "pending" => "{ decide: pending }".to_owned(),
            _ => format!("{{ decide: {kind}, as: {name} }}"),
        };
        match self {
            Leaf::Decides(kind, number) => node(kind, format!("o{number}")),
            Leaf::Splits(listed, other, number) => format!(
                "{{ by: /state, cases: {{ X: {} }}, default: {} }}",
                node(listed, format!("x{number}")),
                node(other, format!("y{number}")),
            ),
        }
    }

    fn decide(&self, body: &str) -> String {
        let name = |kind: &str, name: String| match kind {
            "pending" => kind.to_owned(),
            _ => name,
        };
        match (self, body) {
            // A value that is there twice decides nothing, and neither does one that the body lacks.
            (Leaf::Splits(..), r#"{"state":""}"# | "{}") => "pending".to_owned(),
            (_, body) if body.matches("state").count() > 1 && matches!(self, Leaf::Splits(..)) => {
                "pending".to_owned()
            }
            (Leaf::Decides(kind, number), _) => name(kind, format!("o{number}")),
            (Leaf::Splits(listed, _, number), r#"{"state":"X"}"#) => {
                name(listed, format!("x{number}"))
            }
            (Leaf::Splits(_, other, number), _) => name(other, format!("y{number}")),
        }
    }
}

fn loaded(caller: &str, result: &str) -> Result<Model, Vec<String>> {
    let text = format!(
        "payspec: 2\nid: demo\ntitle: Demo\noperations:\n  send:\n    method: POST\n    path: /send\n    \
         {caller}request: {{ fields: {{ state: string }} }}\n    \
         response: {{ fields: {{ state: string, code: string }} }}\n    result: {result}\n"
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

fn verdict<'m>(checker: &Checker<'m>, body: &str, status: Option<u16>) -> Verdict<'m> {
    let node = Node::parse(body).expect("JSON");
    let findings = checker.check_node(&node);
    let verdict = checker.judge(&node, &findings, status);
    verdict.expect("it is judged")
}

/// Returns the cases that a spec may list: single statuses, and classes that may decide.
fn cases(dice: &mut Dice) -> BTreeMap<String, Leaf> {
    let mut cases = BTreeMap::new();
    for number in 0..=dice.below(6) {
        let case = match dice.below(3) {
            0 => ["2XX", "4XX"][dice.below(2)].to_owned(),
            1 => ["200", "201", "202", "402", "409", "429", "500"][dice.below(7)].to_owned(),
            _ => (400 + dice.below(100)).to_string(),
        };
        cases.insert(case, Leaf::random(dice, number));
    }
    cases
}

#[test]
fn rows_decide_as_the_cases_do_for_every_status() {
    let mut dice = Dice(77);
    let (mut decided, mut pending) = (0, 0);
    for _ in 0..25 {
        let cases = cases(&mut dice);
        let mut yaml = "{ by: http_status, cases: { ".to_owned();
        for (case, leaf) in &cases {
            write!(yaml, "{case}: {}, ", leaf.yaml()).expect("a text");
        }
        yaml += "} }";
        let model = loaded("", &yaml).expect("a sound spec");
        let api = &model.apis[0];
        let checker = Checker::new(api, &api.operations[0], Side::Response).expect("a response");
        for status in 0..1000_u16 {
            let own = cases.get(&status.to_string());
            let class = cases.get(&format!("{}XX", status / 100));
            let leaf = own.or(class.filter(|_| !UNDECIDED.contains(&status)));
            for body in BODIES {
                let expected = leaf.map_or_else(|| "pending".to_owned(), |leaf| leaf.decide(body));
                let verdict = verdict(&checker, body, Some(status));
                assert_eq!(verdict.outcome(), expected, "{status} {body}\n{yaml}");
                match verdict.decide {
                    Decide::Pending => pending += 1,
                    _ => decided += 1,
                }
            }
        }
        for body in BODIES {
            assert_eq!(verdict(&checker, body, None).outcome(), "pending");
        }
    }
    assert!(decided > 1000 && pending > 1000, "{decided} and {pending}");
}

#[test]
fn a_status_beside_the_code_of_another_case_is_pending() {
    let result = "{ by: http_status, code: /code, cases: { 200: { decide: done }, 402: { decide: failed }, 4XX: { decide: \
                  failed } }, codes: { no: { status: 402, meaning: It was declined., next_step: tell_user, resend: pointless } } }";
    let model = loaded("", result).expect("a sound spec");
    let api = &model.apis[0];
    let checker = Checker::new(api, &api.operations[0], Side::Response).expect("a response");
    let decide = |body, status| verdict(&checker, body, Some(status)).decide;
    let declined = r#"{"code":"no"}"#;
    assert_eq!(decide(declined, 402), Decide::Failed);
    assert_eq!(decide(declined, 200), Decide::Pending);
    assert_eq!(decide(declined, 400), Decide::Pending);
    assert_eq!(decide(r#"{"code":"new"}"#, 400), Decide::Failed);
}

#[test]
fn a_pending_status_allows_only_its_own_actions() {
    let result = "{ by: http_status, cases: { 409: { decide: pending, actions: [resend_same] }, 5XX: { decide: pending } } }";
    let model = loaded("", result).expect("a sound spec");
    let api = &model.apis[0];
    let checker = Checker::new(api, &api.operations[0], Side::Response).expect("a response");
    let actions = |status| verdict(&checker, "{}", Some(status)).actions().len();
    assert_eq!((actions(409), actions(503), actions(302)), (1, 0, 0));
}

#[test]
fn what_no_status_can_decide_is_refused() {
    let refused = |case: &str| {
        let result = format!("{{ by: http_status, cases: {{ {case} }} }}");
        loaded("", &result).expect_err("an error")
    };
    assert_eq!(
        refused("4xx: { decide: failed }"),
        ["E105 `4xx` is neither an HTTP status nor a class of them"]
    );
    assert_eq!(
        refused("600: { decide: failed }"),
        ["E105 `600` is neither an HTTP status nor a class of them"]
    );
    for (case, decide) in [("5XX", "failed"), ("302", "redirect"), ("1XX", "waiting")] {
        let text = format!("{case}: {{ decide: {decide} }}");
        let expected = format!("E102 the HTTP status `{case}` cannot decide `{decide}`");
        assert_eq!(refused(&text), [expected]);
    }
    let inside =
        "5XX: { by: /state, cases: { X: { decide: done } }, default: { decide: pending } }";
    assert_eq!(
        refused(inside),
        ["E102 the HTTP status `5XX` cannot decide `done`"]
    );
    assert_eq!(
        refused("204: { decide: done, needs: [/state] }"),
        ["E102 an answer with the HTTP status `204` has no body, so no field of it decides"]
    );
    let both = loaded("", "{ by: http_status, default: { decide: failed } }");
    assert_eq!(
        both.expect_err("an error"),
        ["E102 `default` is for a message that no field decides: it excludes `by`"]
    );
    let told = loaded(
        "notification: {}\n    ",
        "{ by: http_status, cases: { 200: { decide: done } } }",
    );
    assert_eq!(
        told.expect_err("an error"),
        ["E102 a notification has no HTTP status"]
    );
    // A single status of a server's error may be documented.
    let listed =
        "{ by: http_status, cases: { 501: { decide: failed }, 5XX: { decide: pending } } }";
    assert!(loaded("", listed).is_ok());
}

#[test]
fn an_answer_without_a_body_decides_by_its_status_alone() {
    let result = "{ by: http_status, cases: { 204: { decide: done }, 2XX: { decide: waiting } } }";
    let model = loaded("", result).expect("a sound spec");
    let api = &model.apis[0];
    let checker = Checker::new(api, &api.operations[0], Side::Response).expect("a response");
    let decide = |body: &[u8], status| {
        let (_, verdict) = checker.assess(body, Some(status)).ok()?;
        Some(verdict.expect("it is judged").decide)
    };
    assert_eq!(decide(b"", 204), Some(Decide::Done));
    assert_eq!(decide(b"", 205), Some(Decide::Pending));
    assert_eq!(decide(b"", 200), None);
    assert_eq!(decide(b"{}", 200), Some(Decide::Waiting));
}

#[test]
fn nothing_better_is_made_of_a_shared_class() {
    let result = |case: &str| {
        let text = format!(
            "payspec: 2\nid: demo\ntitle: Demo\nby: http_status\ncases: {{ 4XX: {{ decide: failed }}, 5XX: {{ decide: \
             pending }} }}\noperations:\n  send:\n    method: POST\n    path: /send\n    request: {{ fields: {{}} }}\n    \
             response: {{ fields: {{ state: string }} }}\n    result: {{ cases: {{ {case} }} }}\n"
        );
        let mut memory = Memory::default();
        memory.files.insert("demo/api.yaml".into(), text.into());
        let loaded = load_from(&memory);
        let errors = loaded.diagnostics.iter().filter(|one| one.is_error());
        errors.map(|one| one.code.id).collect::<Vec<_>>()
    };
    assert_eq!(result("200: { decide: done }"), [""; 0]);
    assert_eq!(result("404: { decide: pending }"), [""; 0]);
    assert_eq!(result("404: { decide: done }"), ["E102"]);
    assert_eq!(result("500: { decide: failed }"), ["E102"]);
}
