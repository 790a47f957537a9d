use std::cmp::Ordering;
use std::fmt;

use payspec_runtime::rules;

/// A decimal number of any length, as a limit for others.
///
/// Two limits are equal if their numbers are: redundant zeros are removed.
///
/// ```
/// use payspec_model::value::Limit;
///
/// assert_eq!(Limit::new("1.50"), Limit::new("1.5"));
/// assert!(Limit::new("0.2") > Limit::new("0.1234567890"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Limit(String);

impl Limit {
    /// Makes a limit from a decimal text.
    pub fn new(number: &str) -> Self {
        let text = match number.split_once('.') {
            Some((whole, fraction)) => match fraction.trim_end_matches('0') {
                "" => whole.to_owned(),
                fraction => format!("{whole}.{fraction}"),
            },
            None => number.to_owned(),
        };
        Limit(text)
    }

    /// Returns the digits of the limit.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Ord for Limit {
    /// Compares by number; texts that are not a number come last, by their text.
    fn cmp(&self, other: &Self) -> Ordering {
        match (
            rules::at_most(&self.0, &other.0),
            rules::at_least(&self.0, &other.0),
        ) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (true, true) => Ordering::Equal,
            (false, false) => {
                let is_number = |limit: &Limit| rules::decimal(&limit.0);
                (!is_number(self), &self.0).cmp(&(!is_number(other), &other.0))
            }
        }
    }
}

impl PartialOrd for Limit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length() {
        let limit = Limit::new;
        let long = "123456789012345678901234567890123456";
        assert!(limit(long) < limit("123456789012345678901234567890123457"));
        assert!(limit("-2") < limit("-1.5"));
        assert!(limit("0.2") > limit("0.1234567890"));
        assert_eq!(
            limit(long).cmp(&limit(&format!("{long}.0"))),
            Ordering::Equal
        );
        assert_eq!(limit("10").as_str(), "10");
        assert!(limit("no number") > limit("9"));
    }
}
