//! Checks what is drafted and compared about result codes and statuses.

use super::result_changes::changes;
use super::*;
use crate::drift::draft::{Target, draft};
use serde_yaml::Value;

/// A page with these sections behind its parameters.
fn page_with(sections: &str) -> String {
    format!(
        "# settleBill\n\nPOST /v1/bills/settle\n\nSettles a bill.\n\n### Request parameters\n\n\
         #### billRequestId String REQUIRED\n\nThe id.\n\n*   This field is an API idempotency field.\n\n\
         ### Response parameters\n\n#### result Result object REQUIRED\n\nHow it went.\n\n{sections}"
    )
}

fn table(rows: &str) -> String {
    page_with(&format!(
        "### Result/Error codes\n\n| Code | Value | Message | Further action |\n| --- | --- | --- | --- |\n{rows}"
    ))
}

/// Returns the drafted files of a page that no spec knows, after `payspec check` accepted them.
fn drafted(text: &str) -> BTreeMap<String, Value> {
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let target = Target::Spec(Path::new("shop/operations/drafted.yaml"));
    let files = draft(&Model::default(), copy, hints, target)
        .expect("a draft")
        .files;
    let mut memory = Memory::default();
    let mut values = BTreeMap::new();
    for file in &files {
        let path = file.path.to_string_lossy().into_owned();
        let value = serde_yaml::from_str(&file.text).expect("YAML");
        memory
            .files
            .insert(path.clone(), file.text.clone().into_bytes());
        values.insert(path, value);
    }
    let loaded = load_from(&memory);
    let messages: Vec<_> = loaded.diagnostics.iter().map(|one| &one.message).collect();
    let model = loaded.model.unwrap_or_else(|| panic!("{messages:?}"));
    let drift = Drift::new(&model, copy, hints).expect("the operation is there");
    // Codes that no operation can have are new until it has them.
    let others = drift.findings.iter().filter(|one| one.rule != "code-new");
    assert_eq!(
        others.count(),
        0,
        "a draft agrees with its page: {:?}",
        drift.findings
    );
    values
}

fn result(text: &str) -> Value {
    drafted(text)["shop/operations/drafted.yaml"]["result"].clone()
}

/// Returns the next step, the rule for a resend, and whether the action quotes the page.
fn row<'v>(codes: &'v Value, name: &str) -> (&'v str, &'v str, bool) {
    let word = |key: &str| codes[name][key].as_str().expect("a word");
    (word("next_step"), word("resend"), word("action") != "TODO")
}

#[test]
fn drafted_steps_of_a_known_page_are_right_or_marked() {
    let model = model();
    let (api, operation) = model.operation("pay_entry_code").expect("the operation");
    let known = &operation.result.as_ref().expect("codes").codes;
    for name in TWINS {
        let mut certain = 0;
        let result = result(&fixture(name));
        for code in known {
            let (step, resend, quotes) = row(&result["codes"], &code.name);
            let disputed = api.disputes.iter().any(|one| one.concerns(code.origin));
            if !quotes && !disputed {
                assert_eq!(step, code.next_step.as_str(), "{name}: {}", code.name);
                certain += 1;
            }
            if resend == "safe" {
                assert_eq!(code.resend.as_str(), "safe", "{name}: {}", code.name);
            }
        }
        assert!(certain >= 22, "{name}: {certain} of {}", known.len());
        assert_eq!(result["cases"]["S"]["decide"], "redirect", "{name}");
        let actions = &result["cases"]["U"]["actions"];
        assert_eq!(actions[0], "resend_same", "{name}");
    }
}

#[test]
fn drafted_steps_of_other_pages() {
    for (text, rows) in [
        (
            table(
                "| OK | S | Done | No further action. |\n\
                 | CHANGE_ID | F | x | Take another _shipRequestId_ and call once again. |\n\
                 | OPEN_PAGE | U | x | Open the page that came back. If none came, call again with a new request ID. |\n\
                 | NEVER_TWICE | F | x | Never send this request again. |\n\
                 | NO_LOOK | F | x | Do not inquire again. Contact support. |\n\
                 | NO_LOOK_OPEN | U | x | Do not inquire again. |\n\
                 | ASK_PEOPLE | U | x | Contact support before you send anything again. |\n\
                 | PATIENCE | U | x | Wait for the notification; do not pay again. |\n\
                 | LESS | F | x | Reduce the amount and pay with a new billRequestId. |\n\
                 | AGAIN | U | x | Call the API again with the same billRequestId. |\n\
                 | AGAIN_FINAL | F | x | Call the API again. |\n\
                 | NOT_ALWAYS | U | x | Call the API again unless the payer paid. |\n\
                 | MIXED | F | x | Polish the request. Do not panic. |\n",
            ),
            vec![
                ("OK", ("done", "pointless", false)),
                ("CHANGE_ID", ("new_request_id", "pointless", false)),
                ("OPEN_PAGE", ("inquire", "never", true)),
                ("NEVER_TWICE", ("contact_support", "never", true)),
                ("NO_LOOK", ("contact_support", "pointless", false)),
                ("NO_LOOK_OPEN", ("contact_support", "never", true)),
                ("ASK_PEOPLE", ("contact_support", "never", false)),
                ("PATIENCE", ("inquire", "never", false)),
                ("LESS", ("lower_amount", "pointless", false)),
                ("AGAIN", ("resend_same", "safe", false)),
                ("AGAIN_FINAL", ("contact_support", "never", true)),
                ("NOT_ALWAYS", ("inquire", "never", true)),
                ("MIXED", ("contact_support", "never", true)),
            ],
        ),
        (
            table(
                "| SUCCESS | S | 成功 | 无需进一步操作。 |\n\
                 | ORDER_GONE | F | 没有 | 检查 _billId_。 |\n\
                 | WAITING | U | 处理中 | 查询支付结果，不要重复支付。 |\n\
                 | BUSY | U | 忙 | 稍后使用同一_billRequestId_重试。 |\n\
                 | POOR | F | 余额不足 | 请用户更换支付方式。 |\n\
                 | FRESH | F | 过期 | 请更换_billRequestId_后重新支付。 |\n\
                 | STALE | F | 过期 | 请勿更换_billRequestId_。 |\n\
                 | BROKEN | U | 错误 | 除非客服同意，不得重试。 |\n\
                 | SIGN | F | 验签失败 | 重新签名。 |\n",
            ),
            vec![
                ("SUCCESS", ("done", "pointless", false)),
                ("ORDER_GONE", ("fix_request", "pointless", false)),
                ("WAITING", ("inquire", "never", false)),
                ("BUSY", ("resend_same", "safe", false)),
                ("POOR", ("tell_user", "pointless", false)),
                ("FRESH", ("new_request_id", "pointless", false)),
                ("STALE", ("contact_support", "never", true)),
                ("BROKEN", ("inquire", "never", true)),
                ("SIGN", ("fix_credentials", "pointless", false)),
            ],
        ),
    ] {
        let result = result(&text);
        for (name, expected) in rows {
            assert_eq!(row(&result["codes"], name), expected, "{name}");
        }
    }
}

#[test]
fn without_an_idempotency_key_no_resend_is_harmless() {
    let text =
        table("| OK | S | Done | No further action. |\n| GONE | F | x | Contact support. |\n")
            .replace("*   This field is an API idempotency field.\n\n", "");
    let result = result(&text);
    for name in ["OK", "GONE"] {
        assert_eq!(row(&result["codes"], name).1, "never", "{name}");
    }
}

/// A page whose codes have this logic of the result.
pub(super) fn logic(lines: &str) -> String {
    let codes = "### Result/Error codes\n\n| Code | Value | Message |\n| --- | --- | --- |\n\
                 | OK | S | Done |\n| BUSY | U | Busy |\n";
    page_with(&format!("## Result process logic\n\n{lines}\n\n{codes}"))
}

#[test]
fn decisions_are_drafted_from_the_result_logic() {
    let decided = |lines: &str, status: &str| {
        let result = result(&logic(lines));
        let decision = &result["cases"][status];
        let actions = decision["actions"]
            .as_sequence()
            .cloned()
            .unwrap_or_default();
        let actions: Vec<String> = actions
            .iter()
            .filter_map(|action| action.as_str().map(str::to_owned))
            .collect();
        let decide = decision["decide"].as_str().unwrap_or_default().to_owned();
        let quotes = decision["description"].as_str() != Some("TODO");
        (decide, actions.join(" "), quotes)
    };
    let pending = |actions: &str, quotes| ("pending".to_owned(), actions.to_owned(), quotes);
    let other = |decide: &str, quotes| (decide.to_owned(), String::new(), quotes);
    assert_eq!(
        decided("*   `U`: Call settleBill again.", "U"),
        pending("resend_same", false)
    );
    assert_eq!(decided("*   `U`: Inquire.", "U"), pending("inquire", false));
    assert_eq!(
        decided("*   `U`: Never call again.", "U"),
        pending("", true)
    );
    assert_eq!(
        decided("*   `U`: Call again if you dare.", "U"),
        pending("", true)
    );
    assert_eq!(
        decided("*   If it is not `U`, call again.", "U"),
        pending("", true)
    );
    assert_eq!(
        decided("*   `U`: Call again.\n\nNever call twice.", "U"),
        pending("", true)
    );
    assert_eq!(
        decided("*   `S`: the payment succeeded.", "S"),
        other("done", true)
    );
    assert_eq!(
        decided("*   `S`: Redirect the payer.", "S"),
        other("redirect", false)
    );
    assert_eq!(
        decided("*   `S`: The bill is on its way.", "S"),
        other("waiting", true)
    );
    assert_eq!(decided("", "S"), other("done", false));
    assert_eq!(decided("", "U"), pending("", false));
}

#[test]
fn translated_codes_are_matched_by_position_and_status() {
    let english = table(
        "| SUCCESS | S | Done | No further action. |\n\
         | RECORD_NOT_FOUND | F | Not there | Check _billId_. |\n\
         | PROCESS_FAIL | F | Failed | Contact support. |\n\
         | UNKNOWN_EXCEPTION | U | Unknown | Call the API again. |\n",
    );
    let chinese = table(
        "| SUCCESS | S | 成功 | 无需进一步操作。 |\n\
         | 记录未找到 | F | 没有 | 检查 _billId_。 |\n\
         | 处理失败 | F | 失败 | 联系技术支持。 |\n\
         | UNKNOWN_EXCEPTION | U | 未知 | 再次调用接口。 |\n",
    );
    for (old, new) in [(&english, &chinese), (&chinese, &english)] {
        assert_eq!(changes(old, new), []);
        let [old, new] = [old, new].map(|text| read(text));
        let copy = |page| Copy { name: "page", page };
        let found = Changes::new(copy(&old), copy(&new)).expect("both describe something");
        let guesses: Vec<_> = found
            .matches
            .iter()
            .map(|one| (one.field.as_str(), one.matched_by.as_str()))
            .collect();
        assert_eq!(guesses.len(), 2, "{guesses:?}");
        assert!(
            guesses.iter().all(|(_, by)| *by == "position"),
            "{guesses:?}"
        );
    }
    // A code more on one side is not matched with any, nor is one of another status or advice.
    for (line, other) in [
        ("| 处理失败 | F | 失败 | 联系技术支持。 |\n", ""),
        ("| 处理失败 | F |", "| 处理失败 | U |"),
        ("检查 _billId_。", "告知用户。"),
    ] {
        let found = changes(&english, &chinese.replace(line, other));
        let gone = found.iter().filter(|one| one.0 == "code-gone").count();
        assert!(gone > 0, "{line}: {found:?}");
    }
    let result = result(&chinese);
    assert_eq!(row(&result["codes"], "SUCCESS").0, "done");
}

#[test]
fn codes_without_a_field_that_carries_them_are_drafted_apart() {
    let text = "askBill\n\nPOST /v1/bills/ask\n\nAsks.\n\nRequest parameters\n\nbillId String  REQUIRED\n\nThe id.\n\n\
                Result codes\n\n| resultStatus | resultCode | Description |\n|---|---|---|\n| S | SUCCESS | Done |\n| F | NOT_FOUND | None |\n";
    let files = drafted(text);
    let operation = &files["shop/operations/drafted.yaml"];
    assert!(operation["result"].is_null());
    let description = operation["description"].as_str().unwrap_or_default();
    assert!(
        description.contains("table of result codes"),
        "{description}"
    );
    let codes = &files["shop/results.yaml"]["codes"];
    assert_eq!(row(codes, "NOT_FOUND"), ("contact_support", "never", true));
    // With both fields in the response, they carry the result.
    let flat = text.replace(
        "Result codes",
        "Response parameters\n\nresultStatus String  REQUIRED\n\nHow.\n\nresultCode String  REQUIRED\n\nWhy.\n\nResult codes",
    );
    let result = result(&flat);
    assert_eq!(result["by"], "/resultStatus");
    assert_eq!(result["code"], "/resultCode");
    assert_eq!(row(&result["codes"], "SUCCESS").0, "done");
}

#[test]
fn codes_that_all_operations_share_are_not_missing_on_a_page() {
    let page = read(&table("| OK | S | Done | No further action. |\n"));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let target = Target::Spec(Path::new("shop/operations/drafted.yaml"));
    let files = draft(&Model::default(), copy, hints, target)
        .expect("a draft")
        .files;
    let shared = "  F:\n    description: It failed.\n    decide: failed\ncodes:\n  GONE:\n    status: F\n    \
                  meaning: It is gone.\n    action: Ask support.\n    next_step: contact_support\n    resend: never\n";
    let failed = "  cases:\n    F:\n      decide: failed\n      description: It failed.\n";
    let gone = |all: &str, listed: &str| {
        let mut memory = Memory::default();
        for file in &files {
            let path = file.path.to_string_lossy().into_owned();
            let mut text = file.text.clone();
            if path.ends_with("results.yaml") {
                text += shared;
            } else if path.contains("operations") {
                text = text.replace("  codes:\n", &format!("{all}  codes:\n{listed}"));
                text = text.replace("  cases:\n", failed);
            }
            memory.files.insert(path, text.into_bytes());
        }
        let loaded = load_from(&memory);
        let messages: Vec<_> = loaded.diagnostics.iter().map(|one| &one.message).collect();
        let model = loaded.model.unwrap_or_else(|| panic!("{messages:?}"));
        let drift = Drift::new(&model, copy, hints).expect("the operation is there");
        let found = drift.findings.into_iter().map(|one| one.subject);
        found.collect::<Vec<String>>()
    };
    assert_eq!(gone("  shared_codes: unknown\n", ""), Vec::<String>::new());
    assert_eq!(gone("", "    GONE: shared\n"), ["codes/GONE"]);
}

#[test]
fn codes_without_a_status_are_drafted_and_left_open() {
    let text = page_with(
        "### Result/Error codes\n\n| Code | Message | Further action |\n| --- | --- | --- |\n\
         | SUCCESS | Done | No further action. |\n| POOR | Poor | Contact support. |\n",
    );
    let result = result(&text);
    for name in ["SUCCESS", "POOR"] {
        let code = &result["codes"][name];
        assert_eq!(code["status"], "U", "{name}");
        let meaning = code["meaning"].as_str().expect("a text");
        assert!(meaning.starts_with("TODO"), "{meaning}");
        assert!(meaning.ends_with("the page states none."), "{meaning}");
    }
}
