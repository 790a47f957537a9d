//! Numbers that were parsed and written again.

use super::super::parts::Variations;

/// A way to write a number; [`None`] if it does not apply.
type Write = fn(&str) -> Option<String>;

/// The ways in which programs write numbers, each with its name.
const HABITS: [(&str, Write); 9] = [
    ("as JavaScript writes floats", |digits| float(digits)),
    ("as Python writes floats", |digits| {
        Some(with_fraction(&float(digits)?))
    }),
    ("as Java writes floats", java),
    ("with whole numbers as floats", |digits| {
        Some(with_fraction(digits))
    }),
    ("without zeros at the end", |digits| Some(shorter(digits))),
    ("without exponents", without_exponent),
    ("with two decimals", |digits| decimals(digits, 2)),
    ("as whole numbers", |digits| decimals(digits, 0)),
    ("as texts", |digits| Some(format!("\"{digits}\""))),
];

pub(in super::super) fn rewritten(to: &mut Variations<'_, '_>) {
    let Ok(text) = std::str::from_utf8(to.body_now()) else {
        return;
    };
    for (name, write) in HABITS {
        to.body(
            format!("signed with numbers {name}"),
            replaced(text, write).into(),
        );
    }
    to.body(
        "signed with texts of digits as numbers",
        unquoted(text).into(),
    );
}

/// Rewrites each number in a JSON text, outside of its strings.
fn replaced(text: &str, write: Write) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => end_of_text(rest),
            '-' | '0'..='9' => end_of_number(rest),
            other => other.len_utf8(),
        };
        let (token, behind) = rest.split_at(end);
        let written = matches!(first, '-' | '0'..='9')
            .then(|| write(token))
            .flatten();
        out.push_str(written.as_deref().unwrap_or(token));
        rest = behind;
    }
    out
}

/// Replaces strings that are numbers with numbers in a JSON text.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => end_of_text(rest),
            other => other.len_utf8(),
        };
        let (token, behind) = rest.split_at(end);
        let inner = token
            .strip_prefix('"')
            .and_then(|inner| inner.strip_suffix('"'));
        let is_name = behind.trim_start().starts_with(':');
        let digits = inner.filter(|inner| !is_name && is_number(inner));
        out.push_str(digits.unwrap_or(token));
        rest = behind;
    }
    out
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_zero_in_front =
        digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    digits.starts_with(|c: char| c.is_ascii_digit())
        && !has_zero_in_front
        && text.parse::<f64>().is_ok()
}

/// Returns the end of the string that begins here, after its quotation mark.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

fn end_of_number(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

/// Writes the shortest decimal that reads as the same float.
fn float(digits: &str) -> Option<String> {
    let value: f64 = digits.parse().ok()?;
    let size = value.abs();
    let text = match size != 0.0 && !(1e-6..1e21).contains(&size) {
        true => format!("{value:e}").replace("e", if size < 1.0 { "e" } else { "e+" }),
        false => format!("{value}"),
    };
    value.is_finite().then_some(text)
}

/// Writes a float as `Double.toString` does.
fn java(digits: &str) -> Option<String> {
    let value: f64 = digits.parse().ok()?;
    if value == 0.0 || (1e-3..1e7).contains(&value.abs()) {
        return Some(with_fraction(&format!("{value}")));
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e')?;
    Some(format!("{}E{exponent}", with_fraction(mantissa)))
}

/// Adds `.0` to a whole number.
fn with_fraction(digits: &str) -> String {
    match digits.contains(['.', 'e', 'E']) {
        true => digits.to_owned(),
        false => format!("{digits}.0"),
    }
}

fn shorter(digits: &str) -> String {
    match digits.contains('.') && !digits.contains(['e', 'E']) {
        true => {
            let text = digits.trim_end_matches('0');
            text.trim_end_matches('.').to_owned()
        }
        false => digits.to_owned(),
    }
}

fn without_exponent(digits: &str) -> Option<String> {
    let (mantissa, exponent) = digits.split_once(['e', 'E'])?;
    let exponent: i32 = exponent
        .parse()
        .ok()
        .filter(|size: &i32| size.abs() <= 40)?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let length = i32::try_from(all.len()).ok()?;
    let text = if point <= 0 {
        format!("0.{}{all}", zeros(-point))
    } else if point >= length {
        format!("{all}{}", zeros(point - length))
    } else {
        let (whole, fraction) = all.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    Some(format!("{sign}{text}"))
}

/// Writes a number with so many decimals, unless that drops digits other than zeros.
fn decimals(digits: &str, count: usize) -> Option<String> {
    let plain = without_exponent(digits).unwrap_or_else(|| digits.to_owned());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let kept = fraction.get(..count.min(fraction.len()))?;
    let is_exact = fraction
        .get(count..)
        .is_none_or(|rest| rest.bytes().all(|byte| byte == b'0'));
    is_exact.then(|| match count {
        0 => whole.to_owned(),
        _ => format!("{whole}.{kept:0<count$}"),
    })
}

#[cfg(test)]
mod tests {
    use super::{decimals, float, java, replaced, unquoted, without_exponent};

    #[test]
    fn numbers_are_written_as_programs_do() {
        for (digits, expected) in [
            ("1.0", "1"),
            ("1e2", "100"),
            ("1.50", "1.5"),
            ("-0.10", "-0.1"),
            ("12345678901234567890", "12345678901234567000"),
            ("1e21", "1e+21"),
            ("0.0000001", "1e-7"),
            ("0", "0"),
        ] {
            let written = float(digits).expect("a number");
            assert_eq!(written, expected, "{digits}");
        }
        assert_eq!(java("10000000").as_deref(), Some("1.0E7"));
        assert_eq!(java("1").as_deref(), Some("1.0"));
        assert_eq!(without_exponent("1.5E+3").as_deref(), Some("1500"));
        assert_eq!(without_exponent("-15e-3").as_deref(), Some("-0.015"));
        assert_eq!(decimals("1", 2).as_deref(), Some("1.00"));
        assert_eq!(decimals("1.500", 2).as_deref(), Some("1.50"));
        assert_eq!(decimals("1.505", 2), None);
        assert_eq!(decimals("1.0", 0).as_deref(), Some("1"));
    }

    #[test]
    fn texts_and_names_are_left_alone() {
        let text = r#"{"1.0": "1.0 \" 1.0", "a": [1.0, -1.0e0, "x\\"], "b": 1.0}"#;
        let expected = r#"{"1.0": "1.0 \" 1.0", "a": [1, -1, "x\\"], "b": 1}"#;
        assert_eq!(replaced(text, float), expected);
        let text = r#"{"1": "10", "a": "007", "b": "x1"}"#;
        assert_eq!(unquoted(text), r#"{"1": 10, "a": "007", "b": "x1"}"#);
    }
}
