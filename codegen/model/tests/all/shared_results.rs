//! The half of a result that operations share, and how an operation overrides it.

use payspec_model::load_from;
use payspec_model::model::{Decide, Decision, Operation, PendingAction, StatusClass, StatusPlace};
use payspec_model::source::Memory;

const API: &str = "payspec: 2\nid: demo\ntitle: Demo\n";

const SHARED: &str = "
by: /status
code: /code
cases:
  S: { decide: done, description: It worked. }
  F: { decide: failed, description: It failed. }
  U: { decide: pending, description: Nobody knows., actions: [inquire] }
";

const OPERATION: &str = "
    method: POST
    path: /send
    request: { fields: {} }
    response: { fields: { status: string, code: string, state: string } }
    result: ";

/// The only operation of an API in one file, with this result; the ids of the errors otherwise.
fn operation(shared: &str, result: &str) -> Result<Operation, Vec<&'static str>> {
    let text = format!("{API}{shared}operations:\n  send:{OPERATION}{result}\n");
    let mut memory = Memory::default();
    memory.files.insert("demo/api.yaml".into(), text.into());
    let loaded = load_from(&memory);
    let errors = loaded.diagnostics.iter().filter(|one| one.is_error());
    let errors: Vec<_> = errors.map(|one| one.code.id).collect();
    let model = loaded.model.ok_or(errors)?;
    Ok(model.apis[0].operations[0].clone())
}

fn decisions(operation: &Operation) -> &[Decision] {
    &operation.result.as_ref().expect("a result").decisions
}

const CODES: &str =
    "codes: { OK: { status: S, meaning: It worked., next_step: done, resend: pointless } }";

#[test]
fn an_operation_inherits_what_it_does_not_state() {
    let result = format!("{{ cases: {{ S: {{ decide: done, as: paid }} }}, {CODES} }}");
    let operation = operation(SHARED, &result).expect("a sound spec");
    let handling = operation.result.as_ref().expect("a result");
    assert_eq!(
        handling.status,
        StatusPlace::Field(vec!["status".to_owned()])
    );
    assert_eq!(handling.code, [["code"]]);
    let [good, bad, open] = decisions(&operation) else {
        panic!("three decisions");
    };
    // A decision of its own replaces the whole case.
    assert_eq!(
        (good.name.as_str(), good.description.as_str()),
        ("paid", "")
    );
    assert_eq!(
        (bad.decide, bad.description.as_str()),
        (Decide::Failed, "It failed.")
    );
    assert_eq!(open.actions, [PendingAction::Inquire]);
}

#[test]
fn an_operation_overrides_a_case_key_by_key() {
    let result =
        format!("{{ cases: {{ U: {{ description: Ask. }}, X: {{ decide: done }} }}, {CODES} }}");
    let operation = operation(SHARED, &result).expect("a sound spec");
    let open = decisions(&operation)
        .iter()
        .find(|one| one.status == "U")
        .expect("a case");
    assert_eq!(
        (open.decide, open.description.as_str()),
        (Decide::Pending, "Ask.")
    );
    assert_eq!(open.actions, [PendingAction::Inquire]);
    let handling = operation.result.as_ref().expect("a result");
    assert_eq!(handling.statuses(), ["S", "F", "U", "X"]);
    assert_eq!(handling.class("X"), Some(StatusClass::Succeeded));
    assert_eq!(handling.class("Y"), None);
}

#[test]
fn an_operation_that_judges_by_another_field_inherits_nothing() {
    let by_state = operation(
        SHARED,
        "{ by: /state, cases: { PAID: { decide: done, as: paid } } }",
    );
    let by_state = by_state.expect("a sound spec");
    assert_eq!(decisions(&by_state).len(), 1);
    let judged = by_state.result.as_ref().expect("a result");
    assert!(judged.code.is_empty(), "{judged:?}");
    let always = operation(SHARED, "{ default: { decide: waiting } }").expect("a sound spec");
    assert_eq!(decisions(&always).len(), 1);
    assert_eq!(
        operation("", "{ cases: { S: { decide: done } } }"),
        Err(vec!["E022"])
    );
}

#[test]
fn nothing_better_is_made_of_a_shared_case() {
    let rank = |class| match class {
        StatusClass::Succeeded => 2,
        StatusClass::Failed => 1,
        StatusClass::Pending => 0,
    };
    for shared in Decide::ALL {
        for own in Decide::ALL {
            let cases = format!(
                "by: /status\ncases: {{ S: {{ decide: {} }} }}\n",
                shared.as_str()
            );
            let result = format!("{{ cases: {{ S: {{ decide: {} }} }} }}", own.as_str());
            let is_better = rank(own.class()) > rank(shared.class());
            let found = operation(&cases, &result).err().unwrap_or_default();
            let expected: &[&str] = if is_better { &["E102"] } else { &[] };
            assert_eq!(found, expected, "{shared:?} to {own:?}");
        }
    }
}
