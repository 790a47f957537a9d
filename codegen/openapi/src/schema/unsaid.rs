//! Rules of the spec that a JSON Schema does not assert.

use payspec_model::model::Origin;
use payspec_runtime::RuleId;

/// A rule that the message checker applies and a schema does not, or not to every spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsaid {
    /// The place of the rule in the spec, as findings name it.
    pub origin: Origin,
    /// The rule; [`None`] for every rule inside the value.
    pub rule: Option<RuleId>,
    /// The reason.
    pub why: Why,
}

/// The reason why a schema does not assert a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The value is inside a text.
    InsideText,
    /// The text must be JSON.
    JsonText,
    /// A native number has lost its spelling.
    NativeNumber,
    /// The number is written with an exponent.
    Exponent,
    /// ECMA-262 does not have the construct of the pattern.
    Pattern,
    /// The multiples of the number have no short pattern.
    Multiples,
    /// Numbers are equal by value, not by spelling.
    EqualNumbers,
    /// The host of the address is an IPv6 address.
    HostAddress,
    /// Two values are compared.
    TwoValues,
    /// The currency decides how many decimal places an amount has.
    DecimalPlaces,
    /// Entries of a map that are null count as absent.
    AbsentEntries,
    /// The condition depends on a value inside a text.
    ConditionInsideText,
}

impl Why {
    /// Returns the rule in words, for `$comment`.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Why::InsideText => "the JSON inside the text matches `contentSchema`",
            Why::JsonText => "the text is JSON",
            Why::NativeNumber => "a native number is exact and in its shortest spelling",
            Why::Exponent => "a number with an exponent obeys the same limits",
            Why::Pattern => "the text matches a pattern that ECMA-262 does not have",
            Why::Multiples => "the number is a multiple of a step",
            Why::EqualNumbers => "no two numbers are equal by value",
            Why::HostAddress => "an address in brackets is an IPv6 address",
            Why::TwoValues => "the fields of a group have the same currency",
            Why::DecimalPlaces => "an amount has no more decimal places than its currency",
            Why::AbsentEntries => "entries that are null do not count",
            Why::ConditionInsideText => "a condition depends on a value inside a JSON text",
        }
    }
}

/// Returns the `$comment` of rules; [`None`] if there are none.
pub(crate) fn comment(unsaid: &[Unsaid]) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for one in unsaid {
        let text = one.why.text();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| format!("payspec also checks: {}.", texts.join("; ")))
}
