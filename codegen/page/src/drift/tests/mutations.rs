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
