use std::time::SystemTime;

use payspec_runtime::{DateTime, Decimal};

use super::Limit;
use crate::model::Type;

/// Returns a value of a type in one spelling: two texts mean the same value if their results are equal.
///
/// ```
/// use payspec_model::{model::Type, value::one_spelling};
///
/// assert_eq!(one_spelling(&Type::Decimal, "1.00"), one_spelling(&Type::Decimal, "1.0"));
/// assert_ne!(one_spelling(&Type::String, "1.00"), one_spelling(&Type::String, "1.0"));
/// ```
pub fn one_spelling(ty: &Type, text: &str) -> String {
    match ty {
        Type::Integer | Type::Decimal | Type::Timestamp(_) => {
            number(text).unwrap_or_else(|| text.to_owned())
        }
        Type::Uuid => text.to_ascii_lowercase(),
        Type::DateTime => in_utc(text).unwrap_or_else(|| text.to_owned()),
        Type::String
        | Type::Boolean
        | Type::Any
        | Type::Date
        | Type::Binary
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        | Type::Object(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_) => text.to_owned(),
    }
}

/// Returns the same number without redundant zeros and without an exponent; [`None`] if it is not a
/// number.
fn number(text: &str) -> Option<String> {
    let number: Decimal = text.parse().ok()?;
    Some(Limit::new(number.as_str()).to_string())
}

/// Returns the same instant in UTC; [`None`] if the calendar has no such day.
fn in_utc(text: &str) -> Option<String> {
    let time: DateTime = text.parse().ok()?;
    let instant = SystemTime::try_from(time).ok()?;
    Some(DateTime::try_from(instant).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_one_spelling() {
        let same = [
            "2024-01-01T08:00:00+08:00",
            "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.000+00:00",
        ];
        for text in same {
            assert_eq!(one_spelling(&Type::DateTime, text), "2024-01-01T00:00:00Z");
        }
        let before_the_calendar = "0000-01-01T00:00:00+08:00";
        assert_eq!(
            one_spelling(&Type::DateTime, before_the_calendar),
            before_the_calendar
        );
    }
}
