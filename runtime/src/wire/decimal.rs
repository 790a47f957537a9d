use super::inline::Inline;
use super::scalar::{self, FromText};
use super::text_traits;
use crate::json::Reader;
use crate::{Reading, rules};
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::value::RawValue;

/// Length of the longest text in bytes: sign, point and 38 digits.
const LONGEST: usize = 40;

/// An exact decimal number, as [`rules::decimal`] describes it.
///
/// It keeps its digits and prints them unchanged; comparisons are by value, so `1.50` equals `1.5`. It
/// is never converted to a float. It is read from a text or from a native JSON number, whose digits are
/// taken as written. An exponent is not accepted, except in an incoming message: there
/// [`decode()`](crate::decode()) writes the number out, exactly.
///
/// ```
/// use payspec_runtime::Decimal;
///
/// let price: Decimal = serde_json::from_str("0.10000000000000000001")?;
/// assert_eq!(price.to_string(), "0.10000000000000000001");
/// assert!(price > "0.1".parse()?);
/// assert_eq!("1.50".parse::<Decimal>()?, "1.5".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Decimal(Inline<LONGEST>);

impl Decimal {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        rules::compare(self.as_str(), other.as_str()).unwrap_or(Ordering::Equal)
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let text = self.as_str();
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').hash(state);
        } else {
            text.hash(state);
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        // At most 19 digits and a sign: it fits.
        Self(Inline::new(&number.to_string()).unwrap_or_else(Inline::zero))
    }
}

impl FromText for Decimal {
    const EXPECTED: &'static str = "a decimal number";

    fn from_text(text: &str) -> Option<Self> {
        if rules::decimal(text) {
            Inline::new(text).map(Self)
        } else {
            None
        }
    }

    fn from_exponent(text: &str) -> Option<Self> {
        Inline::new(&rules::exact(text)?).map(Self)
    }
}

/// Reads a decimal from the raw text of the message, because serde offers no other access to the digits
/// of a number.
fn read<'de, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<Decimal>,
    reading: &mut Reading,
) -> Result<(), D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    let digits = raw.get();
    if digits.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        let mut value = Decimal::from_text(digits);
        if value.is_none() && reading.is_lenient() {
            value = Decimal::from_exponent(digits);
        }
        let wrong = || Error::custom(format_args!("a number, expected {}", Decimal::EXPECTED));
        *place = Some(value.ok_or_else(wrong)?);
        return Ok(());
    }
    let mut inside = Reader::new(digits);
    scalar::read(&mut inside, place, reading).map_err(Error::custom)
}

text_traits!(Decimal, Decimal, Checked, read);

#[cfg(feature = "rust_decimal")]
impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = super::WrongForm;

    /// Fails when the number has more digits than that type holds exactly.
    fn try_from(value: Decimal) -> Result<Self, Self::Error> {
        rust_decimal::Decimal::from_str_exact(value.as_str())
            .map_err(|_| super::WrongForm::new("a decimal number of at most 28 digits"))
    }
}

#[cfg(feature = "rust_decimal")]
impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        // At most 29 digits, which fit; a negative zero has none here.
        let value = if value.is_zero() { value.abs() } else { value };
        Self::from_text(&value.to_string()).unwrap_or(Self::from(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn prints_as_given() {
        for text in ["0", "0.00", "-12.50", "9007199254740993.1"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(Decimal::from(i64::MIN).as_str(), "-9223372036854775808");
    }

    #[test]
    fn both_forms_are_read_to_the_last_digit() {
        let digits = "0.3000000000000000000000000000000000001";
        for json in [digits.to_owned(), format!("\"{digits}\"")] {
            assert_eq!(
                serde_json::from_str::<Decimal>(&json)
                    .expect("a decimal")
                    .as_str(),
                digits
            );
        }
        for wrong in [
            "1e2", "-0", "-0.0", "\"1e2\"", "\"\"", "null", "true", "[1]", "{}", "\" 1\"", "1E400",
        ] {
            assert!(serde_json::from_str::<Decimal>(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            serde_json::from_value::<Decimal>(serde_json::json!("1.5")).expect("a text"),
            decimal("1.5")
        );
    }

    #[test]
    fn equal_numbers_hash_alike() {
        let set: std::collections::HashSet<_> = ["1.50", "1.5", "1.500", "10", "10.0", "0", "0.0"]
            .map(decimal)
            .into();
        assert_eq!(set.len(), 3);
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn to_and_from_rust_decimal() {
        let other = rust_decimal::Decimal::try_from(decimal("-12.50")).expect("it fits");
        assert_eq!(Decimal::from(other).as_str(), "-12.50");
        assert!(rust_decimal::Decimal::try_from(decimal(&"9".repeat(38))).is_err());
        assert_eq!(Decimal::from(-rust_decimal::Decimal::ZERO).as_str(), "0");
    }
}
