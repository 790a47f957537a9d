use super::{Origin, SourceIds};
pub use crate::format::FormatName;
pub use payspec_runtime::{Direction, Severity};

/// A rule that a value must obey, how strictly, and where it stands in the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The rule.
    pub rule: Rule,
    /// How bad, in which direction, who says so.
    pub strength: Strength,
    /// Where it stands.
    pub origin: Origin,
}

/// How strictly a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// How bad it is to break it.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
    /// Who says so.
    pub sources: SourceIds,
    /// Why it is as it is.
    pub reason: Option<String>,
}

impl Strength {
    /// Returns whether breaking it is an error, in both directions.
    pub fn is_strict(&self) -> bool {
        self.severity == Severity::Error && self.direction.is_none()
    }
}

/// The rules that a value can be held to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The field must be present. On a field this is the weaker kind, for one direction or as a
    /// warning: see [`super::Field::required`].
    Required,
    /// The only text allowed.
    Const(String),
    /// The texts allowed.
    Values(Vec<String>),
    /// Least number of characters.
    MinLength(u32),
    /// Greatest number of characters.
    MaxLength(u32),
    /// A regular expression that the whole text matches.
    Pattern(String),
    /// Least number allowed, as a decimal text.
    Min(String),
    /// Greatest number allowed, as a decimal text.
    Max(String),
    /// Least number of elements.
    MinItems(u32),
    /// Greatest number of elements.
    MaxItems(u32),
    /// A form that the text must have.
    Format(FormatName),
}

/// When a conditional requirement or prohibition applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What the message shows of it; [`None`] when only `text` can say it.
    pub test: Option<Test>,
    /// The condition in words.
    pub text: Option<String>,
    /// How bad, in which direction, who says so.
    pub strength: Strength,
    /// Where it stands.
    pub origin: Origin,
}

/// What a message shows of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Names from the object that holds the field (for a refinement: from the body) to the
    /// deciding field.
    pub path: Vec<String>,
    /// Met when the deciding field has one of these texts; when empty, when it is present.
    pub values: Vec<String>,
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternatives {
    /// Names of the fields; the first present one wins.
    pub fields: Vec<String>,
    /// How bad, in which direction, who says so.
    pub strength: Strength,
    /// Where it stands.
    pub origin: Origin,
}

/// Fields that should hold one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameCurrency {
    /// Names from the body to each field; the first that is there gives the currency.
    pub paths: Vec<Vec<String>>,
    /// How bad, in which direction, who says so.
    pub strength: Strength,
    /// Where it stands.
    pub origin: Origin,
}
