//! Numbers as texts, compared digit by digit: no float, no rounding.

use core::cmp::Ordering;
use std::borrow::Cow;

use super::decimal::{MAX_DIGITS, Number, canonical};

/// Returns whether the text is an integer in its canonical form (`0`, `42`, `-7`; not `007`, `+1`,
/// `-0`) that fits in 64 bits.
pub fn integer(text: &str) -> bool {
    parse_integer(text).is_some()
}

/// Returns the number of a text that is an [`integer`].
pub(crate) fn parse_integer(text: &str) -> Option<i64> {
    if let Some(number) = small(text) {
        return Some(number);
    }
    let number = canonical(text)?;
    if number.fraction.is_empty() {
        text.parse().ok()
    } else {
        None
    }
}

/// Returns whether the text is a decimal number: digits without leading zeros, with an optional minus
/// before and an optional fraction after them, at most 38 digits in all. No exponent, no `+`, no
/// negative zero.
pub fn decimal(text: &str) -> bool {
    canonical(text).is_some()
}

/// Returns the same number without an exponent, exactly; [`None`] if it is not a number, or has more
/// than 38 digits when written out. Incoming messages may have exponents.
///
/// ```
/// use payspec_runtime::rules::exact;
///
/// assert_eq!(exact("5.06E-5").as_deref(), Some("0.0000506"));
/// assert_eq!(exact("1e3").as_deref(), Some("1000"));
/// assert_eq!(exact("10.50").as_deref(), Some("10.50"));
/// assert_eq!(exact("1e999999999"), None);
/// ```
pub fn exact(text: &str) -> Option<Cow<'_, str>> {
    let Some((number, exponent)) = text.split_once(['e', 'E']) else {
        return canonical(text).map(|_| Cow::Borrowed(text));
    };
    let Number {
        negative,
        whole,
        fraction,
    } = canonical(number)?;
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    if significant.is_empty() {
        return Some(Cow::Borrowed("0"));
    }
    // A number that is far out of range is recognised with these digits.
    let shift = exponent.parse::<i32>().ok()?;
    // Digits after the point. None of the three summands comes near the limits of the type.
    let behind = i64::try_from(fraction.len()).ok()? - i64::from(shift);
    let sign = if negative { "-" } else { "" };
    let limit = i64::try_from(MAX_DIGITS).ok()?;
    let text = match usize::try_from(behind) {
        _ if behind.abs() > limit => return None,
        Err(_) | Ok(0) => {
            let zeros = usize::try_from(-behind).ok()?;
            format!("{sign}{significant}{}", "0".repeat(zeros))
        }
        Ok(behind) => {
            let padded = format!("{significant:0>width$}", width = behind + 1);
            let (whole, fraction) = padded.split_at(padded.len() - behind);
            format!("{sign}{whole}.{fraction}")
        }
    };
    decimal(&text).then_some(Cow::Owned(text))
}

/// The number in the one spelling that equal numbers share: without exponent and without zeros at the end of the
/// fraction. A text that is not a number stays as it is.
///
/// ```
/// use payspec_runtime::rules::plain;
///
/// assert_eq!(plain("1.50"), "1.5");
/// assert_eq!(plain("2E3"), "2000");
/// assert_eq!(plain("0.0"), "0");
/// assert_eq!(plain("HKD"), "HKD");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    let Some(number) = exact(text) else {
        return Cow::Borrowed(text);
    };
    if !number.contains('.') {
        return number;
    }
    let short = number.trim_end_matches('0').trim_end_matches('.').len();
    match number {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..short]),
        Cow::Owned(mut text) => {
            text.truncate(short);
            Cow::Owned(text)
        }
    }
}

/// Returns the whole number that a text with an exponent denotes, if it fits in 64 bits: `1e3`,
/// `1.50E2`.
pub fn exact_integer(text: &str) -> Option<i64> {
    let number = text.contains(['e', 'E']).then(|| exact(text))??;
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let is_whole = fraction.bytes().all(|digit| digit == b'0');
    is_whole.then(|| whole.parse().ok())?
}

/// Returns whether the number is at least the limit. Both must be decimal texts; otherwise the result
/// is `false`.
pub fn at_least(number: &str, limit: &str) -> bool {
    matches!(
        compare(number, limit),
        Some(Ordering::Greater | Ordering::Equal)
    )
}

/// Returns whether the number is at most the limit. Both must be decimal texts; otherwise the result is
/// `false`.
pub fn at_most(number: &str, limit: &str) -> bool {
    matches!(
        compare(number, limit),
        Some(Ordering::Less | Ordering::Equal)
    )
}

/// Returns whether the number is a multiple of the step, by a whole number. Both are decimal texts; a text that is not
/// a number is not a multiple, and a step of zero or less has none.
///
/// ```
/// use payspec_runtime::rules::multiple_of;
///
/// assert!(multiple_of("0.30", "0.1"));
/// assert!(multiple_of("-12", "4"));
/// assert!(!multiple_of("0.35", "0.1"));
/// ```
pub fn multiple_of(number: &str, step: &str) -> bool {
    let (Some(number), Some(step)) = (canonical(number), canonical(step)) else {
        return false;
    };
    let (Some((digits, behind)), Some((step_digits, step_behind))) =
        (without_sign(&number), without_sign(&step))
    else {
        return false;
    };
    if !step.is_positive() {
        return false;
    }
    // The number is `digits / 10^behind`, and the step likewise.
    match step_behind.checked_sub(behind) {
        Some(shift) => {
            let shifted =
                (0..shift).fold(digits % step_digits, |rest, _| times_ten(rest, step_digits));
            shifted == 0
        }
        None => {
            let shifted = (step_behind..behind).try_fold(digits, |digits, _| {
                (digits % 10 == 0).then_some(digits / 10)
            });
            shifted.is_some_and(|digits| digits % step_digits == 0)
        }
    }
}

/// Returns ten times a number below a modulus of up to 38 digits, by that modulus. Ten times as much may not fit.
fn times_ten(number: u128, modulus: u128) -> u128 {
    let twice = |number: u128| (number + number) % modulus;
    twice((twice(twice(number)) + number) % modulus)
}

/// Returns whether the number of minor units is a multiple of the step. Every number is one of step 0.
pub fn on_step(value: i64, step: u32) -> bool {
    step == 0 || value % i64::from(step) == 0
}

/// Compares two decimal texts by value.
pub(crate) fn compare(a: &str, b: &str) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (small(a), small(b)) {
        return Some(a.cmp(&b));
    }
    Some(canonical(a)?.compare(&canonical(b)?))
}

/// Returns the number of a text of up to 18 digits in canonical form, which most numbers are.
fn small(text: &str) -> Option<i64> {
    let digits = text.as_bytes();
    if digits.len() > 18 || digits.is_empty() || (digits[0] == b'0' && digits.len() > 1) {
        return None;
    }
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

/// The digits as one whole number, and how many of them are behind the point. Zeros at the end of a fraction do not
/// count.
fn without_sign(number: &Number<'_>) -> Option<(u128, usize)> {
    let fraction = number.fraction.trim_end_matches('0');
    let digits = format!("{}{fraction}", number.whole).parse().ok()?;
    Some((digits, fraction.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for text in [
            "0",
            "1",
            "-1",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            assert!(integer(text), "{text}");
        }
        for text in [
            "",
            "-",
            "-0",
            "+1",
            "01",
            "1.0",
            "1e2",
            " 1",
            "1 ",
            "9223372036854775808",
            "١",
        ] {
            assert!(!integer(text), "{text}");
        }
    }

    #[test]
    fn decimals() {
        let digits = "1".repeat(38);
        for text in ["0", "0.0", "-0.01", "12.50", "-7", &digits] {
            assert!(decimal(text), "{text}");
        }
        let digits = "1".repeat(39);
        for text in [
            "", ".", "1.", ".5", "-", "-0", "-0.00", "00.1", "1.2.3", "1e3", "1,5", "NaN", &digits,
        ] {
            assert!(!decimal(text), "{text}");
        }
    }

    #[test]
    fn exponents_are_written_out() {
        for (text, number) in [
            ("5.06E-5", "0.0000506"),
            ("-1.50e+1", "-15.0"),
            ("1e3", "1000"),
            ("100e-2", "1.00"),
            ("0.001e3", "1"),
            ("12.34e1", "123.4"),
            ("0e999999999999", "0"),
            ("0.00E-7", "0"),
            ("1e37", "10000000000000000000000000000000000000"),
            ("1e-37", "0.0000000000000000000000000000000000001"),
        ] {
            assert_eq!(exact(text).as_deref(), Some(number), "{text}");
            assert!(decimal(number), "{number}");
        }
        for text in [
            "e3",
            "1e",
            "1e+",
            "1e1.5",
            "1e 3",
            "1e1e1",
            "01e3",
            "+1e3",
            "1e38",
            "1e-38",
            "-0e3",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "NaN",
            "",
            "1e-9223372036854775808",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_with_exponents() {
        for (text, number) in [
            ("1e3", 1000),
            ("1.50E2", 150),
            ("-20e-1", -2),
            ("9.223372036854775807e18", i64::MAX),
        ] {
            assert_eq!(exact_integer(text), Some(number), "{text}");
        }
        for text in ["1", "1.0", "15e-1", "1e19", "1e999999999", "9.3e18"] {
            assert_eq!(exact_integer(text), None, "{text}");
        }
    }

    #[test]
    fn order_is_that_of_the_numbers() {
        let ascending = [
            "-10", "-9.99", "-9.9", "-0.001", "0", "0.001", "0.01", "1", "9", "9.99", "10", "10.5",
            "100",
        ];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(compare(a, b), Some(i.cmp(&j)), "{a} {b}");
            }
        }
        assert_eq!(compare("1.50", "1.5"), Some(Ordering::Equal));
        assert!(at_least("0.1", "0.10") && at_most("0.1", "0.10"));
        // Two neighbours that a float cannot distinguish.
        assert!(!at_most("0.30000000000000004", "0.3"));
        assert!(!at_least("9007199254740992", "9007199254740993"));
        assert!(!at_least("x", "1") && !at_most("x", "1"));
    }

    #[test]
    fn multiples() {
        let big = "9".repeat(38);
        let thirds = "3".repeat(38);
        for (number, step) in [
            ("0", "7"),
            ("0.00", "0.3"),
            ("-12", "4"),
            ("0.30", "0.1"),
            ("1.5", "0.25"),
            ("150", "50.0"),
            ("3", "0.0000000001"),
            (big.as_str(), thirds.as_str()),
            (big.as_str(), "0.0000000000000000000000000000000000009"),
        ] {
            assert!(multiple_of(number, step), "{number} {step}");
        }
        for (number, step) in [
            ("1", "7"),
            ("0.35", "0.1"),
            ("0.05", "0.1"),
            ("15", "10"),
            ("0.5", "1"),
            ("1", "0"),
            ("1", "-1"),
            ("x", "1"),
            ("1", "x"),
            ("1e3", "10"),
            (thirds.as_str(), big.as_str()),
        ] {
            assert!(!multiple_of(number, step), "{number} {step}");
        }
    }

    /// Small numbers are multiples as integer arithmetic says.
    #[test]
    fn multiples_are_those_of_integers() {
        for number in -60_i64..60 {
            for step in 1_i64..40 {
                let expected = number % step == 0;
                let (number, step) = (number.to_string(), step.to_string());
                assert_eq!(multiple_of(&number, &step), expected, "{number} {step}");
                let tenths = |digits: &str| match digits.strip_prefix('-') {
                    Some(digits) => format!("-0.{digits:0>3}"),
                    None => format!("0.{digits:0>3}"),
                };
                let (number, step) = (tenths(&number), tenths(&step));
                let is_number = decimal(&number);
                assert_eq!(
                    multiple_of(&number, &step),
                    expected && is_number,
                    "{number} {step}"
                );
            }
        }
    }

    #[test]
    fn steps() {
        assert!(on_step(-200, 100) && !on_step(150, 100) && on_step(7, 0));
    }
}
