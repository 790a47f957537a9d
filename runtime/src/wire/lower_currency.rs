//! Currencies that travel in small letters.

use super::{Currency, FromText, scalar};
use crate::{Case, Kind, Reading, Value, Wire};
use serde::Deserializer;

/// A currency that is `usd` on the wire. Derived code reads and shows a [`Currency`] with `case = "lower"` by it.
#[derive(Clone, Copy)]
pub struct LowerCurrency(pub(crate) Currency);

impl LowerCurrency {
    /// Returns the view of a currency.
    #[inline]
    pub fn view(currency: &Currency) -> Value<'_> {
        if currency.is_known() {
            Value::Checked(currency.lower())
        } else {
            Value::Text(currency.lower())
        }
    }

    /// Returns the view of an optional currency.
    #[inline]
    pub fn option(currency: &Option<Currency>) -> Value<'_> {
        match currency {
            Some(currency) => Self::view(currency),
            None => Value::Absent,
        }
    }
}

impl FromText for LowerCurrency {
    const EXPECTED: &'static str = "an ISO 4217 currency code in small letters";

    fn from_text(text: &str) -> Option<Self> {
        Currency::from_lower(text).map(Self)
    }
}

impl Wire for LowerCurrency {
    const KIND: Kind = Kind::Currency(Case::Lower);

    #[inline]
    fn value(&self) -> Value<'_> {
        Self::view(&self.0)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        scalar::read(from, place, reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let read = |text| LowerCurrency::from_text(text).map(|code| code.0);
        assert_eq!(read("usd"), Some(Currency::USD));
        assert_eq!(Currency::USD.lower(), "usd");
        for wrong in ["USD", "Usd", "us", "usdt", "us1", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let unknown = read("btc").map(|code| (code.is_known(), code.lower().to_owned()));
        assert_eq!(unknown, Some((false, "btc".to_owned())));
    }
}
