use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fact that a side of a dispute states, so that a program can hold it against a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct StatedFact {
    /// Which fact.
    pub fact: PageFact,
    /// What it is, as `payspec drift` writes it: `optional`, `64`, `US, JP`.
    #[schemars(length(min = 1))]
    pub is: String,
}

/// What a page can state of an operation, a field or a code so that a program can compare it.
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
    /// Whether a field must be there.
    Required,
    /// Least number of characters.
    MinLength,
    /// Greatest number of characters.
    MaxLength,
    /// The numbers allowed.
    Range,
    /// The number of which only multiples are allowed.
    MultipleOf,
    /// Greatest number of elements.
    MaxItems,
    /// Whether no two elements may be equal.
    UniqueItems,
    /// The form of a text.
    Format,
    /// The values allowed.
    Values,
    /// When a field must be there, or must not.
    Conditions,
    /// Whether a field should no longer be used.
    Deprecated,
    /// Whether a field is the idempotency key.
    Idempotency,
    /// The status that a code comes with.
    Status,
    /// What to do after a code.
    NextStep,
    /// Whether the same body may be sent again after a code.
    Resend,
}

impl PageFact {
    /// All of them.
    pub const ALL: &'static [PageFact] = &[
        PageFact::Method,
        PageFact::Path,
        PageFact::Type,
        PageFact::Required,
        PageFact::MinLength,
        PageFact::MaxLength,
        PageFact::Range,
        PageFact::MultipleOf,
        PageFact::MaxItems,
        PageFact::UniqueItems,
        PageFact::Format,
        PageFact::Values,
        PageFact::Conditions,
        PageFact::Deprecated,
        PageFact::Idempotency,
        PageFact::Status,
        PageFact::NextStep,
        PageFact::Resend,
    ];

    /// The key of it in reports and in `states`.
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
            PageFact::MaxItems => "max_items",
            PageFact::UniqueItems => "unique_items",
            PageFact::Format => "format",
            PageFact::Values => "values",
            PageFact::Conditions => "conditions",
            PageFact::Deprecated => "deprecated",
            PageFact::Idempotency => "idempotency",
            PageFact::Status => "status",
            PageFact::NextStep => "next_step",
            PageFact::Resend => "resend",
        }
    }
}

/// Lines of the provider's page that the spec leaves out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Waiver {
    /// What the lines stand at: `request`, `request/order`, `response/result/resultCode`, `codes`
    /// or `codes/SUCCESS`.
    #[schemars(length(min = 1))]
    pub at: String,
    /// The fingerprints of the lines, as `payspec drift PAGE --coverage` prints them. A text has the
    /// same one in every rendering, and another one in another language.
    #[schemars(length(min = 1))]
    pub lines: Vec<String>,
    /// Why the spec leaves them out, or where it says the same.
    #[schemars(length(min = 1))]
    pub reason: String,
}
