use crate::diff::starter;
use crate::support::{folder, snapshot, with};

#[test]
fn every_kind_of_name() {
    let names = [
        "RISK_REJECT",
        "pay_entry_code/SUCCESS",
        "Order.env",
        "pay_entry_code/request/order/env/osType",
        "/order/goods/0/goodsUnitAmount",
        "Amount",
        "TerminalType",
        "F",
        "user-agent-values",
        "ams_instore",
        "signature",
        "request/Signature",
        "Request-Time",
        "open-na-global.alipay.com",
        "ams_instore/wire",
        "entry_code_payment",
        "releases",
        "e031",
        "required_when",
        "drift/required",
        "code-gone",
    ];
    let mut all = String::new();
    for name in names {
        let run = with(&["explain", name]);
        all += &format!("==== {name}\n{run}\n");
    }
    snapshot!("explain", all);
}

#[test]
fn credentials_and_their_headers_are_explained() {
    let spec = crate::support::root().join("tests/cases/bearer/spec");
    let spec = spec.display().to_string();
    for (name, words) in [
        (
            "auth",
            &[
                "Authorization: Bearer {secret_key}",
                "X-Account: account {account}",
            ][..],
        ),
        (
            "secret_key",
            &["The secret key of the merchant's account.", "secret"],
        ),
        (
            "demo/credential/account",
            &["The account that is charged.", "id"],
        ),
    ] {
        let run = with(&["explain", "--spec", &spec, name]);
        assert_eq!(run.code, Some(0), "{run}");
        for word in words {
            assert!(run.stdout.contains(word), "{name}: {word}: {run}");
        }
    }
}

#[test]
fn the_answers_that_have_a_field_are_named() {
    for (name, answers) in [
        ("SendResponse.id", "200 (required), 202 and 402"),
        ("SendResponse.decline", "402 (required)"),
        ("FindResponse.title", "4XX and any other"),
    ] {
        let run = with(&["explain", "--spec", "tests/cases/answers-by-status", name]);
        let expected = format!("in answers  {answers}\n");
        assert!(run.stdout.contains(&expected), "{run}");
    }
    let run = with(&[
        "explain",
        "--spec",
        "tests/cases/status-answers",
        "SendResponse.id",
    ]);
    assert!(
        run.stdout.contains("required") && !run.stdout.contains("in answers"),
        "{run}"
    );
}

#[test]
fn defaults_patterns_and_what_is_deprecated() {
    let (folder, _) = folder();
    let edits = [
        (
            "types/order.yaml",
            "        max_length: 256\n",
            "        max_length: 256\n        default: Nothing to tell.\n",
        ),
        (
            "operations/find_order.yaml",
            "path: ",
            "deprecated: { reason: It is slow, replacement: notify_order }\npath: ",
        ),
        (
            "api.yaml",
            "servers:\n",
            "headers:\n  request:\n    Trace: { description: To find the call., pattern: \"[0-9a-f]+\" }\nservers:\n",
        ),
    ];
    let spec = starter(&folder.path().join("spec"), &edits);
    for (name, parts) in [
        ("Result.message", &["default   Nothing to tell."][..]),
        ("request/Trace", &["pattern   [0-9a-f]+"]),
        (
            "find_order",
            &["deprecated   It is slow", "replacement  notify_order"],
        ),
    ] {
        let run = with(&["explain", name, "--spec", &spec]);
        for part in parts {
            assert!(run.stdout.contains(part), "{name}: {run}");
        }
    }
}

#[test]
fn as_json() {
    snapshot!(
        "explain_as_json",
        with(&["explain", "RISK_REJECT", "--format", "json"])
    );
}

#[test]
fn unknown_and_ambiguous() {
    let mut all = String::new();
    for (name, format) in [
        ("RISK_REJCT", "human"),
        ("no such thing", "human"),
        ("RISK_REJCT", "json"),
        ("extendInfo", "human"),
        ("extendInfo", "json"),
        ("Signature", "human"),
        ("\u{1b}[31mred", "human"),
    ] {
        let run = with(&["explain", name, "--format", format]);
        assert_eq!(run.code, Some(1));
        all += &format!("==== {} as {format}\n{run}\n", name.escape_debug());
    }
    snapshot!("explain_unknown", all);
}
