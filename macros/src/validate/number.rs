use core::cmp::Ordering;

/// A decimal text in its canonical form, in parts.
pub(super) struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Parses a text like `-12.50`: no exponent, no superfluous leading zero; [`None`] for any other.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
        let form = canonical && is_number(whole) && is_number(fraction);
        form.then(|| Decimal {
            negative,
            whole,
            fraction: fraction.trim_end_matches('0'),
        })
    }

    pub(super) fn is_positive(&self) -> bool {
        let is_zero = self.whole == "0" && self.fraction.is_empty();
        !self.negative && !is_zero
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let by_length = self.whole.len().cmp(&other.whole.len());
        by_length
            .then(self.whole.cmp(other.whole))
            .then(self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use core::cmp::Ordering;

    fn compare(left: &str, right: &str) -> Option<Ordering> {
        Some(Decimal::parse(left)?.compare(&Decimal::parse(right)?))
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
        for text in ["", "-", "01", "1.", ".5", "1e3", "+1", "1.2.3", "一"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }
}
