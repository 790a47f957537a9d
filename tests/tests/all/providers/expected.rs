//! The facts that hold for one provider alone, and how much the tests must have tried of it.

use payspec_runtime::RuleId;

/// The expectations of a provider.
pub(super) struct Expected {
    pub name: &'static str,
    /// The codes of the warnings about its spec.
    pub warnings: &'static [&'static str],
    /// The least number of edits of examples.
    pub edits: usize,
    /// The least number of answers that both decide.
    pub answers: usize,
    /// The least number of answers that prove something.
    pub proved: usize,
    /// The rules that the edits must break.
    pub rules: &'static [RuleId],
    /// The outcomes that move money or give it up for good.
    pub proofs: &'static [Proof],
}

/// An outcome, and the answers that alone may have it.
pub(super) struct Proof {
    pub outcome: &'static str,
    pub http_status: u16,
    /// The pointer of the status in the body, and its values; [`None`] for an answer without a body.
    pub state: Option<(&'static str, &'static [&'static str])>,
    /// The pointer of an id that the answer must have.
    pub id: Option<&'static str>,
}

impl Proof {
    const fn under(self, http_status: u16) -> Self {
        Proof {
            http_status,
            ..self
        }
    }

    const fn of(
        outcome: &'static str,
        state: (&'static str, &'static [&'static str]),
        id: Option<&'static str>,
    ) -> Self {
        Proof {
            outcome,
            http_status: 200,
            state: Some(state),
            id,
        }
    }
}

const CAPTURED: Proof = Proof::of("paid", ("/status", &["COMPLETED"]), Some("/id"));
const NOT_CAPTURED: Proof = Proof::of("unpaid", ("/status", &["DECLINED", "FAILED"]), Some("/id"));
const GIVEN_BACK: Proof = Proof::of("refunded", ("/status", &["COMPLETED"]), Some("/id"));
const NOT_GIVEN_BACK: Proof = Proof::of(
    "refund_failed",
    ("/status", &["FAILED", "CANCELLED"]),
    Some("/id"),
);

const EXPECTED: &[Expected] = &[
    Expected {
        name: "adyen",
        warnings: &[],
        edits: 2_000,
        answers: 10_000,
        proved: 40,
        rules: &[
            RuleId::Required,
            RuleId::Type,
            RuleId::Values,
            RuleId::MaxLength,
            RuleId::Min,
            RuleId::Format,
            RuleId::AtLeastOneOf,
            RuleId::DuplicateField,
            RuleId::UnknownField,
            RuleId::ControlCharacter,
        ],
        proofs: &[
            Proof::of(
                "paid",
                ("/resultCode", &["Authorised"]),
                Some("/pspReference"),
            ),
            // An id that cannot be read takes nothing from an ending without money.
            Proof::of(
                "unpaid",
                ("/resultCode", &["Refused", "Cancelled", "Error"]),
                None,
            ),
        ],
    },
    Expected {
        name: "paypal",
        warnings: &[],
        edits: 5_000,
        answers: 20_000,
        proved: 100,
        rules: &[
            RuleId::Required,
            RuleId::Type,
            RuleId::Values,
            RuleId::MinLength,
            RuleId::MaxLength,
            RuleId::Min,
            RuleId::Const,
            RuleId::Pattern,
            RuleId::Format,
            RuleId::MinItems,
            RuleId::DuplicateField,
            RuleId::UnknownField,
            RuleId::ControlCharacter,
        ],
        // No answer about an order is among them: an order that is completed proves no payment.
        proofs: &[
            CAPTURED,
            CAPTURED.under(201),
            NOT_CAPTURED,
            NOT_CAPTURED.under(201),
            GIVEN_BACK,
            GIVEN_BACK.under(201),
            NOT_GIVEN_BACK,
            NOT_GIVEN_BACK.under(201),
            Proof::of("voided", ("/status", &["VOIDED"]), Some("/id")),
            Proof {
                outcome: "voided",
                http_status: 204,
                state: None,
                id: None,
            },
        ],
    },
    Expected {
        name: "stripe",
        warnings: &[],
        edits: 10_000,
        answers: 20_000,
        proved: 100,
        rules: &[
            RuleId::Required,
            RuleId::Type,
            RuleId::Values,
            RuleId::MaxLength,
            RuleId::Min,
            RuleId::Const,
            RuleId::Format,
            RuleId::ForbiddenWhen,
            RuleId::AtLeastOneOf,
            RuleId::MinItems,
            RuleId::DuplicateField,
            RuleId::UnknownField,
            RuleId::ControlCharacter,
        ],
        proofs: &[
            Proof::of("paid", ("/status", &["succeeded"]), Some("/id")),
            Proof::of("refunded", ("/status", &["succeeded"]), Some("/id")),
            Proof::of(
                "authorized",
                ("/status", &["requires_capture"]),
                Some("/id"),
            ),
            // An id that cannot be read takes nothing from an ending without money.
            Proof::of("refund_failed", ("/status", &["failed", "canceled"]), None),
            Proof::of("cancelled", ("/status", &["canceled"]), None),
        ],
    },
    Expected {
        name: "wechatpay",
        warnings: &[],
        edits: 2_000,
        answers: 10_000,
        proved: 100,
        rules: &[
            RuleId::Required,
            RuleId::Type,
            RuleId::MinLength,
            RuleId::MaxLength,
            RuleId::Min,
            RuleId::Format,
            RuleId::DuplicateField,
            RuleId::UnknownField,
            RuleId::ControlCharacter,
        ],
        proofs: &[
            Proof::of(
                "paid",
                ("/trade_state", &["SUCCESS"]),
                Some("/transaction_id"),
            ),
            Proof::of(
                "unpaid",
                ("/trade_state", &["CLOSED"]),
                Some("/out_trade_no"),
            ),
            Proof::of("refunded", ("/status", &["SUCCESS"]), Some("/refund_id")),
            Proof::of(
                "refund_closed",
                ("/status", &["CLOSED"]),
                Some("/refund_id"),
            ),
            Proof {
                outcome: "closed",
                http_status: 204,
                state: None,
                id: None,
            },
        ],
    },
];

/// Returns the expectations of a provider.
pub(super) fn expected(name: &str) -> &'static Expected {
    let found = EXPECTED.iter().find(|one| one.name == name);
    found.unwrap_or_else(|| panic!("{name} has no expectations"))
}
