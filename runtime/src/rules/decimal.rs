//! Decimal texts in canonical form.
//!
//! `payspec-macros` includes this file, because it cannot depend on this crate: it uses nothing else of it.

use core::cmp::Ordering;

/// Largest number of digits of a decimal number.
pub(crate) const MAX_DIGITS: usize = 38;

/// A decimal text in parts.
pub(crate) struct Number<'a> {
    pub(crate) negative: bool,
    /// Digits before the point, without leading zeros except for a single one.
    pub(crate) whole: &'a str,
    /// Digits after the point; empty without a point.
    pub(crate) fraction: &'a str,
}

impl Number<'_> {
    /// Returns whether the number is above zero.
    pub(crate) fn is_positive(&self) -> bool {
        let digits = [self.whole, self.fraction];
        !self.negative
            && digits
                .iter()
                .any(|part| part.bytes().any(|byte| byte != b'0'))
    }

    /// Compares by value.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }

    /// Compares without the sign.
    fn compare_size(&self, other: &Self) -> Ordering {
        let whole = (self.whole.len().cmp(&other.whole.len())).then(self.whole.cmp(other.whole));
        let fraction = self.fraction.trim_end_matches('0');
        whole.then_with(|| fraction.cmp(other.fraction.trim_end_matches('0')))
    }
}

/// Returns the parts of a text; [`None`] if it is not a decimal number in canonical form.
pub(crate) fn canonical(text: &str) -> Option<Number<'_>> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = is_digits(whole)
        && is_digits(fraction)
        && !whole.is_empty()
        && (whole == "0" || !whole.starts_with('0'))
        && whole.len() + fraction.len() <= MAX_DIGITS;
    let is_zero = || whole == "0" && fraction.bytes().all(|byte| byte == b'0');
    (well_formed && !(negative && is_zero())).then_some(Number {
        negative,
        whole,
        fraction,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(left: &str, right: &str) -> Option<Ordering> {
        Some(canonical(left)?.compare(&canonical(right)?))
    }

    #[test]
    fn compares_exactly() {
        assert_eq!(compare("9", "10"), Some(Ordering::Less));
        assert_eq!(compare("1.10", "1.1"), Some(Ordering::Equal));
        assert_eq!(compare("-2", "-1.5"), Some(Ordering::Less));
        assert_eq!(compare("-1", "0"), Some(Ordering::Less));
        assert_eq!(compare("0.25", "0.3"), Some(Ordering::Less));
    }

    #[test]
    fn knows_the_canonical_form() {
        for text in [
            "", "-", "01", "1.", ".5", "1e3", "+1", "1.2.3", "一", "-0", "-0.0",
        ] {
            assert!(canonical(text).is_none(), "{text}");
        }
        let longest = "9".repeat(MAX_DIGITS);
        assert!(canonical(&longest).is_some());
        assert!(canonical(&format!("{longest}.9")).is_none());
    }

    #[test]
    fn zero_is_not_positive() {
        let is_positive = |text| canonical(text).is_some_and(|number| number.is_positive());
        assert!(["1", "0.01", "10"].into_iter().all(is_positive));
        assert!(!["0", "0.00", "-1"].into_iter().any(is_positive));
    }
}
