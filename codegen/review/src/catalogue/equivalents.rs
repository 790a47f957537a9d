//! The nearest rules of oasdiff and buf. A name that ends in `*` stands for a family of rules.

/// The names that other tools have for a kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equivalents {
    /// Rules of oasdiff.
    pub oasdiff: &'static [&'static str],
    /// Rules of buf.
    pub buf: &'static [&'static str],
}

/// By the id of our rule. A rule that is missing here has no equivalent in either tool.
pub(super) const EQUIVALENTS: &[(&str, Equivalents)] = &[
    equivalents(
        "field-added",
        &[
            "new-required-request-property",
            "new-optional-request-property",
            "response-required-property-added",
            "response-optional-property-added",
        ],
        &["MESSAGE_SAME_REQUIRED_FIELDS"],
    ),
    equivalents(
        "field-removed",
        &[
            "request-property-removed",
            "response-required-property-removed",
            "response-optional-property-removed",
        ],
        &["FIELD_NO_DELETE"],
    ),
    equivalents(
        "field-narrowed",
        &[
            "request-property-became-required",
            "response-property-became-required",
        ],
        &["FIELD_SAME_CARDINALITY"],
    ),
    equivalents(
        "field-widened",
        &[
            "request-property-became-optional",
            "response-property-became-optional",
        ],
        &[],
    ),
    equivalents(
        "kind-narrowed",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    equivalents(
        "kind-widened",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    equivalents(
        "kind-changed",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    equivalents(
        "allowed-narrowed",
        &[
            "request-property-enum-value-removed",
            "response-property-enum-value-removed",
        ],
        &[],
    ),
    equivalents(
        "allowed-widened",
        &[
            "request-property-enum-value-added",
            "response-property-enum-value-added",
        ],
        &[],
    ),
    equivalents("allowed-changed", &["request-property-const-changed"], &[]),
    equivalents("open-narrowed", &["request-property-became-enum"], &[]),
    equivalents(
        "min-length-narrowed",
        &["request-property-min-length-*"],
        &[],
    ),
    equivalents(
        "min-length-widened",
        &["request-property-min-length-*"],
        &[],
    ),
    equivalents(
        "max-length-narrowed",
        &[
            "request-property-max-length-decreased",
            "request-property-max-length-set",
        ],
        &[],
    ),
    equivalents(
        "max-length-widened",
        &[
            "request-property-max-length-increased",
            "response-property-max-length-increased",
            "response-property-max-length-unset",
        ],
        &[],
    ),
    equivalents("pattern-narrowed", &["request-property-pattern-added"], &[]),
    equivalents("pattern-widened", &["response-property-pattern-*"], &[]),
    equivalents(
        "pattern-changed",
        &[
            "request-property-pattern-changed",
            "response-property-pattern-*",
        ],
        &[],
    ),
    equivalents("format-narrowed", &["request-property-type-changed"], &[]),
    equivalents("format-widened", &["request-property-type-changed"], &[]),
    equivalents("format-changed", &["request-property-type-changed"], &[]),
    equivalents("min-narrowed", &["request-property-min-*"], &[]),
    equivalents("min-widened", &["request-property-min-*"], &[]),
    equivalents("max-narrowed", &["request-property-max-*"], &[]),
    equivalents("max-widened", &["request-property-max-*"], &[]),
    equivalents("min-items-narrowed", &["request-property-min-items-*"], &[]),
    equivalents("min-items-widened", &["request-property-min-items-*"], &[]),
    equivalents("max-items-narrowed", &["request-property-max-items-*"], &[]),
    equivalents("max-items-widened", &["request-property-max-items-*"], &[]),
    equivalents(
        "required-when-narrowed",
        &["request-property-dependent-required-added"],
        &[],
    ),
    equivalents(
        "required-when-widened",
        &["request-property-dependent-required-removed"],
        &[],
    ),
    equivalents("code-added", &["response-non-success-status-added"], &[]),
    equivalents(
        "default-added",
        &[
            "request-property-default-value-added",
            "response-property-default-value-added",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    equivalents(
        "default-removed",
        &[
            "request-property-default-value-removed",
            "response-property-default-value-removed",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    equivalents(
        "default-changed",
        &[
            "request-property-default-value-changed",
            "response-property-default-value-changed",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    equivalents(
        "code-removed",
        &["response-non-success-status-removed"],
        &[],
    ),
    equivalents("operation-added", &["endpoint-added"], &[]),
    equivalents(
        "operation-removed",
        &[
            "api-removed-without-deprecation",
            "api-path-removed-without-deprecation",
        ],
        &["RPC_NO_DELETE"],
    ),
    equivalents("header-added", &["new-required-request-parameter"], &[]),
    equivalents(
        "header-pattern-narrowed",
        &["request-parameter-pattern-added"],
        &[],
    ),
    equivalents(
        "header-pattern-widened",
        &["request-parameter-pattern-removed"],
        &[],
    ),
    equivalents(
        "header-pattern-changed",
        &["request-parameter-pattern-changed"],
        &[],
    ),
    equivalents(
        "header-removed",
        &[
            "required-response-header-removed",
            "optional-response-header-removed",
        ],
        &[],
    ),
    equivalents(
        "header-narrowed",
        &["request-parameter-became-required"],
        &[],
    ),
    equivalents("signature-added", &["api-security-*"], &[]),
    equivalents("signature-removed", &["api-security-*"], &[]),
    equivalents(
        "signature-recipe-changed",
        &["api-security-component-type-changed"],
        &[],
    ),
    equivalents("idempotency-added", &[], &["RPC_SAME_IDEMPOTENCY_LEVEL"]),
    equivalents("idempotency-removed", &[], &["RPC_SAME_IDEMPOTENCY_LEVEL"]),
    equivalents(
        "idempotency-key-changed",
        &[],
        &["RPC_SAME_IDEMPOTENCY_LEVEL"],
    ),
    equivalents(
        "deprecated-changed",
        &["request-property-deprecated", "endpoint-reactivated"],
        &[],
    ),
    equivalents("enum-value-removed", &[], &["ENUM_VALUE_NO_DELETE"]),
];

const fn equivalents(
    rule: &'static str,
    oasdiff: &'static [&'static str],
    buf: &'static [&'static str],
) -> (&'static str, Equivalents) {
    (rule, Equivalents { oasdiff, buf })
}
