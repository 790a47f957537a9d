//! Exchange rates between a base and a counter currency, and the conversion of amounts with them.
//!
//! The arithmetic is exact. Only the resulting number of minor units is rounded, in the way that the
//! caller chooses.
//!
//! ```
//! use payspec_runtime::{Currency, QuoteDirection, Rounding, quote};
//!
//! // One HKD buys 4.05 TWD. An amount in the base currency is multiplied.
//! let rate = quote::Rate::read("HKD/TWD", &"4.05".parse()?, QuoteDirection::CounterPerBase)?;
//! let (minor, currency) = rate.convert(10_000, Currency::HKD, Rounding::HalfUp)?;
//! assert_eq!((minor, currency.as_str()), (40_500, "TWD"));
//! // An amount in the counter currency is divided.
//! assert_eq!(rate.convert(minor, currency, Rounding::HalfUp)?.0, 10_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::{Currency, Decimal, MoneyAmount, MoneyError, QuoteDirection};
use core::fmt;

/// The rounding of an amount between two minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// To the nearest; halves away from zero.
    HalfUp,
    /// To the nearest; halves to the even number.
    HalfEven,
}

/// The reason why a rate does not convert an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuoteError {
    /// The message has no pair or no price.
    Incomplete,
    /// The pair is not two different known currencies with a slash between them, in letters or in
    /// ISO 4217 numbers.
    UnreadablePair,
    /// The rate is zero or negative.
    NotPositive,
    /// The amount is in neither currency of the pair.
    OtherCurrency(Currency),
    /// An amount cannot be computed.
    Money(MoneyError),
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the pair or the price is missing"),
            Self::UnreadablePair => {
                f.write_str("expected two currencies, such as HKD/USD or 344/840")
            }
            Self::NotPositive => f.write_str("expected a rate above zero"),
            Self::OtherCurrency(currency) => write!(f, "the rate is not about {currency}"),
            Self::Money(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for QuoteError {}

impl From<MoneyError> for QuoteError {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

/// An exchange rate, parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    base: Currency,
    counter: Currency,
    /// The digits of the price without its point.
    digits: u128,
    /// The number of digits after the point.
    places: u32,
    direction: QuoteDirection,
}

impl Rate {
    /// Reads a rate from the pair (base before counter currency) and the price of a message.
    ///
    /// # Errors
    ///
    /// When the pair is unreadable, the price is zero or negative, or it has too many digits.
    pub fn read(
        pair: &str,
        price: &Decimal,
        direction: QuoteDirection,
    ) -> Result<Self, QuoteError> {
        let (base, counter) = pair.split_once('/').ok_or(QuoteError::UnreadablePair)?;
        let (base, counter) = (currency(base)?, currency(counter)?);
        if base == counter {
            return Err(QuoteError::UnreadablePair);
        }
        if price.as_str().starts_with('-') {
            return Err(QuoteError::NotPositive);
        }
        let (whole, fraction) = price
            .as_str()
            .split_once('.')
            .unwrap_or((price.as_str(), ""));
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let digits: u128 = digits.parse().map_err(|_| MoneyError::TooLarge)?;
        if digits == 0 {
            return Err(QuoteError::NotPositive);
        }
        Ok(Self {
            base,
            counter,
            digits,
            places: u32::try_from(fraction.len()).map_err(|_| MoneyError::TooLarge)?,
            direction,
        })
    }

    /// Returns the base currency.
    pub fn base(&self) -> Currency {
        self.base
    }

    /// Returns the counter currency.
    pub fn counter(&self) -> Currency {
        self.counter
    }

    /// Converts an amount into the other currency of the pair, and returns it with that currency.
    ///
    /// # Errors
    ///
    /// When the amount is in neither currency, one of them has no minor unit, or a number does not
    /// fit.
    pub fn convert(
        &self,
        minor_units: i64,
        from: Currency,
        rounding: Rounding,
    ) -> Result<(i64, Currency), QuoteError> {
        self.convert_with(minor_units, from, rounding, |currency| {
            currency.minor_units()
        })
    }

    /// Converts an amount of currencies that have these numbers of decimal places.
    fn convert_with(
        &self,
        minor_units: i64,
        from: Currency,
        rounding: Rounding,
        places: impl Fn(Currency) -> Option<u8>,
    ) -> Result<(i64, Currency), QuoteError> {
        let to = if from == self.base {
            self.counter
        } else if from == self.counter {
            self.base
        } else {
            return Err(QuoteError::OtherCurrency(from));
        };
        let places = |currency: Currency| {
            places(currency)
                .map(u32::from)
                .ok_or(MoneyError::NoMinorUnit(currency))
        };
        let (from_places, to_places) = (places(from)?, places(to)?);
        let multiplies = match self.direction {
            QuoteDirection::CounterPerBase => from == self.base,
            QuoteDirection::BasePerCounter => from == self.counter,
        };
        // Both sides of a fraction: the price has `places` decimals, an amount has those of its
        // currency.
        let (above, below, above_tens, below_tens) = if multiplies {
            (self.digits, 1, to_places, self.places + from_places)
        } else {
            (1, self.digits, self.places + to_places, from_places)
        };
        let common = above_tens.min(below_tens);
        let scale = |number: u128, tens: u32| {
            let factor = 10_u128.checked_pow(tens).ok_or(MoneyError::TooLarge)?;
            number.checked_mul(factor).ok_or(MoneyError::TooLarge)
        };
        let above = scale(above, above_tens - common)?;
        let below = scale(below, below_tens - common)?;
        let above = above
            .checked_mul(minor_units.unsigned_abs().into())
            .ok_or(MoneyError::TooLarge)?;
        let rounded = divide(above, below, rounding);
        let magnitude = i64::try_from(rounded).map_err(|_| MoneyError::TooLarge)?;
        let signed = if minor_units < 0 {
            -magnitude
        } else {
            magnitude
        };
        Ok((signed, to))
    }
}

/// Parses a currency: letters or a number of three digits.
fn currency(text: &str) -> Result<Currency, QuoteError> {
    let numeric = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let currency = if numeric {
        text.parse().ok().and_then(Currency::from_number)
    } else {
        text.parse().ok()
    };
    currency.ok_or(QuoteError::UnreadablePair)
}

/// Divides and rounds. `below` must not be zero.
fn divide(above: u128, below: u128, rounding: Rounding) -> u128 {
    let (whole, rest) = (above / below, above % below);
    // `rest >= below - rest` is `2 * rest >= below` without an overflow.
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::HalfUp => rest >= below - rest,
        Rounding::HalfEven => rest > below - rest || (rest == below - rest && whole % 2 == 1),
    };
    whole + u128::from(up)
}

/// Converts an amount by the rate of a message; the derive's `convert` calls this.
///
/// # Errors
///
/// As for [`Rate::read`] and [`Rate::convert`].
pub fn convert<A: MoneyAmount>(
    pair: &str,
    price: &Decimal,
    direction: QuoteDirection,
    amount: &A,
    rounding: Rounding,
) -> Result<A, QuoteError> {
    let rate = Rate::read(pair, price, direction)?;
    let (minor, from) = (amount.minor_units(), amount.currency());
    let (minor, currency) = rate.convert_with(minor, from, rounding, A::decimal_places)?;
    Ok(A::from_minor_units(minor, currency))
}

#[cfg(test)]
mod tests;
