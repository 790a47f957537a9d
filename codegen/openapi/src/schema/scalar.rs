//! Schemas of single values.

use payspec_model::model::{Direction, Epoch};
use payspec_runtime::{Case, JsonType, rules};

use super::Writer;
use super::form::{
    BASE64, COUNTRY_FORM, CURRENCY_FORM, DATE, DATE_TIME, DECIMAL, DIGITS, INTEGER, IS_WEB,
    LOWER_CURRENCY_FORM, URL, UUID, WEB, WITH_EXPONENT, epoch_patterns, int64,
};
use super::typed::Typed;
use crate::json::{Json, Map};
use crate::scalar::Scalar;

impl Writer<'_> {
    /// Returns the schema of a single value, as it stands where it is used: a reference, where it has a name.
    pub(super) fn scalar(&mut self, scalar: Scalar, value: Typed<'_>) -> Map {
        if self.dialect.is_exact() || self.is_listed(scalar) {
            self.scalars.insert((scalar, self.direction));
            let name = self.names.scalar(scalar, self.direction);
            return self.dialect.reference(name);
        }
        let native = matches!(
            self.json_type(value),
            Some(JsonType::Number | JsonType::Boolean)
        );
        self.documented(scalar, native)
    }

    /// Returns whether the schema lists all values, which it does once.
    pub(crate) fn is_listed(&self, scalar: Scalar) -> bool {
        match scalar {
            Scalar::Country | Scalar::Currency(_) => self.is_strict(),
            Scalar::Integer
            | Scalar::Decimal
            | Scalar::Boolean
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Timestamp(_)
            | Scalar::Uuid
            | Scalar::Binary
            | Scalar::Url => false,
        }
    }

    /// Returns the named schema of a single value.
    pub(crate) fn scalar_definition(&self, scalar: Scalar) -> Map {
        match self.dialect.is_exact() {
            true => self.exact(scalar),
            false => self.documented(scalar, false),
        }
    }

    /// Returns the one spelling that documentation shows.
    fn documented(&self, scalar: Scalar, native: bool) -> Map {
        match scalar {
            Scalar::Integer if native => Map::new().with("type", "integer").with("format", "int64"),
            Scalar::Integer => text().with("pattern", INTEGER),
            Scalar::Decimal if native => Map::new().with("type", "number"),
            Scalar::Decimal => text().with("format", "decimal").with("pattern", DECIMAL),
            Scalar::Boolean if native => Map::new().with("type", "boolean"),
            Scalar::Boolean => text().with("enum", vec!["true", "false"]),
            Scalar::DateTime => text().with("format", "date-time"),
            Scalar::Date => text().with("format", "date"),
            Scalar::Timestamp(epoch) if native => epoch_number(epoch).with("format", "int64"),
            Scalar::Timestamp(_) => text().with("pattern", INTEGER),
            Scalar::Uuid => text().with("format", "uuid"),
            Scalar::Binary if self.dialect.is_modern() => text().with("contentEncoding", "base64"),
            Scalar::Binary => text().with("format", "byte"),
            Scalar::Url => text().with("format", "uri"),
            Scalar::Country => self.code(COUNTRIES, rules::country_codes(), COUNTRY_FORM),
            Scalar::Currency(case) => self.currency(case),
        }
    }

    /// Returns every spelling that payspec accepts.
    fn exact(&self, scalar: Scalar) -> Map {
        match scalar {
            Scalar::Integer => {
                let native = Map::new()
                    .with("type", "integer")
                    .with("minimum", i64::MIN)
                    .with("maximum", i64::MAX);
                let [least, most] = int64();
                self.numbers(vec![INTEGER.to_owned(), least, most], native)
            }
            Scalar::Decimal => {
                let native = Map::new().with("type", "number");
                self.numbers(vec![DECIMAL.to_owned(), DIGITS.to_owned()], native)
            }
            Scalar::Boolean => {
                let values = [
                    Json::from("true"),
                    "false".into(),
                    true.into(),
                    false.into(),
                ];
                Map::new().with("enum", values.to_vec())
            }
            Scalar::DateTime => text().with("pattern", DATE_TIME),
            Scalar::Date => text().with("pattern", DATE),
            Scalar::Timestamp(epoch) => {
                let [least, most] = epoch_patterns(epoch);
                self.numbers(vec![INTEGER.to_owned(), least, most], epoch_number(epoch))
            }
            Scalar::Uuid => text().with("pattern", UUID),
            Scalar::Binary => text().with("pattern", BASE64),
            Scalar::Url => {
                let other = Map::new().with("not", Map::new().with("pattern", IS_WEB));
                text()
                    .with("pattern", URL)
                    .with("anyOf", vec![Map::new().with("pattern", WEB), other])
            }
            Scalar::Country => self.code(COUNTRIES, rules::country_codes(), COUNTRY_FORM),
            Scalar::Currency(case) => self.currency(case),
        }
    }

    /// Returns a schema of a number, as a text or native. An incoming one may have an exponent.
    fn numbers(&self, patterns: Vec<String>, native: Map) -> Map {
        let patterns = patterns
            .into_iter()
            .map(|pattern| Map::new().with("pattern", pattern));
        let plain = text().with("allOf", patterns.collect::<Json>());
        let mut ways = vec![plain];
        if !self.is_strict() {
            ways.push(with_exponent());
        }
        ways.push(native);
        Map::new().with("anyOf", ways)
    }

    fn currency(&self, case: Case) -> Map {
        match case {
            Case::Upper => self.code(CURRENCIES, rules::currency_codes(), CURRENCY_FORM),
            Case::Lower => {
                let codes = rules::lower_currency_codes();
                self.code(LOWER_CURRENCIES, codes, LOWER_CURRENCY_FORM)
            }
        }
    }

    /// Returns the schema of a code. A code that is unknown today may be known to the provider.
    fn code(
        &self,
        description: &str,
        codes: impl Iterator<Item = &'static str>,
        form: &str,
    ) -> Map {
        match self.direction {
            Direction::Outgoing => text()
                .with("description", description)
                .with("enum", codes.collect::<Json>()),
            Direction::Incoming => text().with("pattern", form),
        }
    }
}

const COUNTRIES: &str = "A country or region: an officially assigned ISO 3166-1 alpha-2 code.";
const CURRENCIES: &str = "A currency: an active ISO 4217 alphabetic code.";
const LOWER_CURRENCIES: &str = "A currency: an active ISO 4217 alphabetic code, in small letters.";

/// Returns the schema of a time as a native number.
fn epoch_number(epoch: Epoch) -> Map {
    let integer = Map::new().with("type", "integer").with("minimum", 0_i64);
    integer.with("maximum", epoch.last())
}

/// Returns the schema of any text.
pub(super) fn text() -> Map {
    Map::new().with("type", "string")
}

/// Returns a schema of the texts of numbers with an exponent.
pub(super) fn with_exponent() -> Map {
    text().with("pattern", WITH_EXPONENT)
}
