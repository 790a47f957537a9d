use super::decimal::canonical;
use super::{distinct, quoted};
use crate::ast::{Container, Leaf, Shape};
use crate::attr::rule::{Rule, RuleKind};
use crate::errors::Errors;
use core::cmp::Ordering;
use core::fmt::Display;
use proc_macro2::Span;
use syn::LitStr;

/// Reports rules that are wrong on their own or contradict each other.
pub(super) fn rules(rules: &[Rule], errors: &mut Errors) {
    for (index, rule) in rules.iter().enumerate() {
        in_itself(&rule.kind, errors);
        pairs(&rules[..index], core::slice::from_ref(rule), errors);
    }
}

/// Reports rules that contradict earlier ones for the same value.
pub(super) fn pairs(earlier: &[Rule], later: &[Rule], errors: &mut Errors) {
    for rule in later {
        for other in earlier {
            pair(other, rule, errors);
        }
    }
}

fn in_itself(rule: &RuleKind, errors: &mut Errors) {
    match rule {
        RuleKind::Const(text) => distinct([text], errors),
        RuleKind::Values(texts) => distinct(texts, errors),
        RuleKind::Pattern(pattern) => {
            if let Some(error) = pattern_complaint(&pattern.value()) {
                errors.at(pattern.span(), error);
            }
        }
        RuleKind::Min(limit) | RuleKind::Max(limit) => {
            if canonical(&limit.value()).is_none() {
                let message = "expected a number in a text, such as `\"1\"` or `\"-0.5\"`";
                errors.at(limit.span(), message);
            }
        }
        RuleKind::MultipleOf(step) => {
            let number = step.value();
            let is_positive = canonical(&number).is_some_and(|step| step.is_positive());
            if !is_positive {
                let message = "expected a number above 0 in a text, such as `\"0.01\"`";
                errors.at(step.span(), message);
            }
        }
        RuleKind::MaxLength(limit) | RuleKind::MaxItems(limit) if limit.value == 0 => {
            errors.at(limit.span, "the limit must be at least 1");
        }
        RuleKind::Required
        | RuleKind::MinLength(_)
        | RuleKind::MaxLength(_)
        | RuleKind::MinItems(_)
        | RuleKind::MaxItems(_)
        | RuleKind::UniqueItems
        | RuleKind::Format(_) => {}
    }
}

/// Reports two rules that apply in a common direction and are duplicate or leave no value. A warning
/// may be stricter than an error.
fn pair(earlier: &Rule, rule: &Rule, errors: &mut Errors) {
    let same_severity = earlier.strength.is_warning() == rule.strength.is_warning();
    if !earlier.strength.meets(&rule.strength) || !same_severity {
        return;
    }
    if earlier.word == rule.word {
        return errors.at(rule.word.span(), format!("duplicate `{}`", rule.word));
    }
    let contradiction = contradiction(&earlier.kind, &rule.kind)
        .or_else(|| contradiction(&rule.kind, &earlier.kind));
    if let Some((span, error)) = contradiction {
        errors.at(span, error);
    }
}

/// Returns the reason why no value satisfies both rules, with the token to point at.
fn contradiction(left: &RuleKind, right: &RuleKind) -> Option<(Span, String)> {
    match (left, right) {
        (RuleKind::MinLength(min), RuleKind::MaxLength(max))
        | (RuleKind::MinItems(min), RuleKind::MaxItems(max))
            if min.value > max.value =>
        {
            Some((min.span, above(min.value, max.value)))
        }
        (RuleKind::Min(min), RuleKind::Max(max)) => {
            let (lower, upper) = (min.value(), max.value());
            let order = canonical(&lower)?.compare(&canonical(&upper)?);
            (order == Ordering::Greater).then(|| (min.span(), above(lower, upper)))
        }
        (RuleKind::Const(text), RuleKind::Values(texts))
            if texts.iter().all(|one| one.value() != text.value()) =>
        {
            let error = format!("{} is none of the values", quoted(&text.value()));
            Some((text.span(), error))
        }
        (RuleKind::Const(text), RuleKind::MinLength(min)) if length(text) < min.value => {
            let error = format!("shorter than `min_length` {}", min.value);
            Some((text.span(), error))
        }
        (RuleKind::Const(text), RuleKind::MaxLength(max)) if length(text) > max.value => {
            let error = format!("longer than `max_length` {}", max.value);
            Some((text.span(), error))
        }
        (
            RuleKind::Required
            | RuleKind::Const(_)
            | RuleKind::Values(_)
            | RuleKind::MinLength(_)
            | RuleKind::MaxLength(_)
            | RuleKind::Pattern(_)
            | RuleKind::Min(_)
            | RuleKind::Max(_)
            | RuleKind::MultipleOf(_)
            | RuleKind::MinItems(_)
            | RuleKind::MaxItems(_)
            | RuleKind::UniqueItems
            | RuleKind::Format(_),
            _,
        ) => None,
    }
}

fn above(min: impl Display, max: impl Display) -> String {
    format!("the minimum {min} is above the maximum {max}")
}

fn length(text: &LitStr) -> u32 {
    text.value().chars().count().try_into().unwrap_or(u32::MAX)
}

/// Reports rules that do not fit the type of their field.
pub(super) fn fit(rules: &[Rule], shape: &Shape, errors: &mut Errors) {
    for rule in rules {
        if matches!(rule.kind, RuleKind::Required) && !shape.optional {
            let error =
                "`required` has no effect: a field that is not an `Option` is always required";
            errors.at(rule.word.span(), error);
        }
    }
    fit_values(rules, shape, errors);
}

/// Works like `fit`, but does not check presence.
pub(super) fn fit_values(rules: &[Rule], shape: &Shape, errors: &mut Errors) {
    for rule in rules {
        if let Some(error) = misfit(&rule.kind, shape) {
            errors.at(rule.word.span(), format!("`{}` {error}", rule.word));
        }
    }
}

fn misfit(rule: &RuleKind, shape: &Shape) -> Option<&'static str> {
    let (fits, error) = match rule {
        RuleKind::Required => return None,
        RuleKind::MinItems(_) | RuleKind::MaxItems(_) => {
            return shape
                .container
                .is_none()
                .then_some("counts the items of a `Vec` or `Map`");
        }
        RuleKind::UniqueItems => {
            let is_single = shape
                .of_element()
                .is_some_and(|one| one.container.is_none());
            let fits = shape.leaf == Leaf::Wrong || COMPARED.contains(&shape.leaf) && is_single;
            return match (shape.container == Some(Container::List), fits) {
                (false, _) => Some("compares the items of a `Vec`"),
                (true, false) => Some("compares texts and numbers only"),
                (true, true) => None,
            };
        }
        RuleKind::Const(_) | RuleKind::Values(_) => (TEXTS, "does not fit numbers and `bool`"),
        RuleKind::MinLength(_) | RuleKind::MaxLength(_) => (MEASURED, "fits texts only"),
        RuleKind::Pattern(_) => (PATTERNED, "fits texts only"),
        RuleKind::Format(_) => (FORMED, "fits texts only"),
        RuleKind::Min(_) | RuleKind::Max(_) | RuleKind::MultipleOf(_) => {
            (NUMBERS, "fits `i64` and `Decimal` only")
        }
    };
    match shape.container {
        Some(Container::List) => return Some("does not fit a list: write `each(…)`"),
        Some(Container::Map) => return Some("does not fit a map: write `each(…)`"),
        None => {}
    }
    let fits = shape.leaf == Leaf::Wrong || fits.contains(&shape.leaf);
    (!fits).then_some(error)
}

/// Kinds that can be restricted to certain texts. A type that the macro does not know is an enum or a
/// message; an enum's text has a length and can be restricted to some of its values, but nothing else.
const TEXTS: &[Leaf] = &[
    Leaf::String,
    Leaf::DateTime,
    Leaf::Date,
    Leaf::Url,
    Leaf::Country,
    Leaf::Currency,
    Leaf::Other,
];

/// Kinds whose text has a length that nothing else says.
const MEASURED: &[Leaf] = &[
    Leaf::String,
    Leaf::Binary,
    Leaf::Url,
    Leaf::Json,
    Leaf::Other,
];

/// Kinds of which two values are equal or not in the same way for everybody.
const COMPARED: &[Leaf] = &[
    Leaf::String,
    Leaf::Integer,
    Leaf::Decimal,
    Leaf::Date,
    Leaf::Timestamp,
    Leaf::Binary,
    Leaf::Url,
    Leaf::Country,
    Leaf::Currency,
    Leaf::Other,
];

const PATTERNED: &[Leaf] = &[Leaf::String, Leaf::Url];
const FORMED: &[Leaf] = &[Leaf::String];
const NUMBERS: &[Leaf] = &[Leaf::Integer, Leaf::Decimal];

/// Returns the error of an obviously wrong pattern: unmatched brackets. Other errors are found when the
/// pattern is first used.
fn pattern_complaint(pattern: &str) -> Option<&'static str> {
    if pattern.is_empty() {
        return Some("empty pattern");
    }
    let (mut depth, mut class) = (0_usize, None);
    let mut chars = pattern.char_indices();
    while let Some((index, char)) = chars.next() {
        match (char, class) {
            ('\\', _) => {
                if chars.next().is_none() {
                    return Some("the pattern ends in `\\`");
                }
            }
            // A `]` right after `[` or `[^` is a literal.
            (']', Some(start)) if !matches!(&pattern[start..index], "[" | "[^") => class = None,
            (_, Some(_)) => {}
            ('[', None) => class = Some(index),
            ('(', None) => depth += 1,
            (')', None) if depth == 0 => return Some("the pattern closes a `)` it never opened"),
            (')', None) => depth -= 1,
            (_, None) => {}
        }
    }
    match (class, depth) {
        (Some(_), _) => Some("the pattern never closes a `[`"),
        (None, 0) => None,
        (None, _) => Some("the pattern never closes a `(`"),
    }
}

#[cfg(test)]
mod tests {
    use super::{misfit, pattern_complaint};
    use crate::ast::Shape;
    use crate::attr::rule::{Number, RuleKind};
    use crate::attr::words::{FORMAT, RULE_USAGE};
    use crate::errors::Errors;
    use proc_macro2::Span;
    use syn::{LitStr, Type};

    fn rule(word: &str) -> RuleKind {
        let text = || LitStr::new("mcc", Span::call_site());
        let one = || Number {
            value: 1,
            span: Span::call_site(),
        };
        match word {
            "required" => RuleKind::Required,
            "const" => RuleKind::Const(text()),
            "values" => RuleKind::Values(vec![text()]),
            "min_length" => RuleKind::MinLength(one()),
            "max_length" => RuleKind::MaxLength(one()),
            "pattern" => RuleKind::Pattern(text()),
            "min" => RuleKind::Min(text()),
            "max" => RuleKind::Max(text()),
            "multiple_of" => RuleKind::MultipleOf(text()),
            "min_items" => RuleKind::MinItems(one()),
            "max_items" => RuleKind::MaxItems(one()),
            "unique_items" => RuleKind::UniqueItems,
            "format" => {
                let format = FORMAT.choose(&text(), &mut Errors::default());
                RuleKind::Format(format.expect("a format"))
            }
            other => panic!("no rule `{other}`"),
        }
    }

    fn ty(word: &str) -> &'static str {
        match word {
            "string" => "String",
            "integer" => "i64",
            "decimal" => "Decimal",
            "boolean" => "bool",
            "datetime" => "DateTime",
            "date" => "Date",
            "epoch_seconds" => "EpochSeconds",
            "uuid" => "Uuid",
            "binary" => "Binary",
            "url" => "Url",
            "country" => "Country",
            "currency" => "Currency",
            "enum" => "Terminal",
            "json" => "JsonText<Extra>",
            "any" => "Json",
            "strings" => "Vec<String>",
            "datetimes" => "Vec<DateTime>",
            "map" => "Map<String>",
            other => panic!("no type `{other}`"),
        }
    }

    #[test]
    fn which_rule_fits_which_type() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/fixtures/rules-by-type.txt"
        );
        let table = std::fs::read_to_string(path).expect("the table");
        let mut lines = table.lines().filter(|line| !line.starts_with('#'));
        let types: Vec<&str> = lines
            .next()
            .expect("a head")
            .split_whitespace()
            .skip(1)
            .collect();
        let mut rules = 0;
        for line in lines {
            let mut cells = line.split_whitespace();
            let word = cells.next().expect("a rule");
            rules += 1;
            // To the macros an object is what an enum is.
            let known = types
                .iter()
                .zip(cells)
                .filter(|(of, _)| !of.starts_with("object"));
            for (of, expected) in known {
                let parsed: Type = syn::parse_str(ty(of)).expect("a type");
                let shape = Shape::of(&parsed, &mut Errors::default());
                let fits = misfit(&rule(word), &shape).is_none();
                assert_eq!(fits, expected == "yes", "{word} {of}");
            }
        }
        let conditions = ["required_when", "forbidden_when"];
        let known = RULE_USAGE
            .iter()
            .filter(|(word, _)| !conditions.contains(word));
        assert_eq!(rules, known.count());
    }

    #[test]
    fn patterns_whose_brackets_match_pass() {
        for pattern in ["[0-9]{4}", r"\(\[", "[]()]+", "[^]]", "(a|(b))", r"[\]]"] {
            assert_eq!(pattern_complaint(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn patterns_whose_brackets_do_not_match_are_found() {
        for pattern in ["", "(", ")", "[", "[]", r"a\", "(a))"] {
            assert!(pattern_complaint(pattern).is_some(), "{pattern}");
        }
    }
}
