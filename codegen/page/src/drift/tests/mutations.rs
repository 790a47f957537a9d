//! Checks that each change of the page or of the spec is found, unless it has no meaning.

use super::*;

/// The old text, the new text, and the only finding that it causes: rule and subject.
type Mutation = (
    &'static str,
    &'static str,
    Option<(&'static str, &'static str)>,
);

const PAGE: &[Mutation] = &[
    (
        "POST /v1/payments/pay",
        "PUT /v1/payments/pay",
        Some(("method", "endpoint")),
    ),
    (
        "POST /v1/payments/pay",
        "POST /v2/payments/pay",
        Some(("path", "endpoint")),
    ),
    (
        "  • Maximum length: 64 characters",
        "  • Maximum length: 63 characters",
        Some(("max-length", "request/paymentRequestId")),
    ),
    (
        "paymentNotifyUrl URL  REQUIRED",
        "paymentNotifyUrl URL  ",
        Some(("required", "request/paymentNotifyUrl")),
    ),
    (
        "paymentRedirectUrl URL  ",
        "paymentRedirectUrl URL  REQUIRED",
        Some(("required", "request/paymentRedirectUrl")),
    ),
    (
        "order Order object  REQUIRED",
        "order String  REQUIRED",
        Some(("type", "request/order")),
    ),
    (
        "paymentTime Datetime  ",
        "paymentTime Integer  ",
        Some(("type", "response/paymentTime")),
    ),
    (
        "Only US, JP, PK, SG are",
        "Only US, JP, PK are",
        Some(("values", "request/merchantRegion")),
    ),
    (
        "It is fixed to IN_STORE_PAYMENT",
        "It is fixed to OTHER_PAYMENT",
        Some(("values", "request/productCode")),
    ),
    (
        "is CONNECT_WALLET.\n\nShow",
        "is OTHER_WALLET.\n\nShow",
        Some(("conditions", "request/settlementStrategy")),
    ),
    (
        "Note: This field is required when you use the global gateway (GGW) product.\n",
        "",
        Some(("conditions", "request/merchantRegion")),
    ),
    (
        "is CONNECT_WALLET.\n\nShow",
        "is not CONNECT_WALLET.\n\nShow",
        Some(("conditions", "request/settlementStrategy")),
    ),
    (
        "Specify this field when one of",
        "Specify this field unless one of",
        Some(("conditions", "request/settlementStrategy")),
    ),
    (
        "This field is required when you use",
        "This field is not required when you use",
        Some(("conditions", "request/merchantRegion")),
    ),
    (
        "Note: Empty when both currencies are the same.",
        "Note: Not empty when both currencies are the same.",
        Some(("conditions", "response/grossSettlementAmount")),
    ),
    (
        "RISK_REJECT\tF",
        "RISK_REJECT\tU",
        Some(("status", "codes/RISK_REJECT")),
    ),
    (
        "Tell the user that risk control said no.",
        "Contact technical support.",
        Some(("next-step", "codes/RISK_REJECT")),
    ),
    (
        "USER_NOT_EXIST\tF",
        "USER_IS_NEW\tF\tA new one.\tContact technical support.\nUSER_NOT_EXIST\tF",
        Some(("code-new", "codes/USER_IS_NEW")),
    ),
    (
        "USER_NOT_EXIST\tF\tThe wallet has no such user.\tContact technical support.\n",
        "",
        Some(("code-gone", "codes/USER_NOT_EXIST")),
    ),
    (
        "paymentCreateTime Datetime  \n\nWhen the payment came into being.\n\nMore information:\n\n  • The value follows the ISO 8601 standard format. For example, \"2020-01-02T03:04:05+08:00\".\n\n",
        "",
        Some(("field-gone", "response/paymentCreateTime")),
    ),
    (
        "merchantRegion String  ",
        "shopRank String  \n\nHow good the shop is.\n\nmerchantRegion String  ",
        Some(("field-new", "request/shopRank")),
    ),
    // Other words, and fewer or more blank lines, have no meaning.
    (
        "Where the outcome is reported.",
        "Where we tell you the outcome.",
        None,
    ),
    (
        "paymentNotifyUrl URL  REQUIRED\n\n",
        "paymentNotifyUrl URL  REQUIRED\n",
        None,
    ),
    (
        "Show child parameters\n\npaymentAmount",
        "Show child parameters\n\n\n\npaymentAmount",
        None,
    ),
    // The type implies the form already.
    (
        "  • The value follows the ISO 8601 standard format. For example, \"2020-01-02T03:04:05+08:00\".\n",
        "",
        None,
    ),
    // The order of the codes has no meaning.
    (
        "ACCESS_DENIED\tF\tNo access.\tContact technical support.\nINVALID_API\tF\tThe API is unknown or switched off.\tContact technical support.\n",
        "INVALID_API\tF\tThe API is unknown or switched off.\tContact technical support.\nACCESS_DENIED\tF\tNo access.\tContact technical support.\n",
        None,
    ),
];

/// Compares a page with an operation that the user names: one with another path is not found.
fn named_drift(model: &Model, text: &str) -> Drift {
    let hints = Hints {
        operation: Some("pay_entry_code"),
        source: None,
    };
    found_drift(model, text, hints).expect("the operation exists")
}

#[test]
fn of_the_page() {
    let model = model();
    let page = fixture(TWINS[0]);
    for (old, new, expected) in PAGE {
        assert!(page.contains(old), "the page has {old:?}");
        let drift = named_drift(&model, &page.replacen(old, new, 1));
        let found: Vec<_> = drift
            .findings
            .iter()
            .map(|one| (one.rule, one.subject.as_str()))
            .collect();
        let expected: Vec<_> = expected.iter().copied().collect();
        assert_eq!(found, expected, "{old:?} became {new:?}");
    }
}

/// A file of the spec, the change in it, and the only finding that it causes.
const SPEC: &[(&str, &str, &str, (&str, &str))] = &[
    (
        "operations/pay.yaml",
        "path: /v1/payments/pay",
        "path: /v1/payments/collect",
        ("path", "endpoint"),
    ),
    (
        "operations/pay.yaml",
        "      max_length: 64\n      example: 10277574507XXXX\n      disputed",
        "      max_length: 32\n      example: 10277574507XXXX\n      disputed",
        ("max-length", "request/paymentRequestId"),
    ),
    (
        "operations/pay.yaml",
        "      required: true\n      max_length: 2048\n",
        "      max_length: 2048\n",
        ("required", "request/paymentNotifyUrl"),
    ),
    (
        "operations/pay.yaml",
        "value: [US, JP, PK, SG]",
        "value: [US, JP, PK, SG, HK]",
        ("values", "request/merchantRegion"),
    ),
    (
        "operations/pay.yaml",
        "      type: PspCustomerInfo\n",
        "      type: ChallengeActionForm\n",
        ("type", "response/pspCustomerInfo"),
    ),
    (
        "operations/pay.yaml",
        "    pspCustomerInfo:\n      type: PspCustomerInfo\n      description: The payer as the wallet knows them.\n",
        "",
        ("field-new", "response/pspCustomerInfo"),
    ),
    (
        "operations/pay.yaml",
        "    pspCustomerInfo:\n",
        "    payerMood:\n      type: string\n      description: The payer's mood.\n      max_length: 9\n    pspCustomerInfo:\n",
        ("field-gone", "response/payerMood"),
    ),
    (
        "operations/pay.yaml",
        "    USER_NOT_EXIST:\n",
        "    USER_IS_NEW:\n",
        ("code-new", "codes/USER_NOT_EXIST"),
    ),
    (
        "operations/pay.yaml",
        "      next_step: tell_user\n",
        "      next_step: contact_support\n",
        ("next-step", "codes/RISK_REJECT"),
    ),
    (
        "results.yaml",
        "    next_step: contact_support\n    resend: never\n    disputed",
        "    next_step: contact_support\n    resend: pointless\n    disputed",
        ("resend", "codes/SYSTEM_ERROR"),
    ),
    (
        "operations/pay.yaml",
        "        - path: /paymentMethod/paymentMethodType\n          values: [CONNECT_WALLET]\n          severity: warning\n          source: [page, user-presented-zh, order-code-zh, php-validator]\n          reason: The pages state it, but the page's own example leaves the field out.\n",
        "",
        ("conditions", "request/settlementStrategy"),
    ),
    (
        "operations/pay_entry_code.yaml",
        "states: [{ fact: required, is: optional }]",
        "states: [{ fact: required, is: conditional }]",
        ("required", "request/paymentFactor"),
    ),
];

#[test]
fn of_the_spec() {
    let page = fixture(TWINS[0]);
    let files = spec();
    for (file, old, new, expected) in SPEC {
        let mut files = files.clone();
        let path = format!("ams-instore/{file}");
        let text = String::from_utf8(files.files[&path].clone()).expect("text");
        assert!(text.contains(old), "{file} has {old:?}");
        files
            .files
            .insert(path, text.replacen(old, new, 1).into_bytes());
        let loaded = load_from(&files);
        let Some(model) = loaded.model else {
            let why: Vec<_> = loaded.diagnostics.iter().map(|one| &one.message).collect();
            panic!("{file} with {new:?} is no spec: {why:?}");
        };
        let drift = named_drift(&model, &page);
        let found = drift
            .findings
            .iter()
            .map(|one| (one.rule, one.subject.as_str()));
        assert!(
            found.clone().any(|one| one == *expected),
            "{new:?}: {:?}",
            found.collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_page_without_a_table_is_told_once() {
    let page = fixture(TWINS[0]);
    let cut = page.find("Result/Error codes").expect("the table");
    let drift = drift(&model(), &page[..cut]);
    let found: Vec<_> = drift
        .findings
        .iter()
        .map(|one| (one.rule, one.subject.as_str()))
        .collect();
    assert_eq!(found, [("table-gone", "codes")]);
}

/// The fixture pages whose lines are changed one by one: one for each rendering.
const EDITED: &[&str] = &[
    "a-en-pay-entry-code.txt",
    "c-en-refund.md",
    "d-en-pay-user-presented.md",
    "d-zh-inquiry-refund.md",
];

/// Returns the lines of a page whose change must be reported.
fn lines_that_say_something(page: &Page) -> Vec<&page::Line> {
    let says = |line: &&page::Line| {
        let is_date = |fact: &page::FactRef| fact.aspect == page::Aspect::Date;
        let is_read = match &line.reading {
            page::Reading::Captured { facts, .. } => !facts.iter().all(is_date),
            page::Reading::Unread => true,
            page::Reading::Outside => line.section != page::Section::Head,
            page::Reading::Frame { .. } | page::Reading::Junk { .. } => false,
        };
        let is_compared = !matches!(
            line.section,
            page::Section::Examples | page::Section::Footer
        );
        is_read && is_compared && line.text.chars().any(char::is_alphanumeric)
    };
    page.lines.iter().filter(says).collect()
}

fn changes(old: &Page, new: &str) -> Changes {
    let new = read(new);
    let copy = |page| Copy { name: "page", page };
    Changes::new(copy(old), copy(&new)).expect("both describe something")
}

fn edited(text: &str, edit: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    edit(&mut lines);
    lines.join("\n") + "\n"
}

#[test]
fn a_changed_or_lost_line_is_reported() {
    let mut count = 0;
    for name in EDITED {
        let text = fixture(name);
        let page = read(&text);
        for line in lines_that_say_something(&page) {
            let at = usize::try_from(line.line).expect("a line") - 1;
            let lost = edited(&text, |lines| {
                lines.remove(at);
            });
            let other = text.lines().nth(at).unwrap_or_default();
            let words = line.text.split(|char: char| !char.is_alphanumeric());
            let mut words = words.filter(|word| !word.is_empty() && other.contains(word));
            let Some(word) = words.next() else { continue };
            let other = other.replacen(word, &format!("{word}x"), 1);
            let changed = edited(&text, |lines| lines[at] = other);
            for (what, new) in [("lost", lost), ("changed", changed)] {
                let changes = changes(&page, &new);
                assert!(!changes.changes.is_empty(), "{name}:{} {what}", line.line);
                count += 1;
            }
        }
    }
    assert!(count > 400, "{count}");
}

#[test]
fn a_moved_line_is_reported() {
    let mut count = 0;
    for name in EDITED {
        let text = fixture(name);
        let page = read(&text);
        let lines = lines_that_say_something(&page);
        for pair in lines.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|line| line.line);
            let at = |line: u32| usize::try_from(line).expect("a line") - 1;
            let same = pair[0].text == pair[1].text;
            let rows = pair.iter().all(|line| line.section == page::Section::Codes);
            // The order of codes has no meaning.
            if other != one + 1 || same || rows {
                continue;
            }
            let moved = edited(&text, |lines| lines.swap(at(one), at(other)));
            let changes = changes(&page, &moved);
            // Statuses have no order either.
            let is_logic = pair[0].section == page::Section::ResultLogic;
            assert_eq!(changes.changes.is_empty(), is_logic, "{name}:{one}");
            count += 1;
        }
    }
    assert!(count > 3, "{count}");
}

#[test]
fn a_negated_action_is_reported() {
    let model = model();
    let mut count = 0;
    for (name, verbs) in [
        (
            TWINS[0],
            &["Call", "Contact", "Check", "Use", "Tell", "Pay"][..],
        ),
        (
            TWINS[1],
            &["联系", "检查", "换", "告诉", "再调用", "请联系"][..],
        ),
    ] {
        let text = fixture(name);
        let page = read(&text);
        for code in &page.operations[0].codes {
            let Some(action) = &code.action else { continue };
            let Some(verb) = verbs.iter().find(|verb| action.starts_with(**verb)) else {
                continue;
            };
            let lower = verb.to_lowercase();
            let not = if name == TWINS[0] {
                "Do not "
            } else {
                "不要"
            };
            let first = action.split(['。', '.', '\n']).next().unwrap_or_default();
            let raw = text.lines().find(|line| {
                line.replace('\\', "").contains(&format!("{} ", code.code))
                    || line.contains(&format!("{}\t", code.code))
            });
            let raw = raw.expect("the row");
            let place = raw.rfind(verb).expect("the action");
            assert!(raw[place..].starts_with(verb), "{first}");
            let negated = format!(
                "{}{not}{lower}{}",
                &raw[..place],
                &raw[place + verb.len()..]
            );
            let new = text.replacen(raw, &negated, 1);
            let subject = format!("codes/{}", code.code);
            let changes = changes(&page, &new);
            let is_serious = |one: &crate::drift::Change| {
                one.subject == subject && one.level > crate::drift::rules::Level::Note
            };
            assert!(changes.changes.iter().any(is_serious), "{negated}");
            let coverage = coverage_of(&model, &new);
            let line = coverage
                .lines
                .iter()
                .find(|line| line.at == subject && line.text.contains(not.trim()));
            let state = line.map(|line| line.state);
            // To forbid what the spec does not do is no difference.
            if code.code == "PAYMENT_IN_PROCESS" {
                continue;
            }
            assert_ne!(state, Some(LineState::Captured), "{negated}");
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}
