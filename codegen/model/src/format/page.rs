use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact that a side of a dispute states, for comparison with a documentation page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct StatedFact {
    /// The kind of fact.
    pub(crate) fact: PageFact,
    /// The value, as `payspec drift` shows it: `optional`, `64`, `US, JP`.
    #[schemars(length(min = 1))]
    pub(crate) is: String,
}

/// The facts that a page can state about an operation, a field or a code, and that a program can
/// compare.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PageFact {
    /// The HTTP method.
    Method,
    /// The path of the endpoint.
    Path,
    /// The kind of value, with the name of the object.
    Type,
    /// The requirement that a field must be present.
    Required,
    /// Least number of characters.
    MinLength,
    /// Greatest number of characters.
    MaxLength,
    /// The allowed numbers.
    Range,
    /// The number of which only multiples are allowed.
    MultipleOf,
    /// Least number of elements.
    MinItems,
    /// Greatest number of elements.
    MaxItems,
    /// The demand that no two elements are equal.
    UniqueItems,
    /// The form of a text.
    Format,
    /// The allowed values.
    Values,
    /// The value that the receiver assumes if the field is absent.
    Default,
    /// The conditions under which a field must be present or absent.
    Conditions,
    /// The deprecation of a field.
    Deprecated,
    /// The role of a field as idempotency key.
    Idempotency,
    /// The status of a code.
    Status,
    /// The next step after a code.
    NextStep,
    /// The rule for sending the same body again after a code.
    Resend,
}

impl PageFact {
    /// All values.
    pub const ALL: &'static [PageFact] = &[
        PageFact::Method,
        PageFact::Path,
        PageFact::Type,
        PageFact::Required,
        PageFact::MinLength,
        PageFact::MaxLength,
        PageFact::Range,
        PageFact::MultipleOf,
        PageFact::MinItems,
        PageFact::MaxItems,
        PageFact::UniqueItems,
        PageFact::Format,
        PageFact::Values,
        PageFact::Default,
        PageFact::Conditions,
        PageFact::Deprecated,
        PageFact::Idempotency,
        PageFact::Status,
        PageFact::NextStep,
        PageFact::Resend,
    ];

    /// Returns the key for it in reports and in `states`.
    pub const fn as_str(self) -> &'static str {
        match self {
            PageFact::Method => "method",
            PageFact::Path => "path",
            PageFact::Type => "type",
            PageFact::Required => "required",
            PageFact::MinLength => "min_length",
            PageFact::MaxLength => "max_length",
            PageFact::Range => "range",
            PageFact::MultipleOf => "multiple_of",
            PageFact::MinItems => "min_items",
            PageFact::MaxItems => "max_items",
            PageFact::UniqueItems => "unique_items",
            PageFact::Format => "format",
            PageFact::Values => "values",
            PageFact::Default => "default",
            PageFact::Conditions => "conditions",
            PageFact::Deprecated => "deprecated",
            PageFact::Idempotency => "idempotency",
            PageFact::Status => "status",
            PageFact::NextStep => "next_step",
            PageFact::Resend => "resend",
        }
    }
}

/// Lines of the provider's page that the spec omits on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Waiver {
    /// The place of the lines: `introduction`, `request`, `request/order`,
    /// `response/result/resultCode`, `logic/U`, `codes` or `codes/SUCCESS`.
    #[schemars(length(min = 1))]
    pub(crate) at: String,
    /// The fingerprints of the lines, as `payspec drift PAGE --coverage` prints them. A text has the
    /// same fingerprint in every rendering, but another one in another language.
    #[schemars(length(min = 1))]
    pub(crate) lines: Vec<String>,
    /// The reason why the spec omits them, or the place where it says the same.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
}
