use crate::support::{snapshot, with};

#[test]
fn things() {
    let things = [
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
    for thing in things {
        let run = with(&["explain", thing]);
        all += &format!("==== {thing}\n{run}\n");
    }
    snapshot!("explain", all);
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
    for (thing, format) in [
        ("RISK_REJCT", "human"),
        ("no such thing", "human"),
        ("RISK_REJCT", "json"),
        ("extendInfo", "human"),
        ("extendInfo", "json"),
        ("Signature", "human"),
        ("\u{1b}[31mred", "human"),
    ] {
        let run = with(&["explain", thing, "--format", format]);
        assert_eq!(run.code, Some(1));
        all += &format!("==== {} as {format}\n{run}\n", thing.escape_debug());
    }
    snapshot!("explain_unknown", all);
}

#[test]
fn every_rule_and_code_is_explained() {
    for rule in payspec_runtime::RuleId::ALL {
        assert_eq!(with(&["explain", rule.as_str()]).code, Some(0), "{rule}");
    }
    for code in payspec_codegen::diagnostic::codes::all() {
        assert_eq!(with(&["explain", code.id]).code, Some(0), "{}", code.id);
    }
    for rule in payspec_codegen::drift::rules::all() {
        let name = format!("drift/{}", rule.id);
        assert_eq!(with(&["explain", &name]).code, Some(0), "{name}");
    }
}
