//! The meaning of the rules of messages.

use payspec_runtime::RuleId;

/// Returns the meaning of a rule, and its spelling in a spec if it has one.
pub(super) fn rule(rule: RuleId) -> (&'static str, Option<&'static str>) {
    match rule {
        RuleId::Required => (
            "The field must be present; `null` counts as absent.",
            Some("required: true"),
        ),
        RuleId::RequiredWhen => (
            "The value of another field makes this field required.",
            Some("required_when: [{ path: /terminalType, values: [WAP] }]"),
        ),
        RuleId::ForbiddenWhen => (
            "The value of another field forbids this field.",
            Some("forbidden_when: [{ path: /method, values: [GET] }]"),
        ),
        RuleId::AtLeastOneOf => (
            "At least one of a group of fields must be present.",
            Some("at_least_one_of: [{ fields: [paymentId, paymentRequestId] }]"),
        ),
        RuleId::Type => (
            "The JSON value does not have the type of the field.",
            Some("type: integer"),
        ),
        RuleId::Format => (
            "The text does not have the format that the field requires.",
            Some("type: datetime, or format: mcc"),
        ),
        RuleId::NotEmpty => (
            "A field that is sent must not be an empty text: leave it out instead.",
            Some("wire: { empty_text: forbidden }, in api.yaml"),
        ),
        RuleId::Const => (
            "The field must have one fixed value.",
            Some("const: CONNECT_WALLET"),
        ),
        RuleId::Values => (
            "The value is not one of the documented ones. Responses may contain new values of an open enum.",
            Some("values: [WEB, WAP], or the values of an enum"),
        ),
        RuleId::MinLength => ("The text has too few characters.", Some("min_length: 1")),
        RuleId::MaxLength => (
            "The text has too many characters. Characters are Unicode scalar values, not bytes.",
            Some("max_length: 64, or max_length: unknown where no source states it"),
        ),
        RuleId::Pattern => (
            "The whole text must match a regular expression.",
            Some("pattern: '[0-9]+'"),
        ),
        RuleId::Min => ("The number is too small.", Some("min: \"1\"")),
        RuleId::Max => ("The number is too large.", Some("max: \"99\"")),
        RuleId::MinItems => (
            "The list or map has too few elements.",
            Some("min_items: 1"),
        ),
        RuleId::MaxItems => (
            "The list or map has too many elements.",
            Some("max_items: 100"),
        ),
        RuleId::MultipleOf => (
            "The number is not a multiple of the documented step.",
            Some("multiple_of: \"0.01\""),
        ),
        RuleId::UniqueItems => (
            "Two elements of the list are equal: texts by their characters, numbers by their value.",
            Some("unique_items: true"),
        ),
        RuleId::KeyMaxLength => (
            "The key of an entry has too many characters.",
            Some("keys: { max_length: 40 }"),
        ),
        RuleId::KeyPattern => (
            "The whole key of an entry must match a regular expression.",
            Some("keys: { pattern: '[a-z_]+' }"),
        ),
        RuleId::AmountStep => (
            "The amount is not a multiple of the step of its currency.",
            Some("money: { currency: /currency, multiple_of: { IDR: { step: 100 } } }"),
        ),
        RuleId::Decimals => (
            "The amount has more decimal places than its currency: 2 for USD, none for JPY, unless the API says \
             otherwise. Amounts in an unknown currency, or one without a minor unit, are not checked.",
            Some("money: /currency"),
        ),
        RuleId::SameCurrency => (
            "Two amounts that belong together are in different currencies.",
            Some(
                "same_currency: [{ fields: [/paymentAmount/currency, /order/orderAmount/currency] }]",
            ),
        ),
        RuleId::ControlCharacter => (
            "A text that is sent has a control character, such as NUL or ESC. In an id this is an error: two \
             systems that treat it differently see two ids. A field is an id when its name is that of \
             an idempotency key or of a field in the `references` of an operation. In other texts it is \
             a warning, and tabs and line breaks are fine.",
            None,
        ),
        RuleId::UrlScheme => (
            "An address that is sent has a scheme that does not fit its use. The provider calls the address \
             in a field that a `notification` has as its path, such as \
             `path: \"{notifyUrl}\"`: it can call only `http` and `https`. No payer may be sent to \
             `javascript:`, `data:` or `file:`.",
            None,
        ),
        RuleId::Encoding => (
            "The value has the right content in the other JSON type: a native number or boolean where the \
             wire format has a text, or the other way round.",
            Some("wire: { scalars: strings }, in api.yaml"),
        ),
        RuleId::UnknownField => (
            "The request has a field that the spec does not describe.",
            None,
        ),
        RuleId::DuplicateField => (
            "The object has two fields with the same name; the first one is used.",
            None,
        ),
    }
}
