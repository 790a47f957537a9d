use super::{Origin, SourceIds, Type};
pub use crate::format::FormatName;
pub use payspec_runtime::{Direction, Severity};
use payspec_runtime::{Phrase, RuleId, violation_text};

/// A rule for a value, with its strength and its place in the spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Constraint {
    /// The rule.
    pub rule: Rule,
    /// Severity, direction and sources.
    pub strength: Strength,
    /// The place in the spec.
    pub origin: Origin,
}

/// The strength of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    pub(crate) fn is_strict(&self) -> bool {
        self.severity == Severity::Error && self.direction.is_none()
    }
}

/// The rules for a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// The number of which only multiples are allowed, as a decimal text.
    MultipleOf(String),
    /// Least number of elements.
    MinItems(u32),
    /// Greatest number of elements.
    MaxItems(u32),
    /// No two elements are equal.
    UniqueItems,
    /// A form that the text must have.
    Format(FormatName),
}

/// A value in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument<'r> {
    /// A text.
    Text(&'r str),
    /// A number, as a decimal text.
    Number(&'r str),
    /// A whole number.
    Count(u32),
}

impl Rule {
    /// The word of the rule, as specs and derive attributes spell it.
    pub const fn name(&self) -> &'static str {
        match self {
            Rule::Required => "required",
            Rule::Const(_) => "const",
            Rule::Values(_) => "values",
            Rule::MinLength(_) => "min_length",
            Rule::MaxLength(_) => "max_length",
            Rule::Pattern(_) => "pattern",
            Rule::Min(_) => "min",
            Rule::Max(_) => "max",
            Rule::MultipleOf(_) => "multiple_of",
            Rule::MinItems(_) => "min_items",
            Rule::MaxItems(_) => "max_items",
            Rule::UniqueItems => "unique_items",
            Rule::Format(_) => "format",
        }
    }

    /// The id that a violation of the rule has.
    pub const fn id(&self) -> RuleId {
        match self {
            Rule::Required => RuleId::Required,
            Rule::Const(_) => RuleId::Const,
            Rule::Values(_) => RuleId::Values,
            Rule::MinLength(_) => RuleId::MinLength,
            Rule::MaxLength(_) => RuleId::MaxLength,
            Rule::Pattern(_) => RuleId::Pattern,
            Rule::Min(_) => RuleId::Min,
            Rule::Max(_) => RuleId::Max,
            Rule::MultipleOf(_) => RuleId::MultipleOf,
            Rule::MinItems(_) => RuleId::MinItems,
            Rule::MaxItems(_) => RuleId::MaxItems,
            Rule::UniqueItems => RuleId::UniqueItems,
            Rule::Format(_) => RuleId::Format,
        }
    }

    /// The id that a violation by the key of a map has, and the expectation that it reports; [`None`] for a rule that
    /// keys cannot have.
    pub fn of_keys(&self) -> Option<(RuleId, Phrase)> {
        match self {
            Rule::MaxLength(limit) => {
                let expected = violation_text::expected_key_max_length(*limit);
                Some((RuleId::KeyMaxLength, expected))
            }
            Rule::Pattern(pattern) => {
                let expected = violation_text::expected_key_pattern(pattern).to_phrase();
                Some((RuleId::KeyPattern, expected))
            }
            Rule::Required
            | Rule::Const(_)
            | Rule::Values(_)
            | Rule::MinLength(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Format(_) => None,
        }
    }

    /// The values of the rule, in the order of a derive attribute.
    pub fn args(&self) -> Vec<Argument<'_>> {
        match self {
            Rule::Required | Rule::UniqueItems => Vec::new(),
            Rule::Values(values) => values.iter().map(|value| Argument::Text(value)).collect(),
            Rule::Const(text) | Rule::Pattern(text) => vec![Argument::Text(text)],
            Rule::Min(number) | Rule::Max(number) | Rule::MultipleOf(number) => {
                vec![Argument::Number(number)]
            }
            Rule::MinLength(count)
            | Rule::MaxLength(count)
            | Rule::MinItems(count)
            | Rule::MaxItems(count) => vec![Argument::Count(*count)],
            Rule::Format(name) => vec![Argument::Text(name.as_str())],
        }
    }

    /// The expectation that a violation of the rule reports.
    pub fn expected(&self) -> Phrase {
        match self {
            Rule::Required => violation_text::expected_present(),
            Rule::Const(value) => violation_text::expected_const(value).to_phrase(),
            Rule::Values(values) => violation_text::expected_values(values).to_phrase(),
            Rule::MinLength(limit) => violation_text::expected_min_length(*limit),
            Rule::MaxLength(limit) => violation_text::expected_max_length(*limit),
            Rule::Pattern(pattern) => violation_text::expected_pattern(pattern).to_phrase(),
            Rule::Min(limit) => violation_text::expected_min(limit).to_phrase(),
            Rule::Max(limit) => violation_text::expected_max(limit).to_phrase(),
            Rule::MultipleOf(step) => violation_text::expected_multiple_of(step).to_phrase(),
            Rule::MinItems(limit) => violation_text::expected_min_items(*limit),
            Rule::MaxItems(limit) => violation_text::expected_max_items(*limit),
            Rule::UniqueItems => violation_text::expected_unique_items(),
            Rule::Format(FormatName::Mcc) => violation_text::expected_mcc(),
            Rule::Format(FormatName::Json) => violation_text::expected_json(),
        }
    }

    /// The texts that the rule allows; [`None`] for a rule that does not list any.
    pub fn texts(&self) -> Option<&[String]> {
        match self {
            Rule::Const(text) => Some(std::slice::from_ref(text)),
            Rule::Values(texts) => Some(texts),
            Rule::Required
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Pattern(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Format(_) => None,
        }
    }

    /// Returns whether the rule can hold for values of a type. The derive macros have the same table.
    pub(crate) fn applies_to(&self, ty: &Type) -> bool {
        match self {
            Rule::Required => true,
            // Numbers, booleans and UUIDs have several spellings.
            Rule::Const(_) | Rule::Values(_) => match ty {
                Type::String
                | Type::DateTime
                | Type::Date
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_) => true,
                Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Any
                | Type::Object(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Union(_)
                | Type::Json(_) => false,
            },
            Rule::MinLength(_) | Rule::MaxLength(_) => {
                matches!(
                    ty,
                    Type::String | Type::Enum(_) | Type::Binary | Type::Url | Type::Json(_)
                )
            }
            Rule::Pattern(_) => matches!(ty, Type::String | Type::Url),
            Rule::Min(_) | Rule::Max(_) | Rule::MultipleOf(_) => {
                matches!(ty, Type::Integer | Type::Decimal)
            }
            Rule::MinItems(_) | Rule::MaxItems(_) => matches!(ty, Type::List(_) | Type::Map(_)),
            Rule::UniqueItems => {
                matches!(ty, Type::List(element) if is_comparable(&element.ty))
            }
            Rule::Format(_) => *ty == Type::String,
        }
    }
}

/// Returns whether any two readers agree on which values of a type are equal. A point in time and a UUID have several spellings,
/// and whether two objects are the same the spec does not say.
fn is_comparable(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Date
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_) => true,
        Type::Boolean
        | Type::DateTime
        | Type::Uuid
        | Type::Object(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_)
        | Type::Any => false,
    }
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
    /// The state of the deciding field that passes the test.
    pub met: Met,
}

/// The values of the deciding field with which a test passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// If the field is present.
    Present,
    /// If the field, or an object on the way to it, is absent.
    Absent,
    /// If the field has one of these texts.
    OneOf(Vec<String>),
}

impl Met {
    /// Returns it in the form that the runtime applies.
    pub(crate) fn as_runtime(&self) -> payspec_runtime::Met<'_, String> {
        match self {
            Met::Present => payspec_runtime::Met::Present,
            Met::Absent => payspec_runtime::Met::Absent,
            Met::OneOf(values) => payspec_runtime::Met::OneOf(values),
        }
    }

    /// Returns the texts that the field may have; empty if only its presence or absence matters.
    pub fn values(&self) -> &[String] {
        match self {
            Met::OneOf(values) => values,
            Met::Present | Met::Absent => &[],
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Element, EnumId, Epoch, Map, ObjectId};

    /// One rule of each kind.
    fn all() -> Vec<Rule> {
        let text = || "1".to_owned();
        vec![
            Rule::Required,
            Rule::Const(text()),
            Rule::Values(vec![text()]),
            Rule::MinLength(1),
            Rule::MaxLength(1),
            Rule::Pattern(text()),
            Rule::Min(text()),
            Rule::Max(text()),
            Rule::MultipleOf(text()),
            Rule::MinItems(1),
            Rule::MaxItems(1),
            Rule::UniqueItems,
            Rule::Format(FormatName::Mcc),
        ]
    }

    fn ty(word: &str) -> Type {
        match word {
            "string" => Type::String,
            "integer" => Type::Integer,
            "decimal" => Type::Decimal,
            "boolean" => Type::Boolean,
            "datetime" => Type::DateTime,
            "date" => Type::Date,
            "epoch_seconds" => Type::Timestamp(Epoch::Seconds),
            "uuid" => Type::Uuid,
            "binary" => Type::Binary,
            "url" => Type::Url,
            "country" => Type::Country,
            "currency" => Type::Currency(payspec_runtime::Case::Upper),
            "enum" => Type::Enum(EnumId(0)),
            "json" => Type::Json(ObjectId(0)),
            "object" => Type::Object(ObjectId(0)),
            "any" => Type::Any,
            "map" => Type::Map(Box::new(Map {
                keys: Vec::new(),
                values: Element::plain(Type::String),
            })),
            list => {
                let element = ty(list.strip_suffix('s').expect("a list"));
                Type::List(Box::new(Element::plain(element)))
            }
        }
    }

    #[test]
    fn which_rule_fits_which_type() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/fixtures/rules-by-type.txt"
        );
        let table = std::fs::read_to_string(path).expect("the table");
        let mut lines = table.lines().filter(|line| !line.starts_with('#'));
        let types: Vec<&str> = lines
            .next()
            .expect("a head")
            .split_whitespace()
            .skip(1)
            .collect();
        let written: Vec<String> = all()
            .iter()
            .map(|rule| {
                let fits = types.iter().map(|word| rule.applies_to(&ty(word)));
                let fits = fits.map(|fits| if fits { " yes" } else { " no" });
                format!("{}{}", rule.name(), fits.collect::<String>())
            })
            .collect();
        let read: Vec<String> = lines
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(written, read);
    }
}
