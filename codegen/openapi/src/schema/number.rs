//! Regular expressions for the numbers in a range, written as texts.
//!
//! Most payment APIs send numbers as JSON strings, for which JSON Schema has no `minimum`. The decimal texts in a
//! range are a regular language, so `pattern` can say it. A limit and a text are in the canonical form of
//! [`payspec_runtime::rules::decimal`].

use serde_json::Number;

/// A decimal text in parts.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    /// Without zeros at the end.
    fraction: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        Parts {
            negative,
            whole,
            fraction: fraction.trim_end_matches('0'),
        }
    }
}

/// The numbers that a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Whole ones.
    Whole,
    /// With or without a fraction.
    Decimal,
}

impl Numbers {
    /// Returns the pattern of any fraction, or none.
    fn fraction(self) -> &'static str {
        match self {
            Numbers::Whole => "",
            Numbers::Decimal => r"(?:\.[0-9]+)?",
        }
    }
}

/// Returns a pattern for the numbers that are at least the limit.
pub(super) fn at_least(limit: &str, numbers: Numbers) -> String {
    let limit = Parts::of(limit);
    let any = || format!("(?:0|[1-9][0-9]*){}", numbers.fraction());
    match limit.negative {
        false => whole(&larger(&limit, numbers)),
        true => whole(&[any(), negative(&smaller(&limit, numbers))]),
    }
}

/// Returns a pattern for the numbers that are at most the limit.
pub(super) fn at_most(limit: &str, numbers: Numbers) -> String {
    let limit = Parts::of(limit);
    match limit.negative {
        false => {
            let mut ways = vec![format!("-[0-9]+{}", numbers.fraction())];
            ways.extend(smaller(&limit, numbers));
            whole(&ways)
        }
        true => whole(&[negative(&larger(&limit, numbers))]),
    }
}

fn whole(ways: &[String]) -> String {
    format!("^(?:{})$", ways.join("|"))
}

fn negative(ways: &[String]) -> String {
    format!("-(?:{})", ways.join("|"))
}

/// Returns the ways to write a number without a sign that is the limit or larger.
fn larger(limit: &Parts<'_>, numbers: Numbers) -> Vec<String> {
    let Parts {
        negative: _,
        whole,
        fraction,
    } = limit;
    let mut wholes = vec![match whole.len() {
        1 => "[1-9][0-9]+".to_owned(),
        length => format!("[1-9][0-9]{{{length},}}"),
    }];
    wholes.extend(same_length(whole, larger_digit));
    let mut ways = vec![with_fraction(&wholes, numbers)];
    match (fraction.is_empty(), numbers) {
        (true, _) => ways.push(format!("{whole}{}", numbers.fraction())),
        // A whole number with the same digits is smaller.
        (false, Numbers::Whole) => {}
        (false, Numbers::Decimal) => {
            let mut fractions = any_length(fraction, larger_digit);
            fractions.push(format!("{fraction}[0-9]*"));
            ways.push(format!(r"{whole}\.(?:{})", fractions.join("|")));
        }
    }
    ways
}

/// Returns the ways to write a number without a sign that is the limit or smaller.
fn smaller(limit: &Parts<'_>, numbers: Numbers) -> Vec<String> {
    let Parts {
        negative: _,
        whole,
        fraction,
    } = limit;
    let mut wholes = match whole.len() {
        1 => Vec::new(),
        2 => vec!["[0-9]".to_owned()],
        length => vec!["0".to_owned(), format!("[1-9][0-9]{{0,{}}}", length - 2)],
    };
    wholes.extend(same_length(whole, |index, digit| {
        let least = if index == 0 && whole.len() > 1 { 1 } else { 0 };
        smaller_digit(least, digit)
    }));
    let mut ways = Vec::new();
    if !wholes.is_empty() {
        ways.push(with_fraction(&wholes, numbers));
    }
    if numbers == Numbers::Whole {
        ways.push((*whole).to_owned());
        return ways;
    }
    let mut fractions = any_length(fraction, |_, digit| smaller_digit(0, digit));
    // A shorter fraction with the same digits is smaller.
    fractions.extend((1..fraction.len()).map(|length| fraction[..length].to_owned()));
    fractions.push(match fraction.is_empty() {
        true => "0+".to_owned(),
        false => format!("{fraction}0*"),
    });
    ways.push(format!(r"{whole}(?:\.(?:{}))?", fractions.join("|")));
    ways
}

fn with_fraction(wholes: &[String], numbers: Numbers) -> String {
    match numbers {
        Numbers::Whole => wholes.join("|"),
        Numbers::Decimal => format!("(?:{}){}", wholes.join("|"), numbers.fraction()),
    }
}

/// Returns the ways to differ from digits at one place, with as many digits behind it.
fn same_length(digits: &str, other: impl Fn(usize, u8) -> Option<String>) -> Vec<String> {
    let ways = digits.bytes().enumerate().filter_map(|(index, digit)| {
        let rest = match digits.len() - index - 1 {
            0 => String::new(),
            1 => "[0-9]".to_owned(),
            count => format!("[0-9]{{{count}}}"),
        };
        Some(format!(
            "{}{}{rest}",
            &digits[..index],
            other(index, digit)?
        ))
    });
    ways.collect()
}

/// Returns the ways to differ from digits at one place, with any digits behind it.
fn any_length(digits: &str, other: impl Fn(usize, u8) -> Option<String>) -> Vec<String> {
    let ways = digits.bytes().enumerate().filter_map(|(index, digit)| {
        Some(format!(
            "{}{}[0-9]*",
            &digits[..index],
            other(index, digit)?
        ))
    });
    ways.collect()
}

fn larger_digit(_: usize, digit: u8) -> Option<String> {
    range(digit + 1, b'9')
}

fn smaller_digit(least: u8, digit: u8) -> Option<String> {
    range(b'0' + least, digit - 1)
}

fn range(first: u8, last: u8) -> Option<String> {
    let (first, last) = (char::from(first), char::from(last));
    match first.cmp(&last) {
        std::cmp::Ordering::Less => Some(format!("[{first}-{last}]")),
        std::cmp::Ordering::Equal => Some(first.to_string()),
        std::cmp::Ordering::Greater => None,
    }
}

/// Most endings that a pattern lists.
const MOST_ENDINGS: u32 = 50;

/// Returns a pattern for the multiples of a step; [`None`] if it has no short one.
pub(super) fn multiple_of(step: &str) -> Option<String> {
    let parts = Parts::of(step);
    if !parts.fraction.is_empty() {
        // Steps such as 0.01 limit the digits behind the point.
        let zeros = parts.whole == "0" && parts.fraction.trim_start_matches('0') == "1";
        let places = parts.fraction.len();
        return zeros.then(|| format!(r"^-?[0-9]+(?:\.[0-9]{{1,{places}}}0*)?$"));
    }
    let step: u32 = parts.whole.parse().ok().filter(|step| *step > 0)?;
    let (digits, power) = powers_of_ten().find(|(_, power)| power % step == 0)?;
    if power / step > MOST_ENDINGS {
        return None;
    }
    let numbers = || (0..power).step_by(step as usize);
    let short: Vec<String> = numbers().map(|number| number.to_string()).collect();
    let width = digits as usize;
    let endings: Vec<String> = numbers()
        .map(|number| format!("{number:0width$}"))
        .collect();
    let long = match digits {
        0 => String::new(),
        _ => format!("|[1-9][0-9]*(?:{})", endings.join("|")),
    };
    Some(match digits {
        0 => r"^-?[0-9]+(?:\.0+)?$".to_owned(),
        _ => format!(r"^-?(?:{}{long})(?:\.0+)?$", short.join("|")),
    })
}

/// Iterates over exponents and powers: 0 and 1, 1 and 10, and so on.
fn powers_of_ten() -> impl Iterator<Item = (u32, u32)> {
    (0..9).map(|digits| (digits, 10_u32.pow(digits)))
}

/// Returns a decimal text as a JSON number; [`None`] if it would change.
pub(super) fn json(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    let number: f64 = text.parse().ok()?;
    let same = format!("{number}") == payspec_runtime::rules::plain(text);
    Number::from_f64(number).filter(|_| same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use payspec_runtime::{Pattern, rules};

    /// Numbers on both sides of the limits.
    const NUMBERS: &[&str] = &[
        "0",
        "0.0",
        "0.5",
        "0.05",
        "0.049",
        "0.051",
        "1",
        "-1",
        "2",
        "4.99",
        "5",
        "5.0",
        "5.01",
        "5.5",
        "5.49",
        "5.50",
        "5.500",
        "5.501",
        "5.6",
        "9",
        "10",
        "11",
        "12",
        "19",
        "20",
        "21",
        "99",
        "100",
        "101",
        "109",
        "110",
        "199",
        "200",
        "250",
        "999",
        "1000",
        "1001",
        "1250",
        "-0.5",
        "-0.05",
        "-5",
        "-5.5",
        "-5.49",
        "-5.51",
        "-10",
        "-11",
        "-99",
        "-100",
        "-101",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
    ];

    fn matches(pattern: &str, number: &str) -> bool {
        Pattern::from_text(pattern.to_owned()).matches(number)
    }

    #[test]
    fn ranges_are_those_of_the_rules() {
        for limit in NUMBERS {
            for number in NUMBERS {
                let least = at_least(limit, Numbers::Decimal);
                assert_eq!(
                    matches(&least, number),
                    rules::at_least(number, limit),
                    "{number} >= {limit}: {least}"
                );
                let most = at_most(limit, Numbers::Decimal);
                assert_eq!(
                    matches(&most, number),
                    rules::at_most(number, limit),
                    "{number} <= {limit}: {most}"
                );
                if number.contains('.') {
                    continue;
                }
                let least = at_least(limit, Numbers::Whole);
                assert_eq!(
                    matches(&least, number),
                    rules::at_least(number, limit),
                    "{number} >= {limit}: {least}"
                );
                let most = at_most(limit, Numbers::Whole);
                assert_eq!(
                    matches(&most, number),
                    rules::at_most(number, limit),
                    "{number} <= {limit}: {most}"
                );
            }
        }
    }

    #[test]
    fn multiples_are_those_of_the_rule() {
        for step in [
            "1", "2", "5", "10", "25", "100", "1000", "0.1", "0.01", "0.05",
        ] {
            let Some(pattern) = multiple_of(step) else {
                assert_eq!(step, "0.05");
                continue;
            };
            for number in NUMBERS {
                assert_eq!(
                    matches(&pattern, number),
                    rules::multiple_of(number, step),
                    "{number} by {step}: {pattern}"
                );
            }
        }
        assert_eq!(multiple_of("7"), None);
        assert_eq!(multiple_of("8"), None);
    }

    #[test]
    fn numbers_keep_their_value() {
        let shown = |text| json(text).map(|number| number.to_string());
        assert_eq!(shown("100").as_deref(), Some("100"));
        assert_eq!(shown("0.01").as_deref(), Some("0.01"));
        assert_eq!(shown("0.10").as_deref(), Some("0.1"));
        assert_eq!(shown("12345678901234567890.123456789"), None);
    }
}
