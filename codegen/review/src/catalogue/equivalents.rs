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
pub(super) const ANCHORS: &[(&str, Equivalents)] = &[
    anchors(
        "field-added",
        &[
            "new-required-request-property",
            "new-optional-request-property",
            "response-required-property-added",
            "response-optional-property-added",
        ],
        &["MESSAGE_SAME_REQUIRED_FIELDS"],
    ),
    anchors(
        "field-removed",
        &[
            "request-property-removed",
            "response-required-property-removed",
            "response-optional-property-removed",
        ],
        &["FIELD_NO_DELETE"],
    ),
    anchors(
        "field-narrowed",
        &[
            "request-property-became-required",
            "response-property-became-required",
        ],
        &["FIELD_SAME_CARDINALITY"],
    ),
    anchors(
        "field-widened",
        &[
            "request-property-became-optional",
            "response-property-became-optional",
        ],
        &[],
    ),
    anchors(
        "kind-narrowed",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    anchors(
        "kind-widened",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    anchors(
        "kind-changed",
        &[
            "request-property-type-changed",
            "response-property-type-changed",
        ],
        &["FIELD_SAME_TYPE"],
    ),
    anchors(
        "allowed-narrowed",
        &[
            "request-property-enum-value-removed",
            "response-property-enum-value-removed",
        ],
        &[],
    ),
    anchors(
        "allowed-widened",
        &[
            "request-property-enum-value-added",
            "response-property-enum-value-added",
        ],
        &[],
    ),
    anchors("allowed-changed", &["request-property-const-changed"], &[]),
    anchors("open-narrowed", &["request-property-became-enum"], &[]),
    anchors(
        "min-length-narrowed",
        &["request-property-min-length-*"],
        &[],
    ),
    anchors(
        "min-length-widened",
        &["request-property-min-length-*"],
        &[],
    ),
    anchors(
        "max-length-narrowed",
        &[
            "request-property-max-length-decreased",
            "request-property-max-length-set",
        ],
        &[],
    ),
    anchors(
        "max-length-widened",
        &[
            "request-property-max-length-increased",
            "response-property-max-length-increased",
            "response-property-max-length-unset",
        ],
        &[],
    ),
    anchors("pattern-narrowed", &["request-property-pattern-added"], &[]),
    anchors("pattern-widened", &["response-property-pattern-*"], &[]),
    anchors(
        "pattern-changed",
        &[
            "request-property-pattern-changed",
            "response-property-pattern-*",
        ],
        &[],
    ),
    anchors("format-narrowed", &["request-property-type-changed"], &[]),
    anchors("format-widened", &["request-property-type-changed"], &[]),
    anchors("format-changed", &["request-property-type-changed"], &[]),
    anchors("min-narrowed", &["request-property-min-*"], &[]),
    anchors("min-widened", &["request-property-min-*"], &[]),
    anchors("max-narrowed", &["request-property-max-*"], &[]),
    anchors("max-widened", &["request-property-max-*"], &[]),
    anchors("min-items-narrowed", &["request-property-min-items-*"], &[]),
    anchors("min-items-widened", &["request-property-min-items-*"], &[]),
    anchors("max-items-narrowed", &["request-property-max-items-*"], &[]),
    anchors("max-items-widened", &["request-property-max-items-*"], &[]),
    anchors(
        "required-when-narrowed",
        &["request-property-dependent-required-added"],
        &[],
    ),
    anchors(
        "required-when-widened",
        &["request-property-dependent-required-removed"],
        &[],
    ),
    anchors("code-added", &["response-non-success-status-added"], &[]),
    anchors(
        "default-added",
        &[
            "request-property-default-value-added",
            "response-property-default-value-added",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    anchors(
        "default-removed",
        &[
            "request-property-default-value-removed",
            "response-property-default-value-removed",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    anchors(
        "default-changed",
        &[
            "request-property-default-value-changed",
            "response-property-default-value-changed",
        ],
        &["FIELD_SAME_DEFAULT"],
    ),
    anchors(
        "code-removed",
        &["response-non-success-status-removed"],
        &[],
    ),
    anchors("operation-added", &["endpoint-added"], &[]),
    anchors(
        "operation-removed",
        &[
            "api-removed-without-deprecation",
            "api-path-removed-without-deprecation",
        ],
        &["RPC_NO_DELETE"],
    ),
    anchors("header-added", &["new-required-request-parameter"], &[]),
    anchors(
        "header-pattern-narrowed",
        &["request-parameter-pattern-added"],
        &[],
    ),
    anchors(
        "header-pattern-widened",
        &["request-parameter-pattern-removed"],
        &[],
    ),
    anchors(
        "header-pattern-changed",
        &["request-parameter-pattern-changed"],
        &[],
    ),
    anchors(
        "header-removed",
        &[
            "required-response-header-removed",
            "optional-response-header-removed",
        ],
        &[],
    ),
    anchors(
        "header-narrowed",
        &["request-parameter-became-required"],
        &[],
    ),
    anchors("signature-added", &["api-security-*"], &[]),
    anchors("signature-removed", &["api-security-*"], &[]),
    anchors(
        "signature-recipe-changed",
        &["api-security-component-type-changed"],
        &[],
    ),
    anchors("idempotency-added", &[], &["RPC_SAME_IDEMPOTENCY_LEVEL"]),
    anchors("idempotency-removed", &[], &["RPC_SAME_IDEMPOTENCY_LEVEL"]),
    anchors(
        "idempotency-key-changed",
        &[],
        &["RPC_SAME_IDEMPOTENCY_LEVEL"],
    ),
    anchors(
        "deprecated-changed",
        &["request-property-deprecated", "endpoint-reactivated"],
        &[],
    ),
    anchors("enum-value-removed", &[], &["ENUM_VALUE_NO_DELETE"]),
];

const fn anchors(
    rule: &'static str,
    oasdiff: &'static [&'static str],
    buf: &'static [&'static str],
) -> (&'static str, Equivalents) {
    (rule, Equivalents { oasdiff, buf })
}
