use super::{Origin, SourceIds};
pub use crate::format::FormatName;
pub use payspec_runtime::{Direction, Severity};

/// A rule for a value, with its strength and its place in the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The rule.
    pub rule: Rule,
    /// Severity, direction and sources.
    pub strength: Strength,
    /// The place in the spec.
    pub origin: Origin,
}

/// The strength of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it applies; [`None`] for both.
    pub direction: Option<Direction>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The reason for this strength.
    pub reason: Option<String>,
}

impl Strength {
    /// Returns whether a violation is an error in both directions.
    pub fn is_strict(&self) -> bool {
        self.severity == Severity::Error && self.direction.is_none()
    }
}

/// The rules for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The field must be present. On a field this is the weaker requirement, for one direction or as a
    /// warning: see [`super::Field::required`].
    Required,
    /// The only allowed text.
    Const(String),
    /// The allowed texts.
    Values(Vec<String>),
    /// Least number of characters.
    MinLength(u32),
    /// Greatest number of characters.
    MaxLength(u32),
    /// A regular expression that the whole text matches.
    Pattern(String),
    /// Least allowed number, as a decimal text.
    Min(String),
    /// Greatest allowed number, as a decimal text.
    Max(String),
    /// Least number of elements.
    MinItems(u32),
    /// Greatest number of elements.
    MaxItems(u32),
    /// A form that the text must have.
    Format(FormatName),
}

/// A condition under which a field must be present or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The test of the condition; [`None`] if only `text` states it.
    pub test: Option<Test>,
    /// The condition in words.
    pub text: Option<String>,
    /// Severity, direction and sources.
    pub strength: Strength,
    /// The place in the spec.
    pub origin: Origin,
}

/// The part of a condition that a message shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Names from the object that has the field (for a refinement: from the body) to the deciding
    /// field.
    pub path: Vec<String>,
    /// The test passes if the deciding field has one of these texts; if the list is empty, if the field
    /// is present.
    pub values: Vec<String>,
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternatives {
    /// Names of the fields; the first present one wins.
    pub fields: Vec<String>,
    /// Severity, direction and sources.
    pub strength: Strength,
    /// The place in the spec.
    pub origin: Origin,
}

/// Fields that should have the same currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameCurrency {
    /// Names from the body to each field; the first field that is present determines the currency.
    pub paths: Vec<Vec<String>>,
    /// Severity, direction and sources.
    pub strength: Strength,
    /// The place in the spec.
    pub origin: Origin,
}
