//! Converts amounts of money between minor units (`1250`) and a decimal number of major units
//! (`12.50`). Conversions are exact or fail; nothing is ever rounded.
//!
//! ```
//! use payspec_runtime::{Currency, money};
//!
//! assert_eq!(money::minor_from_major("12.5", Currency::USD), Ok(1250));
//! assert!(money::minor_from_major("12.345", Currency::USD).is_err());
//! assert_eq!(money::major_from_minor(1250, Currency::USD)?.to_string(), "12.50");
//! # Ok::<(), payspec_runtime::MoneyError>(())
//! ```

use crate::schema::{AmountRule, AmountStep};
use crate::{Currency, Decimal, Message, rules};
use core::fmt;

/// The reason why an amount cannot be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyError {
    /// The text is not a decimal number.
    NotADecimal,
    /// The currency is unknown or has no minor unit.
    NoMinorUnit(Currency),
    /// The amount has more decimal places than the currency.
    TooManyPlaces {
        /// The currency.
        currency: Currency,
        /// The number of decimal places.
        places: u8,
    },
    /// The provider only accepts this currency in larger steps.
    NotInSteps {
        /// The currency.
        currency: Currency,
        /// The step in minor units.
        step: u32,
    },
    /// The amount does not fit in 64 bits.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADecimal => f.write_str("expected a decimal number, such as 12.50"),
            Self::NoMinorUnit(currency) => write!(f, "{currency} has no known minor unit"),
            Self::TooManyPlaces { currency, places } => {
                write!(
                    f,
                    "{currency} has {places} decimal places, the amount has more"
                )
            }
            Self::NotInSteps { currency, step } => {
                write!(f, "{currency} comes in multiples of {step} minor units")
            }
            Self::TooLarge => f.write_str("the amount is too large"),
        }
    }
}

impl core::error::Error for MoneyError {}

/// An object that is an amount of money. The derive implements it for a message with `amount(currency =
/// …, value = …)`.
pub trait MoneyAmount: Sized {
    /// Returns the currency.
    fn currency(&self) -> Currency;

    /// Returns the number of minor units.
    fn minor_units(&self) -> i64;

    /// Makes an amount of this many minor units. Nothing is checked: validation decides whether it may
    /// be sent.
    fn from_minor_units(minor_units: i64, currency: Currency) -> Self;

    /// Returns the number of decimal places of a currency in amounts of this type: that of ISO 4217, unless the
    /// provider has its own.
    fn decimal_places(currency: Currency) -> Option<u8> {
        currency.minor_units()
    }
}

/// A decimal number of major units: a text, or a [`Decimal`]. A float is none, because `12.30` has no exact
/// value in binary.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an exact amount",
    label = "expected a text, such as `\"12.30\"`",
    note = "write the number as a text or as a `Decimal`: a float is not exact, and an integer could mean minor units"
)]
pub trait MajorUnits: sealed::Sealed {
    /// Returns the number as a text.
    fn text(&self) -> &str;
}

mod sealed {
    use crate::Decimal;

    pub trait Sealed {}
    impl<T: AsRef<str> + ?Sized> Sealed for &T {}
    impl Sealed for String {}
    impl Sealed for Decimal {}
}

impl<T: AsRef<str> + ?Sized> MajorUnits for &T {
    fn text(&self) -> &str {
        (**self).as_ref()
    }
}

impl MajorUnits for String {
    fn text(&self) -> &str {
        self
    }
}

impl MajorUnits for Decimal {
    fn text(&self) -> &str {
        self.as_str()
    }
}

/// Returns the number of minor units of an amount. Zeros after the last decimal place of the currency
/// are ignored.
///
/// # Errors
///
/// When the text is not a decimal number, the currency has no minor unit, the amount is not a whole
/// number of minor units, or it does not fit in 64 bits.
pub fn minor_from_major(major: &str, currency: Currency) -> Result<i64, MoneyError> {
    minor_with_places(major, currency, currency.minor_units())
}

fn minor_with_places(
    major: &str,
    currency: Currency,
    places: Option<u8>,
) -> Result<i64, MoneyError> {
    if !rules::decimal(major) {
        return Err(MoneyError::NotADecimal);
    }
    let places = places.ok_or(MoneyError::NoMinorUnit(currency))?;
    let digits = rules::in_minor_units(major, places)
        .ok_or(MoneyError::TooManyPlaces { currency, places })?;
    digits.parse().map_err(|_| MoneyError::TooLarge)
}

/// Returns the amount in major units, with all decimal places of the currency.
///
/// # Errors
///
/// When the currency has no known minor unit.
pub fn major_from_minor(minor: i64, currency: Currency) -> Result<Decimal, MoneyError> {
    major_with_places(minor, currency, currency.minor_units())
}

fn major_with_places(
    minor: i64,
    currency: Currency,
    places: Option<u8>,
) -> Result<Decimal, MoneyError> {
    let places = places.ok_or(MoneyError::NoMinorUnit(currency))?;
    let sign = if minor < 0 { "-" } else { "" };
    // One digit more than the places, so that there is a digit before the point.
    let digits = format!(
        "{:0width$}",
        minor.unsigned_abs(),
        width = usize::from(places) + 1
    );
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(places));
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
        .parse()
        .map_err(|_| MoneyError::TooLarge)
}

/// Returns the number of minor units unchanged if it is a multiple of its currency's step.
///
/// # Errors
///
/// When it is between two steps.
pub fn in_steps(minor: i64, currency: Currency, steps: &[AmountStep]) -> Result<i64, MoneyError> {
    let broken = steps.iter().find(|rule| {
        rule.currency == currency.as_str()
            && rule.severity == crate::Severity::Error
            && !rules::on_step(minor, rule.step)
    });
    match broken {
        Some(rule) => Err(MoneyError::NotInSteps {
            currency,
            step: rule.step,
        }),
        None => Ok(minor),
    }
}

/// Returns the rule of the only amount of a type.
fn rule_of<T: Message>() -> Option<&'static AmountRule> {
    T::schema().amounts.first()
}

/// Returns the number of decimal places of a currency in amounts of a type.
pub fn decimal_places<T: Message>(currency: Currency) -> Option<u8> {
    match rule_of::<T>() {
        Some(rule) => rule.decimal_places(currency.as_str()),
        None => currency.minor_units(),
    }
}

/// Returns the number of minor units of an amount, checked against the steps of the amount's own type.
pub fn minor_units<T: Message>(
    major: impl MajorUnits,
    currency: Currency,
) -> Result<i64, MoneyError> {
    let minor = minor_with_places(major.text(), currency, decimal_places::<T>(currency))?;
    match rule_of::<T>() {
        Some(rule) => in_steps(minor, currency, rule.multiple_of),
        None => Ok(minor),
    }
}

/// Returns an amount in major units, with all decimal places that the currency has in the amount's own type.
pub fn major_number<T: Message>(minor: i64, currency: Currency) -> Result<Decimal, MoneyError> {
    major_with_places(minor, currency, decimal_places::<T>(currency))
}

/// Returns the same amount with all decimal places that the currency has in the amount's own type.
pub fn major_units<T: Message>(
    major: impl MajorUnits,
    currency: Currency,
) -> Result<Decimal, MoneyError> {
    major_number::<T>(minor_units::<T>(major, currency)?, currency)
}

/// Returns the number of minor units of an amount in major units.
pub fn minor_number<T: Message>(major: &Decimal, currency: Currency) -> Result<i64, MoneyError> {
    minor_with_places(major.as_str(), currency, decimal_places::<T>(currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a known currency")
    }

    #[test]
    fn there_and_back() {
        for (major, code, minor) in [
            ("1.00", "USD", 100),
            ("0.01", "USD", 1),
            ("0.00", "USD", 0),
            ("-0.05", "USD", -5),
            ("-12.34", "USD", -1234),
            ("1", "JPY", 1),
            ("150", "JPY", 150),
            ("1.234", "KWD", 1234),
            ("0.0001", "CLF", 1),
            ("10000.00", "IDR", 1_000_000),
            ("92233720368547758.07", "USD", i64::MAX),
            ("-92233720368547758.08", "USD", i64::MIN),
            ("9223372036854775807", "JPY", i64::MAX),
        ] {
            assert_eq!(
                minor_from_major(major, currency(code)),
                Ok(minor),
                "{major} {code}"
            );
            let back = major_from_minor(minor, currency(code)).map(|major| major.to_string());
            assert_eq!(back.as_deref(), Ok(major), "{minor} {code}");
        }
        assert_eq!(minor_from_major("12", Currency::USD), Ok(1200));
        assert_eq!(minor_from_major("12.500", Currency::USD), Ok(1250));
        assert_eq!(minor_from_major("12.0", Currency::JPY), Ok(12));
    }

    #[test]
    fn an_error_instead_of_rounding() {
        let too_many = |currency, places| Err(MoneyError::TooManyPlaces { currency, places });
        assert_eq!(
            minor_from_major("12.345", Currency::USD),
            too_many(Currency::USD, 2)
        );
        assert_eq!(
            minor_from_major("1.5", Currency::JPY),
            too_many(Currency::JPY, 0)
        );
        assert_eq!(
            minor_from_major("1.2345", Currency::KWD),
            too_many(Currency::KWD, 3)
        );
        for text in ["", "abc", "1e2", "1,5", "+1", ".5", "1.", "NaN", "-0", "１"] {
            assert_eq!(
                minor_from_major(text, Currency::USD),
                Err(MoneyError::NotADecimal),
                "{text}"
            );
        }
        assert_eq!(
            minor_from_major("92233720368547758.08", Currency::USD),
            Err(MoneyError::TooLarge)
        );
        let gold = currency("XAU");
        assert_eq!(
            minor_from_major("1", gold),
            Err(MoneyError::NoMinorUnit(gold))
        );
        assert_eq!(
            major_from_minor(1, gold),
            Err(MoneyError::NoMinorUnit(gold))
        );
    }

    #[test]
    fn steps() {
        let steps = [AmountStep {
            currency: "IDR",
            step: 100,
            severity: Severity::Error,
            direction: None,
        }];
        assert_eq!(in_steps(1200, Currency::IDR, &steps), Ok(1200));
        let broken = MoneyError::NotInSteps {
            currency: Currency::IDR,
            step: 100,
        };
        assert_eq!(in_steps(1250, Currency::IDR, &steps), Err(broken));
        assert_eq!(in_steps(1250, Currency::USD, &steps), Ok(1250));
    }
}
