//! The rules of values, and those that concern several fields.

use crate::{Direction, Path, Pattern, Severity, rules};

/// A rule for one value.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// The field must be present.
    Required,
    /// The only allowed text.
    Const(&'static str),
    /// The allowed texts.
    Values(&'static [&'static str]),
    /// Least number of characters.
    MinLength(u32),
    /// Greatest number of characters.
    MaxLength(u32),
    /// A regular expression that the whole text must match. A reference to a `static` of its own, which
    /// keeps the compiled expression.
    Pattern(&'static Pattern),
    /// Least allowed number.
    Min(Limit),
    /// Greatest allowed number.
    Max(Limit),
    /// The number of which only multiples are allowed.
    MultipleOf(Limit),
    /// Least number of elements.
    MinItems(u32),
    /// Greatest number of elements.
    MaxItems(u32),
    /// No two elements are equal.
    UniqueItems,
    /// Four digits: a merchant category code.
    Mcc,
    /// A text that is JSON.
    Json,
}

/// A number in a rule, as a decimal text.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    text: &'static str,
    whole: Option<i64>,
}

impl Limit {
    /// Makes a limit from a decimal text.
    pub const fn new(text: &'static str) -> Self {
        // Parsed here once, while the schema is compiled.
        let whole = match i64::from_str_radix(text, 10) {
            Ok(number) => Some(number),
            Err(_) => None,
        };
        Self { text, whole }
    }

    /// Returns the decimal text.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Returns the number, if it is whole and fits in 64 bits.
    pub(crate) const fn whole(&self) -> Option<i64> {
        self.whole
    }
}

/// A rule with its severity and its direction.
#[derive(Debug, Clone, Copy)]
pub struct RuleAt {
    /// The rule.
    pub rule: Rule,
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

impl RuleAt {
    /// Makes a rule that is an error in both directions.
    pub const fn error(rule: Rule) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            direction: None,
        }
    }
}

/// A condition under which a field must be present, or must be absent.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Names from the object that has the field (for a refinement: from the body) to the deciding
    /// field.
    pub path: &'static [&'static str],
    /// The state of the deciding field that meets the condition.
    pub met: Met<'static>,
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// When a condition is met, depending on the field that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met<'a, S = &'static str> {
    /// If the field is present.
    Present,
    /// If the field, or an object on the way to it, is absent.
    Absent,
    /// If the field has one of these texts.
    OneOf(&'a [S]),
}

impl Condition {
    /// Makes a condition that is an error in both directions.
    pub const fn error(path: &'static [&'static str], met: Met<'static>) -> Self {
        Self {
            path,
            met,
            severity: Severity::Error,
            direction: None,
        }
    }
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, Copy)]
pub struct Alternatives {
    /// Names of the fields on the wire.
    pub fields: &'static [&'static str],
    /// The severity if none is present.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// Fields that should have the same currency.
#[derive(Debug, Clone, Copy)]
pub struct SameCurrency {
    /// Names from the body to each field; the first field that is present determines the currency.
    pub paths: &'static [&'static [&'static str]],
    /// The severity if one of them has another currency.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// A field that is an amount of money.
#[derive(Debug, Clone, Copy)]
pub struct AmountRule {
    /// The currency.
    pub currency: AmountCurrency,
    /// Index of the field that holds the number: of minor units for [`Kind::Integer`](crate::schema::Kind::Integer), of major ones for
    /// [`Kind::Decimal`](crate::schema::Kind::Decimal).
    pub value: usize,
    /// Currencies whose amounts come in steps.
    pub multiple_of: &'static [AmountStep],
    /// Currencies whose decimal places differ from those of ISO 4217, each with their number.
    pub decimals: &'static [(&'static str, u8)],
}

impl AmountRule {
    /// Returns the number of decimal places of the currency with this code; [`None`] if it is unknown.
    pub fn decimal_places(&self, code: &str) -> Option<u8> {
        rules::decimal_places(code, self.decimals.iter().copied())
    }
}

/// The currency of an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountCurrency {
    /// Index of the field that holds it.
    Field(usize),
    /// Always the currency with this ISO 4217 alphabetic code.
    Code(&'static str),
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, Copy)]
pub struct AmountStep {
    /// ISO 4217 alphabetic code.
    pub currency: &'static str,
    /// The step in minor units.
    pub step: u32,
    /// The severity of an amount between two steps.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// Additional rules of a body for a value inside it.
#[derive(Debug, Clone, Copy)]
pub struct Refinement {
    /// The path from the body to the value; `*` matches every element of a list. A reference to a
    /// `static` of its own, which remembers the indexes of the names.
    pub path: &'static Path,
    /// The rules of the value.
    pub rules: &'static [RuleAt],
    /// The conditions under which it must be present.
    pub required_when: &'static [Condition],
    /// The conditions under which it must be absent.
    pub forbidden_when: &'static [Condition],
}
