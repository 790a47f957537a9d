//! ISO codes: countries and currencies.

use super::FromText;
use super::scalar;
use crate::read::deserialize;
use crate::{Case, Kind, Reading, Value, Wire, iso, rules};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The row of a code that is not in the list. Both lists are shorter than this.
const UNKNOWN: u8 = u8::MAX;

/// A text is not a code of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotACode {
    expected: &'static str,
}

impl fmt::Display for NotACode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl core::error::Error for NotACode {}

/// Declares a code type: a few capital letters. A program can only make codes of the list; a message
/// may contain others.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $kind:expr, $len:literal, $form:path, $row:path, $code:path, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name {
            // First field, because it determines the order.
            letters: [u8; $len],
            /// The row in the list; beyond its end for an unknown code.
            row: u8,
        }

        impl $name {
            /// Returns the code.
            #[inline]
            pub fn as_str(&self) -> &str {
                match $code(usize::from(self.row)) {
                    Some(code) => code,
                    None => core::str::from_utf8(&self.letters).unwrap_or_default(),
                }
            }

            /// Returns whether the code is in the list.
            #[inline]
            pub fn is_known(&self) -> bool {
                self.row != UNKNOWN
            }
        }

        impl core::str::FromStr for $name {
            type Err = NotACode;

            /// Accepts only codes of the list.
            fn from_str(text: &str) -> Result<Self, NotACode> {
                let code = Self::from_text(text).filter(Self::is_known);
                code.ok_or(NotACode { expected: $expected })
            }
        }

        impl TryFrom<&str> for $name {
            type Error = NotACode;

            fn try_from(text: &str) -> Result<Self, NotACode> {
                text.parse()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromText for $name {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str) -> Option<Self> {
                let letters = <[u8; $len]>::try_from(text.as_bytes()).ok()?;
                let row = $row(&letters).and_then(|row| u8::try_from(row).ok());
                $form(text).then_some(Self {
                    letters,
                    row: row.unwrap_or(UNKNOWN),
                })
            }
        }

        impl Wire for $name {
            const KIND: Kind = $kind;

            #[inline]
            fn value(&self) -> Value<'_> {
                if self.is_known() {
                    Value::Checked(self.as_str())
                } else {
                    Value::Text(self.as_str())
                }
            }

            fn read<'de, D: Deserializer<'de>>(
                from: D,
                place: &mut Option<Self>,
                reading: &mut Reading,
            ) -> Result<(), D::Error> {
                scalar::read(from, place, reading)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                deserialize(from, Self::EXPECTED)
            }
        }
    };
}

code! {
    /// An ISO 3166-1 alpha-2 country code.
    ///
    /// A program can only make known codes; a message may contain an unknown one, which is kept.
    ///
    /// ```
    /// use payspec_runtime::Country;
    ///
    /// let country: Country = "SG".parse()?;
    /// assert_eq!(country.as_str(), "SG");
    /// assert!("UK".parse::<Country>().is_err());
    /// # Ok::<(), payspec_runtime::NotACode>(())
    /// ```
    Country, Kind::Country, 2, rules::country_form, iso::country_row, iso::country, "an ISO 3166-1 alpha-2 country code"
}

code! {
    /// An ISO 4217 alphabetic currency code.
    ///
    /// A program can only make known codes; a message may contain an unknown one, which is kept.
    ///
    /// ```
    /// use payspec_runtime::Currency;
    ///
    /// assert_eq!(Currency::USD.minor_units(), Some(2));
    /// assert_eq!(Currency::JPY.minor_units(), Some(0));
    /// assert_eq!("KWD".parse::<Currency>()?.minor_units(), Some(3));
    /// assert!("usd".parse::<Currency>().is_err());
    /// # Ok::<(), payspec_runtime::NotACode>(())
    /// ```
    Currency, Kind::Currency(Case::Upper), 3, rules::currency_form, iso::currency_row, iso::currency, "an ISO 4217 currency code"
}

impl Currency {
    /// Returns the number of decimal places of the major unit: 2 for USD, 0 for JPY, 3 for KWD.
    /// [`None`] for an unknown code, and for one without a minor unit, such as gold.
    pub fn minor_units(&self) -> Option<u8> {
        iso::minor_units(usize::from(self.row))
    }

    /// Returns the ISO 4217 number: 344 for HKD. [`None`] for an unknown code.
    pub fn number(&self) -> Option<u16> {
        iso::currency_number(usize::from(self.row))
    }

    /// Returns the currency with this ISO 4217 number.
    ///
    /// ```
    /// use payspec_runtime::Currency;
    ///
    /// assert_eq!(Currency::from_number(344), Some(Currency::HKD));
    /// assert_eq!(Currency::from_number(1), None);
    /// ```
    pub fn from_number(number: u16) -> Option<Self> {
        iso::currency(iso::currency_with_number(number)?)?
            .parse()
            .ok()
    }
}

impl Currency {
    /// Returns the currency of a code in small letters. An unknown code is kept as it is.
    pub(super) fn from_lower(text: &str) -> Option<Self> {
        if !rules::lower_currency_form(text) {
            return None;
        }
        let code = Self::from_text(&text.to_ascii_uppercase())?;
        if code.is_known() {
            return Some(code);
        }
        let letters = text.as_bytes().try_into().ok()?;
        Some(Self { letters, ..code })
    }

    /// Returns the code in small letters; of an unknown code, the code as it was read.
    pub(super) fn lower(&self) -> &str {
        iso::lower_currency(usize::from(self.row)).unwrap_or_else(|| self.as_str())
    }
}

/// Constants of the currencies that wallets use most.
macro_rules! currencies {
    ($($code:ident $name:literal)+) => {
        impl Currency {
            $(
                #[doc = $name]
                pub const $code: Self = Self::constant(stringify!($code).as_bytes());
            )+
        }

        #[cfg(test)]
        const CONSTANTS: &[Currency] = &[$(Currency::$code,)+];
    };
}

impl Currency {
    const fn constant(code: &[u8]) -> Self {
        Self {
            letters: [code[0], code[1], code[2]],
            row: iso::row_of_constant(code),
        }
    }
}

currencies! {
    AED "United Arab Emirates dirham." AUD "Australian dollar." BDT "Bangladeshi taka."
    BRL "Brazilian real." CAD "Canadian dollar." CHF "Swiss franc." CNY "Renminbi."
    DKK "Danish krone." EUR "Euro." GBP "Pound sterling." HKD "Hong Kong dollar."
    IDR "Indonesian rupiah." INR "Indian rupee." JPY "Japanese yen." KRW "South Korean won."
    KWD "Kuwaiti dinar." LKR "Sri Lankan rupee." MNT "Mongolian tugrik." MOP "Macanese pataca."
    MXN "Mexican peso." MYR "Malaysian ringgit." NOK "Norwegian krone." NZD "New Zealand dollar."
    PHP "Philippine peso." PKR "Pakistani rupee." PLN "Polish zloty." QAR "Qatari riyal."
    SAR "Saudi riyal." SEK "Swedish krona." SGD "Singapore dollar." THB "Thai baht."
    TRY "Turkish lira." TWD "New Taiwan dollar." USD "United States dollar."
    VND "Vietnamese dong." ZAR "South African rand."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_known() {
        for constant in CONSTANTS {
            assert_eq!(constant.as_str().parse(), Ok(*constant));
        }
    }

    #[test]
    fn messages_may_bring_unknown_codes() {
        let code: Currency = serde_json::from_str("\"BTC\"").expect("three letters");
        assert_eq!(
            (code.as_str(), code.is_known(), code.minor_units()),
            ("BTC", false, None)
        );
        assert!("BTC".parse::<Currency>().is_err());
        for wrong in [
            "\"US\"", "\"USDX\"", "\"usd\"", "\"US$\"", "\"支\"", "1", "null", "\"\"",
        ] {
            assert!(serde_json::from_str::<Currency>(wrong).is_err(), "{wrong}");
        }
    }
}
